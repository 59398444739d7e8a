/* What somebody who asked for a worker sees of it, on an old phone with JavaScript off. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { STATES } from '../../src/lib/referrals/states.ts';
import type { Request } from './support/desk.ts';
import { phone } from './support/devices.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { aReferrer, at, HELP, main, MyDesk, NO_WORDS, press, QUESTION, SOON } from './support/my-requests.ts';
import { signInAt } from './support/sign-in.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ ...phone, isMobile: false, hasTouch: false, javaScriptEnabled: false });

let desk: MyDesk;
test.beforeAll(async () => {
	desk = await new MyDesk().open();
});
test.afterAll(() => desk.close());

const alert = (page: Page) => main(page).getByRole('alert');
const answerField = (page: Page) => page.getByLabel(words('mine_answer'));
const sendAnswer = (page: Page) => press(page, 'mine_answer_send');

/** The same person in another tab, or with another device. */
async function sameAs(page: Page, browser: Browser): Promise<Page> {
	const context = await browser.newContext({
		storageState: await page.context().storageState(),
		javaScriptEnabled: false
	});
	return context.newPage();
}

test('the list says how each stands, what needs the person first, and nothing of a client', async ({ page }) => {
	test.slow();
	const email = aReferrer();
	const requests = new Map<string, Request>();
	for (const state of STATES) requests.set(state, await desk.mine(state, { email, client: 'Wilhelmina Canary' }));
	await signInAt(page, email, '/my');
	await expect(page.getByRole('region', { name: words('mine_title') })).toContainText(
		`${words('mine_my_some', { count: 9 })} ${words('mine_my_need_one')}`
	);
	await page.getByRole('link', { name: words('mine_my_go') }).click();
	await expect(page).toHaveURL('/my/referrals');

	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(words('mine_needs'));
	for (const [state, { reference }] of requests) {
		const line = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: reference, exact: true }) });
		await expect(line).toContainText(words(`referral_state_${state}` as 'referral_state_triage'));
	}
	await expect(main(page)).toContainText(/We'll write by \d+ \w+, even if nothing has changed/);
	expect(await page.content()).not.toMatch(/Wilhelmina|Canary/);

	for (const { reference } of requests.values()) {
		expect((await page.goto(`/my/referrals/${reference}`))?.status()).toBe(200);
		await expect(page.getByRole('heading', { name: words('mine_next') })).toBeVisible();
		await expect(main(page)).toContainText('W. C.');
		expect(await page.content()).not.toMatch(/Wilhelmina|Noor|Devon|Eli /);
	}
	await page.goto(at(requests.get('declined')!));
	await expect(main(page)).toContainText(NO_WORDS);
	await expect(page.getByRole('link', { name: /bearings\.example\/neighbourhoods\/kitsilano/ })).toBeVisible();
	expect(HELP).toContain((await page.locator('main a[href^="https:"]').getAttribute('href'))!);
	await expect(main(page)).not.toContainText('no_worker_free');
});

test('somebody without any is shown where to ask', async ({ page }) => {
	await signInAt(page, aReferrer());
	await page.getByRole('link', { name: words('mine_none_go') }).click();
	await expect(page).toHaveURL('/refer');
	await page.goto('/my');
	await expect(page.getByRole('link', { name: words('mine_my_go') })).toHaveCount(0);
});

