/* Asking for a worker as a nurse does, on a phone with JavaScript off: with the code, without it, with all that goes wrong. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { forgetLimits, withSql } from './support/database.ts';
import { newestMail } from './support/mailbox.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });

test.beforeAll(forgetLimits);

const REFERENCE = /PS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}/;
const anAddress = () => `${randomUUID()}@health.example`;

const onwards = (page: Page) => page.getByRole('button', { name: words('refer_go_on'), exact: true }).click();
const send = (page: Page) => page.getByRole('button', { name: words('refer_check_send') }).click();
const codeIn = (text: string) => /\b(\d{3}) ?(\d{3})\b/.exec(text)!.slice(1).join('');
const typeCode = (page: Page, code: string) => page.getByLabel(words('sign_in_code')).fill(code);

interface Said {
	email: string;
	team?: string;
	client?: string;
	goal?: string;
	safety?: string;
}

/** Fills the five pages as far as the last, and stays there. */
async function writeRequest(page: Page, { email, team, client = 'B.S.', goal, safety = '' }: Said): Promise<void> {
	await page.goto('/refer');
	await page.getByRole('link', { name: words('refer_start') }).click();
	await page.getByLabel(words('refer_you_email')).fill(email);
	await page.getByLabel(words('refer_you_team')).fill(team ?? 'A team of the tests');
	if (!team) await page.getByLabel(words('refer_you_not_listed')).check();
	await onwards(page);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('refer_expect_title'));
	await onwards(page);
	await page.getByLabel(words('refer_client_name')).fill(client);
	if (goal) await page.getByLabel(words('refer_client_goal', { number: 1 })).fill(goal);
	else await page.getByLabel(words('refer_starter_people')).check();
	await page.getByLabel(words('refer_client_consent_yes')).check();
	await onwards(page);
	await page.getByLabel(words('refer_safety_what')).fill(safety);
	await onwards(page);
	await expect(page).toHaveURL('/refer/check');
}

const requestsOf = (email: string) =>
	withSql(async (sql) => [
		...(await sql`select reference, state from public.referrals where referrer_email = ${email}`)
	]);

/** Lets time pass for the draft of this page's cookie. */
async function leaveFor(page: Page, time: string): Promise<void> {
	const cookie = (await page.context().cookies(`${process.env.SITE_URL}/refer`)).find(
		({ name }) => name === 'referring'
	);
	await withSql(
		(sql) => sql`update private.referral_drafts set touched_at = touched_at - ${time}::interval
			where id = ${cookie!.value.slice(0, 36)}`
	);
}

test('from the start to a reference, with the code', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email, client: 'Bob عبد', goal: 'Find a quiet café <b>' });
	await expect(page.getByText('Find a quiet café <b>')).toBeVisible();
	await expect(page.getByText('Bob عبد')).toBeVisible();
	await typeCode(page, codeIn((await newestMail(email)).text));
	await send(page);
	await expect(page).toHaveURL(REFERENCE);
	const reference = REFERENCE.exec(page.url())![0];
	await expect(page.getByRole('main')).toContainText(reference);
	expect(await requestsOf(email)).toEqual([{ reference, state: 'submitted' }]);
	const mail = await newestMail(email, (await newestMail(email)).id - 1);
	expect(mail.text).not.toContain('café');

	// The second time nothing is asked twice, and the way back leads to the request.
	await page.goto('/refer/check');
	await expect(page).toHaveURL('/refer/you');
	await expect(page.getByText(words('refer_you_signed_in', { email }))).toBeVisible();
});

test('the code comes late: the request is kept, seen by nobody, and the code sends it', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email });
	await send(page);
	await expect(page).toHaveURL('/refer/kept');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('refer_kept_title'));
	expect(await requestsOf(email)).toEqual([]);
	// Sending it again keeps it once.
	await page.goto('/refer/check');
	await send(page);
	await typeCode(page, '12');
	await send(page);
	await expect(page.getByRole('alert')).toContainText(words('sign_in_code_shape'));

	const mails = await withSql(
		(sql) =>
			sql`select count(*)::int as n from private.outbox where to_address = ${email} and template = 'referral_kept'`
	);
	expect(mails[0]).toEqual({ n: 1 });
	// The sign-in mail came first; its code is still good.
	const messages = (await (await fetch(`${process.env.MAILBOX_URL}/messages.json`)).json()) as {
		to: string;
		text: string;
	}[];
	const code = messages.filter(({ to }) => to === email).find(({ text }) => /^\d{3} ?\d{3}$/m.test(text))!;
	await typeCode(page, codeIn(/^\d{3} ?\d{3}$/m.exec(code.text)![0]));
	await send(page);
	await expect(page).toHaveURL(REFERENCE);
	expect(await requestsOf(email)).toHaveLength(1);
});

