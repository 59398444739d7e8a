/** What the tests of the admins' pages share: somebody's session on a phone, and mistakes. */
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { Colleague } from './desk.ts';
import { phone } from './devices.ts';
import { signInQuietly } from './sign-in.ts';

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A phone, with JavaScript off unless asked for, where this person is signed in. */
export const open = (browser: Browser, storageState?: Session, javaScriptEnabled = false): Promise<BrowserContext> =>
	browser.newContext({ viewport: phone.viewport, storageState, javaScriptEnabled, reducedMotion: 'reduce' });

export async function sessionOf(browser: Browser, colleague: Colleague): Promise<Session> {
	const signedIn = await open(browser);
	await signInQuietly(signedIn.request, colleague.email);
	const state = await signedIn.storageState();
	await signedIn.close();
	return state;
}

/** Said at the top and beside the field, which the summary leads to. */
export async function isWrong(page: Page, message: string, field: string): Promise<void> {
	const link = page.getByRole('alert').getByRole('link', { name: message, exact: true });
	await expect(link).toHaveAttribute('href', `#${field}`);
	await expect(page.locator(`#${field}`)).toHaveAttribute('aria-invalid', 'true');
	const described = (await page.locator(`#${field}`).getAttribute('aria-describedby'))!.split(' ').at(-1)!;
	await expect(page.locator(`#${described}`)).toContainText(message);
}
