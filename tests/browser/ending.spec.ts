/* A worker and the person they support, side by side with a phone, JavaScript off: an ending from the day that is chosen to the goodbye. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { addDays } from '../../src/lib/directory/local-time.ts';
import { axeFindings } from './support/axe.ts';
import { at, box, Desk, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { Supports, today, work, type Support } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Supports();
const elsewhere = new Desk();
let stranger: Colleague;
let page: Page;

test.beforeAll(async () => {
	await Promise.all([here.open(), elsewhere.open()]);
	stranger = await elsewhere.person('Wen');
});
test.afterAll(async () => {
	await Promise.all([here.close(), elsewhere.close()]);
});
test.beforeEach(async ({ browser }) => {
	page = await phoneOf(browser, here.worker);
});
test.afterEach(async () => {
	await page.context().close();
});

/** But for signing out. */
const formsOf = (on: Page) => on.getByRole('main').locator('form[method="post"]:not([action^="/sign-out"])');
const text = () => page.getByRole('textbox').first();
const step = (support: Support, name: string) => work(support, `ending/${name}`);

/** What stands in the database of a step, of all or of one. */
const settled = async (support: Support) => {
	const rows = await here.sql<{ step: string; settled: string | null }[]>`
		select step, settled from private.referral_closing_steps where referral_id = ${support.id}`;
	return Object.fromEntries(rows.map((row) => [row.step, row.settled]));
};

test('an ending is walked from its first day to the goodbye', async () => {
	test.slow();
	const client = `Bob ${randomUUID().slice(0, 8)}`;
	const support = await here.support('active', { client, metOn: -90 });
	const goal = `Take the bus ${randomUUID()}`;
	await here.entry(support, 'goal', { text: goal }, { mark: 'yes', on_day: addDays(today(), -3) });
	const library = { slug: '', name: 'Hillside Library', address: '100 Sample Street' };
	await here.entry(support, 'place', { place: library, note: '' }, { mark: 'liked', on_day: addDays(today(), -40) });
	await here.meeting(support, { from: -60, to: -30, isBegun: true });
	await here.meeting(support, { from: 60 * 24 * 3, to: 60 * 24 * 3 + 60 });

	await page.goto(work(support, 'ending'));
	await expect(page.getByText(words('ending_begin_say'))).toBeVisible();
	await follow(page, 'ending_begin_link');
	await expect(page.getByLabel(words('ending_begin_day'))).toHaveValue(addDays(today(), 28));
	await press(page, 'ending_begin_button');
	await told(page, 'ending_error_reason');
	await page.getByLabel(words('ending_begin_goal_reached'), { exact: false }).first().check();
	for (const [day, problem] of [
		[addDays(today(), -1), 'ending_error_past'],
		[addDays(today(), 400), 'ending_error_far'],
		[addDays(today(), 10), 'ending_error_soon'],
		['', 'ending_error_day']
	] as const) {
		await page.getByLabel(words('ending_begin_day')).fill(day);
		await press(page, 'ending_begin_button');
		await told(page, problem);
	}
	await page.getByLabel(words('ending_begin_day')).fill(addDays(today(), 28));
	await press(page, 'ending_begin_button');
	await said(page, 'ending_done_begin');
	await expect(page).toHaveURL(new RegExp(`${support.reference}/ending\\?`));
	const main = page.getByRole('main');
	await expect(main).toContainText(`${words('ending_left_month')} ${words('ending_ask')}`);
	await expect(main).toContainText(words('ending_why_goal_reached'));
	await expect(main).toContainText(words('ending_visits_one'));
	await expect(main).toContainText(words('ending_visits_few'));

	await page.goto(step(support, 'look-back'));
	const story = page.getByRole('region', { name: words('ending_story_title') });
	for (const told of [words('ending_story_first_met'), goal, 'Hillside Library', words('ending_story_met_once')])
		await expect(story).toContainText(told);
	await press(page, 'ending_form_done');
	await said(page, 'ending_done_done');

	await page.goto(step(support, 'proud-of'));
	await press(page, 'ending_form_done');
	await told(page, 'ending_error_words');
	await press(page, 'ending_form_aside');
	await told(page, 'ending_error_aside');
	await text().fill('I phoned the landlord.\n\nHe listened. 我很骄傲 ਮਾਣ');
	await press(page, 'ending_form_open');
	await said(page, 'ending_done_open');
	expect((await settled(support)).proud_of).toBeNull();
	await page.goto(step(support, 'proud-of'));
	await expect(text()).toHaveValue('I phoned the landlord.\n\nHe listened. 我很骄傲 ਮਾਣ');
	await press(page, 'ending_form_done');

	for (const [name, given] of [
		['can-do-now', 'I take the 7 downtown.'],
		['strengths', 'Patience. My neighbour Jo.'],
		['thanks', 'For waiting in the rain.']
	]) {
		await page.goto(step(support, name!));
		await text().fill(given!);
		await press(page, name === 'strengths' ? 'ending_form_aside' : 'ending_form_done');
	}
	await said(page, 'ending_done_done');
	expect(await settled(support)).toMatchObject({ can_do_now: 'done', strengths: 'set_aside', thanks: 'done' });

	await page.goto(step(support, 'where-else'));
	await page.getByRole('button', { name: words('ending_where_add', { place: 'Hillside Library' }) }).click();
	await expect(text()).toHaveValue('Hillside Library, 100 Sample Street');
	await box(page, 'ending_where_search').fill('library');
	await box(page, 'ending_where_search').press('Enter');
	const found = page.getByRole('status').filter({ hasText: words('ending_where_found') });
	await expect(found.getByRole('button').first()).toBeVisible();
	await found.getByRole('button').first().click();
	await expect(text()).toHaveValue(/^Hillside Library, 100 Sample Street\n.+/);
	await press(page, 'ending_form_done');

	await page.goto(step(support, 'feelings'));
	await text().fill('A bit sad, and glad.');
	await press(page, 'ending_form_done');
	await told(page, 'ending_error_other');
	await expect(text()).toHaveValue('A bit sad, and glad.');
	await box(page, 'ending_feelings_other').fill('My sister');
	await press(page, 'ending_form_done');

	await page.goto(work(support, 'ending'));
	await expect(page.getByRole('button', { name: words('ending_complete') })).toHaveCount(0);
	await page.goto(step(support, 'achievement'));
	await expect(page.getByText(words('ending_yours_say'))).toBeVisible();
	await press(page, 'ending_form_done');
	await expect(main).toContainText(words('ending_steps_all'));

	// Opened again, its words are still there; then it is done once more.
	await page.goto(step(support, 'thanks'));
	await press(page, 'ending_form_again');
	await expect(text()).toHaveValue('For waiting in the rain.');
	await press(page, 'ending_form_done');

	await expect(main).toContainText(words('ending_complete_lede'));
	await press(page, 'ending_complete');
	await expect(page).toHaveURL(/\/desk\/work(\?|$)/);
	expect(await here.timeline(support)).toEqual(expect.arrayContaining(['begin_ending', 'complete']));
	// What was said there is no business of the worker's any more.
	expect((await page.goto(work(support, 'ending')))!.status()).toBe(404);
});

