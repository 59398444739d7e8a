/*
 * From the waiting list to a page in somebody's hand: everybody who has a part in a support, each on a phone of their own, JavaScript off.
 */
import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { addDays } from '../../src/lib/directory/local-time.ts';
import { open } from './support/admins.ts';
import { forgetLimits } from './support/database.ts';
import { at, box, follow, phoneOf, press, said, type Colleague, type Request } from './support/desk.ts';
import { newestMail } from './support/mailbox.ts';
import { asked, LIBRARY, Supports, today, work } from './support/supports.ts';
import { words } from './support/words.ts';

// One life of a request: each part begins where the one before has ended.
test.describe.configure({ mode: 'serial' });

const here = new Supports();
const referrer = `${randomUUID()}@clinic.example`;
const client = `Bob ${randomUUID().slice(0, 6)}`;
const goal = 'Take the bus to the library alone';
const safety = 'Loud rooms are hard';
let request: Request;
let worker: Page;
let coordinator: Page;
let alex: Page;
let lastMail = 0;

const on = (page: Page) => page.getByRole('main');
const phoneFor = (browser: Browser, who: Colleague) => phoneOf(browser, who);

test.beforeAll(async ({ browser }) => {
	await forgetLimits();
	await here.open();
	await here.sql`insert into public.worker_areas (program_id, user_id, area_id)
		values (${here.id}, ${here.worker.id}, ${here.areaId})`;
	request = await here.taken(here.coordinator, {
		client,
		goals: [goal, 'Know three quiet places'],
		safety,
		email: referrer
	});
	await here.move(request, here.coordinator.email, 'waitlist', { next_word_on: await here.day(14) });
	[worker, coordinator] = [await phoneFor(browser, here.worker), await phoneFor(browser, here.coordinator)];
	alex = await phoneFor(browser, { id: referrer, email: referrer, name: 'Alex' });
});
test.afterAll(async () => {
	for (const page of [worker, coordinator, alex]) await page.context().close();
	await here.close();
});

/** The referrer has mail, of which the reference and a way to its page is all; and reads there how it stands. */
async function referrerHears(state: Parameters<typeof words>[0]): Promise<void> {
	const mail = await newestMail(referrer, lastMail, ({ text }) => text.includes(words('mail_referral_news')));
	lastMail = mail.id;
	expect(mail.text).toContain(request.reference);
	expect(mail.text).toContain(`/my/referrals/${request.reference}`);
	for (const untold of [client, goal, here.worker.name, LIBRARY.name, 'ending', 'worker'])
		expect(`${mail.subject} ${mail.text}`, untold).not.toContain(untold);
	await alex.goto('/my/referrals');
	const line = on(alex).getByRole('listitem').filter({ hasText: request.reference });
	await expect(line).toContainText(words(state));
	await line.getByRole('link').first().click();
	await expect(on(alex)).toContainText(words(state));
}

test('a coordinator finds a worker for somebody on the waiting list, and asks', async () => {
	await coordinator.goto('/desk/referrals?view=waitlisted');
	await on(coordinator).getByRole('link', { name: request.reference, exact: true }).click();
	await follow(coordinator, 'matching_title');
	const card = on(coordinator).getByRole('article').filter({ hasText: here.worker.name });
	await expect(card).toContainText(words('matching_in_area', { area: 'Kitsilano' }));
	await card.getByRole('link').click();
	await expect(box(coordinator, 'matching_initials')).not.toHaveValue(client);
	await box(coordinator, 'matching_when').fill('Tuesday at two, by the front desk');
	await coordinator.getByLabel(words('matching_find_label')).fill('library');
	await press(coordinator, 'matching_find');
	await coordinator
		.getByRole('group', { name: words('matching_place') })
		.getByRole('radio')
		.first()
		.check();
	await coordinator.getByRole('button', { name: words('matching_ask', { name: here.worker.name }) }).click();
	await said(coordinator, 'matching_done_propose');
});

test('the worker reads the question on a phone, asks for more, and says yes', async () => {
	const mail = await newestMail(here.worker.email, 0, ({ text }) => text.includes(request.reference));
	expect(`${mail.subject} ${mail.text}`).not.toMatch(/Bob|Kitsilano|library/);
	await worker.goto('/desk/work');
	await on(worker)
		.getByRole('link', { name: words('work_asked_link', { area: 'Kitsilano' }) })
		.click();
	await expect(worker).toHaveURL(asked(request));
	await expect(on(worker)).toContainText(goal);
	await expect(worker.locator('body')).not.toContainText(safety);
	await press(worker, 'work_question_more');
	await expect(on(worker)).toContainText(safety);
	await expect(worker.locator('body')).not.toContainText(client);
	await press(worker, 'work_question_yes');
	await said(worker, 'work_done_yes');
	expect((await worker.goto(work(request)))!.status(), 'one yes opens nothing').toBe(404);
});

