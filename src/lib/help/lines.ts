/**
 * The help lines of /help-now, the most urgent first. Names and numbers are the services' own; what is said about them
 * is in the message files. A line says only what its own service publishes: no languages or hours that are not certain.
 */
import { m } from '$lib/paraglide/messages';

/** When somebody needs it: in danger now, to talk now, a line for some people, to find what there is. */
export type Need = 'danger' | 'talk' | 'people' | 'find';

export interface HelpLine {
	id: string;
	need: Need;
	name: string;
	/** As a person says and dials it. */
	number: string;
	/** What a phone is given: a `tel:` address. */
	call: string;
	/** The number to text and its `sms:` address, where the service takes texts. */
	text?: { number: string; href: string };
	forWhom: () => string;
	hours: () => string;
	languages?: () => string;
	/** The day it was last compared with what its service publishes, `YYYY-MM-DD`. */
	checkedOn: string;
	/** Where the service speaks for itself. */
	source: string;
}

const checkedOn = '2026-11-22';

export const helpLines: HelpLine[] = [
	{
		id: 'emergency',
		need: 'danger',
		name: m.help_911_name(),
		number: '9-1-1',
		call: 'tel:911',
		forWhom: m.help_911_for,
		hours: m.help_always,
		checkedOn,
		source: 'https://www.ecomm911.ca/'
	},
	{
		id: 'suicide-crisis-helpline',
		need: 'talk',
		name: '9-8-8 Suicide Crisis Helpline',
		number: '9-8-8',
		call: 'tel:988',
		text: { number: '9-8-8', href: 'sms:988' },
		forWhom: m.help_988_for,
		hours: m.help_always,
		languages: m.help_english_french,
		checkedOn,
		source: 'https://988.ca/'
	},
	{
		id: 'mental-health-support',
		need: 'talk',
		name: '310 Mental Health Support',
		number: '310-6789',
		call: 'tel:3106789',
		forWhom: m.help_310_for,
		hours: m.help_always,
		checkedOn,
		source: 'https://www.crisislines.bc.ca/'
	},
	{
		id: 'suicide-bc',
		need: 'talk',
		name: '1-800-SUICIDE',
		number: '1-800-784-2433',
		call: 'tel:+18007842433',
		forWhom: m.help_suicide_bc_for,
		hours: m.help_always,
		checkedOn,
		source: 'https://www.crisislines.bc.ca/'
	},
	{
		id: 'kuu-us',
		need: 'people',
		name: 'KUU-US Crisis Line',
		number: '1-800-588-8717',
		call: 'tel:+18005888717',
		forWhom: m.help_kuu_us_for,
		hours: m.help_always,
		checkedOn,
		source: 'https://www.kuu-uscrisisline.com/'
	},
	{
		id: 'hope-for-wellness',
		need: 'people',
		name: 'Hope for Wellness',
		number: '1-855-242-3310',
		call: 'tel:+18552423310',
		forWhom: m.help_hope_for,
		hours: m.help_always,
		languages: m.help_hope_languages,
		checkedOn,
		source: 'https://www.hopeforwellness.ca/'
	},
	{
		id: 'kids-help-phone',
		need: 'people',
		name: 'Kids Help Phone',
		number: '1-800-668-6868',
		call: 'tel:+18006686868',
		text: { number: '686868', href: 'sms:686868' },
		forWhom: m.help_kids_for,
		hours: m.help_always,
		languages: m.help_english_french,
		checkedOn,
		source: 'https://kidshelpphone.ca/'
	},
	{
		id: 'victimlink',
		need: 'people',
		name: 'VictimLinkBC',
		number: '1-800-563-0808',
		call: 'tel:+18005630808',
		forWhom: m.help_victimlink_for,
		hours: m.help_always,
		languages: m.help_many_languages,
		checkedOn,
		source: 'https://victimlinkbc.ca/'
	},
	{
		id: 'healthlink',
		need: 'find',
		name: 'HealthLink BC',
		number: '8-1-1',
		call: 'tel:811',
		forWhom: m.help_811_for,
		hours: m.help_always,
		languages: m.help_many_languages,
		checkedOn,
		source: 'https://www.healthlinkbc.ca/'
	},
	{
		id: 'bc-211',
		need: 'find',
		name: '2-1-1 British Columbia',
		number: '2-1-1',
		call: 'tel:211',
		text: { number: '2-1-1', href: 'sms:211' },
		forWhom: m.help_211_for,
		hours: m.help_always,
		languages: m.help_many_languages,
		checkedOn,
		source: 'https://bc.211.ca/'
	}
];

/** The earliest day among the lines: what the whole page may claim. */
export function oldestCheck(lines: HelpLine[]): string {
	return lines.map((line) => line.checkedOn).sort()[0] ?? '';
}
