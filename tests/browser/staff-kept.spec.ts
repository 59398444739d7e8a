/* What staff have typed is there again after they were signed out in the middle, JavaScript off: for them alone, and sent once. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { forgetLimits } from './support/database.ts';
import { at, box, Desk, phoneOf, press, said, type Colleague, type Request } from './support/desk.ts';
import { idle, keptCookies, signInAgain } from './support/kept.ts';
import { signInAt } from './support/sign-in.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
let page: Page;
let me: Colleague;

test.beforeAll(async () => {
	await here.open();
});
test.beforeEach(forgetLimits);
test.afterEach(async () => {
	await page.context().close();
});
test.afterAll(() => here.close());

/** Somebody new, on a phone of their own. */
async function begin(browser: Browser, first: string, role: 'coordinator' | 'admin' = 'coordinator'): Promise<void> {
	me = await here.person(first, role);
	page = await phoneOf(browser, me);
}

const events = async (request: Request, event: string) =>
	(await here.timeline(request)).filter((each) => each === event);

/** Types a question that is sent half an hour too late. */
async function askTooLate(request: Request, text: string): Promise<void> {
	await page.goto(at(request, 'ask'));
	const field = box(page, 'desk_referral_ask_words');
	await field.evaluate((element) => element.removeAttribute('maxlength'));
	await field.fill(text);
	await idle(here, me);
	await press(page, 'desk_referral_ask_button');
	await expect(page).toHaveURL(/why=idle/);
}

test('a question that was sent half an hour too late is there again, and is sent once', async ({ browser }) => {
	await begin(browser, 'Asha');
	const request = await here.taken(me);
	const text = `Mornings?\n\n${randomUUID()}`;
	await askTooLate(request, text);
	await signInAgain(page, me);
	await expect(page).toHaveURL(at(request, 'ask'));
	await said(page, 'kept_back');
	await expect(box(page, 'desk_referral_ask_words')).toHaveValue(text);
	expect(await events(request, 'ask')).toEqual([]);
	expect(await keptCookies(page)).toHaveLength(1);

	const form = page.waitForRequest((sent) => sent.method() === 'POST');
	await press(page, 'desk_referral_ask_button');
	await said(page, 'desk_referral_done_ask');
	await expect(page.getByRole('main')).toContainText(text.split('\n').at(-1)!);

	// What is sent again after that, too late, is known to have been sent.
	await idle(here, me);
	const again = await page.request.post(at(request, 'ask'), {
		data: (await form).postData()!,
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'text/html',
			origin: new URL(page.url()).origin
		},
		maxRedirects: 0
	});
	expect(again.headers().location).toContain('/sign-in?');
	await page.goto(at(request, 'ask'));
	await signInAgain(page, me);
	await expect(page).toHaveURL(`${at(request)}?done=ask`);
	await page.goto(at(request, 'ask'));
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	expect(await keptCookies(page)).toEqual([]);
	expect(await events(request, 'ask')).toHaveLength(1);
});

test('a no is there again with its reason, wherever in it the session ended', async ({ browser }) => {
	await begin(browser, 'Bo');
	const request = await here.taken(me);
	await page.goto(at(request, 'decline'));
	await page.getByLabel(words('referral_reason_no_worker_free')).check();
	await box(page, 'desk_referral_no_words').fill('Nobody is free before spring.');
	await box(page, 'desk_referral_help_words').fill('2-1-1 looks it up.');
	await press(page, 'desk_referral_preview');
	await idle(here, me);
	await press(page, 'desk_referral_send');
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(page.getByLabel(words('referral_reason_no_worker_free'))).toBeChecked();
	await expect(box(page, 'desk_referral_no_words')).toHaveValue('Nobody is free before spring.');
	await expect(box(page, 'desk_referral_help_words')).toHaveValue('2-1-1 looks it up.');
	await press(page, 'desk_referral_preview');
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	await press(page, 'desk_referral_send');
	await said(page, 'desk_referral_done_no');
	expect(await events(request, 'decline')).toHaveLength(1);
	expect(await keptCookies(page)).toEqual([]);
});

test('what an admin has typed is there again: a team, the settings beside what else is on their page, a day', async ({
	browser
}) => {
	test.slow();
	await begin(browser, 'Noor', 'admin');
	await page.goto('/desk/routing/teams/new');
	await page.getByLabel(words('routing_team_name')).fill('Night Shelter');
	await page.getByRole('checkbox', { name: me.name }).check();
	await page.context().clearCookies({ name: /^sb-/ });
	await press(page, 'routing_team_save');
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(page.getByLabel(words('routing_team_name'))).toHaveValue('Night Shelter');
	await expect(page.getByRole('checkbox', { name: me.name })).toBeChecked();
	await press(page, 'routing_team_save');
	await said(page, 'routing_done_team');

	await page.getByLabel(words('routing_acknowledge')).fill('36');
	await idle(here, me);
	await press(page, 'routing_settings_save');
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(page.getByRole('link', { name: words('kept_go') })).toHaveAttribute('href', '#settings');
	await expect(page.getByLabel(words('routing_acknowledge'))).toHaveValue('36');
	await expect(page.getByLabel(words('routing_domains_label'))).toHaveValue('clinic.example');
	// Another form of the page does not throw away what was kept of this one.
	await press(page, 'routing_domains_save');
	for (const key of ['kept_back', 'routing_done_domains'] as const)
		await expect(page.getByText(words(key))).toBeVisible();
	await expect(page.getByLabel(words('routing_acknowledge'))).toHaveValue('36');
	await press(page, 'routing_settings_save');
	await said(page, 'routing_done_settings');
	expect(await keptCookies(page)).toEqual([]);

	await page.goto('/desk');
	await page.getByLabel(words('people_away_day')).fill('2999-01-02');
	await idle(here, me);
	await press(page, 'people_away_save');
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(page.getByLabel(words('people_away_day'))).toHaveValue('2999-01-02');
	// A page below it does not take it for its own.
	await page.goto('/desk/people/invite');
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	await page.getByLabel(words('people_invite_name')).fill('Priya');
	await idle(here, me);
	await press(page, 'people_invite_send');
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(page.getByLabel(words('people_invite_name'))).toHaveValue('Priya');
});

