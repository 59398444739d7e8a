import type { Page } from '@playwright/test';

/** Waits until the page's own script has taken over: Kit then adds its announcer. */
export async function hydrated(page: Page): Promise<void> {
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}
