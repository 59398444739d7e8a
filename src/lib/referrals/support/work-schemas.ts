/** What the forms of a support take, as the database's functions have it. */
import { z } from 'zod';
import { addDays } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import { isDay, isTime, phone, typedText } from '$lib/forms/typed';
import { Held } from '../desk-schemas';
import { LANGUAGES } from '../request';
import { GOAL_MARKS, LONGEST, PLACE_MARKS } from './contents';
import type { ListedKind } from './entry-pages';

/** What an entry's form brings unseen: which one, and the version that was on the form (0: a new one). */
const entry = { id: z.guid(), version: z.number().int().min(0) };

const text = (most: number) => typedText(most, m.support_error_long);

const words = (most: number, missing: () => string) =>
	text(most).refine((typed) => typed !== '', { error: () => missing() });

/** A day that has been, not after `today`. */
const past = (today: string, missing: () => string) =>
	z
		.string()
		.default('')
		.refine(isDay, { error: () => missing() })
		.refine((day) => !isDay(day) || day <= today, { error: () => m.support_error_day_future() })
		.refine((day) => !isDay(day) || day >= addDays(today, -366), { error: () => m.support_error_day_old() });

const noOrPast = (today: string) =>
	z
		.string()
		.default('')
		.refine((day) => day === '' || isDay(day), { error: () => m.support_error_day() })
		.refine((day) => !isDay(day) || day <= today, { error: () => m.support_error_day_future() })
		.refine((day) => !isDay(day) || day >= addDays(today, -366), { error: () => m.support_error_day_old() });

const unasked = z.literal('').default('');

/** The form of a goal, a place or a note: all of their fields, of which a kind asks its own. `today`: `YYYY-MM-DD` */
export const entryForm = (kind: ListedKind, today: string) =>
	z.object({
		...entry,
		text:
			kind === 'goal'
				? words(LONGEST.goal, m.support_error_goal)
				: kind === 'note'
					? words(LONGEST.dated_note, m.support_error_note)
					: unasked,
		mark:
			kind === 'goal'
				? z.enum(GOAL_MARKS).default('not_yet')
				: kind === 'place'
					? z.enum(PLACE_MARKS).default('want_to_go')
					: unasked,
		on_day: kind === 'note' ? past(today, m.support_error_day) : kind === 'place' ? noOrPast(today) : unasked,
		slug: kind === 'place' ? text(LONGEST.slug) : unasked,
		name: kind === 'place' ? words(LONGEST.name, m.support_error_place) : unasked,
		address: kind === 'place' ? text(LONGEST.address) : unasked,
		note: kind === 'place' ? text(LONGEST.note) : unasked
	});
export type EntryForm = z.infer<ReturnType<typeof entryForm>>;

export const conversationForm = (today: string) =>
	z.object({
		...entry,
		/** Of the referral, for the event that begins the support; and the form's own id. */
		referral: z.number().int(),
		form: z.guid(),
		/** When they first met, or when they talked of this again. */
		on_day: past(today, m.support_error_met),
		reach: text(LONGEST.answer),
		between_us: text(LONGEST.answer),
		wishes: text(LONGEST.answer),
		ending: text(LONGEST.answer)
	});

/** `place`: a place that is known here, by its key, or empty for the one that is written in `name`. */
export const meetingForm = () =>
	z
		.object({
			...entry,
			day: z
				.string()
				.default('')
				.refine(isDay, { error: () => m.support_error_day() }),
			from: z
				.string()
				.default('')
				.refine(isTime, { error: () => m.support_error_time() }),
			to: z
				.string()
				.default('')
				.refine(isTime, { error: () => m.support_error_time() }),
			place: z.string().max(220).default(''),
			name: text(LONGEST.name),
			note: text(LONGEST.note)
		})
		.refine(({ place, name }) => place !== '' || name !== '', { path: ['name'], error: () => m.support_error_place() });

export const MOVES = ['pause', 'resume', 'ask_handover', 'ask_call', 'worker_no'] as const;
export type SupportMove = (typeof MOVES)[number];

/** Something changes: what, and whose wish it is. No reason is asked. */
export const ChangeForm = Held.extend({
	what: z
		.enum(['', ...MOVES], { error: () => m.support_error_change() })
		.refine((given) => given !== '', { error: () => m.support_error_change() }),
	whose: z.enum(['', 'mine', 'peer']).default('')
}).refine(({ what, whose }) => whose !== '' || what === 'worker_no', {
	path: ['whose'],
	error: () => m.support_error_whose()
});
export type ChangeForm = z.infer<typeof ChangeForm>;

export const MOST_PEOPLE = 50;
/** How far ahead "less" may be said, in days. */
export const MOST_LESS = 92;

/** What a worker says of themselves. `today`: `YYYY-MM-DD` */
export const workerForm = (today: string) =>
	z
		.object({
			/** What stood there when the form was shown: see `markOf`. */
			before: z.string().max(64).default(''),
			cap: z
				.number({ error: () => m.work_error_cap({ most: MOST_PEOPLE }) })
				.int({ error: () => m.work_error_cap({ most: MOST_PEOPLE }) })
				.min(0, { error: () => m.work_error_cap({ most: MOST_PEOPLE }) })
				.max(MOST_PEOPLE, { error: () => m.work_error_cap({ most: MOST_PEOPLE }) })
				.default(2),
			less: z.enum(['no', 'week', 'day']).default('no'),
			less_until: z.string().default(''),
			areas: z.array(z.guid()).max(200).default([]),
			languages: z
				.array(z.enum(LANGUAGES))
				.max(10, { error: () => m.work_error_languages() })
				.default([]),
			about: text(1000),
			wishes: text(1000),
			phone: phone(m.work_error_phone)
		})
		.refine(({ less, less_until: day }) => less !== 'day' || isDay(day), {
			path: ['less_until'],
			error: () => m.support_error_day()
		})
		.refine(({ less, less_until: day }) => less !== 'day' || !isDay(day) || day >= today, {
			path: ['less_until'],
			error: () => m.work_error_less_past()
		})
		.refine(({ less, less_until: day }) => less !== 'day' || !isDay(day) || day <= addDays(today, MOST_LESS), {
			path: ['less_until'],
			error: () => m.work_error_less_far()
		});
export type WorkerForm = z.infer<ReturnType<typeof workerForm>>;

export const MeetingMark = z.object({ meeting: z.guid() });

/** How a goal stands, as the person says. */
export const MarkForm = z.object({ ...entry, mark: z.enum(GOAL_MARKS) });

/** An entry taken away, or put back. */
export const EntryHeld = z.object(entry);

/** The ids under which the goals of the request are taken over, made with the form. */
export const StartForm = z.object({ ids: z.array(z.guid()).max(12).default([]) });
