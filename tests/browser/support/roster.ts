/** What the tests of a training's people share: where its pages are, what became of somebody, a form sent twice. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Details } from '../../../src/lib/training/details.ts';
import type { Desk } from './desk.ts';
import type { Cohort } from './trainings.ts';

/** An application's answer. */
export const answered = (label: string, text: string, by_talk = false): Details['answers'][number] => ({
	question: randomUUID(),
	kind: 'long',
	label,
	text,
	by_talk
});

export const at = ({ id }: Cohort, page = ''): string => `/desk/training/${id}${page}`;

export const stateOf = async ({ sql }: Desk, enrolment: string): Promise<string | undefined> =>
	(await sql<{ state: string }[]>`select state from public.enrolments where id = ${enrolment}`)[0]?.state;

/** How many are in a run. */
export const countOf = async ({ sql }: Desk, { id }: Cohort): Promise<number> =>
	(await sql<{ count: number }[]>`select count(*)::integer as count from public.enrolments where cohort_id = ${id}`)[0]!
		.count;

/** Sends the form with this button as it stands, twice at once: what both are answered. */
export async function sendTwice(page: Page, button: string, action: string): Promise<string[]> {
	const form = page.locator('form', { has: page.getByRole('button', { name: button, exact: true }) });
	const fields = await form
		.locator('[name]')
		.evaluateAll((all) =>
			all.map((field) => [(field as HTMLInputElement).name, (field as HTMLInputElement).value] as const)
		);
	const headers = { origin: process.env.SITE_URL!, accept: 'text/html' };
	const send = () =>
		page.context().request.post(action, { form: Object.fromEntries(fields), headers, maxRedirects: 0 });
	const answers = await Promise.all([send(), send()]);
	return answers.map((answer) => answer.headers().location ?? String(answer.status()));
}
