/* Three questions afterwards: by a link and on paper, read in groups of five, and never by who supports somebody. JavaScript off. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { outs } from '../../src/lib/referrals/slip.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { open as openPhone } from './support/admins.ts';
import { forgetLimits } from './support/database.ts';
import { at, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { Supports, work, type Support } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const program = new Supports();
/** Coordinates, and supports people as well. */
let both: Colleague;
let ended: Support;

test.beforeAll(async () => {
	await forgetLimits();
	await program.open();
	both = await program.person('Kim');
	await program.sql`insert into public.memberships (program_id, user_id, role) values (${program.id}, ${both.id}, 'worker')`;
	ended = await program.support('completed');
});
test.beforeEach(async () => {
	await program.sql`delete from private.feedback where program_id = ${program.id}`;
	await program.sql`delete from private.feedback_links where referral_id in
		(select id from public.referrals where program_id = ${program.id})`;
	await program.sql`delete from private.uses where what = 'feedback'`;
});
test.afterAll(() => program.close());

const somebody = async (browser: Browser, isScripted = false): Promise<Page> =>
	(await openPhone(browser, undefined, isScripted)).newPage();

/** A link for the peer of a support that has ended, as the page makes it. */
async function aLink(support: Support = ended): Promise<string> {
	const [row] = await program.sql.begin(async (tx) => {
		await tx`select set_config('request.jwt.claim.sub', ${program.coordinator.id}, true)`;
		return tx<{ answer: { ok: string } }[]>`select public.make_feedback_link(${support.id}) as answer`;
	});
	return `/feedback/${row!.answer.ok}`;
}

const choose = (page: Page, question: 'feedback_how' | 'feedback_helpful', choice: Parameters<typeof words>[0]) =>
	page
		.getByRole('group', { name: words(question) })
		.getByLabel(words(choice), { exact: true })
		.check();
const better = (page: Page) => page.getByRole('textbox', { name: words('feedback_better') });
const kept = async () => (await program.sql`select from private.feedback where program_id = ${program.id}`).length;

/** Answers by a link of its own. */
async function answer(page: Page, text: string): Promise<void> {
	await page.goto(await aLink());
	await choose(page, 'feedback_how', 'feedback_how_good');
	await better(page).fill(text);
	await press(page, 'feedback_send');
	await expect(page).toHaveURL('/feedback/thanks');
}

test('a coordinator makes a link after a button, and prints a sheet that tells a stranger nothing', async ({
	browser
}) => {
	const page = await phoneOf(browser, program.coordinator);
	await page.goto(at(ended));
	await page.getByRole('link', { name: words('feedback_link') }).click();
	await expect(page).toHaveURL(at(ended, 'questions'));
	const links = async () =>
		(await program.sql`select from private.feedback_links where referral_id = ${ended.id}`).length;
	expect(await links(), 'looking makes none').toBe(0);
	await press(page, 'feedback_ask_button');
	const shown = page.getByText(/\/feedback\/[0-9a-f]{32}$/);
	const first = await shown.innerText();
	await page.reload();
	expect(await shown.innerText(), 'looking again makes no other').toBe(first);
	expect(await links()).toBe(1);

	await page.emulateMedia({ media: 'print' });
	const printed = await page.locator('body').innerText();
	expect(printed).toContain(first);
	expect(printed).not.toContain(ended.reference);
	expect(printed).not.toMatch(/Bearings|Robin|Devon/);
	expect(outs(printed.replace(first, '').replaceAll(words('slip_sample'), ''))).toBe(false);
	expect(outs(await page.title())).toBe(false);
	await expect(page.getByRole('contentinfo')).toBeHidden();
	await expect(page.getByRole('banner')).toBeHidden();
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	await page.emulateMedia({ media: 'screen' });

	await press(page, 'feedback_ask_again');
	const second = await shown.innerText();
	expect(second).not.toBe(first);
	const peer = await somebody(browser);
	await peer.goto(first);
	await expect(peer.getByRole('heading', { level: 1 })).toHaveText(words('feedback_gone_title'));
	await peer.goto(second);
	await choose(peer, 'feedback_helpful', 'feedback_helpful_yes');
	await press(peer, 'feedback_send');
	await page.reload();
	await said(page, 'feedback_ask_gone');
	await expect(shown).toHaveCount(0);
});