test('a call that is asked for with the feelings reaches the coordinators, once', async ({ browser }) => {
	const support = await here.support('ending');
	await page.goto(step(support, 'feelings'));
	await text().fill('It weighs on me.');
	await page.getByLabel(words('ending_feelings_call')).check();
	await press(page, 'ending_form_done');
	await said(page, 'ending_done_call');
	expect((await here.timeline(support)).filter((event) => event === 'ask_call')).toHaveLength(1);
	const [row] = await here.sql<{ asked_for: string[] }[]>`
		select asked_for from public.referrals where id = ${support.id}`;
	expect(row!.asked_for).toEqual(['call']);
	const coordinator = await phoneOf(browser, here.coordinator);
	await coordinator.goto(step(support, 'feelings'));
	await expect(coordinator.getByRole('main')).toContainText('It weighs on me.');
	await coordinator.context().close();
	// Told already: opened again, it asks for no second one.
	await page.goto(step(support, 'feelings'));
	await press(page, 'ending_form_again');
	await expect(page.getByText(words('ending_feelings_called'))).toBeVisible();
	await press(page, 'ending_form_done');
	expect((await here.timeline(support)).filter((event) => event === 'ask_call')).toHaveLength(1);
});

test('two who write at once each see what the other wrote', async ({ browser }) => {
	const support = await here.support('ending');
	const coordinator = await phoneOf(browser, here.coordinator);
	await Promise.all([page.goto(step(support, 'thanks')), coordinator.goto(step(support, 'thanks'))]);
	await coordinator.getByRole('textbox').first().fill('Thanks from the office.');
	await press(coordinator, 'ending_form_open');
	await coordinator.context().close();
	await text().fill('Thanks from the two of us.');
	await press(page, 'ending_form_done');
	await told(page, 'support_refused_stale');
	await expect(
		page.getByRole('region', { name: words('support_there_by', { name: here.coordinator.name }) })
	).toContainText('Thanks from the office.');
	await expect(text()).toHaveValue('Thanks from the two of us.');
	await text().fill('Thanks from all of us.');
	await press(page, 'ending_form_done');
	await said(page, 'ending_done_done');
	await page.goto(step(support, 'thanks'));
	await expect(page.getByRole('main')).toContainText('Thanks from all of us.');
});

test('what is too long comes back whole, with a sentence', async () => {
	const support = await here.support('ending');
	await page.goto(step(support, 'proud-of'));
	const long = '謝'.repeat(4_001);
	await text().fill(long);
	await press(page, 'ending_form_done');
	await expect(page.getByRole('alert')).toContainText(words('ending_error_long', { most: '4,000' }));
	await expect(text()).toHaveValue(long);
});

