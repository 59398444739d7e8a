/* A worker on a phone, between two meetings: who asks for them, what they see before they answer, and what they say of themselves. */
import { expect, test, type Page } from '@playwright/test';
import { phoneOf, press, said, told } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { asked, LIBRARY, PLAN, Supports, today, work } from './support/supports.ts';
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

test('a worker with nobody to support is told so kindly', async () => {
	await page.goto('/desk');
	await main()
		.getByRole('heading', { name: words('work_title') })
		.getByRole('link')
		.click();
	await expect(main()).toContainText(words('work_people_none'));
});

test('a question shows need and area first, initials and the plan after a press, and takes a yes', async () => {
	const client = 'Robin Quietly';
	const support = await here.support('match_proposed', {
		client,
		initials: 'RQ',
		goals: ['Find a choir'],
		safety: 'No stairs'
	});
	await page.goto('/desk/work');
	await main()
		.getByRole('link', { name: words('work_asked_link', { area: 'Kitsilano' }) })
		.click();
	await expect(page).toHaveURL(asked(support));
	for (const shown of ['Find a choir', 'Kitsilano', 'English']) await expect(main()).toContainText(shown);
	const later = ['RQ', 'No stairs', LIBRARY.name, PLAN.when, PLAN.call.phone];
	for (const hidden of [client, ...later]) await expect(page.locator('body')).not.toContainText(hidden);
	await expect(page.getByRole('button', { name: words('work_question_yes') })).toHaveCount(0);

	await press(page, 'work_question_more');
	for (const shown of later) await expect(main()).toContainText(shown);
	for (const shown of ['support_plan_home', 'support_plan_numbers'] as const)
		await expect(main()).toContainText(words(shown));
	await expect(page.locator('body')).not.toContainText(client);

	await press(page, 'work_question_yes');
	await said(page, 'work_done_yes');
	await expect(main()).toContainText(words('work_asked_yes', { area: 'Kitsilano' }));
	await page.goto(asked(support));
	await expect(main()).toContainText(words('work_question_yes_noted'));

	await here.move(support, here.coordinator.email, 'peer_yes');
	await page.goto(asked(support));
	await expect(main()).toContainText(words('work_question_gone'));
	await page.goto('/desk/work');
	await expect(main()).toContainText(words('work_person_coming'));
	await expect(main()).toContainText('RQ');
});

test('a yes pressed in two tabs is one yes', async () => {
	const support = await here.support('match_proposed');
	const other = await page.context().newPage();
	for (const tab of [page, other]) await tab.goto(asked(support));
	await press(page, 'work_question_more');
	await other.reload();
	for (const tab of [page, other]) {
		await press(tab, 'work_question_yes');
		await said(tab, 'work_done_yes');
	}
	await other.close();
	expect(await here.timeline(support)).toEqual(expect.arrayContaining(['propose', 'worker_yes']));
	expect((await here.timeline(support)).filter((event) => event === 'worker_yes')).toHaveLength(1);
});

test('"I know them" and "not this time" ask for nothing more, and the question is gone', async () => {
	for (const [button, done] of [
		['work_question_knows', 'work_done_knows_them'],
		['work_question_no', 'work_done_no']
	] as const) {
		const support = await here.support('match_proposed');
		await page.goto(asked(support));
		await press(page, button);
		await said(page, done);
		const response = await page.goto(asked(support));
		expect(response!.status()).toBe(200);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('work_question_gone_title'));
		const [match] = await here.sql<{ knows_them: boolean }[]>`
			select knows_them from private.referral_matches where id = ${support.matchId}`;
		expect(match!.knows_them).toBe(button === 'work_question_knows');
	}
});

test("somebody else's question reads as any that is not open", async () => {
	const support = await here.support('match_proposed', { worker: here.other, goals: ['Find a swimming pool'] });
	await page.goto(asked(support));
	await expect(main()).toContainText(words('work_question_gone'));
	await expect(page.locator('body')).not.toContainText('swimming');
});

