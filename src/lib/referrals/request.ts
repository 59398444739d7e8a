/**
 * What the request asks for, page by page, as the forms take it. The limits are the database's too; what is sealed is measured there
 * as sealed text.
 */
import { z } from 'zod';
import { line, phone } from '$lib/forms/typed';
import { m } from '$lib/paraglide/messages';

/** The pages of the request that ask something, in order; between the first two stands what to expect. */
export const STEPS = ['you', 'expect', 'client', 'safety', 'check'] as const;
export type Step = (typeof STEPS)[number];

export const AGE_BANDS = ['under_19', '19_24', '25_34', '35_44', '45_54', '55_64', '65_plus'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** ISO 639 codes of the languages that are offered, by how many speak them in British Columbia's cities. */
export const LANGUAGES = [
	...['en', 'yue', 'cmn', 'pa', 'tl', 'fa', 'ko', 'es', 'fr', 'vi', 'hi', 'ar', 'ja', 'ru', 'uk', 'pt', 'de', 'it'],
	...['pl', 'ur', 'ta', 'so', 'sw', 'ti', 'am', 'ro', 'el', 'hr', 'sr', 'tr', 'th', 'id', 'ase']
] as const;

/** What people often want, ready to tick; kept as their words. */
export const STARTERS = {
	neighbourhood: m.refer_starter_neighbourhood,
	centre: m.refer_starter_centre,
	routine: m.refer_starter_routine,
	people: m.refer_starter_people
} as const;
export type Starter = keyof typeof STARTERS;

export const MOST_GOALS = 3;
export const SAFE_WAYS = ['call', 'text', 'message'] as const;
export type SafeWay = (typeof SAFE_WAYS)[number];

const address = (wrong: () => string) =>
	z
		.string()
		.trim()
		.toLowerCase()
		.max(254, { error: () => wrong() })
		.regex(z.regexes.email, { error: () => wrong() });

const optionalAddress = (wrong: () => string) => z.union([z.literal(''), address(wrong)]).default('');

const id = z.union([z.literal(''), z.guid()], { error: () => m.refer_error_choice() }).default('');

/** The first page: who asks, and for which team. */
export const You = z
	.object({
		email: address(m.refer_error_email),
		name: line(120, m.refer_error_name_long),
		phone: phone(m.refer_error_phone),
		/** As typed or chosen from the list; `lib/referrals/team.ts` finds it. */
		team: line(160, m.refer_error_team_long),
		/** Chosen among several that are alike. */
		team_id: id,
		not_listed: z.boolean().default(false),
		second_name: line(120, m.refer_error_name_long),
		second_email: optionalAddress(m.refer_error_second_email)
	})
	.refine(({ team, team_id }) => team !== '' || team_id !== '', { path: ['team'], error: () => m.refer_error_team() });
export type You = z.infer<typeof You>;

const isDay = (text: string) => z.iso.date().safeParse(text).success && text > '2000-01-01';

/** The third page: about the client, and what they want. `today`: `YYYY-MM-DD` where the program is. */
export const clientSchema = (today: string) =>
	z
		.object({
			name: line(100, m.refer_error_client_long).refine((typed) => typed !== '', {
				error: () => m.refer_error_client()
			}),
			age_band: z.enum(['', ...AGE_BANDS], { error: () => m.refer_error_choice() }).default(''),
			area_id: id,
			languages: z
				.array(z.enum(LANGUAGES, { error: () => m.refer_error_choice() }))
				.max(5, { error: () => m.refer_error_languages() })
				.default([]),
			starters: z
				.array(z.enum(Object.keys(STARTERS) as [Starter, ...Starter[]], { error: () => m.refer_error_choice() }))
				.default([]),
			goals: z.array(line(300, m.refer_error_goal_long)).max(MOST_GOALS).default(['', '', '']),
			consent: z.boolean().default(false),
			consented_on: z
				.string()
				.default(today)
				.refine(isDay, { error: () => m.refer_error_consented_on() })
				.refine((day) => !isDay(day) || day <= today, { error: () => m.refer_error_consented_later() })
		})
		.refine(({ starters, goals }) => countGoals(starters, goals) > 0, {
			path: ['goals'],
			error: () => m.refer_error_goal()
		})
		.refine(({ starters, goals }) => countGoals(starters, goals) <= MOST_GOALS, {
			path: ['goals'],
			error: () => m.refer_error_goals()
		})
		.refine(({ consent }) => consent, { path: ['consent'], error: () => m.refer_error_consent() });
export type Client = z.infer<ReturnType<typeof clientSchema>>;

const countGoals = (starters: readonly string[], goals: readonly string[]) =>
	starters.length + goals.filter((goal) => goal !== '').length;

/** The fourth page: how to meet and to reach the client safely. */
export const Safety = z
	.object({
		via: z.enum(['team', 'client'], { error: () => m.refer_error_choice() }).default('team'),
		phone: phone(m.refer_error_phone),
		email: optionalAddress(m.refer_error_client_email),
		safe: z.array(z.enum(SAFE_WAYS, { error: () => m.refer_error_choice() })).default([]),
		safety: line(2000, m.refer_error_safety_long)
	})
	.refine(({ via, phone, email }) => via === 'team' || phone !== '' || email !== '', {
		path: ['phone'],
		error: () => m.refer_error_reach()
	})
	.refine(({ via, phone, email, safe }) => via === 'team' || phone === '' || email !== '' || safe.length > 0, {
		path: ['safe'],
		error: () => m.refer_error_safe()
	});
export type Safety = z.infer<typeof Safety>;

/** What has been typed so far, page by page; a page that is missing has not been sent on. */
export interface Draft {
	you?: You;
	/** Where the typed team is one of the list. */
	team?: { id: string; name: string };
	/** Whether what to expect has been read. */
	expect?: true;
	client?: Client;
	safety?: Safety;
	/** Pages that were left with something missing, as they stood: newer than what was sent on. */
	unfinished?: { client?: Client; safety?: Safety };
	/** The draft that this page belongs to, which only its owner can open. */
	resumes?: string;
}

/** The goals in the client's words, those ticked first. */
export const goalsOf = ({ starters, goals }: Pick<Client, 'starters' | 'goals'>): string[] => [
	...starters.map((starter) => STARTERS[starter]()),
	...goals.filter((goal) => goal !== '')
];

/** A draft of which every page has been sent on. */
export type WholeDraft = Draft & Required<Pick<Draft, 'you' | 'client' | 'safety'>>;
export const isWhole = (draft: Draft): draft is WholeDraft => nextStep(draft) === 'check';

/** The pages whose newest text can't be sent as it is, in order. */
export const unfinishedPages = ({ unfinished }: Draft): ('client' | 'safety')[] =>
	(['client', 'safety'] as const).filter((page) => unfinished?.[page]);

/** The first page that is still to be sent on; `check` when nothing is. */
export function nextStep(draft: Draft | null): Step {
	if (!draft?.you) return 'you';
	if (!draft.expect) return 'expect';
	if (!draft.client) return 'client';
	return draft.safety ? 'check' : 'safety';
}
