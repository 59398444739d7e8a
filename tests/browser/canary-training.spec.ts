/* What people say of themselves for a training stays sealed: not in mail, the log, an address, a title, the audit or the database. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { aCanary, aNumber, follow, foundIn, type Trail } from './support/canary.ts';
import { forgetLimits } from './support/database.ts';
import { signInQuietly } from './support/sign-in.ts';
import { QUESTIONS, signUpAt, Trainings, type Cohort } from './support/trainings.ts';
import { words } from './support/words.ts';

// One walk, in parts: each begins where the one before has ended.
test.describe.configure({ mode: 'serial', timeout: 90_000 });

const FIELDS = ['name', 'needs', 'draft', 'answer', 'note', 'no', 'entered', 'address'] as const;
const canary = Object.fromEntries(FIELDS.map((field) => [field, aCanary()])) as Record<(typeof FIELDS)[number], string>;
const number = aNumber();
const ALL = [...Object.values(canary), number];
const heldIn = (text: string) => ALL.filter((needle) => text.includes(needle));

const trail: Trail = { addresses: [], titles: [], headers: [] };
const program = new Trainings();
let page: Page;
let desk: Page;
let cohort: Cohort;
let enrolment: string;

const press = (on: Page, key: Parameters<typeof words>[0]) =>
	on
		.getByRole('main')
		.getByRole('button', { name: words(key), exact: true })
		.click();
const at = (below: string) => `/desk/training/${cohort.id}${below}`;
const nowhereInTheDatabase = async () => expect(await foundIn(program.sql, ALL)).toEqual([]);

test.beforeAll(async ({ browser }) => {
	await forgetLimits();
	await program.open();
	cohort = await program.cohort({ kind: 'application', questions: QUESTIONS });
	const opened = await Promise.all(
		[await program.trainee(), await program.person('Noor')].map(async ({ email }) => {
			const made = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
			await signInQuietly(made.context().request, email);
			follow(made, trail);
			return made;
		})
	);
	[page, desk] = [opened[0]!, opened[1]!];
});
test.afterAll(async () => {
	for (const each of [page, desk]) await each.context().close();
	await program.close();
});

test('somebody applies: as a draft, with something missing, then sent', async () => {
	await page.goto(signUpAt(cohort));
	await page.locator('[name=name]').fill(canary.name);
	await page.locator('[name=phone]').fill(number);
	await page.locator('[name=needs_words]').fill(canary.needs);
	await page.locator('[name^=answer-][type=text], input[name^=answer-]:not([type])').first().fill(canary.draft);
	await press(page, 'signup_button_save');
	await expect(page).toHaveURL(/done=saved/);
	await nowhereInTheDatabase();
	await page.goto(signUpAt(cohort));
	await press(page, 'signup_button_check');
	await expect(page.getByRole('alert')).toBeVisible();
	await page.locator('textarea[name^=answer-]').first().fill(canary.answer);
	await page.getByRole('radio').first().check();
	await page.locator('[type=checkbox][name^=answer-]').check();
	await press(page, 'signup_button_check');
	await page.getByRole('main').locator('form button').first().click();
	await expect(page).toHaveURL(/\/my\/training\?done=applied/);
	await nowhereInTheDatabase();
});

test('staff read it, write something down and say no; they put somebody in who rang', async () => {
	await desk.goto(at(''));
	await expect(desk.getByText(canary.name).first()).toBeVisible();
	await desk.getByRole('link', { name: canary.name }).first().click();
	enrolment = /people\/([0-9a-f-]{36})/.exec(desk.url())![1]!;
	await expect(desk.getByText(canary.answer)).toBeVisible();
	await desk.locator('textarea[name=words]').last().fill(canary.note);
	await desk.locator('form:has(textarea[name=words]) button').last().click();
	await expect(desk.getByText(canary.note)).toBeVisible();
	await desk.goto(at(`/people/${enrolment}/no`));
	await desk.locator('textarea[name=words]').fill(canary.no);
	await press(desk, 'roster_no_preview');
	await press(desk, 'roster_no_send');
	await expect(desk).toHaveURL(/done=no/);
	await desk.goto(at('/people/new'));
	await desk.locator('[name=name]').fill(canary.entered);
	await desk.locator('[name=reach][value=letter]').check();
	await desk.locator('[name=address]').fill(canary.address);
	await press(desk, 'roster_add_save');
	await expect(desk).toHaveURL(/done=entered/);
	await page.goto('/my/training');
	await expect(page.getByText(canary.no)).toBeVisible();
	expect(await page.content(), 'what staff write to one another').not.toContain(canary.note);
});

test('a link to one’s own place shows none of it, nor do lists, other people’s pages or refusals', async () => {
	const link = await program.link(enrolment);
	await page.context().clearCookies();
	await page.goto(link);
	expect(heldIn(await page.content()), 'by a link').toEqual([]);
	for (const path of [at(''), at(`/people/${enrolment}`), at('/people.csv'), `/my/training/${enrolment}/details`]) {
		const answer = await page.request.get(path, { maxRedirects: 0 });
		expect([answer.status(), heldIn(await answer.text())], path).toEqual([303, []]);
	}
	for (const list of ['/desk/training', '/desk', `/training/${cohort.slug}`]) {
		await desk.goto(list);
		expect(heldIn(await desk.content()), list).toEqual([]);
	}
	const file = await desk.request.get(at('/people.csv'));
	expect(heldIn(await file.text()).length, 'the file alone is all that is held').toBeGreaterThan(3);
	expect(heldIn(JSON.stringify(file.headersArray()) + file.url())).toEqual([]);
});

test('none of it is in a mail, the log, an address, a title, a header or the database', async () => {
	const mails = JSON.stringify(await (await fetch(`${process.env.MAILBOX_URL}/messages.json`)).json());
	expect(mails, 'there was mail about it').toContain(cohort.title);
	expect(heldIn(mails), 'in a mail').toEqual([]);
	expect(heldIn(readFileSync(process.env.SITE_LOG!, 'utf8')), 'in the log').toEqual([]);
	for (const [name, list] of Object.entries(trail)) {
		expect(list.length, name).toBeGreaterThan(10);
		expect(heldIn(list.join('\n')), name).toEqual([]);
	}
	await nowhereInTheDatabase();
	// The check can fail: what is plain is found.
	expect(await foundIn(program.sql, [cohort.title])).toContain('public.cohorts.title');
});
