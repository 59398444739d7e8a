/* All of it on an old phone, or wherever scripts are blocked. */
import { expect, test, type Page } from '@playwright/test';
import { phone } from './support/devices.ts';
import { words } from './support/words.ts';

test.use({ ...phone, javaScriptEnabled: false });

const cards = (page: Page) => page.locator('[data-place]');
const stillMap = (page: Page) => page.getByRole('img', { name: /numbered place/ });
const parameters = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
/** What somebody left empty is sent too, and is no filter. */
const chosen = (page: Page) => Object.fromEntries(Object.entries(parameters(page)).filter(([, value]) => value !== ''));

test('somebody who types “libary” near Commercial Drive finds the library', async ({ page }) => {
	await page.goto('/');
	await page.getByLabel(words('places_q')).fill('libary');
	await page.getByRole('button', { name: words('places_search') }).click();
	await expect(page).toHaveURL('/places?q=libary');
	await page.getByLabel(words('places_near')).fill('commercial drive');
	await page.getByRole('button', { name: words('places_search') }).click();
	expect(chosen(page)).toEqual({ q: 'libary', near: 'commercial drive' });

	await expect(cards(page).first().getByRole('heading')).toHaveText('1. Britannia Library');
	await expect(stillMap(page)).toBeVisible();
	await expect(stillMap(page)).toHaveAccessibleName(/ 1 Britannia Library/);
	await expect.poll(() => stillMap(page).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

	await cards(page).first().getByRole('link').first().click();
	await expect(page).toHaveURL('/places/britannia-library');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Britannia Library');
});

test('what the page can do only with a script is not offered without one', async ({ page }) => {
	await page.goto('/places?open=now');
	await expect(page.getByRole('button', { name: words('map_near_me') })).toHaveCount(0);
	await expect(page.getByRole('button', { name: /map/i })).toHaveCount(0);
});

test('every filter is a plain form control, named as the address names it', async ({ page }) => {
	await page.goto('/places?bbox=-123.2,49.2,-123,49.3&language=en');
	const form = page.getByRole('search');
	await expect(form).toHaveAttribute('method', 'get');
	await expect(form).toHaveAttribute('action', '/places');
	await form.getByText(words('places_more_filters')).click();
	await form.getByLabel(words('places_q')).fill('park');
	await form.getByLabel(words('places_near')).fill('main street');
	await form.getByLabel(words('places_category')).selectOption('outdoors');
	await form.getByLabel(words('places_neighbourhood')).selectOption('mount-pleasant');
	await form.getByLabel(words('places_sort')).selectOption('name');
	for (const box of ['places_open_now', 'places_free', 'places_wheelchair', 'places_washroom'] as const) {
		await form.getByLabel(words(box), { exact: true }).check();
	}
	await form.getByRole('button', { name: words('places_apply') }).click();
	expect(parameters(page)).toEqual({
		q: 'park',
		near: 'main street',
		category: 'outdoors',
		neighbourhood: 'mount-pleasant',
		sort: 'name',
		open: 'now',
		free: '1',
		wheelchair: '1',
		washroom: '1',
		bbox: '-123.2000,49.2000,-123.0000,49.3000',
		language: 'en'
	});
	// And the form says so again.
	await expect(form.getByLabel(words('places_q'))).toHaveValue('park');
	await expect(form.getByLabel(words('places_category'))).toHaveValue('outdoors');
	await expect(form.getByLabel(words('places_neighbourhood'))).toHaveValue('mount-pleasant');
	await expect(form.getByLabel(words('places_sort'))).toHaveValue('name');
	await expect(form.getByRole('checkbox', { checked: true })).toHaveCount(4);
});

test('a kind is chosen by its chip, narrowed, and each choice is taken back by its own', async ({ page }) => {
	await page.goto('/places');
	const kinds = page.getByRole('navigation', { name: words('places_kinds') });
	const outdoors = kinds.locator('a[href="/places?category=outdoors"]');
	const promised = Number(await outdoors.locator('.count').innerText());
	await outdoors.click();
	await expect(page).toHaveURL('/places?category=outdoors');
	await expect(page.locator('#count')).toContainText(String(promised));

	await page.goto('/places?category=outdoors&neighbourhood=kitsilano&free=1');
	await page.getByRole('link', { name: words('places_remove', { name: words('places_free') }) }).click();
	await expect(page).toHaveURL('/places?category=outdoors&neighbourhood=kitsilano');
	await kinds.getByRole('link', { name: words('places_all_kinds') }).click();
	await expect(page).toHaveURL('/places?neighbourhood=kitsilano');
	await page.getByRole('link', { name: words('places_remove', { name: 'Kitsilano' }) }).click();
	await expect(page).toHaveURL('/places');
});

test('the second page goes on counting, in the list and on its map', async ({ page }) => {
	await page.goto('/places?category=parks');
	await expect(cards(page)).toHaveCount(20);
	const last = await cards(page).last().getByRole('heading').innerText();
	expect(last).toMatch(/^20\. /);
	await page.getByRole('link', { name: words('site_next_page') }).click();
	await expect(page).toHaveURL('/places?category=parks&page=2');
	await expect(cards(page).first().getByRole('heading')).toHaveText(/^21\. /);
	await expect(stillMap(page)).toHaveAccessibleName(/: 21 /);
	await page.getByRole('link', { name: words('site_prev_page') }).click();
	await expect(page).toHaveURL('/places?category=parks');
	await expect(cards(page).last().getByRole('heading')).toHaveText(last);
});

test('from a place to one nearby, and to saying that something is wrong', async ({ page }) => {
	await page.goto('/places/britannia-library');
	await expect(page.getByRole('img', { name: words('place_map_alt', { name: 'Britannia Library' }) })).toBeVisible();
	const nearby = page.getByRole('region', { name: words('place_nearby') });
	const next = nearby.getByRole('heading', { level: 3 }).first();
	const name = await next.innerText();
	await next.getByRole('link').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
	const { pathname } = new URL(page.url());

	await page.getByRole('link', { name: words('place_wrong') }).click();
	await expect(page).toHaveURL(`/contact?about=${pathname.split('/').pop()}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('contact_wrong_title'));
	await expect(page.getByRole('link', { name: pathname })).toBeVisible();
});

test('the week’s hours of a place open without a script', async ({ page }) => {
	await page.goto('/places/andy-livingstone-park');
	const week = page.getByRole('group').filter({ hasText: words('place_hours_week') });
	await expect(week.locator('dl')).toBeHidden();
	await week.getByText(words('place_hours_week')).click();
	await expect(week.locator('dl > div')).toHaveCount(6);
});

test('from the neighbourhoods to one, and to what is near its middle', async ({ page }) => {
	await page.goto('/neighbourhoods');
	await expect(page.getByRole('heading', { level: 2 }).filter({ hasNot: page.locator('footer *') })).not.toHaveCount(0);
	await page.getByRole('link', { name: 'Strathcona', exact: true }).click();
	await expect(page).toHaveURL('/neighbourhoods/strathcona');
	await expect(page.getByRole('img', { name: words('hood_map_alt', { name: 'Strathcona' }) })).toBeVisible();
	const essentials = page.getByRole('region', { name: words('hood_essentials') });
	await expect(essentials.getByText(words('hood_library'), { exact: true })).toBeVisible();
	await essentials.locator('dd').first().getByRole('link').click();
	await expect(page).toHaveURL(/\/places\/[a-z0-9-]+$/);
	await page
		.getByRole('link', { name: words('place_back'), exact: true })
		.last()
		.click();
	await expect(page).toHaveURL('/places');
});

test('a search that finds nothing says what would help', async ({ page }) => {
	await page.goto('/places?q=zzqqxx&neighbourhood=kitsilano');
	await expect(page.getByRole('heading', { name: words('places_count_none') })).toBeVisible();
	await expect(page.getByText(words('places_empty_phone'))).toBeVisible();
	await page.getByRole('link', { name: words('places_empty_without_words', { count: '' }).trim() }).click();
	await expect(page).toHaveURL('/places?neighbourhood=kitsilano');
	await expect(cards(page)).toHaveCount(20);

	await page.goto('/places?q=zzqqxx');
	await page.getByText(words('places_empty_kinds')).locator('+ ul').getByRole('link').first().click();
	await expect(page).toHaveURL(/\/places\?category=/);
	await expect(cards(page)).not.toHaveCount(0);
});

test('the menu of a phone opens, and the way out is a plain link', async ({ page }) => {
	await page.goto('/');
	const menu = page.getByRole('navigation', { name: words('nav_main') });
	await expect(menu.getByRole('link', { name: words('nav_training') })).toBeHidden();
	await menu.getByText(words('nav_menu')).click();
	await menu.getByRole('link', { name: words('nav_training') }).click();
	await expect(page).toHaveURL('/training');

	const exit = page.getByRole('link', { name: words('exit_leave') });
	await expect(exit).toHaveAttribute('href', /^https:\/\//);
	await expect(exit).toHaveAttribute('rel', /noreferrer/);
	await expect(page.getByRole('contentinfo').getByText(words('footer_leave'))).toBeVisible();
});
