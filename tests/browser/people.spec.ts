/* Signing in as people do, with JavaScript off: by the code, by the link, with mistakes on the way; and out again. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import postgres from 'postgres';
import { everybodyCanUse } from './support/everybody.ts';
import { newestMail } from './support/mailbox.ts';
import { askForCode, codeIn, signInAt, typeCode } from './support/sign-in.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });

const anAddress = () => `${randomUUID()}@people.example`;

/** The mail that came. */
async function mailAskedFor(page: Page, email: string, path = '/my'): Promise<string> {
	await askForCode(page, email, path);
	return (await newestMail(email)).text;
}

/** Lets time pass for somebody's staff sessions. */
async function idleFor(time: string, email: string): Promise<void> {
	const sql = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });
	await sql`update private.staff_sessions set seen_at = seen_at - ${time}::interval
		where user_id = (select id from auth.users where email = ${email})`;
	await sql.end();
}

test('a code signs in, the page says whose it is, and one press signs out', async ({ page }) => {
	const email = anAddress();
	const mail = await mailAskedFor(page, email);
	expect(mail).not.toContain(email);
	await typeCode(page, codeIn(mail).replace(/^(\d{3})/, '$1 '));
	await expect(page).toHaveURL('/my');
	await expect(page.getByText(words('my_signed_in_as', { email })).first()).toBeVisible();

	await page.getByRole('button', { name: words('sign_out_here') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('sign_out_done'));
	await page.goto('/my');
	await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test('the link in the mail opens a page with one button; opening it changes nothing, and it works once', async ({
	page,
	request
}) => {
	const mail = await mailAskedFor(page, anAddress());
	const link = /https?:\/\/\S+\/sign-in\/confirm\?\S+/.exec(mail)![0];
	// A mail scanner opens it, twice.
	for (let time = 0; time < 2; time++) expect((await request.get(link)).status()).toBe(200);
	// Auth's hash is made of the address and six digits: without our own proof it opens nothing, and is not used up.
	await page.goto(link.replace(/proof=\w+/, `proof=${'0'.repeat(32)}`));
	await page.getByRole('button', { name: words('sign_in_button') }).click();
	await expect(page.getByRole('alert')).toHaveText(words('sign_in_link_spent'));
	await page.goto(link);
	await expect(page.getByRole('main').getByRole('button')).toHaveCount(1);
	await page.getByRole('button', { name: words('sign_in_button') }).click();
	await expect(page).toHaveURL('/my');
	await page.goto(link);
	await page.getByRole('button', { name: words('sign_in_button') }).click();
	await expect(page.getByRole('alert')).toHaveText(words('sign_in_link_spent'));
});

test('mistakes each have their sentence, and what was typed stays', async ({ page }) => {
	await page.goto('/sign-in?next=/places');
	await page.getByLabel(words('sign_in_email')).fill('bob at home');
	await page.getByRole('button', { name: words('sign_in_send') }).click();
	await expect(page.getByRole('alert')).toContainText(words('sign_in_email_wrong'));
	await expect(page.getByLabel(words('sign_in_email'))).toHaveValue('bob at home');

	const email = anAddress();
	const code = codeIn(await mailAskedFor(page, email, '/my?from=test'));
	await typeCode(page, '12345');
	await expect(page.getByRole('alert')).toContainText(words('sign_in_code_shape'));
	await expect(page.getByLabel(words('sign_in_code'))).toHaveValue('12345');

	const wrong = code === '000000' ? '000001' : '000000';
	for (let guess = 0; guess < 5; guess++) {
		await typeCode(page, wrong);
		await expect(page.getByRole('alert')).toContainText(words('sign_in_wrong'));
	}
	// The right one comes too late.
	await typeCode(page, code);
	await expect(page.getByRole('alert')).toContainText(words('sign_in_too_many'));

	await page.getByRole('button', { name: words('sign_in_again') }).click();
	await expect(page.getByRole('status')).toContainText(words('sign_in_sent_again'));
	await page.getByRole('button', { name: words('sign_in_again') }).click();
	await expect(page.getByRole('status')).toContainText(words('sign_in_wait'));
});

test('two who ask for the same page get the same answer, known or not', async ({ page }) => {
	const known = anAddress();
	await typeCode(page, codeIn(await mailAskedFor(page, known)));
	await page.getByRole('button', { name: words('sign_out_here') }).click();
	const said: string[] = [];
	for (const email of [known, anAddress()]) {
		await page.goto('/sign-in');
		await page.getByLabel(words('sign_in_email')).fill(email);
		await page.getByRole('button', { name: words('sign_in_send') }).click();
		said.push((await page.getByRole('main').innerText()).replaceAll(email, ''));
	}
	expect(said[1]).toBe(said[0]);
});

test('nobody is led to another site', async ({ page }) => {
	await mailAskedFor(page, anAddress());
	for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
		await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
		await expect(page.locator('input[name=next]')).toHaveValue('/my');
	}
});

test('a visitor sees no staff page, and somebody without a role is told so', async ({ page }) => {
	await page.goto('/desk/people');
	await expect(page).toHaveURL(/\/sign-in\?next=%2Fdesk%2Fpeople/);
	await typeCode(page, codeIn(await mailAskedFor(page, anAddress(), '/desk')));
	await expect(page.getByText(words('error_not_staff'))).toBeVisible();
});

test('somebody is invited, comes in, sees their own programme alone, and is out from the next click on', async ({
	page,
	browser
}) => {
	test.slow();
	const email = anAddress();
	const name = `Noor ${email.slice(0, 6)}`;
	await signInAt(page, 'amara@vancouver-sample.example', '/desk/people/invite');

	// What is missing is said, and what was typed stays.
	await page.getByLabel(words('people_invite_name')).fill(name);
	await page.getByRole('button', { name: words('people_invite_send') }).click();
	await expect(page.getByRole('alert')).toContainText(words('people_error_address'));
	await expect(page.getByLabel(words('people_invite_name'))).toHaveValue(name);
	await page.getByLabel(words('people_invite_address')).fill(email.toUpperCase());
	await page.getByLabel(words('people_invite_role')).selectOption({ label: words('people_role_admin') });
	await page.getByRole('button', { name: words('people_invite_send') }).click();
	await expect(page.getByRole('status')).toContainText(words('people_done_invited'));

	const guest = await browser.newPage({ javaScriptEnabled: false });
	const mail = await newestMail(email);
	const link = /https?:\/\/\S+\/invitations\/[0-9a-f]{32}/.exec(mail.text)![0];
	await guest.goto(link);
	await expect(guest.getByRole('heading', { level: 1 })).toHaveText(words('invitation_title'));
	await guest.getByRole('link', { name: words('invitation_sign_in') }).click();
	await guest.getByLabel(words('sign_in_email')).fill(email);
	await guest.getByRole('button', { name: words('sign_in_send') }).click();
	await typeCode(guest, codeIn((await newestMail(email, mail.id)).text));
	await expect(guest).toHaveURL(link);
	await guest.getByRole('button', { name: words('invitation_accept') }).click();
	await expect(guest).toHaveURL(/\/desk/);
	await guest.goto(link);
	await expect(guest.getByRole('heading', { level: 1 })).toHaveText(words('invitation_accepted_title'));

	await guest.goto('/desk/people');
	await expect(guest.getByText('amara@vancouver-sample.example')).toBeVisible();
	await expect(guest.getByText('fraser-sample.example')).toHaveCount(0);

	await page.goto('/desk/people');
	await page.getByRole('link', { name }).click();
	await page.getByRole('link', { name: words('people_end') }).click();
	await page.getByRole('button', { name: words('people_end_yes') }).click();
	await expect(page.getByRole('status')).toContainText(words('people_done_deactivated'));
	expect((await guest.goto('/desk/people'))?.status()).toBe(403);
	await expect(guest.getByText(words('error_not_staff'))).toBeVisible();
	await guest.close();

	// Half an hour without a request closes the staff pages; nothing else is lost.
	expect((await page.goto('/desk'))?.status()).toBe(200);
	await idleFor('31 minutes', 'amara@vancouver-sample.example');
	await page.goto('/desk/people');
	await expect(page).toHaveURL(/\/sign-in\?next=%2Fdesk%2Fpeople&why=idle/);
	await expect(page.getByRole('status')).toContainText(words('sign_in_idle'));
});

test.describe('with a script', () => {
	test.use({ javaScriptEnabled: true, contextOptions: { reducedMotion: 'reduce' } });

	test('axe finds nothing, with errors and without, light and dark', async ({ page }) => {
		await page.goto('/sign-in');
		await page.getByRole('button', { name: words('sign_in_send') }).click();
		await everybodyCanUse(page);
		const mail = await mailAskedFor(page, anAddress());
		await everybodyCanUse(page);
		await typeCode(page, 'abc');
		await everybodyCanUse(page);
		await typeCode(page, codeIn(mail));
		await expect(page).toHaveURL('/my');
		await everybodyCanUse(page);
		await page.goto('/sign-out');
		await everybodyCanUse(page);
		await page.getByRole('button', { name: words('sign_out_here') }).click();

		await signInAt(page, 'harleen@fraser-sample.example', '/desk');
		for (const url of ['/desk', '/desk/people', '/desk/people/invite', '/desk/mail']) {
			await page.goto(url);
			await everybodyCanUse(page);
		}
		await page.getByRole('button', { name: words('desk_sign_out') }).click();
	});

	test('pages that are kept for everybody say whose session it is', async ({ page }) => {
		const email = anAddress();
		await page.goto('/about');
		await expect(page.locator('[data-who]')).toBeHidden();
		await typeCode(page, codeIn(await mailAskedFor(page, email)));
		for (const url of ['/about', '/places', '/']) {
			await page.goto(url);
			await expect(page.locator('[data-who]')).toHaveText(words('my_signed_in_as', { email }));
		}
	});
});