test('the code comes late: the button in the mail sends it from another device, and opening the page changes nothing', async ({
	page,
	browser,
	request
}) => {
	const email = anAddress();
	await writeRequest(page, { email });
	await send(page);
	await expect(page).toHaveURL('/refer/kept');
	let link: string | undefined;
	await expect
		.poll(async () => (link = /https?:\/\/\S+\/refer\/confirm\/\w+/.exec((await newestMail(email)).text)?.[0]))
		.toBeTruthy();
	for (let time = 0; time < 2; time++) expect((await request.get(link!)).status()).toBe(200);
	expect(await requestsOf(email)).toEqual([]);
	const phone = await browser.newPage({ javaScriptEnabled: false });
	await phone.goto(link!);
	await phone.getByRole('main').getByRole('button').first().click();
	await expect(phone.getByRole('main')).toContainText(REFERENCE);
	await phone.close();
	expect(await requestsOf(email)).toHaveLength(1);

	// The page on the first device knows.
	await page.goto('/refer/check');
	await expect(page).toHaveURL('/refer/sent');
	await expect(page.getByRole('main')).toContainText(REFERENCE);
});

test('every mistake has its sentence, and what was typed stays', async ({ page }) => {
	const email = anAddress();
	const alert = page.getByRole('alert');
	const long = 'x'.repeat(10_000);
	await page.goto('/refer/you');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_email'));
	await expect(alert).toContainText(words('refer_error_team'));
	await expect(page).toHaveTitle(/^Please check/);
	await page.getByLabel(words('refer_you_email')).fill(email);
	await page.getByLabel(words('refer_you_team')).fill('team');
	await page.getByLabel(words('refer_you_phone')).fill('call me');
	await page.getByText(words('refer_you_second'), { exact: true }).click();
	await page.getByLabel(words('refer_you_second_email')).fill('not an address');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_phone'));
	await expect(alert).toContainText(words('refer_error_second_email'));
	await expect(page.getByLabel(words('refer_you_phone'))).toHaveValue('call me');
	await page.getByLabel(words('refer_you_phone')).fill('604 555 0123 ext 4');
	await page.getByLabel(words('refer_you_second_email')).fill('');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_team_unknown'));
	await page
		.getByRole('group', { name: words('refer_you_alike') })
		.getByRole('radio')
		.first()
		.check();
	await onwards(page);
	await onwards(page);

	await page.getByLabel(words('refer_client_name')).fill(long);
	for (const name of ['neighbourhood', 'centre', 'routine'] as const)
		await page.getByLabel(words(`refer_starter_${name}`)).check();
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill('And a fourth');
	await page.getByLabel(words('refer_client_consented_on')).fill('2999-01-01');
	await onwards(page);
	for (const error of ['client_long', 'goals', 'consented_later', 'consent'] as const)
		await expect(alert).toContainText(words(`refer_error_${error}`));
	await expect(page.getByLabel(words('refer_client_name'))).toHaveValue(long);
	await expect(page.getByLabel(words('refer_client_goal', { number: 1 }))).toHaveValue('And a fourth');
	await alert.getByRole('link', { name: words('refer_error_goals') }).click();
	await expect(page.getByLabel(words('refer_client_goal', { number: 1 }))).toBeInViewport();
	await page.getByLabel(words('refer_client_name')).fill('B.S.');
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill('');
	await page.getByLabel(words('refer_client_consented_on')).fill('2026-01-31');
	await page.getByLabel(words('refer_client_consent_yes')).check();
	await onwards(page);

	await page.getByLabel(words('refer_safety_via_client')).check();
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_reach'));
	await page.getByLabel(words('refer_safety_phone')).fill('604 555 0199');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_safe'));
	await page.getByLabel(words('referral_safe_text')).check();
	await page.getByLabel(words('refer_safety_what')).fill(long);
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_safety_long'));
	await page.getByLabel(words('refer_safety_what')).fill('Mornings are best.');
	await onwards(page);
	await typeCode(page, '000000');
	await send(page);
	await expect(alert).toContainText(/./);
	await expect(page.getByText('604 555 0199')).toBeVisible();
});

