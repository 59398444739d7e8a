/* The live map: that it agrees with the list, and what happens where it can't be had. */
import { expect, test, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { desktop, phone } from './support/devices.ts';
import { enhanced } from './support/enhanced.ts';
import { watch } from './support/watch.ts';
import { words } from './support/words.ts';

// Drawn in software, a live map may take its time.
test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const canvas = (page: Page) => page.locator('.maplibregl-canvas');
const pins = (page: Page) => page.locator('.map-pin');
const cards = (page: Page) => page.locator('[data-place]');
const stillMap = (page: Page) => page.getByRole('img', { name: /numbered place/ });
const showLive = (page: Page) =>
	page.getByRole('button', { name: words('map_show_live', { kilobytes: 0 }).split('0')[0] });
const searchArea = (page: Page) => page.getByRole('button', { name: words('map_search_area') });
/** That the page says in one line that its map stays still, and still has both. */
async function expectStill(page: Page): Promise<void> {
	await expect(page.getByRole('status').filter({ hasText: words('map_failed') })).toBeVisible();
	await expect(canvas(page)).toHaveCount(0);
	await expect(stillMap(page)).toBeVisible();
	await expect(cards(page)).toHaveCount(20);
}

/** Waits for the live map and the twenty pins of a page of the list. */
async function liveMap(page: Page): Promise<void> {
	await expect(canvas(page)).toBeVisible();
	await expect(pins(page)).toHaveCount(20);
}

test.describe('on a wide screen', () => {
	// Without animations there is less to draw.
	test.use({ ...desktop, contextOptions: { reducedMotion: 'reduce' } });

	test('the live map comes by itself and shows the list’s places, by their numbers', async ({ page, baseURL }) => {
		const seen = watch(page, baseURL!);
		await page.goto('/places?category=parks&page=2');
		await liveMap(page);
		const listed = await cards(page).getByRole('heading').allInnerTexts();
		const pinned = await pins(page).evaluateAll((buttons) =>
			buttons.map((button) => button.getAttribute('aria-label'))
		);
		expect(pinned).toEqual(listed.map((heading) => heading.replace('. ', ' ').replace(/\s+/g, ' ').trim()));
		expect(pinned[0]).toMatch(/^21 /);
		await expect(page.getByRole('link', { name: words('map_credit_sketch') })).toBeVisible();
		expect(seen.foreign).toEqual([]);
		expect(seen.complaints).toEqual([]);
	});

	test('axe finds nothing on the live map, light and dark', async ({ page }) => {
		await page.goto('/places?q=library');
		await liveMap(page);
		await page.getByRole('button', { name: words('map_pan_east') }).click();
		await expect(searchArea(page)).toBeVisible();
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await axeFindings(page), colorScheme).toEqual([]);
		}
	});

	test('a card and its pin light up together, whichever is pointed at', async ({ page }) => {
		await page.goto('/places?q=library&near=commercial+drive');
		await liveMap(page);
		await cards(page).nth(1).hover();
		await expect(pins(page).nth(1)).toHaveClass(/is-hovered/);
		await expect(page.locator('.map-pin.is-hovered')).toHaveCount(1);
		await pins(page).first().hover();
		await expect(cards(page).first().getByRole('article')).toHaveClass(/selected/);
		await expect(pins(page).nth(1)).not.toHaveClass(/is-hovered/);
		await page.mouse.move(0, 0);
		await cards(page).nth(2).getByRole('link').first().focus();
		await expect(pins(page).nth(2)).toHaveClass(/is-hovered/);
	});

	test('a pin that is chosen brings its card', async ({ page }) => {
		await page.goto('/places?q=library&near=commercial+drive');
		await liveMap(page);
		await pins(page).nth(4).click();
		const link = cards(page).nth(4).getByRole('link').first();
		await expect(link).toBeFocused();
		await expect(link).toBeInViewport();
		await expect(pins(page).nth(4)).toHaveAttribute('aria-pressed', 'true');
		await expect(page.locator('.map-pin[aria-pressed=true]')).toHaveCount(1);
	});

	test('“search this area” searches what is in sight, and Back returns to what was there', async ({ page }) => {
		await page.goto('/places?category=parks');
		await liveMap(page);
		await expect(searchArea(page)).toBeHidden();
		const before = await page.locator('#count').innerText();
		for (let step = 0; step < 2; step++) {
			await page.getByRole('button', { name: words('map_zoom_in') }).click();
			await expect(searchArea(page)).toBeVisible();
		}
		await searchArea(page).click();
		await expect(page).toHaveURL(/\/places\?category=parks&bbox=(-?\d+\.\d{4},?){4}$/);
		await expect(page.locator('#count')).not.toHaveText(before);
		await expect(searchArea(page)).toBeHidden();
		const [west, south, east, north] = new URL(page.url()).searchParams.get('bbox')!.split(',').map(Number);
		const found = (await (await page.request.get(`/api/places${new URL(page.url()).search}`)).json()) as {
			total: number;
			places: { lat: number; lng: number }[];
		};
		await expect(page.locator('#count')).toContainText(String(found.total));
		for (const { lat, lng } of found.places) {
			expect(lat > south! && lat < north! && lng > west! && lng < east!).toBe(true);
		}
		await page.goBack();
		await expect(page).toHaveURL('/places?category=parks');
		await expect(page.locator('#count')).toHaveText(before);
		await expect(pins(page)).toHaveCount(20);
	});

	test('a point without a number says what it is, and Escape closes that', async ({ page }) => {
		const search = 'category=parks&neighbourhood=downtown';
		await page.goto(`/places?${search}`);
		await liveMap(page);
		await canvas(page).evaluate((element) => element.scrollIntoView({ block: 'center' }));
		const popup = page.locator('.maplibregl-popup');
		// Nothing in the page says when the points are drawn: until then a click meets none.
		await expect(async () => {
			const { x, y } = await pointOfPage2(page, search);
			await page.mouse.click(x, y);
			await expect(popup).toBeVisible({ timeout: 1000 });
		}).toPass();
		await expect(popup.getByRole('link')).toBeFocused();
		await expect(popup.getByRole('link')).toHaveAttribute('href', /^\/places\/[a-z0-9-]+$/);
		await page.keyboard.press('Escape');
		await expect(popup).toHaveCount(0);
	});

	test('where data is dear the live map waits until it is asked for', async ({ page }) => {
		await page.addInitScript(() =>
			Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } })
		);
		await page.goto('/places', { waitUntil: 'networkidle' });
		await expect(showLive(page)).toBeVisible();
		await expect(canvas(page)).toHaveCount(0);
	});

	test('without WebGL2 the still map stays, and the page says so', async ({ page }) => {
		await page.addInitScript(() => {
			HTMLCanvasElement.prototype.getContext = () => null;
		});
		await page.goto('/places');
		await expectStill(page);
	});

	test('a map whose code does not come stays still, and the page says so', async ({ page }) => {
		await page.route('**/enhance/chunks/live-map*', (route) => route.abort());
		await page.goto('/places');
		await expectStill(page);
	});

	test('who wants no motion gets none', async ({ page }) => {
		await page.goto('/places?q=library');
		await liveMap(page);
		const moved = await page.evaluate((name) => {
			const pin = document.querySelector<HTMLElement>('.map-pin')!;
			const before = pin.style.transform;
			document.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)!.click();
			return { atOnce: pin.style.transform !== before, animations: document.getAnimations().length };
		}, words('map_pan_east'));
		expect(moved).toEqual({ atOnce: true, animations: 0 });
	});

	test('a position the device gives is rounded before it is sent anywhere', async ({ page, context, baseURL }) => {
		await context.grantPermissions(['geolocation']);
		await context.setGeolocation({ latitude: 49.2627489, longitude: -123.0694651 });
		const seen = watch(page, baseURL!);
		await page.goto('/places?q=library');
		await enhanced(page);
		await page.getByRole('button', { name: words('map_near_me') }).click();
		await expect(page).toHaveURL('/places?q=library&near=49.263,-123.069');
		await expect(page.getByText(words('places_measured_from_you'))).toBeVisible();
		await expect(cards(page).first()).toContainText(/ away/);
		expect(
			seen.requested.filter((url) => /49\.26\d{2}|123\.06\d{2}/.test(url) && !url.includes('/map/still.svg'))
		).toEqual([]);
	});

	test('a device that keeps its position to itself is fine, and the page says what else to do', async ({ page }) => {
		await page.goto('/places');
		await enhanced(page);
		await page.getByRole('button', { name: words('map_near_me') }).click();
		await expect(page.getByRole('status').filter({ hasText: words('map_near_denied') })).toBeVisible();
		await expect(page).toHaveURL('/places');
	});
});

