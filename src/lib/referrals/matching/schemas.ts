/** What the forms about workers and matching take, as the database and what is sealed have it. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { numberInWords } from '$lib/ui/number';
import { LONGEST } from '../support/contents';

/** Words that are looked for among the places. */
export const LONGEST_SOUGHT = 200;

const line = (most: number, missing: () => string) =>
	z
		.string()
		.trim()
		.min(1, { error: () => missing() })
		.max(most, { error: () => m.matching_error_long({ most: numberInWords(most) }) })
		.default('');

/** Asking a worker: which one, how they would meet, and what of the name they learn first. */
export const Propose = z.object({
	id: z.guid(),
	version: z.number().int(),
	form: z.guid(),
	worker: z.guid({ error: () => m.matching_error_worker() }),
	/** What was looked for among the places. */
	q: z
		.string()
		.trim()
		.max(LONGEST_SOUGHT, { error: () => m.matching_error_q() })
		.default(''),
	/** A slug of the directory. */
	place: line(LONGEST.slug, m.matching_error_place),
	when: line(LONGEST.when, m.matching_error_when),
	call_name: line(LONGEST.caller, m.matching_error_name),
	call_phone: line(LONGEST.phone, m.matching_error_phone).refine((typed) => typed === '' || /\d{3}/.test(typed), {
		error: () => m.matching_error_phone()
	}),
	check_in: line(LONGEST.check_in, m.matching_error_check_in),
	initials: z
		.string()
		.trim()
		.min(1, { error: () => m.matching_error_initials() })
		.max(LONGEST.initials, { error: () => m.matching_error_initials() })
		.default('')
});
export type Propose = z.infer<typeof Propose>;

/** `before`: who supervised when the form was shown, as `idsIn` writes it; empty where that is not said. */
export const Supervisors = z.object({
	before: z.string().max(10_000).default(''),
	supervisors: z.array(z.guid()).default([])
});
export type Supervisors = z.infer<typeof Supervisors>;

/** Who was chosen, in one line: the same for the same people. */
export const idsIn = (chosen: readonly string[]): string => [...new Set(chosen)].toSorted().join(' ') || 'nobody';

/** Whether others supervise by now than when the form was shown, and others than it says itself. */
export const isBehind = ({ before, supervisors }: Supervisors, there: readonly string[]): boolean =>
	before !== '' && before !== idsIn(there) && idsIn(supervisors) !== idsIn(there);

export const CheckedOut = z.object({ meeting: z.guid() });

/** How support runs in a program, for its admins. */
export const SupportRules = z.object({
	home_visits: z.boolean(),
	personal_numbers: z.boolean(),
	duty_name: z
		.string()
		.trim()
		.max(LONGEST.caller, { error: () => m.routing_error_duty_name() })
		.default(''),
	duty_phone: z
		.string()
		.trim()
		.max(LONGEST.phone, { error: () => m.routing_error_duty_phone() })
		.refine((typed) => typed === '' || /\d{3}/.test(typed), { error: () => m.routing_error_duty_phone() })
		.default('')
});
export type SupportRules = z.infer<typeof SupportRules>;