test('nobody else who signs in on the device sees it; its writer does, whatever became of the session', async ({
	browser
}) => {
	await begin(browser, 'Lee');
	const request = await here.taken(me);
	await page.goto(at(request, 'note'));
	const text = `Typed by one ${randomUUID()}`;
	await box(page, 'desk_referral_note_words').fill(text);
	await page.context().clearCookies({ name: /^sb-/ });
	await press(page, 'desk_referral_note_button');
	await expect(page).toHaveURL(/\/sign-in\?next=[^&]*$/);

	const other = await here.person('Ola');
	await signInAt(page, other.email, at(request, 'note'));
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	expect(await page.content()).not.toContain(text);
	await box(page, 'desk_referral_note_words').fill('Of another');
	await press(page, 'desk_referral_note_button');
	await said(page, 'desk_referral_done_note');

	await page.context().clearCookies({ name: /^sb-/ });
	await page.goto(at(request, 'note'));
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(box(page, 'desk_referral_note_words')).toHaveValue(text);
	await expect(page.getByText(words('referral_refused_stale'))).toHaveCount(0);
});

test('it is thrown away for somebody who starts afresh', async ({ browser }) => {
	await begin(browser, 'Uma');
	const request = await here.taken(me);
	await askTooLate(request, 'No more');
	await signInAgain(page, me);
	const [{ value } = { value: '' }] = await keptCookies(page);
	const draft = value.split('.')[0]!;
	const isThere = async () => (await here.sql`select from private.referral_drafts where id = ${draft}`).length === 1;
	expect(await isThere()).toBe(true);
	await press(page, 'kept_afresh');
	await expect(page).toHaveURL(at(request, 'ask'));
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	await expect(box(page, 'desk_referral_ask_words')).toHaveValue('');
	expect(await keptCookies(page)).toEqual([]);
	expect(await isThere()).toBe(false);
});

test('a form in which nothing was typed is not kept', async ({ browser }) => {
	await begin(browser, 'Kai');
	const request = await here.taken(me);
	await askTooLate(request, ' ');
	expect(await page.context().cookies(new URL(at(request, 'ask'), page.url()).href)).not.toContainEqual(
		expect.objectContaining({ name: expect.stringMatching(/^kept_/) })
	);
	await signInAgain(page, me);
	await expect(box(page, 'desk_referral_ask_words')).toHaveValue('');
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
});

test('where the request has moved on, that is said, and the words are there to be copied', async ({ browser }) => {
	await begin(browser, 'Ivo');
	const request = await here.taken(me);
	await askTooLate(request, 'Which floor?');
	await here.move(request, me.email, 'ask', {}, 'Somebody else asked');
	await signInAgain(page, me);
	await said(page, 'kept_back');
	for (const text of [words('referral_refused_stale'), words('desk_referral_not_now'), 'Which floor?'])
		await expect(page.getByRole('main')).toContainText(text);
	await expect(box(page, 'desk_referral_ask_words')).toHaveCount(0);

	await here.move(request, request.email!, 'answer', {}, 'The third');
	await page.reload();
	await expect(box(page, 'desk_referral_ask_words')).toHaveValue('Which floor?');
	await expect(page.getByRole('alert')).toContainText(words('referral_refused_stale'));
	await press(page, 'desk_referral_ask_button');
	await said(page, 'desk_referral_done_ask');
	expect(await events(request, 'ask')).toHaveLength(2);
});

test('ten thousand letters of any script are kept', async ({ browser }) => {
	await begin(browser, 'Mei');
	const request = await here.taken(me);
	const text = '為'.repeat(10_000);
	await askTooLate(request, text);
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(box(page, 'desk_referral_ask_words')).toHaveValue(text);
});

test('what the keys do not open any more is said to be so, to its writer and to whoever sent the request', async ({
	browser
}) => {
	await begin(browser, 'Wen');
	const request = await here.taken(me, { client: 'Robin Canary' });
	await askTooLate(request, 'Gone with its key');
	const [{ value } = { value: '' }] = await page
		.context()
		.cookies(new URL(at(request, 'ask'), page.url()).href)
		.then((all) => all.filter(({ name }) => name.startsWith('kept_')));
	const closed = `s1.gone.${'A'.repeat(60)}`;
	await here.sql`update private.referral_drafts set contents = ${closed} where id = ${value.split('.')[0]!}`;
	await signInAgain(page, me);
	await said(page, 'kept_broken');
	await expect(box(page, 'desk_referral_ask_words')).toHaveValue('');
	await press(page, 'kept_broken_away');
	await expect(page.getByText(words('kept_broken'))).toHaveCount(0);

	await box(page, 'desk_referral_ask_words').fill('Which floor?');
	await press(page, 'desk_referral_ask_button');
	await said(page, 'desk_referral_done_ask');
	await here.sql`update private.referral_details set client = ${closed}, goals = ${closed} where referral_id = ${request.id}`;
	await here.sql`update private.referral_events set words = ${closed} where referral_id = ${request.id} and event = 'ask'`;
	await page.context().clearCookies();
	await signInAt(page, request.email!);
	await page.goto(`/my/referrals/${request.reference}`);
	await expect(page.getByText(words('kept_unreadable'))).toHaveCount(4);
	await expect(page.getByLabel(words('mine_answer'))).toBeVisible();
});
