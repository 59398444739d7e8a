/* Requests that are written but not sent yet, by the mailed link or from the list; and the slip for the client. */
import { expect, test, type Page } from '@playwright/test';
import { OUTING } from '../../src/lib/referrals/slip.ts';
import { phone } from './support/devices.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { aReferrer, at, main, MyDesk, press } from './support/my-requests.ts';
import { signInAt } from './support/sign-in.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ ...phone, isMobile: false, hasTouch: false, javaScriptEnabled: false });

let desk: MyDesk;
test.beforeAll(async () => {
	desk = await new MyDesk().open();
});
test.afterAll(() => desk.close());

test('the mailed link’s page sends by its button, whoever opened it before', async ({
	page,
	request: scanner,
	browser
}) => {
	const email = aReferrer();
	const { id, token } = await desk.kept(email);
	const link = `/refer/confirm/${token}`;
	for (let time = 0; time < 2; time++) {
		const looked = await scanner.get(link);
		expect(looked.status()).toBe(200);
		expect(looked.headers()['cache-control']).toBe('private, no-store');
		expect((await scanner.fetch(link, { method: 'HEAD' })).status()).toBe(200);
	}
	expect(await desk.stateOf({ id })).toBeUndefined();

	await page.goto(link);
	await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
	await expect(main(page).getByRole('button')).toHaveCount(1);
	await press(page, 'kept_button');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('mine_sent_title'));
	expect(await desk.stateOf({ id })).toBe('submitted');
	const [row] = await desk.sql<{ reference: string }[]>`select reference from public.referrals where id = ${id}`;
	await expect(page.getByRole('status')).toContainText(row!.reference);
	await expect(main(page)).toContainText(/By \w+day \d+ \w+, a person will have read it/);
	expect(await desk.mailsTo(email)).toEqual(['referral_received']);

	// It stays there for whoever sent it; for others the link has done its work.
	await page.reload();
	await expect(page.getByRole('status')).toContainText(row!.reference);
	await expect(page.getByRole('link', { name: words('kept_sent_see') })).toHaveAttribute(
		'href',
		`/my/referrals/${row!.reference}`
	);
	const other = await browser.newPage({ javaScriptEnabled: false });
	await other.goto(link);
	await expect(other.getByRole('heading', { level: 1 })).toHaveText(words('kept_gone_title'));
	expect(await other.content()).not.toContain(row!.reference);
	await other.close();

	// And its paper tells nobody what it is about.
	await onPaper(page, row!.reference);
});

