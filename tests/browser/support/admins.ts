/** What the tests of the admins' pages share: somebody's session on a phone, mistakes, and whether everybody can use a page. */
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { signIn, type Colleague } from './desk.ts';
import { phone } from './devices.ts';

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A phone, with JavaScript off unless asked for, where this person is signed in. */
export const open = (browser: Browser, storageState?: Session, javaScriptEnabled = false): Promise<BrowserContext> =>
	browser.newContext({ viewport: phone.viewport, storageState, javaScriptEnabled, reducedMotion: 'reduce' });

export async function sessionOf(browser: Browser, colleague: Colleague): Promise<Session> {
	const signedIn = await open(browser);
	await signIn(await signedIn.newPage(), colleague);
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

/** Axe finds nothing, light and dark, and nothing is wider than 320 pixels. Needs JavaScript. */
export async function everybodyCanUse(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await axeFindings(page), `${page.url()} ${colorScheme}`).toEqual([]);
	}
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
	await page.setViewportSize(phone.viewport);
}