test("the coordinator writes down the person's yes, and the referrer hears of it", async () => {
	await coordinator.goto(at(request));
	await follow(coordinator, 'matching_peer_yes_title');
	await box(coordinator, 'matching_peer_words').fill('Let’s try.');
	await press(coordinator, 'matching_save');
	await said(coordinator, 'matching_done_peer_yes');
	await referrerHears('mine_state_matched');
});

test('they meet: the first conversation, and the goals of the request', async () => {
	await worker.goto('/desk/work');
	await on(worker)
		.getByRole('listitem')
		.filter({ hasText: words('work_person_coming') })
		.getByRole('link')
		.first()
		.click();
	await expect(on(worker)).toContainText(client);
	await follow(worker, 'work_due_met');
	await worker.getByLabel(words('support_first_met')).fill(today());
	await box(worker, 'support_talk_reach').fill('Text, Tuesdays');
	await press(worker, 'support_first_begin');
	await said(worker, 'support_done_begin');
	await referrerHears('mine_state_active');
	await worker.goto(work(request, 'goals'));
	await press(worker, 'support_goals_start');
	await said(worker, 'support_done_saved');
	await expect(on(worker)).toContainText(goal);
});

test('three places from the directory are explored together', async () => {
	for (const [look, index] of [
		['library', 0],
		['library', 1],
		['garden', 0]
	] as const) {
		await worker.goto(work(request, 'places'));
		await worker.getByRole('searchbox').fill(look);
		await press(worker, 'support_places_find');
		await on(worker)
			.locator('.found')
			.nth(index)
			.getByRole('link', { name: words('support_places_take') })
			.click();
		await worker.getByLabel(words('support_mark_liked')).check();
		await worker.getByLabel(words('support_place_day')).fill(today());
		await press(worker, 'support_save');
		await said(worker, 'support_done_saved');
	}
	await worker.goto(work(request));
	await expect(on(worker)).toContainText(words('support_part_places', { count: 3 }));
});

test('a meeting is planned, begun and ended, and a goal is reached', async () => {
	await worker.goto(work(request, 'meetings'));
	await follow(worker, 'support_meetings_plan');
	await worker.getByLabel(words('support_meeting_day'), { exact: true }).fill(addDays(today(), 1));
	await worker.getByLabel(words('support_meeting_from'), { exact: true }).fill('14:00');
	await worker.getByLabel(words('support_meeting_to'), { exact: true }).fill('15:00');
	await press(worker, 'support_save');
	await said(worker, 'support_done_planned');
	// The hour comes.
	await here.sql`update private.support_meetings set starts_at = now() + interval '5 minutes', ends_at = now() + interval '65 minutes'
		where referral_id = ${request.id}`;
	await worker.goto(work(request));
	await on(worker)
		.getByRole('button', { name: words('support_check_in') })
		.click();
	await said(worker, 'support_done_in');
	await on(worker)
		.getByRole('button', { name: words('support_check_out') })
		.click();
	await said(worker, 'support_done_out');
	await worker.goto(work(request, 'goals'));
	const line = on(worker).getByRole('listitem').filter({ hasText: goal });
	await line.getByRole('button', { name: words('support_mark_yes') }).click();
	await expect(line.getByRole('button', { name: words('support_mark_yes') })).toHaveAttribute('aria-pressed', 'true');
});

test('the ending begins, with twenty-eight days', async () => {
	await worker.goto(work(request, 'ending'));
	await follow(worker, 'ending_begin_link');
	await expect(worker.getByLabel(words('ending_begin_day'))).toHaveValue(addDays(today(), 28));
	await worker.getByLabel(words('ending_begin_goal_reached')).first().check();
	await press(worker, 'ending_begin_button');
	await said(worker, 'ending_done_begin');
	await expect(on(worker)).toContainText(words('ending_left_month'));
	await referrerHears('mine_state_ending');
});

