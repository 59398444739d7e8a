/** Words to begin a no from: kind ones for each coded reason, which the coordinator changes as they see fit. */
import { m } from '$lib/paraglide/messages';
import { NO_REASONS, type No, type NoReason } from './desk-schemas';

type Samples = { [N in No]: Record<NoReason<N>, () => string> };

const samples: Samples = {
	decline: {
		no_worker_free: m.desk_referral_sample_no_worker_free,
		outside_area: m.desk_referral_sample_outside_area,
		other_support_fits: m.desk_referral_sample_other_support_fits,
		not_wanted: m.desk_referral_sample_not_wanted,
		no_answer: m.desk_referral_sample_no_answer,
		other: m.desk_referral_sample_decline_other
	},
	redirect: {
		other_program: m.desk_referral_sample_other_program,
		other_service: m.desk_referral_sample_other_service,
		crisis_service: m.desk_referral_sample_crisis_service,
		other: m.desk_referral_sample_redirect_other
	}
};

const sampleWords = (no: No, reason: string): string | undefined => {
	const ofNo: Record<string, () => string> = samples[no];
	return Object.hasOwn(ofNo, reason) ? ofNo[reason]?.() : undefined;
};

/** The words with those for this reason to begin from; below what somebody has typed, never in its place. Null for no such reason. */
export function startWords(no: No, reason: string, typed: string): string | null {
	const sample = sampleWords(no, reason);
	if (sample === undefined) return null;
	const isUntouched = typed === '' || NO_REASONS[no].some((each) => sampleWords(no, each) === typed);
	if (isUntouched) return sample;
	return typed.includes(sample) ? typed : `${typed}\n\n${sample}`;
}

/** What a referrer may be pointed to, whatever the reason. */
export interface Helpers {
	/** Places near the client; `name`: the neighbourhood's, where it is one of ours. */
	places: { name: string | null; href: string };
	/** The people behind this copy of Bearings. */
	contact: { name: string; phone: { shown: string } | null; email: string | null } | null;
	/** What is called at once. */
	urgent: readonly { name: string; number: string; hours: () => string }[];
}

const lineOf = ({ name, number, hours }: Helpers['urgent'][number]) =>
	`${name.startsWith(number) ? name : `${number}, ${name}`}: ${hours()}`;

/** Who may help, a line each. */
export function sampleHelp(reason: string, { places, contact, urgent }: Helpers): string {
	const reach = contact?.phone?.shown ?? contact?.email;
	return [
		...(reason === 'crisis_service' ? urgent.map(lineOf) : []),
		places.name === null
			? m.desk_referral_help_places({ address: places.href })
			: m.desk_referral_help_neighbourhood({ name: places.name, address: places.href }),
		m.desk_referral_help_211(),
		...(contact && reach ? [m.desk_referral_help_us({ name: contact.name, reach })] : [])
	].join('\n');
}

/** The same to begin from, where nobody has typed anything of their own. */
export function startHelp(reason: string, typed: string, helpers: Helpers): string {
	const isUntouched = ['', sampleHelp('', helpers), sampleHelp('crisis_service', helpers)].includes(typed);
	return isUntouched ? sampleHelp(reason, helpers) : typed;
}
