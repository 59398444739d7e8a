import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { deskCohort } from '$lib/training/desk/cohort.server';
import { version as Version } from '$lib/training/desk/desk-fields';
import { saveQuestions } from '$lib/training/desk/plan.server';
import {
	asksTheSame,
	errorsOf,
	questionsOf,
	readRows,
	rowsOf,
	usualRows,
	withMore
} from '$lib/training/desk/question-form';
import { questionsRefusal } from '$lib/training/desk/refusal-words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, cohort } = await deskCohort(event);
	const typed = await typedBefore(event);
	const isFilled = cohort.questions.length === 0 && event.url.searchParams.has('usual');
	const version = typed ? Number(typed.get('version')) : cohort.version;
	return {
		program,
		cohort,
		version,
		/** They were changed since what is back was typed. */
		isBehind: version !== cohort.version,
		rows: typed ? readRows(typed) : withMore(isFilled ? usualRows() : rowsOf(cohort.questions)),
		isFilled,
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { person } = await staff(event, 'coordinator');
		const { program, cohort } = await deskCohort(event);
		const sent = await event.request.formData();
		const { success, data: version } = Version.safeParse(sent.get('version') ?? undefined);
		if (!success) error(400, m.error_other_text());
		const rows = readRows(sent);
		const wrong = errorsOf(rows);
		const back = { rows, version, isBehind: false };
		if (Object.keys(wrong).length > 0) return fail(400, { ...back, errors: { questions: wrong } });
		const questions = questionsOf(rows, new Set(cohort.questions.map(({ id }) => id)));
		const answer = await saveQuestions(event.locals.personal, { id: cohort.id, version }, questions);
		const isDone = 'ok' in answer || (answer.refused === 'stale' && asksTheSame(questions, cohort.questions));
		if (!isDone) {
			const { message, status } = questionsRefusal(answer.refused);
			const isBehind = answer.refused === 'stale';
			return fail(status, { ...back, isBehind, errors: { questions: {}, _errors: [message] } });
		}
		await forgetTyped(event);
		const path = `/desk/training/${cohort.id}/questions`;
		redirect(
			303,
			staffAddress(path, { program: program.slug, several: person.programs.length > 1, done: 'questions' })
		);
	}
};
