/** Why something about classes was refused: the field that it is about, and what to say. */
import { m } from '$lib/paraglide/messages';
import type { AddedClasses, SavedClass, SavedQuestions } from './plan.server';

type Of<Answer> = Extract<Answer, { refused: string }>['refused'];

interface Refusal<Field extends string> {
	/** Empty for the form as a whole. */
	field: Field | '';
	message: string;
	/** 409 where things have moved on meanwhile. */
	status: 400 | 409;
}

export function addedRefusal(refused: Of<AddedClasses>): Refusal<'first' | 'count'> {
	switch (refused) {
		case 'past':
			return { field: 'first', message: m.cohort_error_past(), status: 400 };
		case 'overlap':
			return { field: 'first', message: m.cohort_error_overlap_some(), status: 400 };
		case 'too_many':
			return { field: 'count', message: m.cohort_error_too_many(), status: 400 };
		case 'not_possible':
			return { field: '', message: m.cohort_refused_over(), status: 409 };
		case 'not_allowed':
			return { field: '', message: m.cohort_refused_not_allowed(), status: 409 };
	}
}

export function classRefusal(refused: Of<SavedClass>): Refusal<'day' | 'from'> {
	switch (refused) {
		case 'past':
			return { field: 'day', message: m.cohort_error_past(), status: 400 };
		case 'overlap':
			return { field: 'from', message: m.cohort_error_overlap(), status: 400 };
		case 'stale':
			return { field: '', message: m.cohort_refused_class_stale(), status: 409 };
		case 'not_possible':
			return { field: '', message: m.cohort_refused_over(), status: 409 };
		case 'not_allowed':
			return { field: '', message: m.cohort_refused_not_allowed(), status: 409 };
	}
}

export function questionsRefusal(refused: Of<SavedQuestions>): Refusal<never> {
	switch (refused) {
		case 'stale':
			return { field: '', message: m.cohort_refused_stale(), status: 409 };
		case 'too_many':
			return { field: '', message: m.cohort_error_questions_many(), status: 400 };
		case 'not_possible':
			return { field: '', message: m.cohort_refused_questions(), status: 409 };
		case 'not_allowed':
			return { field: '', message: m.cohort_refused_not_allowed(), status: 409 };
	}
}
