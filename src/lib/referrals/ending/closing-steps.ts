/** The closing steps: where each has its page, what it is for, and what it asks. */
import { m } from '$lib/paraglide/messages';
import { CLOSING_STEPS, type ClosingStep } from '../support/contents';

export interface StepWords {
	title: () => string;
	/** What it is for. */
	why: () => string;
	ask: () => string;
	hint: () => string;
	/** It can be done without a word. */
	isWordless?: true;
}

export const STEP_WORDS: Record<ClosingStep, StepWords> = {
	look_back: {
		title: m.ending_look_back_title,
		why: m.ending_look_back_why,
		ask: m.ending_look_back_ask,
		hint: m.ending_look_back_hint,
		isWordless: true
	},
	proud_of: {
		title: m.ending_proud_title,
		why: m.ending_proud_why,
		ask: m.ending_proud_ask,
		hint: m.ending_proud_hint
	},
	can_do_now: {
		title: m.ending_can_title,
		why: m.ending_can_why,
		ask: m.ending_can_ask,
		hint: m.ending_can_hint
	},
	strengths: {
		title: m.ending_strengths_title,
		why: m.ending_strengths_why,
		ask: m.ending_strengths_ask,
		hint: m.ending_strengths_hint
	},
	feelings: {
		title: m.ending_feelings_title,
		why: m.ending_feelings_why,
		ask: m.ending_feelings_ask,
		hint: m.ending_feelings_hint
	},
	where_else: {
		title: m.ending_where_title,
		why: m.ending_where_why,
		ask: m.ending_where_ask,
		hint: m.ending_where_hint
	},
	thanks: {
		title: m.ending_thanks_title,
		why: m.ending_thanks_why,
		ask: m.ending_thanks_ask,
		hint: m.ending_thanks_hint
	},
	achievement: {
		title: m.ending_yours_title,
		why: m.ending_yours_why,
		ask: m.ending_yours_ask,
		hint: m.ending_yours_hint,
		isWordless: true
	}
};

/** A step's part of an address: `look-back`. */
export const pathOf = (step: ClosingStep): string => step.replaceAll('_', '-');

const byPath = new Map(CLOSING_STEPS.map((step) => [pathOf(step), step]));
export const stepAt = (path: string): ClosingStep | undefined => byPath.get(path);

/** The one after it that nobody has settled, from the beginning again where none follows; null where all are settled. */
export function nextStep(
	steps: readonly { step: ClosingStep; settled: string | null }[],
	after?: ClosingStep
): ClosingStep | null {
	const isOpen = (step: ClosingStep) => steps.some((row) => row.step === step && row.settled === null);
	const from = after ? CLOSING_STEPS.indexOf(after) + 1 : 0;
	return [...CLOSING_STEPS.slice(from), ...CLOSING_STEPS.slice(0, from)].find(isOpen) ?? null;
}
