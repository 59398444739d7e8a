/* Applying for a training: a program's own questions, kept for another day, checked and sent. JavaScript off, on a phone. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { phone } from './support/devices.ts';
import { follow, press, said, told } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { signInQuietly } from './support/sign-in.ts';
import { QUESTIONS, signUpAt, Trainings, type Cohort, type Trainee } from './support/trainings.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const program = new Trainings();
test.beforeAll(async () => {
	await program.open();
});
test.afterAll(async () => {
	await program.sql`delete from public.cohorts where program_id = ${program.id}`;
	await program.close();
});

const main = (page: Page) => page.getByRole('main');
const name = (page: Page) => page.getByRole('textbox', { name: words('signup_name') });
const long = (page: Page) => page.getByRole('textbox', { name: 'What has helped you?' });
const talk = (page: Page) => page.getByLabel(words('signup_talk'));
const agree = (page: Page) => page.getByRole('group', { name: 'I agree' }).getByLabel(words('signup_consent_yes'));

async function signedIn(browser: Browser, who: Trainee, javaScriptEnabled = false): Promise<Page> {
	const context = await browser.newContext({ ...phone, javaScriptEnabled, reducedMotion: 'reduce' });
	await signInQuietly(context.request, who.email);
	return context.newPage();
}

/** Somebody who looks at the form of a training that asks each kind of question. */
async function begin(browser: Browser, isScripted = false): Promise<{ page: Page; cohort: Cohort; me: Trainee }> {
	const cohort = await program.cohort({ kind: 'application', questions: QUESTIONS });
	const me = await program.trainee();
	const page = await signedIn(browser, me, isScripted);
	await page.goto(signUpAt(cohort));
	return { page, cohort, me };
}

const drafts = async ({ id }: Cohort) =>
	(await program.sql`select from private.application_drafts where cohort_id = ${id}`).length;

test('the questions are there to be read beforehand', async ({ browser }) => {
	const { page, cohort } = await begin(browser);
	await page.goto(`/training/${cohort.slug}`);
	const asked = page.getByRole('region', { name: words('signup_ask_title') });
	for (const { label } of QUESTIONS) await expect(asked).toContainText(label!);
	await expect(asked).toContainText(words('signup_ask_talk'));
	await follow(page, 'signup_apply');
	await expect(page).toHaveURL(signUpAt(cohort));
});

test('an application is kept, gone on with, checked, changed and sent; a talk stands for a long answer', async ({
	browser
}) => {
	const { page, cohort } = await begin(browser);
	await long(page).fill('A dog,\nand walking.');
	await press(page, 'signup_button_save');
	await said(page, 'own_done_saved');
	expect(await program.statesOf(cohort)).toEqual([]);
	const [kept] = await program.sql<{ contents: string }[]>`
		select contents from private.application_drafts where cohort_id = ${cohort.id}`;
	expect(kept!.contents).toMatch(/^s1\./);

	await main(page)
		.getByRole('link', { name: new RegExp(`^${words('own_draft_go')}`) })
		.click();
	await expect(long(page)).toHaveValue('A dog,\nand walking.');
	await press(page, 'signup_button_check');
	for (const sentence of ['signup_error_name', 'signup_error_choice', 'signup_error_consent'] as const)
		await told(page, sentence);
	await page
		.getByRole('alert')
		.getByRole('link', { name: words('signup_error_choice') })
		.click();
	await expect(page.locator(':target')).toHaveAttribute('type', 'radio');
	await expect(long(page)).toHaveValue('A dog,\nand walking.');

	await name(page).fill('Noor');
	await page.getByLabel('Weekends').check();
	await agree(page).check();
	await long(page).fill('');
	await press(page, 'signup_button_check');
	await told(page, 'signup_error_answer_talk');
	await expect(page.getByLabel('Weekends')).toBeChecked();
	await talk(page).check();
	await press(page, 'signup_button_check');
	await expect(page).toHaveURL(signUpAt(cohort, '/check'));
	for (const answer of ['Noor', 'Weekends', words('apply_check_talk'), words('signup_consent_yes')])
		await expect(main(page)).toContainText(answer);
	expect(await program.statesOf(cohort), 'nothing is sent by looking').toEqual([]);

	await follow(page, 'apply_check_change');
	await expect(talk(page)).toBeChecked();
	await long(page).fill('And choirs.');
	await press(page, 'signup_button_check');
	await expect(main(page)).toContainText('And choirs.');
	await press(page, 'apply_check_send');
	await said(page, 'own_done_applied');
	await expect(main(page)).toContainText(words('own_state_applied'));
	expect(await program.statesOf(cohort)).toEqual(['applied']);
	expect(await drafts(cohort)).toBe(0);
	await page.getByText(words('own_about'), { exact: true }).click();
	await expect(main(page)).toContainText('And choirs.');

	await page.goto(signUpAt(cohort, '/check'));
	await expect(page).toHaveURL(/\/my\/training\?done=/);
	await press(page, 'own_leave_applied');
	await said(page, 'own_done_left');
	expect(await program.statesOf(cohort)).toEqual(['withdrawn']);
});

