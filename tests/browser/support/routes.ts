/** Every route that is not a page for everybody: who is answered what, and what each of its forms takes. */
import type { State } from '../../../src/lib/referrals/states.ts';
import { CALLERS, others, type Caller } from './callers.ts';
import { TRAINING_ROUTES } from './training-routes.ts';

/**
 * Open: to everybody. Own: to whoever is signed in. The rest: to these roles, each in their own program. Support: to those whom one
 * concerns, who are `worker`, their `supervisor`, coordinators and admins; it is there for nobody else.
 */
export type Access = 'open' | 'own' | 'staff' | 'worker' | 'support' | 'supervisor' | 'coordinator' | 'admin';

/**
 * A form as somebody who may would send it. Words in capitals stand for things that are there for the test alone: `REFERRAL` is a
 * request's id, `REFERENCE` its reference, `KEPT` one that is kept until its address is proved; `ELSEWHERE` the other program; `UUID` is another each time.
 */
export interface Filled {
	form: Record<string, string>;
	/** The state of the request. */
	of?: State;
	/** What was asked for before, and not seen to: that it is struck out, another worker, a call. */
	asked?: 'ask_correction' | 'ask_handover' | 'ask_call';
	/** The closing steps are done. */
	isClosed?: true;
	/** The training is announced: it is a draft unless this says so. */
	isAnnounced?: true;
	/** It names a thing, without which it is about none. */
	isNamed?: true;
	/** Who may, where it is not the first of those who may see the page. */
	by?: Caller;
	/** What whoever may is answered: 303 unless said. */
	answer?: 200;
	/** Who is told something else than by the page. */
	but?: Row['but'];
}