test('back and forward lose nothing, not even a page that is not finished', async ({ page }) => {
	await writeRequest(page, { email: anAddress(), goal: 'Find the library' });
	await page.getByRole('link', { name: words('refer_go_back') }).click();
	await page.getByLabel(words('refer_safety_what')).fill('Half a sentence');
	await page.getByLabel(words('refer_safety_via_client')).check();
	await page.getByRole('button', { name: words('refer_go_back') }).click();
	await expect(page).toHaveURL('/refer/client');
	await expect(page.getByLabel(words('refer_client_goal', { number: 1 }))).toHaveValue('Find the library');
	await page.getByLabel(words('refer_client_name')).fill('');
	await page.getByRole('button', { name: words('refer_go_back') }).click();
	await expect(page).toHaveURL('/refer/expect');
	await onwards(page);
	await expect(page.getByLabel(words('refer_client_name'))).toHaveValue('');
	await page.getByLabel(words('refer_client_name')).fill('C.T.');
	await onwards(page);
	await expect(page.getByLabel(words('refer_safety_what'))).toHaveValue('Half a sentence');
	await page.getByLabel(words('refer_safety_via_team')).check();
	await onwards(page);

	// A change leads straight back to the check.
	await page.getByRole('link', { name: `${words('refer_check_change')} ${words('refer_client_title')}` }).click();
	await page.getByLabel(words('refer_client_name')).fill('D.U.');
	await onwards(page);
	await expect(page).toHaveURL('/refer/check');
	await expect(page.getByText('D.U.')).toBeVisible();
	// Nobody skips a page that is due.
	await page.goto('/refer/you');
	await page.getByRole('button', { name: words('refer_you_again') }).click();
	await page.goto('/refer/safety');
	await expect(page).toHaveURL('/refer/you');
	await expect(page.getByLabel(words('refer_you_team'))).toHaveValue('');
});

test('left for more than half an hour it is let go of; the page that was being typed is kept', async ({ page }) => {
	await writeRequest(page, { email: anAddress(), client: 'Left alone' });
	await page.getByRole('link', { name: words('refer_go_back') }).click();
	await page.getByLabel(words('refer_safety_what')).fill('Typed after lunch');
	await leaveFor(page, '31 minutes');
	await onwards(page);
	await expect(page).toHaveURL('/refer/you?gone=pages');
	await expect(page.getByRole('status')).toContainText(words('refer_gone'));
	await page.getByLabel(words('refer_you_email')).fill(anAddress());
	await page.getByLabel(words('refer_you_team')).fill('Ours');
	await page.getByLabel(words('refer_you_not_listed')).check();
	await onwards(page);
	await onwards(page);
	await expect(page.getByLabel(words('refer_client_name'))).toHaveValue('');
	await page.getByLabel(words('refer_client_name')).fill('Again');
	await page.getByLabel(words('refer_starter_people')).check();
	await page.getByLabel(words('refer_client_consent_yes')).check();
	await onwards(page);
	await expect(page.getByLabel(words('refer_safety_what'))).toHaveValue('Typed after lunch');
});

test('two tabs never make one request of two clients', async ({ page }) => {
	await writeRequest(page, { email: anAddress(), client: 'First client' });
	const other = await page.context().newPage();
	await other.goto('/refer/you');
	await other.getByRole('button', { name: words('refer_you_again') }).click();
	await writeRequest(other, { email: anAddress(), client: 'Second client' });
	await send(page);
	await expect(page.getByRole('alert')).toContainText(words('refer_other_tab'));
	await expect(page.getByText('Second client')).toBeVisible();

	await page.goto('/refer/client');
	await other.goto('/refer/you');
	await other.getByRole('button', { name: words('refer_you_again') }).click();
	await writeRequest(other, { email: anAddress(), client: 'Third client' });
	await page.getByLabel(words('refer_client_name')).fill('Typed in the first tab');
	await onwards(page);
	await expect(page.getByRole('alert')).toContainText(words('refer_other_tab'));
	await expect(page.getByLabel(words('refer_client_name'))).toHaveValue('Typed in the first tab');
	await other.reload();
	await expect(other.getByText('Third client')).toBeVisible();
	await other.close();
});

