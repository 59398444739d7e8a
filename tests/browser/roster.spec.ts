/* The people of a training, as a coordinator works with them on a phone, with JavaScript off. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { box, Desk, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { at, countOf, sendTwice, stateOf } from './support/roster.ts';
import { aCohort, anEnrolment, type Cohort } from './support/trainings.ts';
import { words } from './support/words.ts';

const desk = new Desk();
const elsewhere = new Desk();
let noor: Colleague;
let page: Page;

test.beforeAll(async ({ browser }) => {
	await Promise.all([desk.open(), elsewhere.open()]);
	noor = await desk.person('Noor');
	page = await phoneOf(browser, noor);
});
test.afterAll(async () => {
	await page.context().close();
	await desk.sql`delete from private.outbox where program_id = ${desk.id}`;
	await Promise.all([desk.close(), elsewhere.close()]);
});

const main = () => page.getByRole('main');
const radio = (key: Parameters<typeof words>[0]) => page.getByRole('radio', { name: words(key), exact: true });
const calls = () => page.getByRole('region', { name: words('roster_calls') });

/** Axe on the page as it stands, by somebody with JavaScript. */
async function isForEverybody(...paths: string[]): Promise<void> {
	const other = await phoneOf(page.context().browser()!, noor, true);
	for (const path of paths) {
		await other.goto(path);
		await everybodyCanUse(other, path);
	}
	await other.context().close();
}

