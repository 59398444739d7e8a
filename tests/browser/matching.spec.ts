/* Finding a worker for somebody: who could be asked and why, the plan of the first meeting, and what the client says. */
import { expect, test, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { at, box, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { phone } from './support/devices.ts';
import { newestMail } from './support/mailbox.ts';
import { ask, cardOf, fillIn, match } from './support/matching.ts';
import { Supports } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Supports();
let page: Page;

test.beforeAll(async () => {
	await here.open();
	await here.sql`insert into public.worker_areas (program_id, user_id, area_id)
		values (${here.id}, ${here.worker.id}, ${here.areaId})`;
	await here.sql`update public.workers set wishes = 'No evenings, please.', language_codes = '{pa}'
		where user_id = ${here.worker.id}`;
});
test.afterAll(async () => {
	await here.close();
});
test.beforeEach(async ({ browser }) => {
	page = await phoneOf(browser, here.coordinator);
});
test.afterEach(async () => {
	await page.context().close();
});

const main = () => page.getByRole('main');
const card = (who: Colleague) => cardOf(page, who);

test('a coordinator finds somebody, says how they meet, and asks', async () => {
	const request = await here.taken(here.coordinator, { client: 'Robin Sample', goals: ['Find a choir'] });
	await page.goto(at(request));
	await follow(page, 'matching_title');
	await expect(card(here.worker)).toContainText(words('matching_in_area', { area: 'Kitsilano' }));
	await expect(card(here.worker)).toContainText(words('matching_speaks', { languages: 'Punjabi' }));
	await expect(card(here.worker)).toContainText('No evenings, please.');
	await expect(card(here.other)).toContainText(words('matching_nowhere'));
	await expect(main()).not.toContainText(/\bscore\b|%/);
	await card(here.worker).getByRole('link').click();
	await expect(main()).toContainText('Find a choir');
	await expect(box(page, 'matching_initials')).toHaveValue('RS');
	await expect(box(page, 'matching_call_name')).toHaveValue('Noor on duty');
	await expect(box(page, 'matching_call_phone')).toHaveValue('604-555-0177');
	await expect(main()).toContainText(words('matching_home_no'));

	// Looking for a place keeps what was typed.
	await box(page, 'matching_when').fill('Tuesday at two');
	await page.getByLabel(words('matching_find_label')).fill('zzqqxx');
	await press(page, 'matching_find');
	await expect(page.getByRole('status')).toContainText(words('matching_find_none'));
	await page.getByLabel(words('matching_find_label')).fill('library');
	await press(page, 'matching_find');
	await expect(box(page, 'matching_when')).toHaveValue('Tuesday at two');
	const places = page.getByRole('group', { name: words('matching_place') }).getByRole('radio');
	expect(await places.count()).toBeGreaterThan(1);

	// What is missing is said, and nothing is lost.
	await box(page, 'matching_initials').fill('');
	await ask(page, here.worker);
	await told(page, 'matching_error_place');
	await told(page, 'matching_error_initials');
	await expect(box(page, 'matching_when')).toHaveValue('Tuesday at two');
	await places.nth(1).check();
	const slug = await places.nth(1).getAttribute('value');
	await box(page, 'matching_initials').fill('R');
	await ask(page, here.worker);
	await said(page, 'matching_done_propose');
	await expect(main()).toContainText(words('matching_both_wait', { name: here.worker.name }));
	await expect(main()).toContainText(words('matching_event_propose', { who: here.coordinator.name }));
	const mail = await newestMail(here.worker.email);
	expect(mail.text).toContain(request.reference);
	expect(`${mail.subject} ${mail.text}`).not.toMatch(/Robin|choir|Kitsilano/);
	const [kept] = await here.sql<{ initials: string; plan: string }[]>`
		select initials, plan from private.referral_matches where referral_id = ${request.id}`;
	expect(`${kept!.initials} ${kept!.plan}`).not.toContain(slug!);
});

test('pressed twice, it is asked once', async () => {
	const request = await here.taken(here.coordinator);
	await page.goto(match(request, here.worker));
	await fillIn(page);
	const form = await page
		.locator('form[action*="propose"]')
		.evaluate((element: HTMLFormElement) =>
			Object.fromEntries([...new FormData(element)].map(([name, value]) => [name, String(value)]))
		);
	const sent = [1, 2].map(() =>
		page.request.post(`${match(request, here.worker).replace('?', '?/propose&')}`, {
			form,
			headers: { origin: new URL(page.url()).origin, accept: 'text/html' },
			maxRedirects: 0
		})
	);
	expect((await Promise.all(sent)).map((answer) => answer.status())).toEqual([303, 303]);
	expect((await here.timeline(request)).filter((event) => event === 'propose')).toHaveLength(1);
});

test('somebody who has filled up, a stale page and a client who changed their mind are told of', async ({
	browser
}) => {
	const full = await here.person('Kit', 'worker');
	await here.sql`insert into public.workers (program_id, user_id, cap) values (${here.id}, ${full.id}, 1)`;
	const request = await here.taken(here.coordinator);
	await page.goto(match(request, full));
	await fillIn(page);
	await here.support('match_proposed', { worker: full });
	await ask(page, full);
	await told(page, 'referral_refused_worker_full');
	await expect(box(page, 'matching_when')).toHaveValue('Tuesday at two, by the front desk');
	await page.goto(match(request));
	await expect(card(full)).toContainText(words('matching_no_room'));
	await expect(card(full).getByRole('link')).toHaveCount(0);

	await page.goto(match(request, here.worker));
	await fillIn(page);
	await here.move(request, request.email!, 'withdraw');
	await ask(page, here.worker);
	await told(page, 'referral_refused_stale');
	await expect(main()).toContainText(words('referral_state_withdrawn'));
	await expect(main()).toContainText('Tuesday at two, by the front desk');
	expect((await page.goto(match(request, here.worker)))?.status()).toBe(200);
	await expect(main()).toContainText(words('desk_referral_not_now'));

	const worker = await phoneOf(browser, here.worker);
	for (const address of [match(request), match(request, here.worker)])
		expect((await worker.goto(address))?.status()).toBe(403);
	await worker.context().close();
});

test('who said no before is said so, and who knows them can’t be asked', async () => {
	const request = await here.taken(here.coordinator);
	const support = { ...request, matchId: crypto.randomUUID(), client: 'Robin Sample', initials: 'RS' };
	await here.propose(support, here.worker);
	await here.move(request, here.worker.email, 'worker_no', { reason: 'knows_them' });
	await here.propose({ ...support, matchId: crypto.randomUUID() }, here.other);
	await here.move(request, here.coordinator.email, 'peer_no');
	await page.goto(match(request));
	await expect(card(here.worker)).toContainText(words('matching_knows'));
	await expect(card(here.worker).getByRole('link')).toHaveCount(0);
	await expect(card(here.other)).toContainText('did not work out');
	await expect(card(here.other).getByRole('link')).toHaveCount(1);
	expect((await page.goto(`${at(request, 'match')}?worker=${crypto.randomUUID()}`))?.status()).toBe(404);
});

test('what the client says is written down in their words, and both yes make a match', async () => {
	const support = await here.support('match_proposed', { saidYes: true });
	await page.goto(at(support));
	await expect(main()).toContainText(words('matching_worker_yes', { name: here.worker.name }));
	await follow(page, 'matching_peer_yes_title');
	await box(page, 'matching_peer_words').fill('Sounds good to me.');
	await press(page, 'matching_save');
	await said(page, 'matching_done_peer_yes');
	await said(page, 'desk_referral_told');
	await expect(main()).toContainText('Sounds good to me.');
	await expect(main()).toContainText(words('matching_both_yes', { name: here.worker.name }));
	const [event] = await here.sql<{ for_peer: boolean; words: string }[]>`
		select for_peer, words from private.referral_events where referral_id = ${support.id} and event = 'peer_yes'`;
	expect(event!.for_peer).toBe(true);
	expect(event!.words).toMatch(/^s1\./);

	await follow(page, 'matching_begin_title');
	await page.getByLabel(words('matching_begin_day')).fill(await here.day(3));
	await press(page, 'matching_begin_button');
	await told(page, 'matching_error_met_late');
	await page.getByLabel(words('matching_begin_day')).fill(await here.day(-1));
	await press(page, 'matching_begin_button');
	await said(page, 'matching_done_begin');
	await expect(main().getByRole('link', { name: words('matching_support_link') })).toHaveAttribute(
		'href',
		new RegExp(`/desk/work/${support.reference}$`)
	);
});

test('a question is taken back without a reason, and the worker hears that something changed', async () => {
	const support = await here.support('match_proposed');
	await page.goto(at(support));
	await follow(page, 'matching_take_back_title');
	await press(page, 'matching_take_back_title');
	await said(page, 'matching_done_take_back');
	await expect(main().getByRole('heading', { level: 1 })).toContainText(words('referral_state_triage'));
	await expect(main()).toContainText(words('matching_event_take_back', { who: here.coordinator.name }));
	const mail = await newestMail(here.worker.email);
	expect(mail.text).toContain('/desk/work');
	expect(`${mail.subject} ${mail.text}`).not.toContain(support.client);

	const both = await here.support('matched');
	await page.goto(at(both, 'take-back'));
	await press(page, 'matching_take_back_title');
	await said(page, 'desk_referral_told');
	await expect(main().getByRole('link', { name: words('matching_title') })).toBeVisible();
});

test('a no needs no reason, and it goes back quietly', async () => {
	const support = await here.support('matched');
	await page.goto(at(support));
	await follow(page, 'matching_peer_no_matched');
	await press(page, 'matching_save');
	await said(page, 'matching_done_peer_no');
	await expect(main().getByRole('heading', { level: 1 })).toContainText(words('referral_state_triage'));
});

test('everybody can use every page and every state of it, and nothing is wider than a small phone', async ({
	browser
}) => {
	test.slow();
	const request = await here.taken(here.coordinator, { client: 'w'.repeat(90), goals: ['g'.repeat(200)] });
	const supports = {
		asked: await here.support('match_proposed'),
		matched: await here.support('matched'),
		active: await here.support('active'),
		ending: await here.support('ending')
	};
	await here.move(supports.active, here.worker.email, 'ask_handover');
	await here.move(supports.active, here.worker.email, 'ask_call');
	const script = await phoneOf(browser, here.coordinator, true);
	const everybodyCanUse = async (state: string) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			await script.emulateMedia({ colorScheme });
			expect(await axeFindings(script), `${state} ${colorScheme}`).toEqual([]);
		}
		await script.setViewportSize({ width: 320, height: 700 });
		expect(await script.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(320);
		await script.setViewportSize(phone.viewport);
	};
	for (const url of [
		...[match(request), match(request, here.worker), match(supports.active)],
		...Object.values(supports).map((support) => at(support)),
		...['peer-yes', 'peer-no', 'take-back'].map((name) => at(supports.asked, name)),
		at(supports.matched, 'begin'),
		...['pause', 'handover', 'call', 'end-early'].map((name) => at(supports.ending, name)),
		...['pause', 'end-early'].map((name) => at(supports.active, name))
	]) {
		expect((await script.goto(url))?.status(), url).toBe(200);
		await everybodyCanUse(url);
	}
	await script.goto(match(request, here.worker));
	await ask(script, here.worker);
	await told(script, 'matching_error_place');
	await everybodyCanUse('what is missing');
	await script.context().close();
});