test('losing the session in the middle loses nothing', async ({ page }) => {
	const email = anAddress();
	// Signed in beforehand, so that the draft is the person's own.
	await page.goto('/sign-in?next=/refer/you');
	await page.getByLabel(words('sign_in_email')).fill(email);
	await page.getByRole('button', { name: words('sign_in_send') }).click();
	await typeCode(page, codeIn((await newestMail(email)).text));
	await page.getByRole('button', { name: words('sign_in_button') }).click();
	await expect(page.getByText(words('refer_you_signed_in', { email }))).toBeVisible();
	await page.getByLabel(words('refer_you_team')).fill('Our team');
	await page.getByLabel(words('refer_you_not_listed')).check();
	await onwards(page);
	await onwards(page);
	await page.getByLabel(words('refer_client_name')).fill('Typed before');
	await page.getByLabel(words('refer_starter_people')).check();
	await page.getByLabel(words('refer_client_consent_yes')).check();
	await onwards(page);
	await page.getByLabel(words('refer_safety_what')).fill('Typed without a session');
	await page.context().clearCookies({ name: /^sb-/ });
	await onwards(page);
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	// Whoever comes to this device next sees nothing of it.
	await page.goto('/refer/safety');
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await withSql((sql) => sql`update private.sign_in_codes set sent_at = '-infinity'`);
	const before = (await newestMail(email)).id;
	await page.getByLabel(words('sign_in_email')).fill(email);
	await page.getByRole('button', { name: words('sign_in_send') }).click();
	await typeCode(page, codeIn((await newestMail(email, before)).text));
	await page.getByRole('button', { name: words('sign_in_button') }).click();
	await expect(page).toHaveURL('/refer/safety');
	await expect(page.getByLabel(words('refer_safety_what'))).toHaveValue('Typed without a session');
	await onwards(page);
	await expect(page.getByText('Typed before')).toBeVisible();
	await expect(page.getByText(words('refer_check_proved', { email }))).toBeVisible();
	await send(page);
	await expect(page).toHaveURL(REFERENCE);
});

test('pressed twice, it is sent once', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email });
	await typeCode(page, codeIn((await newestMail(email)).text));
	await page.getByRole('button', { name: words('refer_check_send') }).dblclick();
	await expect(page.getByRole('main')).toContainText(REFERENCE);
	expect(await requestsOf(email)).toHaveLength(1);
	// Once more, from the page that the browser still has.
	await page.goto('/refer/check');
	expect(await requestsOf(email)).toHaveLength(1);
});

test('somebody else’s page does not open it', async ({ page, browser }) => {
	await writeRequest(page, { email: anAddress(), client: 'Secret name' });
	const [{ value } = { value: '' }] = (await page.context().cookies(`${process.env.SITE_URL}/refer`)).filter(
		({ name }) => name === 'referring'
	);
	const stranger = await browser.newContext({ javaScriptEnabled: false });
	for (const cookie of [value.slice(0, 36), `${value.slice(0, 36)}.${'0'.repeat(64)}`]) {
		await stranger.addCookies([{ name: 'referring', value: cookie, url: `${process.env.SITE_URL}/refer` }]);
		const theirs = await stranger.newPage();
		await theirs.goto('/refer/check');
		await expect(theirs).not.toHaveURL('/refer/check');
		await expect(theirs.getByText('Secret name')).toHaveCount(0);
	}
	await stranger.close();
});

test.describe('with a script', () => {
	test.use({ javaScriptEnabled: true, contextOptions: { reducedMotion: 'reduce' } });

	test('axe finds nothing on any page of it, with errors and without, light and dark; nothing is wider than 320 pixels', async ({
		page
	}) => {
		test.slow();
		const everybodyCanUse = async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				expect(await axeFindings(page), `${page.url()} ${colorScheme}`).toEqual([]);
			}
			await page.setViewportSize({ width: 320, height: 640 });
			expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
			await page.setViewportSize({ width: 360, height: 780 });
		};
		const email = anAddress();
		await page.goto('/refer/you');
		await everybodyCanUse();
		await page.getByLabel(words('refer_you_team')).fill('team');
		await onwards(page);
		await everybodyCanUse();
		await writeRequest(page, { email, client: 'W'.repeat(100), safety: 'm'.repeat(2000) });
		await everybodyCanUse();
		for (const step of ['expect', 'client', 'safety']) {
			await page.goto(`/refer/${step}`);
			await everybodyCanUse();
		}
		await page.getByLabel(words('refer_safety_via_client')).check();
		await onwards(page);
		await everybodyCanUse();
		await page.goto('/refer/client');
		await page.getByLabel(words('refer_client_name')).fill('');
		await page.getByLabel(words('refer_client_consent_yes')).uncheck();
		await onwards(page);
		await everybodyCanUse();
		await page.getByLabel(words('refer_client_name')).fill('B.S.');
		await page.getByLabel(words('refer_client_consent_yes')).check();
		await onwards(page);
		await page.getByLabel(words('refer_safety_via_team')).check();
		await onwards(page);
		await typeCode(page, 'abc');
		await send(page);
		await everybodyCanUse();
		await typeCode(page, '');
		await send(page);
		await expect(page).toHaveURL('/refer/kept');
		await everybodyCanUse();
	});
});
