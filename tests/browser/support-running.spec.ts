/* The support itself, on a phone with JavaScript off: first conversation, goals, places, notes, meetings; and who may read it. */
import { expect, test, type Page } from '@playwright/test';
import { addDays } from '../../src/lib/directory/local-time.ts';
import { box, follow, phoneOf, press, said, told } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { LIBRARY, Supports, today, work } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Supports();
let page: Page;

test.beforeAll(async () => {
	await here.open();
});
test.afterAll(async () => {
	await here.close();
});
test.beforeEach(async ({ browser }) => {
	page = await phoneOf(browser, here.worker);
});
test.afterEach(async () => {
	await page.context().close();
});

const main = () => page.getByRole('main');

test('a support begins with the day they met and what they talked about', async () => {
	const contact = { via: 'client' as const, phone: '604-555-0123', email: '', safe: ['text'] };
	const support = await here.support('matched', { client: 'Mo Sample', safety: 'A dog is fine', contact });
	await page.goto(work(support));
	for (const shown of ['Mo Sample', '604-555-0123', 'A dog is fine', LIBRARY.name, 'Harbour Team'])
		await expect(main()).toContainText(shown);
	await follow(page, 'work_due_met');
	await press(page, 'support_first_begin');
	await told(page, 'support_error_met');
	await page.getByLabel(words('support_first_met')).fill(today());
	await box(page, 'support_talk_reach').fill('Text, Tuesdays');
	await press(page, 'support_first_begin');
	await said(page, 'support_done_begin');
	expect(await here.timeline(support)).toContain('begin');
	await expect(main().getByRole('link', { name: words('work_due_conversation') })).toHaveCount(0);
	await page.goto(work(support, 'first'));
	await expect(box(page, 'support_talk_reach')).toHaveValue('Text, Tuesdays');
});

test("goals start from the request's, are marked by the person, changed, taken away and put back", async () => {
	const support = await here.support('active', { goals: ['Find a choir', 'Know three quiet places'] });
	await page.goto(work(support, 'goals'));
	await press(page, 'support_goals_start');
	await said(page, 'support_done_saved');
	const choir = main().getByRole('listitem').filter({ hasText: 'Find a choir' });
	await choir.getByRole('button', { name: words('support_mark_a_bit') }).click();
	await choir.getByRole('button', { name: words('support_mark_yes') }).click();
	await expect(choir.getByRole('button', { name: words('support_mark_yes') })).toHaveAttribute('aria-pressed', 'true');
	await choir.getByText(words('support_history')).click();
	await expect(choir.locator('details li')).toHaveCount(3);

	await choir.getByRole('link', { name: words('support_goals_change') }).click();
	await box(page, 'support_goal_text').fill('Sing with people ♪');
	await press(page, 'support_save');
	const sing = main().getByRole('listitem').filter({ hasText: 'Sing with people ♪' });
	await sing.getByRole('link', { name: words('support_goals_change') }).click();
	await press(page, 'support_remove');
	await said(page, 'support_done_removed');
	await main()
		.getByRole('button', { name: words('support_restore') })
		.click();
	await said(page, 'support_done_restored');
	await expect(sing.getByRole('button', { name: words('support_mark_yes') })).toHaveAttribute('aria-pressed', 'true');
});