async function putIn(run: Cohort, name: string): Promise<string> {
	await page.goto(at(run, '/people/new'));
	await box(page, 'roster_field_name').fill(name);
	await radio('roster_reach_phone').check();
	await box(page, 'roster_field_phone').fill('604-555-0142');
	await press(page, 'roster_add_save');
	return /people\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

test('somebody with a phone only gets a seat, or an offer by a call, and takes it', async () => {
	const run = await aCohort(desk, { capacity: 1 });
	await page.goto(at(run));
	await expect(main()).toContainText(words('roster_nobody'));
	await follow(page, 'roster_add');
	await radio('roster_reach_phone').check();
	await press(page, 'roster_add_save');
	const summary = page.getByRole('alert');
	await expect(summary).toContainText(words('roster_error_name'));
	await box(page, 'roster_field_name').fill('Robin Sample');
	await press(page, 'roster_add_save');
	await expect(summary.getByRole('link', { name: words('roster_error_phone_missing') })).toHaveAttribute(
		'href',
		'#phone'
	);
	await expect(box(page, 'roster_field_name')).toHaveValue('Robin Sample');
	await box(page, 'roster_field_phone').fill('604-555-0142');
	await page.getByLabel(words('roster_need_food')).check();
	const form = await page.locator('[name=form]').inputValue();
	await press(page, 'roster_add_save');
	await said(page, 'roster_done_entered_enrolled');
	expect(await countOf(desk, run)).toBe(1);

	// The same form once more, as a double click sends it.
	const given = { form, name: 'Robin Sample', reach: 'phone', phone: '604-555-0142' };
	const headers = { origin: process.env.SITE_URL!, accept: 'text/html' };
	const again = await page.context().request.post(at(run, '/people/new'), { form: given, headers, maxRedirects: 0 });
	expect([again.status(), again.headers().location]).toEqual([303, expect.stringContaining('done=entered_enrolled')]);
	expect(await countOf(desk, run)).toBe(1);

	const sam = await putIn(run, 'Sam Second');
	await said(page, 'roster_done_entered_waitlisted');
	await page.goto(at(run));
	await expect(main()).toContainText(words('roster_needs_lede_one'));
	await page.getByRole('link', { name: 'Robin Sample' }).click();
	await page.getByText(words('roster_move_withdraw')).first().click();
	const before = page.url();
	await press(page, 'roster_move_withdraw');
	await said(page, 'roster_done_moved');
	expect(await stateOf(desk, sam)).toBe('offered');

	await page.goto(at(run));
	await expect(calls()).toContainText(`A seat in “${run.title}” is yours if you want it. Please say yes by`);
	await expect(calls().getByRole('link', { name: '604-555-0142' })).toHaveAttribute('href', 'tel:+16045550142');
	await isForEverybody(at(run), at(run, `/people/${sam}`), at(run, '/people/new'));
	await page.getByRole('button', { name: words('roster_told_who', { name: 'Sam Second' }) }).click();
	await said(page, 'roster_done_told');
	await expect(calls()).toHaveCount(0);

	await page.getByRole('link', { name: 'Sam Second' }).click();
	const stale = await page.context().newPage();
	await stale.goto(page.url());
	await press(page, 'roster_move_accept');
	await said(page, 'roster_done_moved');
	expect(await stateOf(desk, sam)).toBe('enrolled');
	// A second press of the same button has done what it says.
	await press(stale, 'roster_move_accept');
	await said(stale, 'roster_done_moved');
	await stale.close();

	// Who has left comes back at the end of the line.
	await page.goto(before);
	await press(page, 'roster_back');
	await said(page, 'roster_done_back');
	await expect(main()).toContainText(words('roster_standing_line', { place: 1 }));
});

test('a tab that is behind is told so, and nothing is done', async () => {
	const run = await aCohort(desk);
	const robin = await anEnrolment(desk, run, 'offered');
	await page.goto(at(run, `/people/${robin}`));
	await desk.sql`update public.enrolments set version = version + 1 where id = ${robin}`;
	await press(page, 'roster_move_accept');
	await told(page, 'roster_refused_stale');
	expect(await stateOf(desk, robin)).toBe('offered');
	await desk.sql`update public.enrolments set offered_until = now() - interval '1 minute' where id = ${robin}`;
	await press(page, 'roster_move_accept');
	await told(page, 'roster_refused_too_late');
});

test.describe('who can’t be put in is refused with a sentence', () => {
	for (const [given, refusal] of [
		[{ state: 'announced' }, 'roster_refused_not_open'],
		[{ state: 'cancelled' }, 'roster_refused_cancelled'],
		[{ state: 'running', classes: [-1 / 24] }, 'roster_refused_begun']
	] as const)
		test(refusal, async () => {
			const run = await aCohort(desk, { ...given, classes: 'classes' in given ? [...given.classes] : undefined });
			await putInAnyway(run);
			await told(page, refusal);
			await expect(box(page, 'roster_field_name')).toHaveValue('Robin Sample');
		});

	async function putInAnyway(run: Cohort) {
		await page.goto(at(run, '/people/new'));
		await box(page, 'roster_field_name').fill('Robin Sample');
		await radio('roster_reach_letter').check();
		await box(page, 'roster_field_address').fill('1 Sample Street');
		await press(page, 'roster_add_save');
	}
});

test('who is here is ticked on one list, and who was away twice is pointed out', async () => {
	const run = await aCohort(desk, { state: 'running', classes: [-14, -7, -1 / 24, 14] });
	const [ana, bo] = [
		await anEnrolment(desk, run, 'enrolled', { details: { name: 'Ana' } }),
		await anEnrolment(desk, run, 'enrolled', { details: { name: 'Bo' } })
	];
	for (const meeting of run.classes.slice(0, 2))
		await desk.sql`insert into private.attendance (class_id, enrolment_id, was_there)
			values (${meeting}, ${ana}, true), (${meeting}, ${bo}, false)`;
	await page.goto(at(run));
	const tick = (name: string) => page.getByRole('checkbox', { name, exact: true });
	const path = at(run, `/classes/${run.classes[2]}/attendance`);
	await expect(main().locator(`a[href="${path}"]`)).toHaveCount(1);
	await page.goto(path);
	await expect(main().getByRole('listitem').filter({ hasText: 'Bo' })).toContainText(words('roster_attendance_missed'));
	await expect(main().getByRole('listitem').filter({ hasText: 'Ana' })).not.toContainText(
		words('roster_attendance_missed')
	);
	await tick('Bo').check();
	await press(page, 'roster_attendance_save');
	await said(page, 'roster_done_attendance');
	await expect(tick('Bo')).toBeChecked();
	await expect(tick('Ana')).not.toBeChecked();
	await isForEverybody(path);
	await page.goto(at(run, `/classes/${run.classes[3]}/attendance`));
	await expect(main()).toContainText(words('roster_attendance_early'));
});

test('who has completed it gets a certificate', async () => {
	const run = await aCohort(desk, { state: 'finished', classes: [-14, -7], practicum_hours: 10 });
	const names = ['Ana', 'Bo', 'Cy'] as const;
	const [ana, bo, cy] = await Promise.all(
		names.map((name, index) =>
			anEnrolment(desk, run, 'enrolled', { details: { name }, practicum_hours: index === 0 ? 10 : 0 })
		)
	);
	for (const meeting of run.classes)
		await desk.sql`insert into private.attendance (class_id, enrolment_id, was_there)
			values (${meeting}, ${ana!}, true), (${meeting}, ${bo!}, true), (${meeting}, ${cy!}, false)`;
	await page.goto(at(run, `/people/${bo}`));
	await page.getByLabel(words('roster_hours_field')).fill('a few');
	await press(page, 'roster_hours_save');
	await expect(page.getByRole('alert')).toContainText(words('roster_error_hours'));
	await page.getByLabel(words('roster_hours_field')).fill('12,5');
	await press(page, 'roster_hours_save');
	await said(page, 'roster_done_hours');

	await page.goto(at(run));
	await follow(page, 'roster_completion');
	const of = (name: string, outcome: Parameters<typeof words>[0]) =>
		page
			.getByRole('group', { name: words('roster_completion_who', { name }) })
			.getByRole('radio', { name: words(outcome), exact: true });
	await expect(of('Ana', 'roster_outcome_completed')).toBeChecked();
	await expect(of('Bo', 'roster_outcome_completed')).toBeChecked();
	await expect(of('Cy', 'roster_outcome_not_completed')).toBeChecked();
	await of('Bo', 'roster_outcome_not_yet').check();
	await isForEverybody(at(run, '/completion'));
	await press(page, 'roster_completion_save');
	await said(page, 'roster_done_certified');
	expect(await Promise.all([ana!, bo!, cy!].map((id) => stateOf(desk, id)))).toEqual([
		'completed',
		'enrolled',
		'not_completed'
	]);
	await page.getByRole('link', { name: words('roster_certificate') }).click();
	await expect(page.locator('[data-certificate]')).toContainText('Ana');
	await expect(page.locator('[data-certificate]')).toContainText(run.title);
	await expect(page.locator('[data-certificate]')).toContainText(/TC-\w{4}-\w{4}/);
	await isForEverybody(at(run, `/people/${ana}/certificate`));
});

test('a message is seen first, and goes once to those it is for', async () => {
	const run = await aCohort(desk);
	const email = `${randomUUID()}@people.example`;
	await anEnrolment(desk, run, 'enrolled', { email, details: { reach: 'email' } });
	await anEnrolment(desk, run, 'enrolled');
	await anEnrolment(desk, run, 'waitlisted');
	await page.goto(at(run));
	await follow(page, 'roster_message');
	await press(page, 'roster_message_preview');
	await expect(page.getByRole('alert')).toContainText(words('roster_error_message'));
	await box(page, 'roster_message_form').fill('Bring a pen.\nAnd a friend.');
	await press(page, 'roster_message_preview');
	await expect(main()).toContainText(words('roster_message_mail', { count: 1 }));
	await expect(main()).toContainText(words('roster_message_calls', { count: 1 }));
	const answers = await sendTwice(page, words('roster_message_send'), at(run, '/message?/send'));
	expect(answers).toEqual([at(run, '?done=messaged'), at(run, '?done=messaged')]);
	await page.goto(answers[0]!);
	await said(page, 'roster_done_messaged');
	await expect(calls()).toContainText('Bring a pen.');
	await expect(calls().getByText('Bring a pen.')).toHaveCount(1);
	const [sent] = await desk.sql`select count(*)::integer from private.outbox where to_address = ${email}`;
	expect(sent).toEqual({ count: 1 });
	await desk.sql`update private.outbox set set_aside_at = now() where to_address = ${email}`;
	await page.goto(at(run));
	await expect(calls()).toContainText(words('roster_call_mail_failed', { email }));
	await isForEverybody(at(run, '/message'), at(run));
});

test('all of it is a file, and reading it is written down', async () => {
	const run = await aCohort(desk);
	await anEnrolment(desk, run, 'enrolled', { details: { name: '=cmd()', needs_words: 'No nuts, "please"' } });
	const answer = await page.context().request.get(at(run, '/people.csv'));
	expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8');
	expect(answer.headers()['cache-control']).toContain('no-store');
	const text = await answer.text();
	expect(text).toContain("'=cmd()");
	expect(text).toContain('No nuts, ""please""');
	const events = await desk.sql<
		{ event: string }[]
	>`select event from public.audit_events where subject_id = ${run.id}`;
	expect(events.map(({ event }) => event)).toEqual(['cohort.exported']);
});

test('what can’t be opened is said, and the rest stands', async () => {
	const run = await aCohort(desk);
	const [broken] = [await anEnrolment(desk, run, 'enrolled'), await anEnrolment(desk, run, 'enrolled')];
	await desk.sql`update private.enrolment_details set details = ${`s1.k1.${'A'.repeat(60)}`} where enrolment_id = ${broken}`;
	await page.goto(at(run));
	await expect(main()).toContainText('Robin Sample');
	await expect(main()).toContainText(words('roster_needs_unreadable_one'));
	await page.getByRole('link', { name: words('roster_broken_name') }).click();
	await expect(main()).toContainText(words('roster_broken'));
});

test('a coordinator of another programme finds none of it', async ({ browser }) => {
	const run = await aCohort(desk, { state: 'running', classes: [-1 / 24] });
	const robin = await anEnrolment(desk, run, 'enrolled');
	const other = await phoneOf(browser, await elsewhere.person('Eve'));
	for (const path of [
		...['', '/people/new', '/message', '/completion', '/decisions', '/people.csv', `/people/${robin}`],
		...[`/people/${robin}/change`, `/people/${robin}/no`, `/classes/${run.classes[0]}/attendance`]
	])
		expect((await other.goto(at(run, path)))!.status(), path).toBe(404);
	await other.context().close();
});
