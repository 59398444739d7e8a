/* What is said in a support stays in the sealed columns: from the question to the goodbye, and what is answered afterwards. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { addDays } from '../../src/lib/directory/local-time.ts';
import { aCanary, aNumber, follow as trailOf, foundIn, whileItFails, type Trail } from './support/canary.ts';
import { forgetLimits } from './support/database.ts';
import { at, follow, phoneOf, press, said, told, type Colleague, type Request } from './support/desk.ts';
import { readable, saysOfItself } from '../support/pdf.ts';
import { asked, Supports, today, work } from './support/supports.ts';
import { words } from './support/words.ts';

// One walk, in parts: each begins where the one before has ended.
test.describe.configure({ mode: 'serial', timeout: 60_000 });

/** One for each thing that is said. */
const FIELDS = [
	...(['name', 'goal', 'safety', 'when', 'callName', 'checkIn', 'peersYes'] as const),
	...(['reach', 'between', 'wishes', 'ending', 'ownGoal', 'place', 'street'] as const),
	...(['placeNote', 'note', 'failed', 'meetingPlace', 'meetingNote', 'soon', 'longer'] as const),
	...(['proud', 'can', 'strengths', 'feelings', 'other', 'where', 'thanks'] as const),
	...(['letter', 'from', 'looked', 'better', 'onPaper', 'late'] as const)
];
const canary = Object.fromEntries(FIELDS.map((field) => [field, aCanary()])) as Record<(typeof FIELDS)[number], string>;
/** Initials are short. */
const initials = aCanary().slice(-12);
const number = aNumber();
const ALL = [...Object.values(canary), initials, number];
const heldIn = (text: string) => ALL.filter((needle) => text.includes(needle));

const here = new Supports();
const trail: Trail = { addresses: [], titles: [], headers: [] };
let worker: Page;
let desk: Page;
let admin: Colleague;
let request: Request;

/** By the names of the boxes. */
async function fill(on: Page, fields: Record<string, string>): Promise<void> {
	for (const [name, text] of Object.entries(fields)) await on.locator(`[name=${name}]`).fill(text);
}
const button = (on: Page, name: string) => on.getByRole('main').getByRole('button', { name }).click();

test.beforeAll(async ({ browser }) => {
	await forgetLimits();
	await here.open();
	admin = await here.person('Ana', 'admin');
	request = await here.taken(here.coordinator, { client: canary.name, goals: [canary.goal], safety: canary.safety });
	[worker, desk] = [await phoneOf(browser, here.worker), await phoneOf(browser, here.coordinator)];
	for (const page of [worker, desk]) trailOf(page, trail);
});
test.afterAll(async () => {
	for (const page of [worker, desk]) await page.context().close();
	await here.close();
});

test('a worker is asked, with something missing first; both say yes', async () => {
	await desk.goto(`${at(request, 'match')}?worker=${here.worker.id}`);
	await fill(desk, {
		when: canary.when,
		call_name: canary.callName,
		call_phone: number,
		check_in: canary.checkIn,
		initials
	});
	await desk.getByLabel(words('matching_find_label')).fill(canary.looked);
	await press(desk, 'matching_find');
	await button(desk, words('matching_ask', { name: here.worker.name }));
	await told(desk, 'matching_error_place');
	await desk.getByLabel(words('matching_find_label')).fill('library');
	await press(desk, 'matching_find');
	await desk.locator('[name=place]').first().check();
	await button(desk, words('matching_ask', { name: here.worker.name }));
	await said(desk, 'matching_done_propose');
	await worker.goto(asked(request));
	expect(heldIn(await worker.content()), 'of a question').toEqual([canary.goal]);
	await press(worker, 'work_question_more');
	await expect(worker.getByText(initials)).toBeVisible();
	await press(worker, 'work_question_yes');
	await said(worker, 'work_done_yes');
	await desk.goto(at(request, 'peer-yes'));
	await desk.locator('[name=words]').fill(canary.peersYes);
	await press(desk, 'matching_save');
	await said(desk, 'matching_done_peer_yes');
});