test('sent twice at once, it is one', async ({ browser }) => {
	const cohort = await program.cohort({ kind: 'application' });
	const me = await program.trainee();
	await program.application(cohort, me);
	const page = await signedIn(browser, me);
	await page.goto(signUpAt(cohort, '/check'));
	const sent = { headers: { origin: new URL(page.url()).origin, accept: 'text/html' }, form: {}, maxRedirects: 0 };
	const send = () => page.request.post(`${signUpAt(cohort, '/check')}?/send`, sent);
	for (const answer of await Promise.all([send(), send()]))
		expect(answer.headers().location).toMatch(/^\/my\/training\?done=(applied|again)#place-/);
	expect((await send()).headers().location).toMatch(/^\/my\/training\?done=/);
	expect(await program.statesOf(cohort)).toEqual(['applied']);
});

test('an old form of an application that was sent leads to where it stands', async ({ browser }) => {
	const { page, cohort, me } = await begin(browser);
	const other = await page.context().newPage();
	await other.goto(signUpAt(cohort));
	await program.enrolment(cohort, 'applied', { person: me });
	for (const [old, button] of [[page, 'signup_button_save'] as const, [other, 'signup_button_check'] as const]) {
		await press(old, button);
		await expect(old).toHaveURL(/\/my\/training\?done=again#place-/);
		await said(old, 'own_done_again');
	}
	expect(await program.statesOf(cohort)).toEqual(['applied']);
	expect(await drafts(cohort)).toBe(0);
});

test('ten thousand letters where two thousand fit are told, and stay', async ({ browser }) => {
	const { page, cohort } = await begin(browser);
	await long(page).fill('多'.repeat(10_000));
	await press(page, 'signup_button_save');
	await expect(page.getByRole('alert')).toContainText(words('signup_error_long', { most: '2,000' }));
	await expect(long(page)).toHaveValue('多'.repeat(10_000));
	expect(await drafts(cohort)).toBe(0);
});

test('questions that were changed meanwhile are asked before it can be sent', async ({ browser }) => {
	const cohort = await program.cohort({ kind: 'application', questions: [{ label: 'A new one?' }] });
	const me = await program.trainee();
	await program.application(cohort, me);
	const page = await signedIn(browser, me);
	await page.goto(signUpAt(cohort, '/check'));
	await expect(main(page)).toContainText(words('apply_check_unfinished', { count: 1 }));
	await expect(page.getByRole('button', { name: words('apply_check_send') })).toHaveCount(0);
	await follow(page, 'apply_check_unfinished_go');
	await page.getByRole('textbox', { name: 'A new one?' }).fill('Yes');
	await press(page, 'signup_button_check');
	await expect(page.getByRole('button', { name: words('apply_check_send') })).toBeVisible();
});

test('one that comes too late is told so, and stays', async ({ browser }) => {
	const cohort = await program.cohort({ kind: 'application' });
	const me = await program.trainee();
	await program.application(cohort, me);
	const page = await signedIn(browser, me);
	await page.goto(signUpAt(cohort, '/check'));
	await program.sql`update public.cohorts set closes_at = now() - interval '1 minute' where id = ${cohort.id}`;
	await press(page, 'apply_check_send');
	await told(page, 'signup_refused_closed');
	await expect(main(page)).toContainText('No nuts, please');
	expect(await drafts(cohort)).toBe(1);

	await page.goto(signUpAt(cohort));
	await expect(main(page)).toContainText(words('signup_kept'));
	await follow(page, 'signup_kept_go');
	await expect(main(page)).toContainText(words('training_closed'));
	await expect(main(page)).toContainText('No nuts, please');
	await expect(main(page).getByRole('button')).toHaveCount(0);
	await expect(main(page).getByRole('link', { name: words('apply_check_change') })).toHaveCount(0);

	await page.goto('/my/training');
	await main(page)
		.getByRole('button', { name: new RegExp(`^${words('own_draft_drop')}`) })
		.click();
	await said(page, 'own_done_dropped');
	expect(await drafts(cohort)).toBe(0);
});

test('a form whose session has ended keeps each answer', async ({ browser }) => {
	const { page, cohort } = await begin(browser);
	const { cookies } = await page.context().storageState();
	await long(page).fill('A dog');
	await page.getByLabel('Weekdays').check();
	await talk(page).check();
	await page.context().clearCookies();
	await press(page, 'signup_button_save');
	await told(page, 'signup_signed_out');
	await expect(long(page)).toHaveValue('A dog');
	await expect(page.getByLabel('Weekdays')).toBeChecked();
	await expect(talk(page)).toBeChecked();
	await page.context().addCookies(cookies);
	await press(page, 'signup_button_save');
	await said(page, 'own_done_saved');
	expect(await drafts(cohort)).toBe(1);
});

test('everybody can use each page', async ({ browser }) => {
	const { page, cohort } = await begin(browser, true);
	await page.goto(`/training/${cohort.slug}`);
	await everybodyCanUse(page);
	await page.goto(signUpAt(cohort));
	await everybodyCanUse(page);
	await press(page, 'signup_button_check');
	await everybodyCanUse(page, 'with errors');
	await name(page).fill('Noor');
	await page.getByLabel('Weekends').check();
	await agree(page).check();
	await long(page).fill('averyverylongword'.repeat(40));
	await press(page, 'signup_button_check');
	await everybodyCanUse(page);
	await program.sql`update public.cohorts set state = 'cancelled' where id = ${cohort.id}`;
	await press(page, 'apply_check_send');
	await everybodyCanUse(page, 'called off');
});