test('pressed twice, the mailed link sends once; over, it sends nothing', async ({ page, baseURL }) => {
	const email = aReferrer();
	const { id, token } = await desk.kept(email);
	const link = `/refer/confirm/${token}`;
	await page.goto(link);
	const post = () =>
		page.request.post(link, { form: {}, headers: { origin: baseURL!, accept: 'text/html' }, maxRedirects: 0 });
	expect((await post()).status()).toBe(303);
	await press(page, 'kept_button');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('mine_sent_title'));
	const [{ count }] = await desk.sql<[{ count: number }]>`
		select count(*)::int from public.referrals where referrer_email = ${email}`;
	expect(count).toBe(1);
	expect(await desk.stateOf({ id })).toBe('submitted');

	const over = await desk.kept(email, '-1 minute');
	await page.goto(`/refer/confirm/${over.token}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('kept_gone_title'));
	await expect(main(page).getByRole('button')).toHaveCount(0);
	for (const token of [over.token, 'f'.repeat(32)]) {
		const answer = await page.request.post(`/refer/confirm/${token}`, {
			form: {},
			headers: { origin: baseURL!, accept: 'text/html' }
		});
		expect(answer.status()).toBe(409);
		expect(await answer.text()).toContain(words('kept_gone_title'));
	}
	expect(await desk.stateOf(over)).toBeUndefined();
});

test('what is kept or begun is sent, gone on with or thrown away from the list', async ({ page }) => {
	const email = aReferrer();
	const [first, second] = [await desk.kept(email, '70 hours'), await desk.kept(email, '71 hours')];
	await signInAt(page, email);
	const draft = await desk.draft(email);
	await page.reload();
	await expect(main(page)).toContainText(/You began one on \d+ \w+\. We keep it until \d+ \w+\./);
	const cards = page.getByRole('region', { name: words('mine_needs') }).getByRole('listitem');
	await expect(cards).toHaveCount(3);
	await expect(main(page).locator('.button')).toHaveCount(1);

	await cards
		.nth(2)
		.getByRole('button', { name: words('mine_draft_go') })
		.click();
	await expect(page).toHaveURL(/\/refer\//);
	await page.goto('/my/referrals');
	await cards
		.nth(2)
		.getByRole('button', { name: words('mine_draft_discard') })
		.click();
	await expect(page.getByRole('status')).toContainText(words('mine_done_discarded'));
	expect(await desk.sql`select from private.referral_drafts where id = ${draft}`).toHaveLength(0);

	await cards
		.nth(1)
		.getByRole('button', { name: words('kept_discard') })
		.click();
	await expect(page.getByRole('status')).toContainText(words('mine_done_discarded'));
	expect(await desk.stateOf(second)).toBeUndefined();

	const stale = await page.context().newPage();
	await stale.goto('/my/referrals');
	await cards
		.nth(0)
		.getByRole('button', { name: words('kept_send') })
		.click();
	await expect(page).toHaveURL(/\/my\/referrals\/PS-[\w-]+\?done=sent$/);
	await expect(page.getByRole('status')).toContainText(words('mine_sent_title'));
	await expect(page.getByRole('status')).toContainText(email);
	expect(await desk.stateOf(first)).toBe('submitted');
	await press(stale, 'kept_send');
	await expect(main(stale).getByRole('alert')).toContainText(words('mine_kept_gone'));
});

/** What comes out of the printer: two small cards, and no word that outs anybody. */
async function onPaper(page: Page, reference: string): Promise<void> {
	// A page that has not all of its styles yet prints what it should not.
	await page.waitForLoadState();
	await page.emulateMedia({ media: 'print' });
	const printed = await page.locator('body').innerText();
	expect(printed.match(new RegExp(reference, 'g'))).toHaveLength(2);
	expect(printed).toContain('604-555-0100');
	expect(printed).toContain(words('slip_change'));
	for (const part of OUTING) expect(printed.toLowerCase()).not.toContain(part);
	expect(printed).not.toMatch(/Bearings|Robin/);
	await expect(page.getByRole('contentinfo')).toBeHidden();
	await expect(page.getByRole('banner')).toBeHidden();
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	await page.emulateMedia({ media: 'screen' });
}

test('the slip says nothing of why', async ({ page }) => {
	const email = aReferrer();
	const request = await desk.mine('submitted', { email });
	await signInAt(page, email, at(request));
	await page.getByRole('link', { name: words('mine_slip_open') }).click();
	await expect(page).toHaveURL(at(request, '/slip'));
	const title = (await page.title()).toLowerCase();
	for (const part of OUTING) expect(title).not.toContain(part);
	await onPaper(page, request.reference);
	await expect(page.getByText(words('slip_print'))).toBeVisible();
});

test.describe('with a script', () => {
	test.use({ javaScriptEnabled: true, contextOptions: { reducedMotion: 'reduce' } });

	test('axe finds nothing on the pages around it', async ({ page }) => {
		test.slow();
		const email = aReferrer();
		const request = await desk.mine('submitted', { email });
		const kept = await desk.kept(email);
		await desk.kept(email);
		await page.goto(`/refer/confirm/${kept.token}`);
		await everybodyCanUse(page);
		await press(page, 'kept_button');
		await everybodyCanUse(page);
		await page.goto(`/refer/confirm/${'0'.repeat(32)}`);
		await everybodyCanUse(page);
		await signInAt(page, email, `${at(request)}?done=sent`);
		await everybodyCanUse(page);
		await desk.draft(email);
		for (const path of ['/my', '/my/referrals', '/my/referrals?done=discarded', at(request, '/slip')]) {
			await page.goto(path);
			await everybodyCanUse(page);
		}
		await page.goto(at(request));
		await press(page, 'mine_withdraw_button');
		await everybodyCanUse(page);
	});
});