test('a worker says how much, where and about themselves, and is told what was wrong', async () => {
	await page.goto('/desk/work/me');
	const cap = page.getByLabel(words('work_me_cap'));
	await cap.fill('99');
	await page.getByLabel(words('work_me_about')).fill('I like walking — and 🌧️.');
	await press(page, 'work_me_save');
	await expect(page.getByRole('alert')).toContainText(words('work_error_cap', { most: 50 }));
	await expect(page.getByLabel(words('work_me_about'))).toHaveValue('I like walking — and 🌧️.');
	await cap.fill('1');
	await page.getByLabel(words('work_me_phone')).fill('my sister');
	await press(page, 'work_me_save');
	await expect(page.getByRole('alert')).toContainText(words('work_error_phone'));
	await expect(page.getByLabel(words('work_me_phone'))).toHaveValue('my sister');
	await page.getByLabel(words('work_me_phone')).fill('604 555 0142 ext 7');
	await page.getByLabel(/less this week/).check();
	await page.getByLabel('Kitsilano').check();
	await page.getByLabel('Vietnamese').check();
	await press(page, 'work_me_save');
	await said(page, 'work_done_me');
	await expect(main()).toContainText(/Less until/);
	const [saved] = await here.sql<
		{ cap: number; phone: string; less_until: string; language_codes: string[]; areas: string[] }[]
	>`
		select cap, phone, less_until::text, language_codes, array(select area_id::text from public.worker_areas a
			where a.user_id = w.user_id) as areas from public.workers w where user_id = ${here.worker.id}`;
	expect(saved).toMatchObject({ cap: 1, phone: '604 555 0142 ext 7', areas: [here.areaId] });
	expect(saved!.language_codes).toContain('vi');
	expect(saved!.less_until >= today()).toBe(true);

	await page.goto('/desk/work/me');
	await expect(page.getByLabel(/less this week/)).toBeChecked();
	await expect(cap).toHaveValue('1');
	await page.getByLabel(words('work_me_less_no'), { exact: true }).check();
	await cap.fill('50');
	await press(page, 'work_me_save');
	await expect(main()).not.toContainText(/Less until/);
});

test('what a worker has changed on another device meanwhile is shown beside what they typed', async () => {
	await page.goto('/desk/work/me');
	const wishes = page.getByLabel(words('work_me_wishes'));
	await wishes.fill('No evenings.');
	const other = await page.context().newPage();
	await other.goto('/desk/work/me');
	await other.getByLabel(words('work_me_wishes')).fill('No mornings.');
	await press(other, 'work_me_save');
	await said(other, 'work_done_me');
	await other.close();
	await press(page, 'work_me_save');
	await told(page, 'work_me_behind');
	await expect(page.getByRole('region', { name: words('support_there') })).toContainText('No mornings.');
	await expect(wishes).toHaveValue('No evenings.');
	const again = page.waitForRequest((sent) => sent.method() === 'POST');
	await press(page, 'work_me_save');
	await said(page, 'work_done_me');
	// The same form sent twice says the same.
	const sent = await again;
	const headers = {
		'content-type': 'application/x-www-form-urlencoded',
		accept: 'text/html',
		origin: new URL(page.url()).origin
	};
	const twice = await page.request.post('/desk/work/me', { data: sent.postData()!, headers, maxRedirects: 0 });
	expect(twice.status()).toBe(303);
	const [saved] = await here.sql`select wishes from public.workers where user_id = ${here.worker.id}`;
	expect(saved).toMatchObject({ wishes: 'No evenings.' });
});

