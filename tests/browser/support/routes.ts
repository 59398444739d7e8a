/** Every route that is not a page for everybody: who is answered what, and what each of its forms takes. */
import type { State } from '../../../src/lib/referrals/states.ts';

export const CALLERS = [
	'visitor',
	'referrer',
	'signed in',
	'worker',
	'supervisor',
	'editor',
	'coordinator',
	'admin',
	'coordinator elsewhere',
	'admin elsewhere'
] as const;
export type Caller = (typeof CALLERS)[number];

/** Open: to everybody. Own: to whoever is signed in. The rest: to these roles, each in their own program. */
export type Access = 'open' | 'own' | 'staff' | 'coordinator' | 'admin';

/**
 * A form as somebody who may would send it. Words in capitals stand for things that are there for the test alone: `REFERRAL` is a
 * request's id, `REFERENCE` its reference, `KEPT` one that is kept until its address is proved; `ELSEWHERE` the other program; `UUID` is another each time.
 */
export interface Filled {
	form: Record<string, string>;
	/** The state of the request. */
	of?: State;
	/** Somebody has asked for it to be struck out. */
	isCorrected?: true;
	/** What whoever may is answered: 303 unless said. */
	answer?: 200;
	/** Who is told something else than by the page. */
	but?: Row['but'];
}

export interface Row {
	access: Access;
	/** About one thing of the program: nobody elsewhere sees it, whatever their role. */
	one?: true;
	/** Who else may not, and what they are told. */
	but?: Partial<Record<Caller, number>>;
	/** Its form actions by name; `default` for the only one. Null for one that asks nobody who they are. */
	actions?: Readonly<Record<string, Filled | null>>;
	/** Its address, where the route's own can't be asked for. */
	url?: string;
}

const open: Row = { access: 'open' };
const noToken = '0'.repeat(32);
const aDay = { until: 'DAY', cover: '' };
const held = { id: 'REFERRAL', version: 'VERSION', form: 'UUID' };
const no = { ...held, reason: 'no_worker_free', words: 'Thank you for asking.', who_may_help: 'The libraries.' };
const place = { name: 'Named UUID', active: 'on' };

const reference = { access: 'coordinator', one: true } as const;
const request = '/desk/referrals/REFERENCE';
/** Only the referrer sees it: everybody else who is signed in gets the answer for one that isn't there. */
const ownReferral: Row = {
	access: 'own',
	but: Object.fromEntries(CALLERS.filter((who) => who !== 'visitor' && who !== 'referrer').map((who) => [who, 404]))
};

