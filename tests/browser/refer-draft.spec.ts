/* What has been typed of a request, on a phone with JavaScript off: left, come back to, in two tabs, before and after signing in. */
import { expect, test } from '@playwright/test';
import { forgetLimits, withSql } from './support/database.ts';
import { newestMail } from './support/mailbox.ts';
import {
	anAddress,
	back,
	change,
	leaveFor,
	onwards,
	REFERENCE,
	send,
	typeCode,
	writeRequest
} from './support/refer.ts';
import { askForCode, mailedCode, signInAt, typeCode as signInWith } from './support/sign-in.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });

test.beforeAll(forgetLimits);

/** Half a minute passes, after which another code is sent. */
const codesMayBeSent = () =>
	withSql((sql) => sql`update private.sign_in_codes set sent_at = sent_at - interval '31 seconds'`);

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
	await typeCode(page, await mailedCode(email));
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
	await codesMayBeSent();
	const before = (await newestMail(email)).id;
	await page.getByLabel(words('sign_in_email')).fill(email);
	await page.getByRole('button', { name: words('sign_in_send') }).click();
	await typeCode(page, await mailedCode(email, before));
	await page.getByRole('button', { name: words('sign_in_button') }).click();
	await expect(page).toHaveURL('/refer/safety');
	await expect(page.getByLabel(words('refer_safety_what'))).toHaveValue('Typed without a session');
	await onwards(page);
	await expect(page.getByText('Typed before')).toBeVisible();
	await expect(page.getByText(words('refer_check_proved', { email }))).toBeVisible();
	await send(page);
	await expect(page).toHaveURL(REFERENCE);
});

test('losing the session in two tabs loses neither’s page, nor what was left unfinished before', async ({ page }) => {
	const email = anAddress();
	await signInAt(page, email);
	await writeRequest(page, { email: null, client: 'Older name' });
	await page.goto('/refer/you');
	const other = await page.context().newPage();
	await other.goto('/refer/safety');
	await page.goto('/refer/client');
	await page.getByLabel(words('refer_client_name')).fill('');
	await back(page);
	await page.goto('/refer/you');
	await page.getByLabel(words('refer_you_name')).fill('Alex Nurse');
	await page.context().clearCookies({ name: /^sb-/ });
	await other.getByLabel(words('refer_safety_what')).fill('Typed in the other tab');
	await onwards(other);
	await expect(other).toHaveURL(/\/sign-in\?next=/);
	await onwards(page);
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await other.close();
	await codesMayBeSent();
	const before = (await newestMail(email)).id;
	await askForCode(page, email, '/my/referrals');
	await signInWith(page, await mailedCode(email, before));
	await page.goto('/refer/check');
	await expect(page.getByText('Alex Nurse')).toBeVisible();
	await expect(page.getByText('Typed in the other tab')).toBeVisible();
	await expect(page.getByText(words('refer_check_unfinished'))).toBeVisible();
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

test('a change that was left unfinished is never sent as it was before', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email, client: 'Older name', goal: 'Find the library' });
	const stale = await page.context().newPage();
	await stale.goto('/refer/check');
	await change(page, 'refer_client_title');
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill('Newest goal');
	await page.getByLabel(words('refer_client_name')).fill('');
	await back(page);
	await expect(page).toHaveURL('/refer/check');
	await expect(page.getByText(words('refer_check_unfinished'))).toBeVisible();
	await expect(page.getByText('Older name')).toHaveCount(0);
	await expect(page.getByRole('button', { name: words('refer_check_send') })).toHaveCount(0);
	// Nor from a page that was opened before.
	await send(stale);
	await expect(stale).toHaveURL('/refer/check');
	await expect(stale.getByText(words('refer_check_unfinished'))).toBeVisible();
	await stale.close();

	await page.getByRole('link', { name: words('refer_check_finish') }).click();
	await expect(page.getByRole('alert')).toContainText(words('refer_error_client'));
	await expect(page.getByLabel(words('refer_client_goal', { number: 1 }))).toHaveValue('Newest goal');
	// What is too long to be kept is not left behind.
	await page.getByLabel(words('refer_client_name')).fill('ل'.repeat(60_000));
	await back(page);
	await expect(page.getByRole('alert')).toContainText(words('refer_error_client_long'));
	await page.getByLabel(words('refer_client_name')).fill('Newest name');
	await onwards(page);
	await expect(page).toHaveURL('/refer/check');
	await expect(page.getByText('Newest goal')).toBeVisible();
	await expect(page.getByText('Newest name')).toBeVisible();
});

test('what is changed after it was kept is what the code sends', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email, client: 'Before', goal: 'Find the library' });
	const code = await mailedCode(email);
	await send(page);
	await expect(page).toHaveURL('/refer/kept');
	await page.goto('/refer/client?change=1');
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill('Find the park');
	await onwards(page);
	await page.goto('/refer/kept');
	await typeCode(page, code);
	await send(page);
	await expect(page).toHaveURL(REFERENCE);
	await expect(page.getByRole('main')).toContainText('Find the park');
});

test('a request begun before signing in is not lost to one of one’s own', async ({ page }) => {
	const email = anAddress();
	await signInAt(page, email);
	const signInAgain = async () => {
		await codesMayBeSent();
		const before = (await newestMail(email)).id;
		await askForCode(page, email, '/my/referrals');
		await signInWith(page, await mailedCode(email, before));
		await expect(page).toHaveURL('/my/referrals');
	};
	await writeRequest(page, { email: null, client: 'My own', goal: 'Find the library' });
	await page.context().clearCookies();

	// The same address: it becomes theirs as well.
	await writeRequest(page, { email, client: 'Same address' });
	await signInAgain();
	await page
		.getByRole('button', { name: words('mine_draft_go') })
		.first()
		.click();
	await expect(page.getByText('My own')).toBeVisible();
	await page.goto('/my/referrals');
	await expect(page.getByRole('button', { name: words('mine_draft_go') })).toHaveCount(2);
	await page.context().clearCookies();

	// Another: it stays open, as only this device can open it.
	await writeRequest(page, { email: anAddress(), client: 'Another address' });
	await signInAgain();
	await page
		.getByRole('button', { name: words('mine_draft_go') })
		.first()
		.click();
	await expect(page).toHaveURL('/refer/you?gone=not_yet');
	await expect(page.getByRole('status')).toContainText(words('refer_you_not_yet'));
	await page.goto('/refer/check');
	await expect(page.getByText('Another address')).toBeVisible();
	await page.goto('/refer/you');
	await page.getByRole('button', { name: words('refer_you_again') }).click();
	await page.goto('/my/referrals');
	await page
		.getByRole('button', { name: words('mine_draft_go') })
		.first()
		.click();
	await expect(page).toHaveURL('/refer/check');
});
