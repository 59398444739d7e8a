import type { Page } from '@playwright/test';

/** Waits until the page's own script (`src/enhance`) has run. */
export async function enhanced(page: Page): Promise<void> {
	await page.locator('html[data-enhanced]').waitFor({ state: 'attached' });
}
