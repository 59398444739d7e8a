/* What a worker or a coordinator has written about a support is never lost: after half an hour without a request, beside what a colleague wrote, when it is over; JavaScript off. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { forgetLimits } from './support/database.ts';
import { at, box, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { idle, keptCookies, signInAgain } from './support/kept.ts';
import { Supports, work, type Support, type SupportState } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Supports();
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

/** A new worker on a phone of their own, who supports somebody. */
async function begin(browser: Browser, first: string, state: SupportState, javaScript = false): Promise<Support> {
	me = await here.person(first, 'worker');
	await here.sql`insert into public.workers (program_id, user_id, cap) values (${here.id}, ${me.id}, 9)`;
	page = await phoneOf(browser, me, javaScript);
	return here.support(state, { worker: me });
}

/** Presses a button half an hour too late, and signs in again. */
async function tooLate(name: Parameters<typeof press>[1]): Promise<void> {
	await idle(here, me);
	await press(page, name);
	await expect(page).toHaveURL(/why=idle/);
	await signInAgain(page, me);
}

const entries = async ({ id }: Support, kind: string) =>
	(await here.sql`select from private.support_entries where referral_id = ${id} and kind = ${kind}`).length;

test('a note of ten thousand letters of any script is there again, and saved once', async ({ browser }) => {
	const support = await begin(browser, 'Mei', 'active');
	await page.goto(work(support, 'notes'));
	await follow(page, 'support_notes_add');
	const url = page.url();
	const text = '為'.repeat(10_000);
	await box(page, 'support_note_text').fill(text);
	await tooLate('support_save');
	await said(page, 'kept_back');
	await expect(box(page, 'support_note_text')).toHaveValue(text);
	expect(await entries(support, 'note')).toBe(0);

	const form = page.waitForRequest((sent) => sent.method() === 'POST');
	await press(page, 'support_save');
	await said(page, 'support_done_saved');
	expect(await entries(support, 'note')).toBe(1);

	// Sent again after that, too late, it is known to be there.
	await idle(here, me);
	const again = await page.request.post(`${url.split('?')[0]}?/save`, {
		data: (await form).postData()!,
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'text/html',
			origin: new URL(url).origin
		},
		maxRedirects: 0
	});
	expect(again.headers().location).toContain('/sign-in?');
	await page.goto(url);
	await signInAgain(page, me);
	await expect(page).toHaveURL(`${work(support, 'notes')}?done=note`);
	await page.goto(url);
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	expect(await keptCookies(page)).toEqual([]);
	expect(await entries(support, 'note')).toBe(1);
});

test('where a colleague wrote meanwhile, both are shown', async ({ browser }) => {
	const support = await begin(browser, 'Ivo', 'active');
	const goal = await here.entry(support, 'goal', { text: 'Find a choir' }, { by: me, mark: 'not_yet' });
	await page.goto(work(support, `goals/${goal}`));
	await box(page, 'support_goal_text').fill('Sing on Mondays');
	await idle(here, me);
	await press(page, 'support_save');
	const by = await phoneOf(browser, here.coordinator);
	await by.goto(work(support, `goals/${goal}`));
	await box(by, 'support_goal_text').fill('Sing in a choir');
	await press(by, 'support_save');
	await said(by, 'support_done_saved');
	await by.context().close();

	await signInAgain(page, me);
	await said(page, 'kept_back');
	await told(page, 'support_refused_stale');
	await expect(page.getByRole('main')).toContainText(words('support_there_by', { name: here.coordinator.name }));
	await expect(page.getByRole('main')).toContainText('Sing in a choir');
	await expect(box(page, 'support_goal_text')).toHaveValue('Sing on Mondays');
	await press(page, 'support_save_mine');
	await said(page, 'support_done_saved');
	await expect(page.getByRole('main')).toContainText('Sing on Mondays');
	expect(await keptCookies(page)).toEqual([]);
});

