/* Applications as coordinators read and answer them, with JavaScript off on a phone. */
import { expect, test, type Page } from '@playwright/test';
import { box, Desk, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { answered, at, sendTwice, stateOf } from './support/roster.ts';
import { aCohort, anEnrolment } from './support/trainings.ts';
import { words } from './support/words.ts';

const desk = new Desk();
let noor: Colleague;
let page: Page;
let colleague: Page;

test.beforeAll(async ({ browser }) => {
	await desk.open();
	noor = await desk.person('Noor');
	page = await phoneOf(browser, noor);
	colleague = await phoneOf(browser, await desk.person('Eli'));
});
test.afterAll(async () => {
	await Promise.all([page.context().close(), colleague.context().close()]);
	await desk.sql`delete from private.outbox where program_id = ${desk.id}`;
	await desk.close();
});

const main = (on = page) => on.getByRole('main');

async function isForEverybody(...paths: string[]): Promise<void> {
	const other = await phoneOf(page.context().browser()!, noor, true);
	for (const path of paths) {
		await other.goto(path);
		await everybodyCanUse(other, path);
	}
	await other.context().close();
}

test('a kind no is begun from a sample, previewed, and read as it was written', async () => {
	const run = await aCohort(desk, { kind: 'application' });
	const robin = await anEnrolment(desk, run, 'applied');
	await page.goto(at(run, `/people/${robin}`));
	await follow(page, 'roster_no');
	await press(page, 'roster_no_start');
	await expect(page.getByRole('alert')).toContainText(words('roster_error_sample'));
	await press(page, 'roster_no_preview');
	await expect(page.getByRole('alert')).toContainText(words('roster_error_no'));
	await page.getByRole('radio', { name: words('roster_no_many_name') }).check();
	await press(page, 'roster_no_start');
	const sample = words('roster_no_many', { name: 'Robin Sample', title: run.title });
	await expect(box(page, 'roster_no_field')).toHaveValue(sample);
	await box(page, 'roster_no_field').fill(`${sample}\n\nNoor <3`);
	await press(page, 'roster_no_preview');
	await expect(main()).toContainText('Noor <3');
	await expect(main()).toContainText(words('roster_no_preview_call'));
	expect(await stateOf(desk, robin)).toBe('applied');
	await press(page, 'roster_no_edit');
	await expect(box(page, 'roster_no_field')).toHaveValue(`${sample}\n\nNoor <3`);
	await press(page, 'roster_no_preview');
	// A double click: the second has been said already.
	const path = at(run, `/people/${robin}`);
	const answers = await sendTwice(page, words('roster_no_send'), `${path}/no?/send`);
	expect(answers).toEqual([`${path}?done=no`, `${path}?done=no`]);
	await page.goto(answers[0]!);
	await said(page, 'roster_done_no');
	expect(await stateOf(desk, robin)).toBe('declined');
	await expect(page.getByRole('region', { name: words('roster_words_given') })).toContainText('Noor <3');
	await expect(page.getByRole('region', { name: words('roster_calls') })).toContainText(
		words('roster_call_no', { title: run.title })
	);
	await press(page, 'roster_move_reconsider');
	expect(await stateOf(desk, robin)).toBe('applied');
	await isForEverybody(at(run, `/people/${robin}/no`), at(run, `/people/${robin}`));
});

test('decisions wait for one another, and are sent together where there are seats for them', async () => {
	const run = await aCohort(desk, { kind: 'application', capacity: 1, decides_together: true });
	const [ana, bo, cy, dee] = [
		await anEnrolment(desk, run, 'applied', { details: { name: 'Ana' } }),
		await anEnrolment(desk, run, 'applied', { details: { name: 'Bo' } }),
		await anEnrolment(desk, run, 'applied', { details: { name: 'Cy' } }),
		await anEnrolment(desk, run, 'applied', { details: { name: 'Dee' } })
	];
	for (const person of [ana, bo]) {
		await page.goto(at(run, `/people/${person}`));
		await press(page, 'roster_move_offer');
		await said(page, 'roster_done_kept');
	}
	await page.goto(at(run, `/people/${cy}/no`));
	await box(page, 'roster_no_field').fill('Not this time.');
	await press(page, 'roster_no_preview');
	await expect(main()).toContainText(words('roster_no_kept'));
	await press(page, 'roster_no_send');
	await said(page, 'roster_done_kept');
	expect(await stateOf(desk, cy)).toBe('applied');

	await page.goto(at(run));
	await follow(page, 'roster_decisions');
	await expect(main()).toContainText(words('roster_decisions_offer', { offers: 2, seats: 1 }));
	await expect(main()).toContainText(words('roster_decisions_undecided_one'));
	await isForEverybody(at(run, '/decisions'));
	await press(page, 'roster_decisions_send');
	await told(page, 'roster_decisions_full');
	expect(await stateOf(desk, cy)).toBe('applied');

	await page.goto(at(run, `/people/${bo}`));
	await press(page, 'roster_move_waitlist');
	await said(page, 'roster_done_kept');
	await page.goto(at(run, '/decisions'));
	await press(page, 'roster_decisions_send');
	await said(page, 'roster_done_sent');
	expect(await Promise.all([ana, bo, cy, dee].map((id) => stateOf(desk, id)))).toEqual([
		'offered',
		'waitlisted',
		'declined',
		'applied'
	]);
	await expect(main()).toContainText(words('roster_decisions_none'));
});

test('two people read an application, each with fresh eyes, before anything is decided', async () => {
	const run = await aCohort(desk, {
		kind: 'application',
		rubric: ['Listens', 'Has time'],
		reviewers: 2,
		has_shortlist: true
	});
	const robin = await anEnrolment(desk, run, 'applied', {
		details: { answers: [answered('Why now?', 'It is time.'), answered('What helps you?', '', true)] }
	});
	const path = at(run, `/people/${robin}`);
	await page.goto(path);
	await expect(main()).toContainText('It is time.');
	await expect(main()).toContainText(words('roster_answer_talk'));
	await expect(page.getByRole('button', { name: words('roster_move_offer') })).toHaveCount(0);
	await follow(page, 'roster_review');
	await page.locator('#score-0-3').check();
	await box(page, 'roster_review_field').fill('Noor found them warm.');
	await press(page, 'roster_review_save');
	await expect(page.getByRole('alert').getByRole('link')).toHaveAttribute('href', '#score-1');
	await expect(page.locator('#score-0-3')).toBeChecked();
	await page.locator('#score-1-1').check();
	await press(page, 'roster_review_save');
	await said(page, 'roster_done_reviewed');
	await expect(main()).toContainText(words('roster_score', { line: 'Listens', score: 4 }));

	await colleague.goto(path);
	await expect(main(colleague)).toContainText(words('roster_review_blind'));
	await expect(main(colleague)).not.toContainText('Noor found them warm.');
	await follow(colleague, 'roster_review');
	for (const line of [0, 1]) await colleague.locator(`#score-${line}-1`).check();
	await box(colleague, 'roster_review_field').fill('Eli would like to talk first.');
	await press(colleague, 'roster_review_save');
	await said(colleague, 'roster_done_reviewed');
	await expect(main(colleague)).toContainText('Noor found them warm.');

	await page.goto(path);
	await press(page, 'roster_shortlist_on');
	await said(page, 'roster_done_shortlist');
	await box(page, 'roster_note_field').fill('Rang: they can start in May.');
	await press(page, 'roster_note_save');
	await said(page, 'roster_done_noted');
	await expect(main()).toContainText('Rang: they can start in May.');
	await isForEverybody(path, `${path}/review`, at(run));
	await page.goto(at(run));
	await expect(main()).toContainText(words('roster_mean', { count: 2, score: '2.5' }));
	await page.goto(path);
	await press(page, 'roster_move_offer');
	await said(page, 'roster_done_moved');
	expect(await stateOf(desk, robin)).toBe('offered');
});

test('what somebody would rather talk about is written down by staff', async () => {
	const run = await aCohort(desk, { kind: 'application' });
	const robin = await anEnrolment(desk, run, 'applied', {
		details: { answers: [answered('Why now?', 'It is time.'), answered('What helps you?', '', true)] }
	});
	await page.goto(at(run, `/people/${robin}`));
	await follow(page, 'roster_change');
	await page.getByRole('textbox', { name: 'What helps you?' }).fill('Tea, and time.');
	await box(page, 'roster_field_phone').fill('');
	await press(page, 'roster_change_save');
	await expect(page.getByRole('alert')).toContainText(words('roster_error_phone_missing'));
	await box(page, 'roster_field_phone').fill('604-555-0199');
	const behind = await page.context().newPage();
	await behind.goto(at(run, `/people/${robin}/change`));
	await press(page, 'roster_change_save');
	await said(page, 'roster_done_changed');
	await expect(main()).toContainText('Tea, and time.');
	await expect(main()).toContainText('It is time.');
	await expect(page.getByRole('link', { name: '604-555-0199' })).toBeVisible();
	await behind.getByRole('textbox', { name: 'What helps you?' }).fill('Coffee.');
	await press(behind, 'roster_change_save');
	await told(behind, 'roster_refused_stale');
	await expect(behind.getByRole('textbox', { name: 'What helps you?' })).toHaveValue('Coffee.');
	await behind.close();
	await isForEverybody(at(run, `/people/${robin}/change`));
});