test('each step is done, or set aside with a word', async () => {
	await worker.goto(work(request, 'ending/look-back'));
	for (const shown of [goal, words('ending_story_met_once')]) await expect(on(worker)).toContainText(shown);
	await press(worker, 'ending_form_done');
	for (const step of ['proud-of', 'can-do-now', 'strengths', 'where-else', 'thanks'] as const) {
		await worker.goto(work(request, `ending/${step}`));
		await worker
			.getByRole('textbox')
			.first()
			.fill(step === 'can-do-now' ? 'I take the 7 downtown.' : `Words of ${step}`);
		await press(worker, step === 'strengths' ? 'ending_form_aside' : 'ending_form_done');
		await said(worker, step === 'strengths' ? 'ending_done_set_aside' : 'ending_done_done');
	}
	await worker.goto(work(request, 'ending/feelings'));
	await worker.getByRole('textbox').first().fill('A bit sad, and glad.');
	await box(worker, 'ending_feelings_other').fill('My sister');
	await press(worker, 'ending_form_done');
	await worker.goto(work(request, 'ending/achievement'));
	await press(worker, 'ending_form_done');
	await expect(on(worker)).toContainText(words('ending_steps_all'));
});

test('there is a letter, and a page to keep, on paper and as a PDF', async () => {
	await worker.goto(work(request, 'letter'));
	await follow(worker, 'letter_start_link');
	await expect(box(worker, 'letter_text')).toHaveValue(new RegExp(goal));
	await press(worker, 'letter_save');
	await said(worker, 'ending_done_letter');
	await worker.goto(work(request, 'keep'));
	const sheet = worker.locator('[data-paper]');
	for (const kept of [goal, 'I take the 7 downtown.', 'My sister']) await expect(sheet).toContainText(kept);
	await expect(sheet).not.toContainText('A bit sad');
	for (const file of ['letter/pdf', 'keep/pdf']) {
		const answer = await worker.request.get(work(request, file));
		expect([answer.status(), answer.headers()['content-type']], file).toEqual([200, 'application/pdf']);
		expect((await answer.body()).length, file).toBeGreaterThan(2000);
	}
});

test('on the last day it is finished, and the worker sees no more of it', async () => {
	// The days go by, and each night looks at how many are left.
	for (const left of [28, 14, 14, 7, 6, 0]) {
		const day = addDays(today(), left);
		await here.sql`update public.referrals set ends_on = ${day} where id = ${request.id}`;
		await here.sql`update private.ending_reminders set ends_on = ${day} where referral_id = ${request.id}`;
		await here.sql`select public.remind_endings()`;
	}
	const reminded = await here.sql<{ days: string }[]>`select split_part(dedupe_key, ':', 4) as days from private.outbox
		where to_address = ${here.worker.email} and template = 'ending_near' order by created_at`;
	expect(reminded.map(({ days }) => days)).toEqual(['28', '14', '7']);
	await worker.goto(work(request, 'ending'));
	await expect(on(worker)).toContainText(words('ending_left_today'));
	await press(worker, 'ending_complete');
	await expect(worker).toHaveURL(/\/desk\/work(\?|$)/);
	await expect(worker.locator('body')).not.toContainText(client);
	await expect(worker.locator('body')).not.toContainText(request.reference);
	const pages = [
		undefined,
		'first',
		'goals',
		'places',
		'notes',
		'meetings',
		'ending',
		'letter',
		'letter/pdf',
		'keep',
		'keep/pdf'
	];
	for (const page of pages) expect((await worker.goto(work(request, page)))!.status(), page).toBe(404);
	await worker.goto(asked(request));
	await expect(on(worker)).toContainText(words('work_question_gone'));
	await referrerHears('mine_state_completed');
	await expect(on(alex)).toContainText(words('mine_event_complete'));
	for (const untold of [here.worker.name, 'Words of', 'I take the 7', 'goal_reached'])
		await expect(alex.locator('body')).not.toContainText(untold);
});

test('the person is asked three questions, and answers', async ({ browser }) => {
	await coordinator.goto(at(request));
	await follow(coordinator, 'feedback_link');
	await press(coordinator, 'feedback_ask_button');
	const link = await coordinator.getByText(/\/feedback\/[0-9a-f]{32}$/).innerText();
	const bob = await (await open(browser)).newPage();
	await bob.goto(new URL(link).pathname);
	await bob
		.getByRole('group', { name: words('feedback_how') })
		.getByLabel(words('feedback_how_very_good'), { exact: true })
		.check();
	await box(bob, 'feedback_better').fill('More walks.');
	await press(bob, 'feedback_send');
	await expect(on(bob)).toContainText(words('feedback_thanks'));
	await bob.context().close();
	const [row] = await here.sql<{ how: string; better: string }[]>`select how, better from private.feedback
		where program_id = ${here.id}`;
	expect(row!.how).toBe('very_good');
	expect(row!.better).toMatch(/^s1\./);
	await worker.goto('/desk/work');
	await expect(worker.locator('body')).not.toContainText('More walks.');
	expect(await here.timeline(request)).toEqual(
		expect.arrayContaining(['waitlist', 'propose', 'worker_yes', 'peer_yes', 'begin', 'begin_ending', 'complete'])
	);
});
