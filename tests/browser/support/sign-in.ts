/** Signing in as everybody does: an address, and the code that is mailed there. */
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { newestMail } from './mailbox.ts';
import { words } from './words.ts';

const CODE = /^(\d{3}) ?(\d{3})$/m;

/** The six digits of a code, from the text of a mail. */
export const codeIn = (text: string): string => CODE.exec(text)!.slice(1).join('');

/** The newest code that came to an address, after message `after`; other mail may have come since. */
export async function mailedCode(email: string, after = 0): Promise<string> {
	return codeIn((await newestMail(email, after, ({ text }) => CODE.test(text))).text);
}

/** Asks for a page that is one's own, and then for a code. */
export async function askForCode(page: Page, email: string, path: string): Promise<void> {
	await page.goto(path);
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await page.getByLabel(words('sign_in_email')).fill(email);
	await page.getByRole('button', { name: words('sign_in_send') }).click();
	await expect(page).toHaveURL('/sign-in/code');
}

export async function typeCode(page: Page, code: string): Promise<void> {
	await page.getByLabel(words('sign_in_code')).fill(code);
	await page.getByRole('button', { name: words('sign_in_button') }).click();
}

/** Asks for a page that is one's own, and signs in on the way, as people do. */
export async function signInAt(page: Page, email: string, path = '/my/referrals'): Promise<void> {
	await askForCode(page, email, path);
	await typeCode(page, await mailedCode(email));
	await expect(page).toHaveURL(path);
}

/** Signs in without looking at a page; `page.context().request` is signed in with its page. */
export async function signInQuietly(context: APIRequestContext, email: string): Promise<void> {
	const posted = { headers: { origin: process.env.SITE_URL!, accept: 'text/html' }, maxRedirects: 0 };
	await context.post('/sign-in', { ...posted, form: { email, next: '/my' } });
	const answer = await context.post('/sign-in/code?/check', { ...posted, form: { code: await mailedCode(email) } });
	expect(answer.headers().location ?? (await answer.text())).toBe('/my');
}