test('a first conversation, a goal, a place, a note, a meeting', async () => {
	await worker.goto(work(request, 'first'));
	await fill(worker, { reach: canary.reach, between_us: canary.between, wishes: canary.wishes, ending: canary.ending });
	await worker.locator('[name=on_day]').fill('');
	await press(worker, 'support_first_begin');
	await told(worker, 'support_error_met');
	await worker.locator('[name=on_day]').fill(today());
	await press(worker, 'support_first_begin');
	await said(worker, 'support_done_begin');

	const write = async (list: string, link: Parameters<typeof words>[0], fields: Record<string, string>) => {
		await worker.goto(work(request, list));
		await follow(worker, link);
		await fill(worker, fields);
		await press(worker, 'support_save');
		await said(worker, 'support_done_saved');
	};
	await write('goals', 'support_goals_add', { text: canary.ownGoal });
	await write('places', 'support_places_own', { name: canary.place, address: canary.street, note: canary.placeNote });
	await write('notes', 'support_notes_add', { text: canary.note });
	await worker.goto(work(request, 'meetings'));
	await follow(worker, 'support_meetings_plan');
	await worker.locator('select[name=place]').selectOption({ label: words('support_meeting_place_other') });
	await fill(worker, { day: addDays(today(), 2), from: '14:00', to: '15:00' });
	await fill(worker, { name: canary.meetingPlace, note: canary.meetingNote });
	await press(worker, 'support_save');
	await said(worker, 'support_done_planned');
	await expect(worker.getByText(canary.meetingPlace)).toBeVisible();
});

test('what can’t be written tells of nothing', async () => {
	await whileItFails(
		here.sql,
		request.reference,
		canary.failed,
		async () => {
			await worker.goto(work(request, 'notes'));
			await follow(worker, 'support_notes_add');
			await worker.locator('[name=text]').fill(canary.failed);
			const failed = worker.waitForResponse((response) => response.request().method() === 'POST');
			await press(worker, 'support_save');
			expect((await failed).status()).toBe(500);
		},
		'private.support_entries'
	);
	await expect(worker.getByRole('heading', { level: 1 })).toHaveText(words('error_500_title'));
	expect(heldIn(await worker.content())).toEqual([]);
});

test('an ending that comes soon, goes on for longer, and comes again; each step', async () => {
	const begin = async () => {
		await worker.goto(work(request, 'ending/begin'));
		await worker.locator('[name=reason][value=goal_reached]').check();
		await fill(worker, { end_on: addDays(today(), 10), words: canary.soon });
		await press(worker, 'ending_begin_button');
		await said(worker, 'ending_done_begin');
	};
	await begin();
	await desk.goto(work(request, 'ending/extend'));
	await desk.locator('[name=words]').fill(canary.longer);
	await press(desk, 'ending_extend_button');
	await said(desk, 'ending_done_extend');
	await begin();
	const { proud, can, strengths, feelings, where, thanks } = canary;
	const steps = { 'proud-of': proud, 'can-do-now': can, strengths, feelings, 'where-else': where, thanks };
	for (const [step, text] of Object.entries(steps)) {
		await worker.goto(work(request, `ending/${step}`));
		await fill(worker, { text });
		if (step === 'feelings') {
			await press(worker, 'ending_form_done');
			await told(worker, 'ending_error_other');
			await fill(worker, { other_support: canary.other });
		}
		await press(worker, step === 'strengths' ? 'ending_form_aside' : 'ending_form_done');
		await expect(worker).toHaveURL(/\/ending\?/);
	}
	for (const step of ['look-back', 'achievement']) {
		await worker.goto(work(request, `ending/${step}`));
		await press(worker, 'ending_form_done');
	}
	await worker.goto(work(request, 'letter'));
	await fill(worker, { text: canary.letter, from: canary.from });
	await press(worker, 'letter_save');
	await said(worker, 'ending_done_letter');
});

test('what is printed says nothing of itself', async () => {
	for (const page of ['letter/paper', 'keep']) {
		await worker.goto(work(request, page));
		expect(heldIn(await worker.locator('[data-paper]').innerText()).length, 'on paper it stands').toBeGreaterThan(0);
		expect(heldIn(await worker.title()), page).toEqual([]);
	}
	for (const file of ['letter/pdf', 'keep/pdf', 'keep/pdf?size=a4']) {
		const answer = await worker.request.get(work(request, file));
		expect(answer.status(), file).toBe(200);
		expect(heldIn(JSON.stringify(answer.headersArray()) + answer.url()), file).toEqual([]);
		const own = saysOfItself(readable(await answer.body()));
		expect(own.join('\n'), file).toMatch(/Producer/);
		expect(heldIn(own.join('\n')), file).toEqual([]);
		for (const untold of [request.reference, here.worker.name, here.slug]) expect(own.join('\n')).not.toContain(untold);
	}
});

test('the goodbye, and what is written too late', async () => {
	await worker.goto(work(request, 'ending/thanks'));
	await press(worker, 'ending_form_again');
	await worker.locator('[name=text]').fill(canary.late);
	const other = await worker.context().newPage();
	trailOf(other, trail);
	await here.sql`update private.referral_closing_steps set settled = 'done', settled_at = now()
		where referral_id = ${request.id}`;
	await other.goto(work(request, 'ending'));
	await press(other, 'ending_complete');
	await expect(other).toHaveURL(/\/desk\/work/);
	await press(worker, 'ending_form_done');
	// Whoever wrote it has it still; nobody else, and nothing of what was there.
	expect(heldIn(await worker.getByRole('main').innerText())).toEqual([canary.late]);
	await other.close();
});

