/* Signing up for a training, as somebody does who hopes to come: a phone, JavaScript off. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import ICAL from 'ical.js';
import { isWrong } from './support/admins.ts';
import { phone } from './support/devices.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { follow, press, said, told } from './support/desk.ts';
import { mailedCode, signInAt, signInQuietly, typeCode } from './support/sign-in.ts';
import { signUpAt, Trainings, type Cohort, type Trainee } from './support/trainings.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });
test.use({ ...phone, isMobile: false, hasTouch: false, javaScriptEnabled: false, reducedMotion: 'reduce' });

const program = new Trainings();
test.beforeAll(async () => {
	await program.open();
});
test.afterAll(async () => {
	// The pages that everybody reads are as they were.
	await program.sql`delete from public.cohorts where program_id = ${program.id}`;
	await program.close();
});

const main = (page: Page) => page.getByRole('main');
const name = (page: Page) => page.getByRole('textbox', { name: words('signup_name') });

async function signedIn(browser: Browser, who: Trainee, javaScriptEnabled = false): Promise<Page> {
	const context = await browser.newContext({ ...phone, javaScriptEnabled, reducedMotion: 'reduce' });
	await signInQuietly(context.request, who.email);
	return context.newPage();
}

/** Signs in on the page, and signs up by its form. */
async function signUp(page: Page, cohort: Cohort, who: Trainee, button: Parameters<typeof words>[0]): Promise<void> {
	await signInAt(page, who.email, signUpAt(cohort));
	await name(page).fill('Kim');
	await press(page, button);
}