test('the first conversation, a meeting, what changes, and what a worker says of themselves are there again', async ({
	browser
}) => {
	test.slow();
	const support = await begin(browser, 'Asha', 'matched');
	await page.goto(work(support, 'first'));
	await box(page, 'support_talk_wishes').fill('Mornings');
	await page.getByLabel(words('support_first_met')).fill(await here.day(0));
	await tooLate('support_first_begin');
	await said(page, 'kept_back');
	await expect(box(page, 'support_talk_wishes')).toHaveValue('Mornings');
	await press(page, 'support_first_begin');
	await said(page, 'support_done_begin');
	expect(await entries(support, 'conversation')).toBe(1);

	await page.goto(work(support, `meetings/${randomUUID()}`));
	await page.getByLabel(words('support_meeting_day')).fill(await here.day(3));
	await page.getByLabel(words('support_meeting_from')).fill('14:00');
	await page.getByLabel(words('support_meeting_to')).fill('15:00');
	await box(page, 'support_meeting_note').fill('By the window');
	await tooLate('support_save');
	await said(page, 'kept_back');
	await expect(page.getByLabel(words('support_meeting_from'))).toHaveValue('14:00');
	await expect(box(page, 'support_meeting_note')).toHaveValue('By the window');
	await press(page, 'support_save');
	await said(page, 'support_done_planned');

	await page.goto(work(support, 'change'));
	await page.getByLabel(words('support_move_pause')).check();
	await page.getByLabel(words('support_change_mine')).check();
	await tooLate('support_change_button');
	await said(page, 'kept_back');
	await expect(page.getByLabel(words('support_move_pause'))).toBeChecked();
	await press(page, 'support_change_button');
	await said(page, 'support_done_pause');

	await page.goto('/desk/work/me');
	await box(page, 'work_me_about').fill('I like long walks.');
	await page.getByRole('checkbox', { name: 'Punjabi' }).check();
	await tooLate('work_me_save');
	await said(page, 'kept_back');
	await expect(box(page, 'work_me_about')).toHaveValue('I like long walks.');
	await expect(page.getByRole('checkbox', { name: 'Punjabi' })).toBeChecked();
	await press(page, 'work_me_save');
	await page.goto('/desk/work/me');
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	expect(await keptCookies(page)).toEqual([]);
});

test('a meeting that was moved meanwhile is shown as it is now beside what was typed', async ({ browser }) => {
	const support = await begin(browser, 'Uma', 'active');
	const meeting = await here.meeting(support, { from: 60 * 24 * 3, to: 60 * 24 * 3 + 60, by: me });
	await page.goto(work(support, `meetings/${meeting}`));
	await box(page, 'support_meeting_note').fill('Upstairs');
	const other = await page.context().newPage();
	await other.goto(work(support, `meetings/${meeting}`));
	await box(other, 'support_meeting_note').fill('In the yard');
	await press(other, 'support_save');
	await said(other, 'support_done_planned');
	await press(page, 'support_save');
	await told(page, 'support_refused_stale');
	await expect(page.getByRole('main')).toContainText('In the yard');
	await expect(box(page, 'support_meeting_note')).toHaveValue('Upstairs');
	await press(page, 'support_save');
	await said(page, 'support_done_planned');
	await expect(page.getByRole('main')).toContainText('Upstairs');
});

test('an ending that begins, a closing step and a letter are there again', async ({ browser }) => {
	test.slow();
	const support = await begin(browser, 'Kai', 'active');
	await page.goto(work(support, 'ending/begin'));
	await page.getByLabel(words('ending_begin_goal_reached'), { exact: false }).first().check();
	await box(page, 'ending_begin_words').fill('As we said in spring');
	await tooLate('ending_begin_button');
	await said(page, 'kept_back');
	await expect(box(page, 'ending_begin_words')).toHaveValue('As we said in spring');
	await press(page, 'ending_begin_button');
	await said(page, 'ending_done_begin');

	await page.goto(work(support, 'ending/proud-of'));
	const text = '誇'.repeat(4_000);
	await box(page, 'ending_proud_ask').fill(text);
	await tooLate('ending_form_done');
	await said(page, 'kept_back');
	await expect(box(page, 'ending_proud_ask')).toHaveValue(text);
	await press(page, 'ending_form_done');
	await said(page, 'ending_done_done');
	expect(await entries(support, 'step')).toBe(1);

	await page.goto(work(support, 'letter'));
	await box(page, 'letter_text').fill('Dear Robin');
	await tooLate('letter_save');
	await said(page, 'kept_back');
	await expect(box(page, 'letter_text')).toHaveValue('Dear Robin');
	await press(page, 'letter_save');
	await said(page, 'ending_done_letter');

	expect(await keptCookies(page)).toEqual([]);
});