test('answers are read on one page alone', async ({ browser }) => {
	for (let n = 1; n <= 5; n++) {
		const support = n === 1 ? request : await here.support('completed', { client: 'Robin Sample' });
		await desk.goto(at(support, 'questions'));
		await press(desk, 'feedback_ask_button');
		const link = await desk.getByText(/\/feedback\/[0-9a-f]{32}$/).innerText();
		const peer = await browser.newPage({ javaScriptEnabled: false });
		trailOf(peer, trail);
		await peer.goto(new URL(link).pathname);
		await peer.locator('[name=better]').fill(n === 1 ? canary.better : 'More walks.');
		await press(peer, 'feedback_send');
		await expect(peer).toHaveURL('/feedback/thanks');
		await peer.context().close();
		await desk.goto('/desk/feedback');
		await desk.locator('[name=better]').fill(n === 1 ? canary.onPaper : 'Tea.');
		await press(desk, 'feedback_paper_button');
		await said(desk, 'feedback_paper_done');
	}
	expect(heldIn(await desk.content()).sort()).toEqual([canary.better, canary.onPaper].sort());
	const both = [canary.better, canary.onPaper];
	for (const path of [
		at(request),
		at(request, 'questions'),
		work(request),
		work(request, 'ending'),
		'/desk',
		'/desk/report'
	]) {
		await desk.goto(path);
		const html = await desk.content();
		expect(
			both.filter((text) => html.includes(text)),
			path
		).toEqual([]);
	}
});

test('lists, numbers and the audit hold none of it', async ({ browser }) => {
	const page = await phoneOf(browser, admin);
	trailOf(page, trail);
	for (const path of [
		...[
			'/desk',
			'/desk/referrals',
			'/desk/referrals?view=completed',
			'/desk/workers',
			`/desk/workers/${here.worker.id}`
		],
		...['/desk/audit', '/desk/mail', '/desk/report', '/desk/report?by=team', '/desk/report?by=area', '/desk/people']
	]) {
		expect((await page.goto(path))!.status(), path).toBe(200);
		expect(heldIn(await page.content()), path).toEqual([]);
	}
	for (const by of ['month', 'area', 'team']) {
		const file = await page.request.get(`/desk/report.csv?by=${by}`);
		expect(heldIn((await file.text()) + JSON.stringify(file.headersArray())), by).toEqual([]);
	}
	await page.context().close();
});

test('none of it is in a mail, the log, an address, a title, a header or the database', async () => {
	const mails = JSON.stringify(await (await fetch(`${process.env.MAILBOX_URL}/messages.json`)).json());
	const log = readFileSync(process.env.SITE_LOG!, 'utf8');
	expect(mails, 'there was mail about it').toContain(request.reference);
	expect(log, 'the log tells of what failed').toContain('XX000');
	for (const list of Object.values(trail)) expect(list.length).toBeGreaterThan(20);
	expect(heldIn(mails), 'in a mail').toEqual([]);
	expect(heldIn(log), 'in the log').toEqual([]);
	for (const [name, list] of Object.entries(trail)) expect(heldIn(list.join('\n')), name).toEqual([]);
	expect(await foundIn(here.sql, ALL)).toEqual([]);
	// The check can fail: what is plain is found.
	expect(await foundIn(here.sql, [request.reference])).toContain('public.referrals.reference');
});

test('an export alone holds it; erased, nothing of it is left', async ({ browser }) => {
	const page = await phoneOf(browser, admin);
	const file = await page.request.get(at(request, 'export'));
	const notHere = [canary.failed, canary.late, canary.looked, canary.better, canary.onPaper];
	expect(heldIn(await file.text()).sort()).toEqual(ALL.filter((needle) => !notHere.includes(needle)).sort());
	expect(heldIn(JSON.stringify(file.headersArray()) + file.url())).toEqual([]);
	await page.goto(at(request, 'erase'));
	await press(page, 'desk_referral_erase_button');
	await said(page, 'desk_referral_done_erase');
	const [left] = await here.sql<{ entries: number; meetings: number; sealed: number; links: number }[]>`
		select (select count(*)::int from private.support_entries where referral_id = ${request.id}) as entries,
			(select count(*)::int from private.support_meetings where referral_id = ${request.id}) as meetings,
			(select count(initials)::int + count(plan)::int from private.referral_matches where referral_id = ${request.id}) as sealed,
			(select count(*)::int from private.feedback_links where referral_id = ${request.id}) as links`;
	expect(left).toEqual({ entries: 0, meetings: 0, sealed: 0, links: 0 });
	for (const path of [at(request), work(request), work(request, 'ending'), work(request, 'keep')]) {
		await page.goto(path);
		expect(heldIn(await page.content()), path).toEqual([]);
	}
	await page.context().close();
});