test('somebody answers by the link, once; looking changes nothing', async ({ browser }) => {
	const link = await aLink();
	const page = await somebody(browser);
	for (let look = 0; look < 2; look++) {
		const response = await page.goto(link);
		const headers = response!.headers();
		expect(headers['cache-control']).toContain('no-store');
		expect(headers['x-robots-tag']).toContain('noindex');
		expect(headers['referrer-policy']).toBe('strict-origin');
	}
	await expect(page.getByText(words('feedback_lede'))).toBeVisible();
	expect(await page.content()).not.toMatch(new RegExp(`${ended.reference}|${program.worker.name}|${ended.client}`));

	await press(page, 'feedback_send');
	await told(page, 'feedback_error_empty');
	await better(page).fill('x'.repeat(2001));
	await choose(page, 'feedback_how', 'feedback_how_mixed');
	await press(page, 'feedback_send');
	await expect(page.getByRole('alert')).toContainText(words('feedback_error_long', { most: '2,000' }));
	await expect(better(page)).toHaveValue('x'.repeat(2001));
	await better(page).fill('More walks, 多走走, please.');
	await press(page, 'feedback_send');
	await expect(page).toHaveURL('/feedback/thanks');
	await expect(page.getByRole('main')).toContainText(words('feedback_thanks'));
	await expect(page.getByRole('main').getByRole('link', { name: words('feedback_help_now') })).toBeVisible();
	expect(await kept()).toBe(1);
	const [row] = await program.sql<{ how: string; helpful: null; better: string }[]>`
		select how, helpful, better from private.feedback where program_id = ${program.id}`;
	expect(row).toMatchObject({ how: 'mixed', helpful: null });
	expect(row!.better).toMatch(/^s1\./);

	await page.goto(link);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('feedback_gone_title'));
	await expect(page.getByRole('main')).toContainText(words('feedback_gone_tell'));
	await page.goto(`/feedback/${'0'.repeat(32)}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('feedback_gone_title'));
});

test('a double press makes one answer, another by the same link none, and what was typed stays', async ({
	browser
}) => {
	const link = await aLink();
	const [one, two, late] = [await somebody(browser), await somebody(browser), await somebody(browser)];
	for (const page of [one, two, late]) {
		await page.goto(link);
		await better(page).fill(page === late ? 'Something else' : 'The same');
	}
	await Promise.all([press(one, 'feedback_send'), press(two, 'feedback_send')]);
	for (const page of [one, two]) await expect(page).toHaveURL('/feedback/thanks');
	await press(late, 'feedback_send');
	await expect(late.getByRole('heading', { level: 1 })).toHaveText(words('feedback_gone_title'));
	await expect(late.getByRole('main')).toContainText('Something else');
	expect(await kept()).toBe(1);
});

test('too many from one network are asked to wait, and lose nothing', async ({ browser }) => {
	const page = await somebody(browser);
	await answer(page, 'The first');
	await program.sql`update private.uses set count = 60 where what = 'feedback'`;
	await page.goto(await aLink());
	await better(page).fill('Still here');
	await press(page, 'feedback_send');
	await told(page, 'feedback_too_many');
	await expect(better(page)).toHaveValue('Still here');
	await program.sql`delete from private.uses where what = 'feedback'`;
	await press(page, 'feedback_send');
	await expect(page).toHaveURL('/feedback/thanks');
});

test('four answers are hidden and five are shown; those from paper are a group of their own', async ({ browser }) => {
	const page = await phoneOf(browser, program.coordinator);
	const peer = await somebody(browser);
	for (let n = 1; n <= 4; n++) await answer(peer, `Answer number ${n}`);
	for (let n = 1; n <= 4; n++) {
		await page.goto('/desk/feedback');
		await expect(page.getByRole('main')).toContainText(words('feedback_said_none'));
		await choose(page, 'feedback_helpful', 'feedback_helpful_no');
		await better(page).fill(`On paper ${n}`);
		await press(page, 'feedback_paper_button');
		await said(page, 'feedback_paper_done');
	}
	await expect(page.getByRole('main')).toContainText(words('feedback_said_none'));
	await answer(peer, 'Answer number 5');
	await page.reload();
	const main = page.getByRole('main');
	await expect(main).toContainText(words('feedback_said_answers', { count: 5 }));
	for (let n = 1; n <= 5; n++) await expect(main).toContainText(`Answer number ${n}`);
	await expect(main).not.toContainText('On paper');
	const how = page.getByRole('table', { name: words('feedback_how') });
	await expect(how.getByRole('cell')).toHaveText(['0', '5', '0', '0']);

	await choose(page, 'feedback_helpful', 'feedback_helpful_partly');
	await press(page, 'feedback_paper_button');
	await expect(main).toContainText(words('feedback_said_answers', { count: 10 }));
	await expect(main).toContainText('On paper 3');
	// One said "a bit", four said "no": neither is told.
	const helpful = page.getByRole('table', { name: words('feedback_helpful') });
	const few = words('feedback_said_few');
	await expect(helpful.getByRole('cell')).toHaveText(['0', few, few]);
});

test('the same sheet sent twice is one, an empty one none', async ({ browser }) => {
	const page = await phoneOf(browser, program.coordinator);
	await page.goto('/desk/feedback');
	await press(page, 'feedback_paper_button');
	await told(page, 'feedback_error_empty');
	const sent = {
		headers: { origin: new URL(page.url()).origin },
		form: { form: await page.locator('[name=form]').inputValue(), better: 'From paper' }
	};
	await Promise.all([1, 2].map(() => page.request.post('/desk/feedback?/paper', sent)));
	expect(await kept()).toBe(1);
});

test('workers and supervisors are refused; a coordinator who supports people is told why', async ({ browser }) => {
	for (const who of [program.worker, program.supervisor]) {
		const page = await phoneOf(browser, who);
		for (const address of ['/desk/feedback', at(ended, 'questions')])
			expect((await page.goto(address))!.status(), `${who.name} ${address}`).toBe(403);
	}
	const page = await phoneOf(browser, both);
	await page.goto(at(ended));
	await expect(page.getByRole('link', { name: words('feedback_link') })).toHaveCount(0);
	for (const address of ['/desk/feedback', at(ended, 'questions')]) {
		expect((await page.goto(address))!.status()).toBe(200);
		await expect(page.getByRole('main')).toContainText(words('feedback_workers'));
		await expect(page.getByRole('main').locator('form:not([action^="/sign-out"])')).toHaveCount(0);
	}
	const token = (await aLink()).slice('/feedback/'.length);
	const refused = await page.request.post(at(ended, 'questions'), {
		headers: { origin: new URL(page.url()).origin },
		form: {}
	});
	expect(refused.status()).toBe(403);
	await page.goto(`/feedback/${token}`);
	await expect(page.getByRole('heading', { level: 1 }), 'the link still works').toHaveText(words('feedback_title'));
});

test('a coordinator who supported somebody within the year is told why; after that they read it', async ({
	browser
}) => {
	const former = await program.person('Lou');
	const support = await program.support('completed');
	const supported = (ended: string) => program.sql`
		insert into private.referral_matches (referral_id, worker_id, came_from, first_met_on, ended_at)
		values (${support.id}, ${former.id}, 'triage', now() - interval '3 years', now() - ${ended}::interval)`;
	await supported('11 months');
	const page = await phoneOf(browser, former);
	const main = page.getByRole('main');
	await page.goto(at(ended));
	await expect(page.getByRole('link', { name: words('feedback_link') })).toHaveCount(0);
	for (const address of ['/desk/feedback', at(ended, 'questions')]) {
		await page.goto(address);
		await expect(main, address).toContainText(words('feedback_workers'));
		await expect(main, address).toContainText(words('feedback_workers_ask'));
	}
	const headers = { origin: new URL(page.url()).origin };
	expect((await page.request.post(at(ended, 'questions'), { headers, form: {} })).status()).toBe(403);
	const paper = { form: randomUUID(), better: 'From paper' };
	expect((await page.request.post('/desk/feedback?/paper', { headers, form: paper })).status()).toBe(403);

	await program.sql`delete from private.referral_matches where worker_id = ${former.id}`;
	await supported('13 months');
	await page.goto('/desk/feedback');
	await expect(main).toContainText(words('feedback_said_none'));
	await page.goto(at(ended));
	await page.getByRole('link', { name: words('feedback_link') }).click();
	await expect(page.getByRole('button', { name: words('feedback_ask_button') })).toBeVisible();
});

test('the worker finds the link nowhere, nor an answer', async ({ browser }) => {
	const support = await program.support('ending');
	const link = await aLink(support);
	const peer = await somebody(browser);
	await peer.goto(link);
	await better(peer).fill('Canary of an answer');
	await press(peer, 'feedback_send');
	await aLink(support);
	const page = await phoneOf(browser, program.worker);
	for (const address of ['/desk', '/desk/work', work(support), '/my']) {
		await page.goto(address);
		expect(await page.content(), address).not.toMatch(/\/feedback\/|Canary of an answer|\/questions"/);
	}
});

test('the questions come when a support ends, not before', async ({ browser }) => {
	const active = await program.support('active');
	const page = await phoneOf(browser, program.coordinator);
	await page.goto(at(active));
	await expect(page.getByRole('link', { name: words('feedback_link') })).toHaveCount(0);
	await page.goto(at(active, 'questions'));
	await expect(page.getByRole('main')).toContainText(words('feedback_ask_not_now'));
});

test('everybody can use each page', async ({ browser }) => {
	const page = await phoneOf(browser, program.coordinator, true);
	await page.goto(at(ended, 'questions'));
	await everybodyCanUse(page);
	await press(page, 'feedback_ask_button');
	await everybodyCanUse(page);
	const peer = await somebody(browser, true);
	for (let n = 1; n <= 5; n++) await answer(peer, `${n} ${'averyverylongword'.repeat(20)}`);
	await everybodyCanUse(peer);
	await page.goto('/desk/feedback');
	await everybodyCanUse(page);
	await press(page, 'feedback_paper_button');
	await everybodyCanUse(page);
	for (const address of [await aLink(), `/feedback/${'0'.repeat(32)}`]) {
		await peer.goto(address);
		await everybodyCanUse(peer);
	}
});
