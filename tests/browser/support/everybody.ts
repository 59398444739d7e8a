/** Whether everybody can use a page as it stands. Needs JavaScript. */
import { expect, type Page } from '@playwright/test';
import { axeFindingsLightAndDark } from './axe.ts';

/**
 * Axe finds nothing, light or dark; it fits on 320 pixels; it has one heading and one next thing to do at most. The page is as
 * wide afterwards as it was.
 *
 * @param state what it shows, where its address does not say
 */
export async function everybodyCanUse(page: Page, state = page.url()): Promise<void> {
	expect(await axeFindingsLightAndDark(page), state).toEqual([]);
	const size = page.viewportSize()!;
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth), `${state} at 320 pixels`).toBe(320);
	await page.setViewportSize(size);
	await expect(page.getByRole('heading', { level: 1 }), state).toHaveCount(1);
	expect(await page.locator('main .button').count(), `${state} has one next thing to do`).toBeLessThan(2);
}