test('from the start page to a seat, its days in a calendar, and back to the next in line', async ({
	page,
	browser
}) => {
	test.slow();
	const cohort = await program.cohort({
		capacity: 1,
		joining: 'Ring the bell.',
		place_name: 'The Hall',
		offer_days: 3
	});
	const [me, next] = [await program.trainee(), await program.trainee()];

	await page.goto('/');
	await main(page)
		.getByRole('link', { name: words('home_door_training') })
		.click();
	// The edge keeps the page for a minute; another address is asked for afresh.
	await page.goto(`/training?of=${cohort.id}`);
	await main(page).getByRole('link', { name: cohort.title }).click();
	await expect(page.getByRole('region', { name: words('signup_ask_title') })).toContainText(
		words('signup_ask_offer', { days: 3 })
	);
	await follow(page, 'signup_go');
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await expect(main(page)).toContainText(words('signup_sign_in_why'));
	await page.getByLabel(words('sign_in_email')).fill(me.email);
	await press(page, 'sign_in_send');
	await typeCode(page, await mailedCode(me.email));
	await expect(page).toHaveURL(signUpAt(cohort));
	await expect(main(page)).toContainText(words('signup_email', { email: me.email }));

	await press(page, 'signup_button_seat');
	await isWrong(page, words('signup_error_name'), 'name');
	await name(page).fill('Noor');
	await page.getByLabel(words('signup_need_quiet')).check();
	await page.getByRole('textbox', { name: words('signup_needs_words') }).fill('No nuts, please');
	await press(page, 'signup_button_seat');
	await said(page, 'own_done_seat');
	await expect(page).toHaveURL(/\/my\/training\?done=seat#place-/);
	await expect(main(page)).toContainText(words('own_state_enrolled'));
	await expect(main(page)).toContainText('Ring the bell.');

	const arriving = page.waitForEvent('download');
	await follow(page, 'own_calendar_file');
	const file = await readFile(await (await arriving).path(), 'utf8');
	const events = new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents('vevent');
	expect(events.map((event) => event.getFirstPropertyValue('summary'))).toEqual(['Class 1 of 2', 'Class 2 of 2']);
	expect(events.map((event) => event.getFirstPropertyValue('status'))).toEqual(['CONFIRMED', 'CONFIRMED']);
	expect(file).not.toContain(cohort.title);

	const second = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
	await signUp(second, cohort, next, 'signup_button_line');
	await said(second, 'own_done_line');
	await expect(main(second)).toContainText(words('own_state_next'));
	await expect(main(second)).toContainText(words('own_usual_unknown'));

	await press(page, 'own_leave_seat');
	await said(page, 'own_done_left');
	await expect(main(page)).toContainText(words('own_state_withdrawn'));
	await expect(main(page).getByRole('link', { name: words('own_again') })).toHaveAttribute('href', signUpAt(cohort));
	expect(await program.statesOf(cohort)).toEqual(['withdrawn', 'offered']);

	const [row] = await program.sql<{ id: string }[]>`
		select id from public.enrolments where cohort_id = ${cohort.id} and person_id = ${next.id}`;
	const link = await program.link(row!.id);
	const visitor = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
	await visitor.goto(link);
	await expect(main(visitor)).toContainText(/kept for you until \w+day, \d+ \w+ 20\d\d, \d+:\d\d [ap]m/);
	await press(visitor, 'own_accept');
	await said(visitor, 'own_done_accepted');
	expect(await program.statesOf(cohort)).toEqual(['withdrawn', 'enrolled']);
});

test('somebody comes back to the end of the line, by the same page', async ({ page }) => {
	const cohort = await program.cohort({ capacity: 1 });
	const me = await program.trainee();
	const mine = await program.enrolment(cohort, 'withdrawn', { person: me });
	await program.enrolment(cohort, 'enrolled');
	await signInAt(page, me.email, signUpAt(cohort));
	await expect(name(page), 'what was told before is there').toHaveValue('Robin Sample');
	await press(page, 'signup_button_line');
	await said(page, 'own_done_line');
	expect(await program.stateOf(mine)).toBe('waitlisted');
	expect(await program.statesOf(cohort)).toHaveLength(2);
});

test('the same form sent twice, at once and once more, makes one', async ({ browser }) => {
	const cohort = await program.cohort();
	const me = await program.trainee();
	const page = await signedIn(browser, me);
	await page.goto(signUpAt(cohort));
	const id = await page.locator('[name=id]').inputValue();
	const sent = {
		headers: { origin: new URL(page.url()).origin, accept: 'text/html' },
		form: { id, name: 'Noor', phone: '', needs_words: '' },
		maxRedirects: 0
	};
	const send = () => page.request.post(`${signUpAt(cohort)}?/next`, sent);
	const answers = await Promise.all([send(), send()]);
	const places = answers.map((answer) => answer.headers().location!.replace(/seat|again/, ''));
	expect(places).toEqual([`/my/training?done=#place-${id}`, `/my/training?done=#place-${id}`]);
	expect((await send()).headers().location).toBe(`/my/training?done=again#place-${id}`);
	expect(await program.statesOf(cohort)).toEqual(['enrolled']);

	await page.goto(signUpAt(cohort));
	await expect(main(page)).toContainText(words('signup_already'));
	await expect(page.locator('[name=id]')).toHaveCount(0);
});

const REFUSALS = [
	['signup_refused_closed', `update public.cohorts set state = 'closed' where id = $1`],
	['signup_refused_cancelled', `update public.cohorts set state = 'cancelled' where id = $1`],
	['signup_refused_begun', `update public.cohorts set state = 'running' where id = $1`],
	[
		'signup_refused_not_open',
		`update public.cohorts set state = 'announced', opens_at = now() + interval '1 day' where id = $1`
	]
] as const;

test('each no has its own sentence, keeps what was typed and leads on', async ({ browser }) => {
	const me = await program.trainee();
	const page = await signedIn(browser, me);
	for (const [sentence, change] of REFUSALS) {
		const cohort = await program.cohort();
		await page.goto(signUpAt(cohort));
		await name(page).fill('Zoë');
		await program.sql.unsafe(change, [cohort.id]);
		await press(page, 'signup_button_seat');
		await told(page, sentence);
		await expect(name(page)).toHaveValue('Zoë');
		const ways = page.getByRole('alert').getByRole('link');
		await expect(ways.first()).toHaveAttribute('href', '/training');
		await expect(page.getByRole('alert').locator('a[href^="/training/notify?program="]')).toBeVisible();
		expect(await program.statesOf(cohort), sentence).toEqual([]);
		await page.goto(signUpAt(cohort));
		await expect(name(page), 'no form is shown that would be refused').toHaveCount(0);
	}
	const cohort = await program.cohort();
	await program.enrolment(cohort, 'declined', { person: me });
	await page.goto(signUpAt(cohort));
	await told(page, 'signup_refused_declined');
	expect((await page.goto('/training/no-such-training/sign-up'))!.status()).toBe(404);
});

test('a form whose session has ended is there with all that was typed, and is sent once signed in again', async ({
	browser
}) => {
	const cohort = await program.cohort();
	const me = await program.trainee();
	const page = await signedIn(browser, me);
	await page.goto(signUpAt(cohort));
	const { cookies } = await page.context().storageState();
	const needs = page.getByRole('textbox', { name: words('signup_needs_words') });
	await name(page).fill('ליאת בן־דוד');
	await needs.fill('ü'.repeat(1900));
	await page.getByLabel(words('signup_need_food')).check();
	await page.context().clearCookies();
	await press(page, 'signup_button_seat');
	await told(page, 'signup_signed_out');
	await expect(name(page)).toHaveValue('ליאת בן־דוד');
	await expect(name(page)).toHaveAttribute('dir', 'auto');
	await expect(needs).toHaveValue('ü'.repeat(1900));
	await expect(page.getByLabel(words('signup_need_food'))).toBeChecked();
	await expect(main(page)).not.toContainText(me.email);
	await page.context().addCookies(cookies);
	await press(page, 'signup_button_seat');
	await said(page, 'own_done_seat');
	expect(await program.statesOf(cohort)).toEqual(['enrolled']);
});

test('far too much is told kindly, and nothing of it is lost', async ({ browser }) => {
	const cohort = await program.cohort();
	const page = await signedIn(browser, await program.trainee());
	await page.goto(signUpAt(cohort));
	const needs = page.getByRole('textbox', { name: words('signup_needs_words') });
	await name(page).fill('n'.repeat(121));
	await page.getByRole('textbox', { name: words('signup_phone') }).fill('call me');
	await needs.fill('<b>&'.repeat(2500));
	await press(page, 'signup_button_seat');
	await isWrong(page, words('signup_error_name_long'), 'name');
	await isWrong(page, words('signup_error_phone'), 'phone');
	await isWrong(page, words('signup_error_long', { most: '2,000' }), 'needs_words');
	await expect(needs).toHaveValue('<b>&'.repeat(2500));
	expect(await program.statesOf(cohort)).toEqual([]);
});

test('looking signs nobody up', async ({ browser }) => {
	const cohort = await program.cohort();
	const page = await signedIn(browser, await program.trainee());
	for (const search of ['', '?/next=', '?name=Noor&id=5f0f6f5e-3f5b-4c6c-9d7e-0a1b2c3d4e5f'])
		await page.goto(`${signUpAt(cohort)}${search}`);
	expect(await program.statesOf(cohort)).toEqual([]);
});

test('everybody can use each page', async ({ browser }) => {
	const cohort = await program.cohort({ capacity: 1, title: `Walking${'beside'.repeat(20)}`, practicum_hours: 20 });
	const page = await signedIn(browser, await program.trainee(), true);
	await page.goto(`/training/${cohort.slug}`);
	await everybodyCanUse(page);
	await page.goto(signUpAt(cohort));
	await everybodyCanUse(page);
	await press(page, 'signup_button_seat');
	await everybodyCanUse(page, 'with an error');
	await name(page).fill('w'.repeat(120));
	await press(page, 'signup_button_seat');
	await said(page, 'own_done_seat');
	await everybodyCanUse(page);
	await page.goto(signUpAt(cohort));
	await everybodyCanUse(page, 'in it already');
	await page.goto(signUpAt(await program.cohort({ state: 'announced' })));
	await everybodyCanUse(page, 'not open');
});