test('a worker over their own cap, or away, is reminded of it', async () => {
	await here.support('active');
	await here.support('active');
	await here.sql`update public.workers set cap = 1 where user_id = ${here.worker.id}`;
	await here.sql`insert into public.absences (program_id, user_id, until)
		values (${here.id}, ${here.worker.id}, ${await here.day(3)})`;
	await page.goto('/desk/work');
	await expect(main()).toContainText(/and you said 1 at most/);
	await expect(main()).toContainText(/You're away until/);
	await here.sql`update public.workers set cap = 50 where user_id = ${here.worker.id}`;
	await here.sql`delete from public.absences where user_id = ${here.worker.id}`;
});

test('one presses "I\'m here" and "All is well" on the list itself', async () => {
	const support = await here.support('active', { initials: 'MN' });
	const id = await here.meeting(support, { from: 10, to: 70 });
	await page.goto('/desk/work');
	const card = main().getByRole('listitem').filter({ hasText: 'MN' });
	await card.getByRole('button', { name: words('support_check_in') }).click();
	await said(page, 'support_done_in');
	await card.getByRole('button', { name: words('support_check_out') }).click();
	await said(page, 'support_done_out');
	const [meeting] = await here.sql<{ checked_out_at: Date | null }[]>`
		select checked_out_at from private.support_meetings where id = ${id}`;
	expect(meeting!.checked_out_at).not.toBeNull();
	await expect(card).toContainText(words('work_due_next_meeting'));
});

test('a meeting that is under way when the support ends is ended on the list all the same', async () => {
	const support = await here.support('active');
	const id = await here.meeting(support, { from: -20, to: 40 });
	await page.goto('/desk/work');
	const card = main()
		.getByRole('listitem')
		.filter({ has: page.getByRole('link', { name: support.initials }) });
	await card
		.filter({ has: page.getByRole('button') })
		.getByRole('button', { name: words('support_check_in') })
		.click();
	await said(page, 'support_done_in');
	await here.move(support, here.worker.email, 'begin_ending', {
		reason: 'goal_reached',
		end_on: await here.day(28)
	});
	await here.sql`update private.referral_closing_steps set settled = 'done', settled_at = now()
		where referral_id = ${support.id}`;
	await here.move(support, here.worker.email, 'complete');
	await page.goto('/desk/work');
	const underWay = main().getByRole('region', { name: words('work_under_way_title') });
	await expect(underWay).toContainText(support.reference);
	await expect(underWay).toContainText(LIBRARY.name);
	await underWay.getByRole('button', { name: words('support_check_out') }).click();
	await said(page, 'support_done_out');
	await expect(underWay).toHaveCount(0);
	const [meeting] = await here.sql<{ checked_out_at: Date | null }[]>`
		select checked_out_at from private.support_meetings where id = ${id}`;
	expect(meeting!.checked_out_at).not.toBeNull();
});

/** The fields of a form as it stands on the page, sent twice at once: where each leads. */
async function sentTwice(form: string): Promise<string[]> {
	const fields = await page
		.locator(form)
		.evaluate((element: HTMLFormElement) =>
			Object.fromEntries([...new FormData(element)].map(([name, value]) => [name, String(value)]))
		);
	const action = new URL((await page.locator(form).getAttribute('action')) ?? '', page.url()).href;
	const headers = { origin: new URL(page.url()).origin, accept: 'text/html' };
	const send = () => page.request.post(action, { form: fields, headers, maxRedirects: 0 });
	// One after the other, as a browser sends them.
	const answers = [await send(), await send()];
	return answers.map((answer) => `${answer.status()} ${answer.headers().location}`);
}

test('"finish it" and "I can\'t do this after all" pressed twice are done once, and the list says so', async () => {
	const ending = await here.support('ending');
	await here.sql`update private.referral_closing_steps set settled = 'done', settled_at = now()
		where referral_id = ${ending.id}`;
	await page.goto(work(ending, 'ending'));
	const finished = '303 /desk/work?done=complete';
	expect(await sentTwice('form[action*="complete"]')).toEqual([finished, finished]);
	expect((await here.timeline(ending)).filter((event) => event === 'complete')).toHaveLength(1);
	// It is theirs no more, and a press on a page from before is not taken for theirs.
	expect((await page.goto(work(ending, 'ending')))!.status()).toBe(404);

	const coming = await here.support('matched');
	await page.goto(work(coming, 'change'));
	await page.getByRole('radio', { name: words('support_move_no') }).check();
	const gone = '303 /desk/work?done=worker_no';
	expect(await sentTwice('main form:has([name="what"])')).toEqual([gone, gone]);
	expect((await here.timeline(coming)).filter((event) => event === 'worker_no')).toHaveLength(1);
});

test('everybody can use what a worker sees before there is a support', async ({ browser }) => {
	test.slow();
	const tab = await phoneOf(browser, here.worker, true);
	const open = await here.support('match_proposed');
	const opened = await here.support('match_proposed', { saidYes: true });
	await here.sql`update private.referral_matches set opened_at = now() where id = ${opened.matchId}`;
	for (const address of [
		'/desk/work',
		'/desk/work/me',
		asked(open),
		asked(opened),
		asked({ ...open, reference: 'PS-2222-222' })
	]) {
		await tab.goto(address);
		await everybodyCanUse(tab);
	}
	await tab.context().close();
});