test('why an ending is taken back is there again, with both where the support has moved on', async ({ browser }) => {
	me = await here.person('Lee');
	page = await phoneOf(browser, me);
	const support = await here.support('ending');
	await page.goto(work(support, 'ending/extend'));
	await box(page, 'ending_extend_words').fill('A new goal came up');
	await idle(here, me);
	await press(page, 'ending_extend_button');
	await here.move(support, here.worker.email, 'ask_call');
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await told(page, 'referral_refused_stale');
	await expect(box(page, 'ending_extend_words')).toHaveValue('A new goal came up');
	await press(page, 'ending_extend_button');
	await said(page, 'ending_done_extend');
	expect(await keptCookies(page)).toEqual([]);
});

test('how a worker and a client would meet is there again, and a worker is asked once', async ({ browser }) => {
	me = await here.person('Noor');
	page = await phoneOf(browser, me);
	const request = await here.taken(me);
	const ask = () => page.getByRole('button', { name: words('matching_ask', { name: here.worker.name }) }).click();
	await page.goto(`${at(request, 'match')}?worker=${here.worker.id}`);
	await box(page, 'matching_when').fill('Tuesday at two');
	await page.getByLabel(words('matching_find_label')).fill('library');
	await press(page, 'matching_find');
	const places = page.getByRole('group', { name: words('matching_place') }).getByRole('radio');
	await places.nth(1).check();
	const slug = await places.nth(1).getAttribute('value');
	await idle(here, me);
	await ask();
	await signInAgain(page, me);
	await said(page, 'kept_back');
	await expect(box(page, 'matching_when')).toHaveValue('Tuesday at two');
	await expect(page.locator(`input[name="place"][value="${slug}"]`)).toBeChecked();
	await ask();
	await said(page, 'matching_done_propose');
	await page.goto(at(request, 'match'));
	await expect(page.getByText(words('kept_back'))).toHaveCount(0);
	expect((await here.timeline(request)).filter((event) => event === 'propose')).toHaveLength(1);
});

test('an answer on paper is there again', async ({ browser }) => {
	me = await here.person('Bo');
	page = await phoneOf(browser, me);
	await page.goto('/desk/feedback');
	await box(page, 'feedback_better').fill('More evenings');
	await tooLate('feedback_paper_button');
	await said(page, 'kept_back');
	await expect(box(page, 'feedback_better')).toHaveValue('More evenings');
	await press(page, 'feedback_paper_button');
	await said(page, 'feedback_paper_done');
	expect(await keptCookies(page)).toEqual([]);
});

test('what is written while a support ends is there to be copied, with nothing of the support', async ({ browser }) => {
	const support = await begin(browser, 'Wen', 'active', true);
	const text = `We walked\nto the beach ${randomUUID()}`;
	const over = async () => {
		const main = page.getByRole('main');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('support_over_title'));
		await expect(main).toContainText(words('support_over'));
		await expect(main).toContainText(text.split('\n')[1]!);
		for (const theirs of [support.client, support.reference])
			await expect(page.locator('body')).not.toContainText(theirs);
	};
	const notes = await page.context().newPage();
	for (const tab of [page, notes]) {
		await tab.goto(work(support, 'notes'));
		await follow(tab, 'support_notes_add');
		await box(tab, 'support_note_text').fill(text);
	}
	await here.move(support, here.coordinator.email, 'end_early', { reason: 'moved_away' });
	const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
	await press(page, 'support_save');
	expect((await answered).status()).toBe(404);
	expect((await answered).headers()['cache-control']).toMatch(/no-store|private/);
	await over();
	expect(await axeFindings(page)).toEqual([]);

	// The same where the session had ended too.
	await page.close();
	page = notes;
	await tooLate('support_save');
	await over();

	// Who wrote nothing is told as ever.
	expect((await page.goto(work(support, 'notes')))?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('error_404_title'));
});
