/* The whole way, by the mail that really arrives: told once when a training is announced, a seat, its calendar, given back, taken by the next. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import ICAL from 'ical.js';
import { phoneOf, press, said } from './support/desk.ts';
import { phone } from './support/devices.ts';
import { newestMail, type Mail } from './support/mailbox.ts';
import { signInQuietly } from './support/sign-in.ts';
import { signUpAt, Trainings, type Cohort, type Trainee } from './support/trainings.ts';
import { words } from './support/words.ts';

// One walk, in parts: each begins where the one before has ended.
test.describe.configure({ mode: 'serial' });

const program = new Trainings();
let cohort: Cohort;
let first: Trainee;
let second: Trainee;
let link: string;

const onAPhone = async (browser: Browser): Promise<Page> =>
	(await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
const pathIn = ({ text }: Mail, path: RegExp): string => path.exec(text)![0];
const seatIn = (mail: Mail) => pathIn(mail, /\/training\/seat\/[0-9a-f]{32}/);

async function signUp(browser: Browser, { email }: Trainee): Promise<void> {
	const page = await onAPhone(browser);
	await signInQuietly(page.context().request, email);
	await page.goto(signUpAt(cohort));
	await page.locator('[name=name]').fill('Robin');
	await page.locator('form[action="?/next"] button').first().click();
	await page.waitForURL(/\/my\/training\?done=/);
	await page.context().close();
}

test.beforeAll(async () => {
	await program.open();
	[first, second] = [await program.trainee(), await program.trainee()];
	cohort = await program.cohort({ state: 'draft', capacity: 1, opens_at: new Date(Date.now() - 60_000).toISOString() });
});
test.afterAll(() => program.close());

test('with nothing scheduled somebody asks to be told, and is, once, when the next is announced', async ({
	browser
}) => {
	const page = await onAPhone(browser);
	await page.goto(`/training/notify?program=${program.slug}`);
	await page.locator('[name=email]').fill(first.email);
	await press(page, 'notify_send');
	await page.goto(pathIn(await newestMail(first.email), /\/training\/notify\/[0-9a-f]{32}/));
	await press(page, 'notify_yes');
	const noor = await phoneOf(browser, await program.person('Noor'));
	await noor.goto(`/desk/training/${cohort.id}/state`);
	await press(noor, 'cohort_step_publish_button');
	await said(noor, 'cohort_done_publish');
	const mail = await newestMail(first.email, 0, ({ text }) => text.includes(cohort.title));
	await page.goto(pathIn(mail, /\/training\/cohort-[-0-9a-f]+/));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(cohort.title);
	const told = await program.sql`select from private.outbox
		where program_id = ${program.id} and template = 'interest_announced' and to_address = ${first.email}`;
	expect(told).toHaveLength(1);
	for (const each of [page, noor]) await each.context().close();
});

test('they sign up, and the mail about their seat leads to their dates', async ({ browser }) => {
	await signUp(browser, first);
	await signUp(browser, second);
	expect(await program.statesOf(cohort)).toEqual(['enrolled', 'waitlisted']);
	const mail = await newestMail(first.email, 0, ({ text }) =>
		text.includes(words('mail_training_seat', { title: cohort.title }))
	);
	link = seatIn(mail);
	const page = await onAPhone(browser);
	await page.goto(link);
	await expect(page.getByRole('main')).toContainText(words('own_state_enrolled'));
	const file = await (await page.request.get(`${link}/calendar.ics`)).text();
	const events = new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents('vevent');
	expect(events.map((event) => event.getFirstPropertyValue('status'))).toEqual(['CONFIRMED', 'CONFIRMED']);
	await page.context().close();
});

test('they give the seat back by that link; the next in line is written to at once, and takes it', async ({
	browser
}) => {
	const page = await onAPhone(browser);
	await page.goto(link);
	await press(page, 'own_leave_seat');
	await said(page, 'own_done_left');
	const mail = await newestMail(second.email, 0, ({ text }) =>
		text.includes(words('mail_training_offer', { title: cohort.title }))
	);
	expect(mail.text).toMatch(/We keep it for you until \w+day, \d+ \w+ 20\d\d, \d+:\d\d [ap]m\./);
	await page.goto(seatIn(mail));
	await press(page, 'own_accept');
	await said(page, 'own_done_accepted');
	expect(await program.statesOf(cohort)).toEqual(['withdrawn', 'enrolled']);
	await page.context().close();
});
