/* Signing in as people do, with JavaScript off: by the code, by the link, with mistakes on the way; and out again. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { newestMail } from './support/mailbox.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });

const anAddress = () => `${randomUUID()}@people.example`;

async function askForCode(page: Page, email: string, from = '/my'): Promise<string> {
	await page.goto(from);
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await page.getByLabel(words('sign_in_email')).fill(email);
	await page.getByRole('button', { name: words('sign_in_send') }).click();
	await expect(page).toHaveURL('/sign-in/code');
	return (await newestMail(email)).text;
}
const codeIn = (text: string) => /\b(\d{3}) ?(\d{3})\b/.exec(text)!.slice(1).join('');

async function typeCode(page: Page, code: string): Promise<void> {
	await page.getByLabel(words('sign_in_code')).fill(code);
	await page.getByRole('button', { name: words('sign_in_button') }).click();
}

test('a code signs in, the page says whose it is, and one press signs out', async ({ page }) => {
	const email = anAddress();
	const mail = await askForCode(page, email);
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
	const mail = await askForCode(page, anAddress());
	const link = /https?:\/\/\S+\/sign-in\/confirm\?\S+/.exec(mail)![0];
	// A mail scanner opens it, twice.
	for (let time = 0; time < 2; time++) expect((await request.get(link)).status()).toBe(200);
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
	const code = codeIn(await askForCode(page, email, '/my?from=test'));
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
	await expect(page.getByRole('status')).toContainText(words('sign_in_wait'));
});

test('two who ask for the same page get the same answer, known or not', async ({ page }) => {
	const known = anAddress();
	await typeCode(page, codeIn(await askForCode(page, known)));
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
	await askForCode(page, anAddress());
	for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
		await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
		await expect(page.locator('input[name=next]')).toHaveValue('/my');
	}
});

test('a visitor sees no staff page, and somebody without a role is told so', async ({ page }) => {
	await page.goto('/desk/people');
	await expect(page).toHaveURL(/\/sign-in\?next=%2Fdesk%2Fpeople/);
	await typeCode(page, codeIn(await askForCode(page, anAddress(), '/desk')));
	await expect(page.getByText(words('error_not_staff'))).toBeVisible();
});

test.describe('with a script', () => {
	test.use({ javaScriptEnabled: true, contextOptions: { reducedMotion: 'reduce' } });

	test('axe finds nothing, with errors and without, light and dark', async ({ page }) => {
		const everybodyCanUse = async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				expect(await axeFindings(page), `${page.url()} ${colorScheme}`).toEqual([]);
			}
		};
		await page.goto('/sign-in');
		await page.getByRole('button', { name: words('sign_in_send') }).click();
		await everybodyCanUse();
		const mail = await askForCode(page, anAddress());
		await everybodyCanUse();
		await typeCode(page, 'abc');
		await everybodyCanUse();
		await typeCode(page, codeIn(mail));
		await expect(page).toHaveURL('/my');
		await everybodyCanUse();
		await page.goto('/sign-out');
		await everybodyCanUse();
	});

	test('pages that are kept for everybody say whose session it is', async ({ page }) => {
		const email = anAddress();
		await page.goto('/about');
		await expect(page.locator('[data-who]')).toBeHidden();
		await typeCode(page, codeIn(await askForCode(page, email)));
		for (const url of ['/about', '/places', '/']) {
			await page.goto(url);
			await expect(page.locator('[data-who]')).toHaveText(words('my_signed_in_as', { email }));
		}
	});
});
