/* The whole way by keyboard alone. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { desktop, phone } from './support/devices.ts';
import { enhanced } from './support/enhanced.ts';
import { words } from './support/words.ts';

// As wide as a phone, where no live map comes by itself, unless a test is of that.
const narrow = { ...phone, isMobile: false, hasTouch: false };
test.use({ ...narrow, contextOptions: { reducedMotion: 'reduce' } });
// Drawn in software, a live map may take its time.
test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const focused = (page: Page) => page.locator(':focus');

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
	for (let presses = 0; presses < 150; presses++) {
		await page.keyboard.press(key);
		if (await target.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error(`${target} can't be reached by ${key}`);
}

test('the first stop on every page skips to its main part', async ({ page }) => {
	for (const url of ['/', '/places', '/places/britannia-library', '/help-now', '/no-such-page']) {
		await page.goto(url);
		await page.keyboard.press('Tab');
		await expect(focused(page)).toHaveText(words('site_skip'));
		await expect(focused(page)).toBeInViewport({ ratio: 1 });
		await page.keyboard.press('Enter');
		await expect(page.getByRole('main')).toBeFocused();
		await page.keyboard.press('Tab');
		expect(await focused(page).evaluate((element) => element.closest('main') !== null), url).toBe(true);
	}
});

interface Stop {
	element: string;
	/** What is wrong with it, or nothing. */
	fault: string | null;
}

/** What has the focus: whether that shows, and whether anything hides it (WCAG 2.2, 2.4.7 and 2.4.11). */
function lookAtFocus(page: Page): Promise<Stop | null> {
	return page.evaluate(() => {
		const element = document.activeElement;
		if (!element || element === document.body) return null;
		const strip = document.querySelector('.strip')!;
		const label = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40);
		const name = `${element.localName} ${label} ${element.getAttribute('name') ?? ''}`;
		const style = getComputedStyle(element);
		if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
			return { element: name, fault: 'no outline' };
		// Of a link over several lines, one that is in sight is enough.
		const boxes = [...element.getClientRects()];
		const isSeen = boxes.some(({ top, bottom, left, right }) => {
			const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (top + bottom) / 2];
			const covers = [Math.max(top + 1, 0), Math.min(bottom - 1, innerHeight - 1)].map((edge) =>
				document.elementFromPoint(x, edge)
			);
			const isCovered = covers.some((over) => over !== element && strip.contains(over) && !strip.contains(element));
			return y > 0 && y < innerHeight && right > 0 && left < innerWidth && !isCovered;
		});
		return { element: name, fault: isSeen ? null : `hidden: ${JSON.stringify(boxes)}` };
	});
}

const WALKS = [
	{
		device: narrow,
		size: 'a narrow screen',
		urls: ['/', '/places?q=library', '/places/britannia-library', '/help-now']
	},
	{
		device: desktop,
		size: 'a wide screen',
		urls: ['/places?q=library&near=commercial+drive', '/neighbourhoods/strathcona', '/contact', '/privacy']
	}
];
for (const { device, size, urls } of WALKS) {
	test.describe(`on ${size}`, () => {
		test.use(device);
		for (const url of urls) {
			test(`what has the focus is always seen on ${url}, forwards and backwards`, async ({ page }) => {
				await page.goto(url);
				const faults: Stop[] = [];
				for (const key of ['Tab', 'Shift+Tab']) {
					let stops = 0;
					for (; stops < 200; stops++) {
						await page.keyboard.press(key);
						const stop = await lookAtFocus(page);
						if (!stop) break;
						if (stop.fault) faults.push(stop);
					}
					expect(stops, 'the walk comes to an end').toBeLessThan(200);
					expect(stops).toBeGreaterThan(10);
				}
				expect(faults).toEqual([]);
			});
		}
	});
}

test('somebody searches, chooses, reads a place, goes back and turns the page without a mouse', async ({ page }) => {
	await page.goto('/');
	await tabTo(page, page.getByLabel(words('places_q')));
	await page.keyboard.type('libary');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/places?q=libary');
	await enhanced(page);

	await tabTo(page, page.getByLabel(words('places_near')));
	await page.keyboard.type('commercial drive');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/near=commercial\+drive/);
	const cards = page.locator('[data-place]');
	await expect(cards.first()).toContainText('1. Britannia Library');

	await tabTo(page, cards.first().getByRole('link').first());
	const results = page.url();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/places/britannia-library');
	await page.goBack();
	await expect(page).toHaveURL(results);
	await expect(page.getByLabel(words('places_near'))).toHaveValue(/commercial/i);
	await expect(cards.first()).toContainText('1. Britannia Library');

	const next = page.getByRole('link', { name: words('site_next_page') });
	await tabTo(page, next);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/page=2/);
	await expect(cards.first()).toContainText(/^\s*21\. /);
	await page.goBack();
	await expect(cards.first()).toContainText('1. Britannia Library');
});