test.describe('on a phone', () => {
	test.use(phone);

	test('the live map comes when it is asked for, and not before', async ({ page }) => {
		await page.goto('/places?q=library', { waitUntil: 'networkidle' });
		await expect(canvas(page)).toHaveCount(0);
		await expect(stillMap(page)).toBeVisible();
		await showLive(page).click();
		await liveMap(page);
		await expect(showLive(page)).toHaveCount(0);
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(width).toBe(phone.viewport.width);
	});
});

/** Where on the screen a place of the list's second page stands that nothing covers, reckoned from two pins. */
async function pointOfPage2(page: Page, search: string): Promise<{ x: number; y: number }> {
	type Answer = { places: { lat: number; lng: number }[] };
	const [first, second] = await Promise.all(
		[1, 2].map(
			async (n) => ((await (await page.request.get(`/api/places?${search}&page=${n}`)).json()) as Answer).places
		)
	);
	return page.evaluate(
		({ first, second }) => {
			const mercator = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
			const boxes = [...document.querySelectorAll('.map-pin')].map((pin) => pin.getBoundingClientRect());
			const tip = (index: number) => ({ x: boxes[index]!.x + boxes[index]!.width / 2, y: boxes[index]!.bottom });
			const byLng = first.map(({ lng }, index) => ({ lng, index })).sort((a, b) => a.lng - b.lng);
			const byLat = first.map(({ lat }, index) => ({ lat, index })).sort((a, b) => a.lat - b.lat);
			const [west, east, south, north] = [byLng[0]!, byLng.at(-1)!, byLat[0]!, byLat.at(-1)!];
			const frame = document.querySelector('.maplibregl-canvas')!.getBoundingClientRect();
			const spots = second.map(({ lat, lng }) => ({
				x: tip(west.index).x + ((lng - west.lng) / (east.lng - west.lng)) * (tip(east.index).x - tip(west.index).x),
				y:
					tip(south.index).y +
					((mercator(lat) - mercator(south.lat)) / (mercator(north.lat) - mercator(south.lat))) *
						(tip(north.index).y - tip(south.index).y)
			}));
			const isFree = ({ x, y }: { x: number; y: number }) =>
				x > frame.left + 40 &&
				x < frame.right - 60 &&
				y > frame.top + 60 &&
				y < Math.min(frame.bottom - 60, innerHeight - 10) &&
				document.elementFromPoint(x, y)?.matches('.maplibregl-canvas') &&
				spots.every((other) => (other.x === x && other.y === y) || Math.hypot(other.x - x, other.y - y) > 60);
			const spot = spots.find(isFree);
			if (!spot) throw new Error('No place of the second page stands free');
			return spot;
		},
		{ first: first!, second: second! }
	);
}