test('a form that is sent twice begins one ending, and a page left behind is told how it stands', async () => {
	const support = await here.support('active');
	await page.goto(work(support, 'ending/begin'));
	const old = await page.context().newPage();
	await old.goto(work(support, 'ending/begin'));
	for (const each of [page, old])
		await each.getByLabel(words('ending_begin_worker_needed_elsewhere'), { exact: false }).first().check();
	await press(page, 'ending_begin_button');
	await said(page, 'ending_done_begin');
	await page.close();
	page = old;
	await box(old, 'ending_begin_words').fill('Typed meanwhile.');
	await press(old, 'ending_begin_button');
	await expect(old.getByRole('alert')).toBeVisible();
	await expect(old.getByRole('main')).toContainText('Typed meanwhile.');
	expect((await here.timeline(support)).filter((event) => event === 'begin_ending')).toHaveLength(1);
});

test('a coordinator can let it go on; a worker can not', async ({ browser }) => {
	const support = await here.support('ending');
	await page.goto(work(support, 'ending'));
	await expect(page.getByRole('link', { name: words('ending_extend_link') })).toHaveCount(0);
	await page.goto(work(support, 'ending/extend'));
	await expect(page.getByRole('textbox')).toHaveCount(0);
	const coordinator = await phoneOf(browser, here.coordinator);
	await coordinator.goto(work(support, 'ending'));
	await follow(coordinator, 'ending_extend_link');
	await press(coordinator, 'ending_extend_button');
	await told(coordinator, 'ending_error_extend');
	await box(coordinator, 'ending_extend_words').fill('Bob moves house first.');
	await press(coordinator, 'ending_extend_button');
	await said(coordinator, 'ending_done_extend');
	expect((await here.timeline(support)).at(-1)).toBe('extend');
	await coordinator.context().close();
});

test('a supervisor reads it and writes nothing; strangers find nothing', async ({ browser }) => {
	const support = await here.support('ending');
	await here.entry(support, 'step', { text: 'Said between us two.', other_support: '' }, { step: 'thanks' });
	const supervisor = await phoneOf(browser, here.supervisor);
	for (const name of ['ending', 'ending/thanks', 'ending/begin', 'ending/extend', 'letter', 'keep']) {
		expect((await supervisor.goto(work(support, name)))!.status(), name).toBe(200);
		await expect(formsOf(supervisor), name).toHaveCount(0);
	}
	const origin = new URL(supervisor.url()).origin;
	for (const [name, fields] of [
		['ending/thanks?/save', { text: 'x', settled: 'done', version: '0' }],
		['ending/thanks?/again', { text: '', version: '0' }],
		['letter', { text: 'x', from: 'x', version: '0' }]
	] as const) {
		const answer = await supervisor.request.post(work(support, name), {
			form: { id: randomUUID(), ...fields },
			headers: { origin },
			maxRedirects: 0
		});
		expect(answer.status(), name).toBe(404);
	}
	await supervisor.context().close();
	expect((await settled(support)).thanks).toBeNull();

	for (const who of [here.other, stranger]) {
		const outside = await phoneOf(browser, who);
		for (const name of ['ending', 'ending/look-back', 'letter', 'letter/paper', 'letter/pdf', 'keep', 'keep/pdf'])
			expect((await outside.goto(work(support, name)))!.status(), name).toBe(404);
		await outside.context().close();
	}
});

test('the pages of an ending fit a narrow phone, and axe finds nothing, in light and dark', async ({ browser }) => {
	test.slow();
	const script = await phoneOf(browser, here.worker, true);
	const support = await here.support('ending', { client: 'Averyveryverylongnamethatneverends Bob' });
	await here.entry(support, 'goal', { text: 'W'.repeat(90) }, { mark: 'a_bit' });
	await script.setViewportSize({ width: 320, height: 640 });
	for (const colorScheme of ['light', 'dark'] as const) {
		await script.emulateMedia({ colorScheme });
		for (const name of ['ending', 'ending/look-back', 'ending/feelings', 'ending/where-else', 'letter', 'keep']) {
			await script.goto(work(support, name));
			expect(await axeFindings(script), `${name} ${colorScheme}`).toEqual([]);
			const width = await script.evaluate('document.documentElement.scrollWidth');
			expect(width, name).toBeLessThanOrEqual(320);
		}
	}
	await script.context().close();
});

test('a coordinator finds the ending from the request', async ({ browser }) => {
	const support = await here.support('ending');
	const coordinator = await phoneOf(browser, here.coordinator);
	expect((await coordinator.goto(at(support)))!.status()).toBe(200);
	expect((await coordinator.goto(work(support, 'ending')))!.status()).toBe(200);
	await coordinator.context().close();
});