test('a question is answered once, and what is typed is never lost', async ({ page, baseURL }) => {
	const email = aReferrer();
	const request = await desk.mine('info_needed', { email });
	await signInAt(page, email, at(request));
	await expect(main(page)).toContainText(QUESTION);
	await expect(page.getByRole('link', { name: '604-555-0100' }).first()).toHaveAttribute('href', 'tel:+16045550100');

	await answerField(page).fill('   ');
	await sendAnswer(page);
	await expect(alert(page)).toContainText(words('mine_answer_empty'));
	const long = 'É <b>'.repeat(401);
	await answerField(page).fill(long);
	await sendAnswer(page);
	await alert(page)
		.getByRole('link', { name: words('mine_answer_long', { count: '2,005' }) })
		.click();
	await expect(page).toHaveURL(/#answer$/);
	await expect(answerField(page)).toHaveValue(long);

	const answer = `Tuesdays & "Thursdays" <script>alert(1)</script>\n${'é'.repeat(1900)}`;
	await answerField(page).fill(answer);
	const form = Object.fromEntries(
		await page
			.locator('form[action="?/answer"] :is(input, textarea)')
			.evaluateAll((fields: HTMLInputElement[]) => fields.map(({ name, value }) => [name, value]))
	) as Record<string, string>;
	await sendAnswer(page);
	await expect(page).toHaveURL(`${at(request)}?done=answered`);
	await expect(page.getByRole('status')).toContainText(words('mine_done_answered'));
	await expect(main(page)).toContainText(words('mine_state_triage'));
	await expect(main(page)).toContainText(`Tuesdays & "Thursdays" <script>alert(1)</script>`);

	// The same page, sent once more.
	const again = await page.request.post(`${at(request)}?/answer`, {
		form,
		headers: { origin: baseURL!, accept: 'text/html' },
		maxRedirects: 0
	});
	expect(again.headers().location).toBe(`${at(request)}?done=answered`);
	expect((await desk.timeline(request)).filter((event) => event === 'answer')).toHaveLength(1);
	const [kept] = await desk.sql<{ words: string }[]>`
		select words from private.referral_events where referral_id = ${request.id} and event = 'answer'`;
	expect(kept!.words).toMatch(/^s1\./);
});

test('an answer is not lost with the session', async ({ page, browser }) => {
	const email = aReferrer();
	const request = await desk.mine('info_needed', { email });
	await signInAt(page, email, at(request));
	const signedIn = await sameAs(page, browser);
	await page.context().clearCookies();
	await answerField(page).fill('On Tuesdays');
	await sendAnswer(page);
	await expect(alert(page)).toContainText(words('mine_signed_out'));
	await expect(answerField(page)).toHaveValue('On Tuesdays');
	await expect(main(page)).not.toContainText(QUESTION);
	expect(await desk.stateOf(request)).toBe('info_needed');

	// Signed in again in another tab.
	await page.context().addCookies((await signedIn.context().storageState()).cookies);
	await sendAnswer(page);
	await expect(page.getByRole('status')).toContainText(words('mine_done_answered'));
	expect(await desk.timeline(request)).toContain('answer');
	await signedIn.context().close();
});

test('a page that is out of date says so, shows how it stands, and keeps what was typed', async ({ page, browser }) => {
	const email = aReferrer();
	const request = await desk.mine('info_needed', { email });
	await signInAt(page, email, at(request));
	const second = await sameAs(page, browser);
	await second.goto(at(request));

	// Nothing but its number has changed: the question is still open.
	await desk.sql`update public.referrals set version = version + 1 where id = ${request.id}`;
	await answerField(page).fill('On Tuesdays');
	const [answered] = await Promise.all([page.waitForResponse(/\?\/answer$/), sendAnswer(page)]);
	expect(answered.status()).toBe(409);
	await expect(alert(page)).toContainText(words('referral_refused_stale'));
	await expect(alert(page)).toContainText(words('mine_stale_answer'));
	await expect(answerField(page)).toHaveValue('On Tuesdays');
	await sendAnswer(page);
	await expect(page.getByRole('status')).toContainText(words('mine_done_answered'));

	await answerField(second).fill('On Fridays');
	await sendAnswer(second);
	await expect(alert(second)).toContainText(words('referral_refused_stale'));
	await expect(main(second)).toContainText(words('mine_state_triage'));
	await expect(second.getByRole('region', { name: words('mine_stale_text_title') })).toContainText('On Fridays');
	expect((await desk.timeline(request)).filter((event) => event === 'answer')).toHaveLength(1);

	// And the same of taking it back.
	await page.goto(at(request));
	await desk.moves(request, 'waitlist', { next_word_on: SOON });
	const [taken] = await Promise.all([page.waitForResponse(/\?\/withdraw$/), press(page, 'mine_withdraw_button')]);
	expect(taken.status()).toBe(409);
	await expect(alert(page)).toContainText(words('referral_refused_stale'));
	await expect(main(page)).toContainText(words('referral_state_waitlisted'));
	expect(await desk.stateOf(request)).toBe('waitlisted');
	await second.context().close();
});

test('one button takes a request back, from two tabs too', async ({ page, browser }) => {
	const email = aReferrer();
	const request = await desk.mine('waitlisted', { email });
	await signInAt(page, email, at(request));
	const second = await sameAs(page, browser);
	await second.goto(at(request));
	for (const tab of [page, second]) {
		await press(tab, 'mine_withdraw_button');
		await expect(tab.getByRole('status')).toContainText(words('mine_done_withdrawn'));
		await expect(main(tab)).toContainText(words('mine_state_withdrawn'));
		await expect(tab.getByRole('button', { name: words('mine_withdraw_button') })).toHaveCount(0);
	}
	expect((await desk.timeline(request)).filter((event) => event === 'withdraw')).toHaveLength(1);
	expect(await desk.mailsTo(email)).toEqual(['referral_news']);
	await second.context().close();
});

test('a second contact sees the same, and may answer', async ({ page }) => {
	const second = aReferrer();
	const request = await desk.mine('info_needed', { email: aReferrer(), second });
	await signInAt(page, second);
	await page.getByRole('link', { name: words('mine_need_question_go') }).click();
	await expect(page).toHaveURL(at(request));
	await answerField(page).fill('Any evening.');
	await sendAnswer(page);
	await expect(page.getByRole('status')).toContainText(words('mine_done_answered'));
	await page.goto(`${at(request)}?done=sent`);
	await expect(page.getByRole('status')).toContainText(
		words('mine_sent_write_two', { address: request.email!, second })
	);
});

test('somebody else’s is not there, just as one that never was', async ({ page }) => {
	const request = await desk.mine('triage', { email: aReferrer() });
	await signInAt(page, aReferrer());
	const said = new Set<string>();
	for (const path of [
		at(request),
		'/my/referrals/PS-2222-222',
		at(request, '/slip'),
		'/my/referrals/PS-2222-222/slip'
	]) {
		const answer = await page.goto(path);
		expect(answer?.status(), path).toBe(404);
		expect(answer?.headers()['cache-control']).toBe('no-store');
		said.add(await main(page).innerText());
	}
	expect(said.size).toBe(1);
});

test.describe('with a script', () => {
	test.use({ javaScriptEnabled: true, contextOptions: { reducedMotion: 'reduce' } });

	test('axe finds nothing on the page of a request, in whatever state', async ({ page }) => {
		test.setTimeout(180_000);
		const email = aReferrer();
		const goals = ['社會科學院 ٱلْعَرَبِيَّة 👩‍👩‍👧‍👦', 'a'.repeat(300)];
		const requests: Request[] = [];
		for (const state of STATES) requests.push(await desk.mine(state, { email, goals }));
		await signInAt(page, email, '/my/referrals');
		await everybodyCanUse(page);
		for (const request of requests) {
			await page.goto(at(request));
			await everybodyCanUse(page);
		}
		await page.goto(at(requests[2]!));
		await sendAnswer(page);
		await everybodyCanUse(page);
		await desk.sql`update public.referrals set version = version + 1 where id = ${requests[2]!.id}`;
		await answerField(page).fill('On Tuesdays');
		await desk.moves(requests[0]!, 'acknowledge');
		await sendAnswer(page);
		await everybodyCanUse(page);
	});
});