test('choices are made and taken back with the space bar and Enter', async ({ page }) => {
	await page.goto('/places');
	await enhanced(page);
	const chip = page
		.getByRole('navigation', { name: words('places_kinds') })
		.getByRole('link')
		.first();
	const name = (await chip.innerText()).split('\n')[0]!.trim();
	await tabTo(page, chip);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/places\?category=/);

	const more = page.getByText(words('places_more_filters'));
	await expect(page.getByLabel(words('places_free'), { exact: true })).toBeHidden();
	await more.focus();
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByLabel(words('places_free'), { exact: true }));
	await page.keyboard.press('Space');
	await tabTo(page, page.getByRole('button', { name: words('places_apply') }));
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/free=1/);
	await expect(page.getByLabel(words('places_category')).locator('option:checked')).toHaveText(name);

	await tabTo(page, page.getByRole('link', { name: words('places_remove', { name: words('places_free') }) }));
	await page.keyboard.press('Enter');
	await expect(page).not.toHaveURL(/free/);
});

test.describe('on the live map', () => {
	test.use(desktop);

	test('the live map is reached, moved, searched and read by keyboard, and Back restores what was there', async ({
		page
	}) => {
		await page.goto('/places?q=library');
		const canvas = page.locator('.maplibregl-canvas');
		await expect(canvas).toBeVisible();
		const searchArea = page.getByRole('button', { name: words('map_search_area') });
		await expect(searchArea).toBeHidden();

		await tabTo(page, canvas);
		await page.keyboard.press('ArrowRight');
		await expect(searchArea).toBeVisible();
		await tabTo(page, page.getByRole('button', { name: words('map_zoom_in') }));
		await page.keyboard.press('Enter');
		await tabTo(page, page.getByRole('button', { name: words('map_pan_north') }));
		await page.keyboard.press('Enter');
		await tabTo(page, searchArea, 'Shift+Tab');
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(/bbox=-12\d\.\d{4},49\.\d{4},-12\d\.\d{4},49\.\d{4}$/);
		await expect(
			page.getByRole('link', { name: words('places_remove', { name: words('places_area_chip') }) })
		).toBeVisible();
		await page.goBack();
		await expect(page).toHaveURL('/places?q=library');
		await expect(page.locator('#count')).toContainText('33');
	});

	test('pins are buttons, one stop for all of them, walked with the arrow keys', async ({ page }) => {
		await page.goto('/places?q=library');
		const pins = page.locator('.map-pin');
		await expect(pins).toHaveCount(20);
		await tabTo(page, pins.first());
		await expect(pins.first()).toHaveAccessibleName(/^1 /);
		await page.keyboard.press('ArrowRight');
		await expect(focused(page)).toHaveAccessibleName(/^2 /);
		await page.keyboard.press('End');
		await expect(focused(page)).toHaveAccessibleName(/^20 /);
		await page.keyboard.press('Home');
		await expect(focused(page)).toHaveAccessibleName(/^1 /);
		await page.keyboard.press('Enter');
		await expect(page.locator('[data-place]').first().getByRole('link').first()).toBeFocused();
		await expect(pins.first()).toHaveAttribute('aria-pressed', 'true');
	});
});

test('Escape three times leaves, and what was here is no longer the page to go back to', async ({ page }) => {
	await page.route('https://weather.gc.ca/**', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' })
	);
	for (const url of ['/places?q=library', '/help-now', '/no-such-page']) {
		await page.goto('about:blank');
		await page.goto(url);
		const before = await page.evaluate(() => history.length);
		// The three have to come within two seconds, and the browser may be busy.
		await expect(async () => {
			for (let press = 0; press < 3; press++) await page.keyboard.press('Escape');
			await expect(page).toHaveURL('https://weather.gc.ca/', { timeout: 2000 });
		}).toPass();
		expect(await page.evaluate(() => history.length)).toBe(before);
	}
});

test('the menu of a phone opens and closes by keyboard', async ({ page }) => {
	await page.goto('/');
	const menu = page.getByRole('navigation', { name: words('nav_main') });
	await tabTo(page, menu.getByText(words('nav_menu')));
	const link = menu.getByRole('link', { name: words('nav_neighbourhoods') });
	await expect(link).toBeHidden();
	await page.keyboard.press('Space');
	await expect(link).toBeVisible();
	await tabTo(page, link);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/neighbourhoods');
	await expect(link).toBeHidden();
});