export const ROUTES: Readonly<Record<string, Row>> = {
	'(site)/invitations/[token=token]': { ...open, url: `/invitations/${noToken}`, actions: { default: null } },
	'(site)/my': { access: 'own' },
	'(site)/my/who.json': open,
	'(site)/my/referrals': {
		access: 'own',
		actions: { send: { form: { id: 'KEPT' } }, discard: { form: { id: 'KEPT' } }, forget: { form: { id: 'DRAFT' } } }
	},
	'(site)/my/referrals/[reference=reference]': {
		...ownReferral,
		url: '/my/referrals/REFERENCE',
		actions: {
			answer: { of: 'info_needed', form: { event_id: 'UUID', version: 'VERSION', answer: 'On Mondays.' } },
			withdraw: { form: { version: 'VERSION' } }
		}
	},
	'(site)/my/referrals/[reference=reference]/slip': { ...ownReferral, url: '/my/referrals/REFERENCE/slip' },
	'(site)/refer/confirm/[token=token]': { ...open, url: `/refer/confirm/${noToken}`, actions: { default: null } },
	'(site)/refer/you': { ...open, actions: { again: null, next: null } },
	'(site)/refer/expect': { ...open, actions: { default: null } },
	'(site)/refer/client': { ...open, actions: { default: null } },
	'(site)/refer/safety': { ...open, actions: { default: null } },
	'(site)/refer/check': { ...open, actions: { send: null, code: null } },
	'(site)/refer/kept': { ...open, actions: { check: null, code: null } },
	'(site)/refer/sent': open,
	'(site)/sign-in/code': { ...open, actions: { check: null, again: null } },
	desk: { access: 'staff', actions: { away: { form: aDay }, back: { form: {} } } },
	'desk/audit': { access: 'admin' },
	'desk/mail': { access: 'admin', actions: { again: { form: { id: 'MAIL' } } } },
	'desk/people': { access: 'admin', actions: { withdraw: { form: { id: 'INVITATION' } } } },
	'desk/people/invite': {
		access: 'admin',
		actions: { default: { form: { name: 'Lou', address: 'UUID@people.example', role: 'worker' } } }
	},
	'desk/people/[member=uuid]': {
		access: 'admin',
		one: true,
		url: '/desk/people/MEMBER',
		actions: { role: { form: { role: 'editor' } }, away: { form: aDay }, back: { form: {} } }
	},
	'desk/people/[member=uuid]/deactivate': {
		access: 'admin',
		one: true,
		url: '/desk/people/MEMBER/deactivate',
		actions: { default: { form: {} } }
	},
	'desk/referrals': {
		access: 'coordinator',
		actions: {
			acknowledge: { form: { id: 'REFERRAL' } },
			search: { form: { typed: 'Robin Sample' }, answer: 200 }
		}
	},
	'desk/referrals/new': {
		access: 'coordinator',
		actions: {
			save: {
				form: {
					number: 'UUID',
					'caller-team_id': 'not_listed',
					'caller-team': 'A team',
					'client-name': 'B.S.',
					'client-starters': 'people',
					'client-consent': 'on'
				}
			}
		}
	},
	'desk/referrals/[reference=reference]': {
		...reference,
		url: request,
		actions: {
			acknowledge: { form: held },
			reconsider: { of: 'waitlisted', form: held },
			drop_correction: { of: 'triage', isCorrected: true, form: held },
			assign: { form: { ...held, coordinator: 'COLLEAGUE' } }
		}
	},
	'desk/referrals/[reference=reference]/[action=desk_action]': {
		...reference,
		url: `${request}/ask`,
		actions: { default: { of: 'triage', form: { ...held, words: 'Which evenings?' } } }
	},
	'desk/referrals/[reference=reference]/[no=desk_no]': {
		...reference,
		url: `${request}/decline`,
		actions: {
			start: { of: 'triage', form: { ...held, reason: no.reason }, answer: 200 },
			preview: { of: 'triage', form: no, answer: 200 },
			edit: { of: 'triage', form: no, answer: 200 },
			send: { of: 'triage', form: no }
		}
	},
	'desk/referrals/[reference=reference]/erase': {
		...reference,
		access: 'admin',
		url: `${request}/erase`,
		but: { 'coordinator elsewhere': 404 },
		actions: { default: { of: 'withdrawn', form: held, but: { 'coordinator elsewhere': 403 } } }
	},
	'desk/referrals/[reference=reference]/export': { ...reference, access: 'admin', url: `${request}/export` },
	'desk/referrals/[reference=reference]/home': {
		...reference,
		url: `${request}/home`,
		actions: { default: { form: { ...held, program: 'ELSEWHERE' } } }
	},
	'desk/routing': {
		access: 'admin',
		actions: {
			domains: { form: { domains: 'ward.example' } },
			hours: { form: { day1_opens: '9:00', day1_closes: '12:00' } },
			settings: { form: { acknowledge_hours: '9', wait: 'unknown', keep_months: '36' } }
		}
	},
	'desk/routing/areas/[area=uuid]': {
		access: 'admin',
		one: true,
		url: '/desk/routing/areas/AREA',
		actions: { default: { form: place } }
	},
	'desk/routing/areas/new': { access: 'admin', actions: { default: { form: place } } },
	'desk/routing/teams/[team=uuid]': {
		access: 'admin',
		one: true,
		url: '/desk/routing/teams/TEAM',
		actions: { default: { form: place } }
	},
	'desk/routing/teams/new': { access: 'admin', actions: { default: { form: place } } }
};

/** Answers to a form, or a way on, which have no page of their own; tested where they are used. */
export const NO_PAGE: readonly string[] = ['(site)/places/at/[number=integer]', '(site)/refer/open', 'desk/afresh'];

const STAFF: readonly Caller[] = CALLERS.slice(CALLERS.indexOf('worker'));

export const isElsewhere = (caller: Caller): boolean => caller.endsWith('elsewhere');

/** What a caller is answered: 200, the way to sign in, or a refusal. */
export function answerTo(caller: Caller, { access, one, but }: Row): number | 'sign in' {
	if (access === 'open') return 200;
	if (caller === 'visitor') return 'sign in';
	if (but?.[caller]) return but[caller];
	if (access === 'own') return 200;
	if (!STAFF.includes(caller)) return 403;
	const may =
		access === 'staff' || caller.startsWith('admin') || (access === 'coordinator' && caller.startsWith('coordinator'));
	if (!may) return 403;
	return one && isElsewhere(caller) ? 404 : 200;
}

/** One of those who may do what its forms ask. */
const ONE_WHO_MAY: Record<Exclude<Access, 'open'>, Caller> = {
	own: 'referrer',
	staff: 'worker',
	coordinator: 'coordinator',
	admin: 'admin'
};
export const oneWhoMay = ({ access }: Row): Caller => ONE_WHO_MAY[access === 'open' ? 'own' : access];

/** Whether nothing that a form names is theirs, whatever they are answered. */
export const isOutsider = (caller: Caller, row: Row): boolean =>
	answerTo(caller, row) !== 200 || isElsewhere(caller) || (row.access === 'own' && caller !== 'referrer');