test('places come from the directory or are written down, with what the person makes of them', async () => {
	const support = await here.support('active');
	await page.goto(work(support, 'places'));
	await page.getByRole('searchbox').fill('library');
	await press(page, 'support_places_find');
	const name = await main().locator('.found a[href^="/places/"]').first().innerText();
	await main()
		.getByRole('listitem')
		.filter({ hasText: name })
		.getByRole('link', { name: words('support_places_take') })
		.click();
	await page.getByLabel(words('support_mark_liked')).check();
	await page.getByLabel(words('support_place_day')).fill(today());
	await box(page, 'support_place_note').fill('The chair by the window');
	await press(page, 'support_save');
	await said(page, 'support_done_saved');
	const place = main().getByRole('listitem').filter({ hasText: 'The chair by the window' });
	await expect(place).toContainText(words('support_mark_liked'));
	await expect(place.getByRole('link', { name, exact: true })).toHaveAttribute('href', /^\/places\//);

	await follow(page, 'support_places_own');
	await press(page, 'support_save');
	await told(page, 'support_error_place');
	await box(page, 'support_place_name').fill('The bench by the pier');
	await press(page, 'support_save');
	await expect(main()).toContainText('The bench by the pier');
});

test('a note of 10,000 letters in Chinese is kept whole', async () => {
	const support = await here.support('active');
	const text = '今天我们一起去了图书馆。'.repeat(900).slice(0, 10_000);
	await page.goto(work(support, 'notes'));
	await follow(page, 'support_notes_add');
	await box(page, 'support_note_text').fill(text);
	await press(page, 'support_save');
	await said(page, 'support_done_saved');
	await expect(main().locator('.lines')).toHaveText(text);
});

test('two who change the same goal: the second sees both texts and chooses', async ({ browser }) => {
	const support = await here.support('active');
	const id = await here.entry(support, 'goal', { text: 'Find a choir' }, { mark: 'not_yet' });
	const other = await phoneOf(browser, here.coordinator);
	await other.goto(work(support, `goals/${id}`));
	await page.goto(work(support, `goals/${id}`));
	await box(other, 'support_goal_text').fill('Their text');
	await press(other, 'support_save');
	await other.context().close();
	await box(page, 'support_goal_text').fill('My text');
	await press(page, 'support_save');
	await told(page, 'support_refused_stale');
	await expect(main()).toContainText('Their text');
	await expect(box(page, 'support_goal_text')).toHaveValue('My text');
	await press(page, 'support_save_mine');
	await expect(main()).toContainText('My text');
	await expect(main()).not.toContainText('Their text');
});

test('two first conversations written at once become one, and nothing is lost', async ({ browser }) => {
	const support = await here.support('active');
	const other = await phoneOf(browser, here.coordinator);
	for (const tab of [page, other]) await tab.goto(work(support, 'first'));
	await box(other, 'support_talk_wishes').fill('Their words');
	await press(other, 'support_save');
	await other.context().close();
	await box(page, 'support_talk_wishes').fill('My words');
	await press(page, 'support_save');
	await told(page, 'support_refused_stale');
	await expect(main()).toContainText('Their words');
	await press(page, 'support_save_mine');
	await said(page, 'support_done_saved');
	await page.goto(work(support, 'first'));
	await expect(box(page, 'support_talk_wishes')).toHaveValue('My words');
});

test('meetings are planned, not two at once, moved, called off, begun and ended', async () => {
	const support = await here.support('active');
	const elsewhere = await here.support('active');
	const day = addDays(today(), 3);
	const plan = async (of: typeof support, from: string, to: string) => {
		await page.goto(work(of, 'meetings'));
		await follow(page, 'support_meetings_plan');
		await page.getByLabel(words('support_meeting_day'), { exact: true }).fill(day);
		await page.getByLabel(words('support_meeting_from'), { exact: true }).fill(from);
		await page.getByLabel(words('support_meeting_to'), { exact: true }).fill(to);
		await press(page, 'support_save');
	};
	await plan(support, '14:00', '15:00');
	await said(page, 'support_done_planned');
	await expect(main()).toContainText(/2:00 pm to 3:00 pm/);
	await expect(main()).toContainText(LIBRARY.name);
	await plan(elsewhere, '14:30', '15:30');
	await told(page, 'support_refused_overlap');
	await expect(page.getByLabel(words('support_meeting_from'), { exact: true })).toHaveValue('14:30');
	await page.getByLabel(words('support_meeting_from'), { exact: true }).fill('15:00');
	await press(page, 'support_save');
	await said(page, 'support_done_planned');

	await page.goto(work(support, 'meetings'));
	await follow(page, 'support_meeting_move');
	await page.getByLabel(words('support_meeting_to'), { exact: true }).fill('14:45');
	await press(page, 'support_save');
	await expect(main()).toContainText(/2:00 pm to 2:45 pm/);
	await press(page, 'support_meeting_cancel');
	await said(page, 'support_done_cancel');
	await expect(main()).toContainText(words('support_meetings_none'));

	await here.meeting(support, { from: 30, to: 90 });
	await page.goto(work(support));
	await expect(page).toHaveTitle(new RegExp(support.reference));
	await main()
		.getByRole('button', { name: words('support_check_in') })
		.click();
	await said(page, 'support_done_in');
	await main()
		.getByRole('button', { name: words('support_check_out') })
		.click();
	await said(page, 'support_done_out');
});

test('of a meeting that is over, and that nobody checked in to, one says whether it happened', async () => {
	const support = await here.support('active', { client: 'Ari Sample' });
	const met = await here.meeting(support, { from: -300, to: -240 });
	const unmet = await here.meeting(support, { from: -200, to: -140 });
	await page.goto(work(support, 'meetings'));
	await expect(page).not.toHaveTitle(/Ari/);
	await expect(page.getByRole('button', { name: words('support_check_in') })).toHaveCount(0);
	await main()
		.getByText(words('support_meetings_past', { count: 2 }))
		.click();
	// The latest comes first.
	await main()
		.getByRole('button', { name: words('support_unmet') })
		.first()
		.click();
	await said(page, 'support_done_unmet');
	await main()
		.getByText(words('support_meetings_past', { count: 2 }))
		.click();
	await main()
		.getByRole('button', { name: words('support_met') })
		.click();
	await said(page, 'support_done_met');
	const rows = await here.sql<{ id: string; is_out: boolean; is_off: boolean }[]>`
		select id, checked_out_at is not null as is_out, cancelled_at is not null as is_off
		from private.support_meetings where referral_id = ${support.id} order by starts_at`;
	expect(rows.map((row) => ({ ...row }))).toEqual([
		{ id: met, is_out: true, is_off: false },
		{ id: unmet, is_out: false, is_off: true }
	]);
});

test("a break, another worker at the person's wish, and a call are asked for without a reason", async () => {
	const support = await here.support('active', { client: 'Lou Sample' });
	const change = async (what: Parameters<typeof words>[0], whose?: string) => {
		await page.goto(work(support, 'change'));
		await page.getByRole('radio', { name: words(what) }).check();
		if (whose) await page.getByLabel(whose).check();
		await press(page, 'support_change_button');
	};
	await page.goto(work(support, 'change'));
	await press(page, 'support_change_button');
	await told(page, 'support_error_change');
	await change('support_move_pause');
	await told(page, 'support_error_whose');
	await expect(page.getByRole('radio', { name: words('support_move_pause') })).toBeChecked();
	await change('support_move_pause', words('support_change_mine'));
	await said(page, 'support_done_pause');
	await change('support_move_resume', words('support_change_mine'));
	await said(page, 'support_done_resume');
	await change('support_move_handover', words('support_change_peer', { who: 'Lou Sample' }));
	await said(page, 'support_done_asked');
	await change('support_move_call', words('support_change_mine'));
	await expect(main()).toContainText(words('work_person_asked_call'));
	const rows = await here.sql<{ event: string; for_peer: boolean }[]>`
		select event, for_peer from private.referral_events where referral_id = ${support.id} and event like 'ask\\_%' order by number`;
	expect(rows.map((row) => ({ ...row }))).toEqual([
		{ event: 'ask_handover', for_peer: true },
		{ event: 'ask_call', for_peer: false }
	]);
});

test('a supervisor reads and writes nothing; another worker and one from before read nothing', async ({ browser }) => {
	const support = await here.support('active', { client: 'Ren Sample' });
	await here.entry(support, 'goal', { text: 'Find a choir' }, { mark: 'a_bit' });
	await here.entry(support, 'note', { text: 'A quiet walk' });
	const supervisor = await phoneOf(browser, here.supervisor);
	for (const part of [undefined, 'first', 'goals', 'places', 'notes', 'meetings', 'change']) {
		expect((await supervisor.goto(work(support, part)))!.status(), part).toBe(200);
		await expect(supervisor.locator('.page form')).toHaveCount(0);
	}
	await supervisor.goto(work(support, 'notes'));
	await expect(supervisor.getByRole('main')).toContainText('A quiet walk');
	await supervisor.context().close();

	const other = await phoneOf(browser, here.other);
	for (const part of [undefined, 'goals', 'notes', 'guide'])
		expect((await other.goto(work(support, part)))!.status(), part).toBe(404);
	await other.context().close();

	for (const state of ['completed', 'ended_early'] as const) {
		const over = await here.support(state);
		expect((await page.goto(work(over)))!.status()).toBe(404);
		await page.goto('/desk/work');
		await expect(page.locator(`a[href="${work(over)}"]`)).toHaveCount(0);
	}
});

test('the guide is one page to print, with nothing of the person on it', async () => {
	const support = await here.support('matched', { client: 'Kit Sample', initials: 'KS' });
	await page.goto(work(support, 'guide'));
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText('Kit Sample')).toBeHidden();
	await expect(page).toHaveTitle(/^(?!.*(peer|mental|Kit Sample)).+$/i);
	await expect(page.getByRole('banner')).toHaveCount(0);
	await expect(page.getByRole('contentinfo')).toHaveCount(0);
	const pdf = await page.pdf({ format: 'Letter' });
	expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	expect((await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test('everybody can use every page of a support, with what was refused on it too', async ({ browser }) => {
	test.slow();
	const tab = await phoneOf(browser, here.worker, true);
	const coming = await here.support('matched');
	const support = await here.support('active', { goals: ['Find a choir'] });
	const usable = async (address: string) => {
		await tab.goto(address);
		await everybodyCanUse(tab);
	};
	await usable(work(support, 'goals'));
	const goal = await here.entry(support, 'goal', { text: 'Find a choir' }, { mark: 'a_bit' });
	const place = await here.entry(
		support,
		'place',
		{ place: LIBRARY, note: 'Quiet' },
		{ mark: 'liked', on_day: today() }
	);
	const note = await here.entry(support, 'note', { text: 'Words' });
	const meeting = await here.meeting(support, { from: 2000, to: 2060 });
	await here.meeting(support, { from: -90, to: -30, isBegun: true });
	for (const page of [undefined, 'first', 'guide']) await usable(work(coming, page));
	for (const page of [undefined, 'goals', 'places?q=library', 'notes', 'meetings', 'change'])
		await usable(work(support, page));
	for (const page of [`goals/${goal}`, `places/${place}`, `notes/${note}`, `meetings/${meeting}`])
		await usable(work(support, page));

	await tab.goto(work(support, `goals/${goal}`));
	await here.sql`update private.support_entries set version = version + 1 where id = ${goal}`;
	await press(tab, 'support_save');
	await told(tab, 'support_refused_stale');
	await everybodyCanUse(tab);
	await tab.goto(work(support, `meetings/${meeting}`));
	await tab.getByLabel(words('support_meeting_to'), { exact: true }).fill('');
	await press(tab, 'support_save');
	await told(tab, 'support_error_time');
	await everybodyCanUse(tab);
	await tab.context().close();
});