export interface Row {
	access: Access;
	/** The state in which the request is looked at: just sent, unless said. */
	of?: State;
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

const work = '/desk/work/REFERENCE';
const support = { access: 'support', of: 'active' } as const;
const ending = { access: 'support', of: 'ending' } as const;
/** Supervisors read. */
const writes = { of: 'active', but: { supervisor: 404 } } as const;
/** What a worker alone does, for themselves. */
const forOneself = { of: 'active', but: { supervisor: 404, coordinator: 404, admin: 404 } } as const;
const closes = { of: 'ending', but: { supervisor: 404 } } as const;
const aGoal = { id: 'GOAL', version: '1' };
const step = { id: 'UUID', version: '0', settled: 'done', text: 'Got out of the house.' };
const isMine = { meeting: 'BEGUN' };
const asked = { of: 'match_proposed', form: held, but: { 'other worker': 409 } } as const;
const plan = {
	...held,
	worker: 'WORKER',
	place: 'britannia-library',
	when: 'Tuesday at two',
	call_name: 'Noor',
	call_phone: '604-555-0177',
	check_in: 'Text when you part.',
	initials: 'RS'
};

const reference = { access: 'coordinator', one: true } as const;
const request = '/desk/referrals/REFERENCE';
/** Only whose it is sees it: for others it isn't there. */
const ownReferral: Row = { access: 'own', but: others(404) };

export const ROUTES: Readonly<Record<string, Row>> = {
	...TRAINING_ROUTES,
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
	'(site)/feedback/[token=token]': { ...open, url: `/feedback/${noToken}`, actions: { default: null } },
	'(site)/feedback/thanks': open,
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
			drop_correction: { of: 'triage', asked: 'ask_correction', form: held },
			settle_handover: { of: 'active', asked: 'ask_handover', form: held },
			settle_call: { of: 'active', asked: 'ask_call', form: held },
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
	'desk/referrals/[reference=reference]/match': {
		...reference,
		url: `${request}/match`,
		actions: { find: { of: 'triage', form: plan, answer: 200 }, propose: { of: 'triage', form: plan } }
	},
	'desk/referrals/[reference=reference]/questions': {
		...reference,
		url: `${request}/questions`,
		actions: { default: { of: 'completed', form: {} } }
	},
	'desk/feedback': { access: 'coordinator', actions: { paper: { form: { form: 'UUID', how: 'good' } } } },
	'desk/report': { access: 'coordinator' },
	'desk/report.csv': { access: 'coordinator' },
	'desk/work': {
		access: 'worker',
		actions: {
			in: { of: 'active', form: isMine, but: { 'other worker': 409 } },
			out: { of: 'active', form: isMine, but: { 'other worker': 409 } }
		}
	},
	'desk/work/me': {
		access: 'worker',
		actions: { default: { form: { cap: '50', less: 'no', about: 'I like walks.' } } }
	},
	'desk/work/asked/[reference=reference]': {
		access: 'worker',
		of: 'match_proposed',
		url: '/desk/work/asked/REFERENCE',
		actions: {
			more: { of: 'match_proposed', form: {}, but: { 'other worker': 303 } },
			yes: asked,
			knows: asked,
			no: asked
		}
	},
	'desk/work/[reference=reference]': { ...support, url: work },
	'desk/work/[reference=reference]/first': {
		...support,
		url: `${work}/first`,
		actions: {
			default: {
				...writes,
				form: { id: 'UUID', version: '0', referral: 'VERSION', form: 'UUID', on_day: 'TODAY', reach: 'By text' }
			}
		}
	},
	'desk/work/[reference=reference]/[list=support_kind]': {
		...support,
		url: `${work}/goals`,
		actions: {
			mark: { ...writes, isNamed: true, form: { ...aGoal, mark: 'yes' } },
			start: { ...writes, form: { ids: 'UUID' } }
		}
	},
	'desk/work/[reference=reference]/[list=support_kind]/[entry=uuid]': {
		...support,
		url: `${work}/goals/GOAL`,
		actions: {
			save: { ...writes, form: { ...aGoal, text: 'Sing', mark: 'a_bit' } },
			remove: { ...writes, form: aGoal },
			restore: { ...writes, form: aGoal }
		}
	},
	'desk/work/[reference=reference]/meetings': { ...support, url: `${work}/meetings` },
	'desk/work/[reference=reference]/meetings/[meeting=uuid]': {
		...support,
		url: `${work}/meetings/AHEAD`,
		actions: {
			save: {
				...forOneself,
				form: { id: 'AHEAD', version: '1', day: 'DAY', from: '10:00', to: '11:00', name: 'The library' }
			},
			in: { ...forOneself, form: isMine },
			out: { ...writes, isNamed: true, form: isMine },
			cancel: { ...writes, isNamed: true, form: { meeting: 'AHEAD' } }
		}
	},
	'desk/work/[reference=reference]/change': {
		...support,
		url: `${work}/change`,
		actions: { default: { ...writes, form: { ...held, what: 'pause', whose: 'mine' } } }
	},
	'desk/work/[reference=reference]/guide': { ...support, url: `${work}/guide` },
	'desk/work/[reference=reference]/ending': {
		...ending,
		url: `${work}/ending`,
		actions: { complete: { ...closes, isClosed: true, form: held } }
	},
	'desk/work/[reference=reference]/ending/begin': {
		...support,
		url: `${work}/ending/begin`,
		actions: { default: { ...writes, form: { ...held, end_on: 'LATER', reason: 'goal_reached' } } }
	},
	'desk/work/[reference=reference]/ending/extend': {
		...ending,
		url: `${work}/ending/extend`,
		actions: {
			default: {
				of: 'ending',
				by: 'coordinator',
				form: { ...held, words: 'A new goal came up' },
				but: { worker: 400, supervisor: 404 }
			}
		}
	},
	'desk/work/[reference=reference]/ending/[step=closing_step]': {
		...ending,
		url: `${work}/ending/proud-of`,
		actions: {
			save: { ...closes, form: step },
			again: { ...closes, isClosed: true, form: { id: 'UUID', version: '0' } },
			look: { of: 'ending', form: { ...step, q: 'library' }, answer: 200 },
			add: { of: 'ending', form: { ...step, add: 'The library' }, answer: 200 }
		}
	},
	'desk/work/[reference=reference]/keep': { ...ending, url: `${work}/keep` },
	'desk/work/[reference=reference]/keep/pdf': { ...ending, url: `${work}/keep/pdf` },
	'desk/work/[reference=reference]/letter': {
		...ending,
		url: `${work}/letter`,
		actions: { default: { ...closes, form: { id: 'LETTER', version: '1', text: 'Dear Robin', from: 'Devon' } } }
	},
	'desk/work/[reference=reference]/letter/paper': { ...ending, url: `${work}/letter/paper` },
	'desk/work/[reference=reference]/letter/pdf': { ...ending, url: `${work}/letter/pdf` },
	'desk/workers': {
		access: 'supervisor',
		actions: {
			out: {
				of: 'active',
				isNamed: true,
				form: isMine,
				but: { supervisor: 403, 'other supervisor': 403, 'coordinator elsewhere': 404, 'admin elsewhere': 404 }
			}
		}
	},
	'desk/workers/[worker=uuid]': {
		access: 'supervisor',
		one: true,
		url: '/desk/workers/WORKER',
		but: { 'other supervisor': 404 },
		actions: {
			supervisors: {
				form: { supervisors: 'SUPERVISOR' },
				but: { supervisor: 403, 'other supervisor': 403 }
			}
		}
	},
	'desk/workers/[worker=uuid]/call-sheet': {
		access: 'coordinator',
		one: true,
		url: '/desk/workers/WORKER/call-sheet'
	},
	'desk/routing': {
		access: 'admin',
		actions: {
			domains: { form: { domains: 'ward.example' } },
			hours: { form: { day1_opens: '9:00', day1_closes: '12:00' } },
			settings: { form: { acknowledge_hours: '9', wait: 'unknown', keep_months: '36' } },
			support: { form: { home_visits: 'on', duty_name: 'Noor', duty_phone: '604-555-0177' } }
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

/** What a coordinator does on pages of one route: the state of the request, and what the form takes beside. */
const DONE: readonly (readonly [name: string, of: State, form?: Record<string, string>])[] = [
	['peer-yes', 'match_proposed'],
	['peer-no', 'match_proposed', { words: 'Rather somebody else.' }],
	['begin', 'matched', { first_met_on: 'TODAY' }],
	['pause', 'active', { whose: 'peer' }],
	['resume', 'paused', { whose: 'worker' }],
	['handover', 'active', { whose: 'worker', words: 'It is far.' }],
	['call', 'active', { whose: 'peer' }],
	['take-back', 'matched'],
	['end-early', 'active', { reason: 'moved_away' }]
];

/** Other addresses of routes that are listed above. */
export const MORE: Readonly<Record<string, Row>> = Object.fromEntries(
	DONE.map(([name, of, form]) => [
		`desk/referrals/REFERENCE/${name}`,
		{
			...reference,
			url: `${request}/${name}`,
			of,
			actions: { default: { of, form: { ...held, ...form } } }
		}
	])
);

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
	if (access === 'support') return CONCERNED.includes(caller) ? 200 : 404;
	if (!may(caller, access)) return 403;
	return one && isElsewhere(caller) ? 404 : 200;
}

/** Whom a support concerns. */
const CONCERNED: readonly Caller[] = ['worker', 'supervisor', 'coordinator', 'admin'];

/** Whether their role in their own program is enough; admins do what coordinators do. */
function may(caller: Caller, access: Access): boolean {
	if (access === 'staff') return true;
	if (access === 'worker') return caller.endsWith('worker');
	if (caller.startsWith('admin')) return true;
	if (caller.startsWith('coordinator')) return access !== 'admin';
	return access === 'supervisor' && caller.endsWith('supervisor');
}

/** One of those who may do what its forms ask. */
const ONE_WHO_MAY: Record<Exclude<Access, 'open'>, Caller> = {
	own: 'referrer',
	staff: 'worker',
	worker: 'worker',
	support: 'worker',
	supervisor: 'coordinator',
	coordinator: 'coordinator',
	admin: 'admin'
};
export const oneWhoMay = ({ access }: Row): Caller => ONE_WHO_MAY[access === 'open' ? 'own' : access];

/** Whether nothing that a form names is theirs, whatever they are answered. */
export const isOutsider = (caller: Caller, row: Row): boolean =>
	answerTo(caller, row) !== 200 || isElsewhere(caller) || (row.access === 'own' && caller !== 'referrer');
