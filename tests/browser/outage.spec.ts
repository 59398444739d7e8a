/* What stands when the database is away. */
import { rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { startSite, type Site } from '../../scripts/support/site.ts';
import { findFreePorts } from '../../supabase/local/ports.ts';
import { throwawayFolder } from '../../supabase/local/throwaway.ts';
import { axeFindings } from './support/axe.ts';
import { PAGES } from './support/pages.ts';
import { words } from './support/words.ts';

const folder = throwawayFolder('outage');
let site: Site;

test.describe.configure({ mode: 'serial' });

// The same built Worker, told to look for its database where nobody answers.
test.beforeAll(async () => {
	const [port, nobody] = [await findFreePorts(9187, [0]), await findFreePorts(9787, [0])];
	const vars = { SUPABASE_URL: `http://127.0.0.1:${nobody}`, SUPABASE_PUBLISHABLE_KEY: 'unused' };
	site = await startSite({ port, dir: folder, vars: { ...vars, SITE_URL: `http://127.0.0.1:${port}` }, secrets: {} });
});

test.afterAll(async () => {
	await site?.stop();
	rmSync(folder, { recursive: true, force: true });
});

const NEED_NO_DATABASE = [
	'/help-now',
	'/peer-support',
	'/contact',
	'/contact?about=britannia-library',
	'/about',
	'/privacy',
	'/accessibility',
	'/refer',
	'/refer/kept',
	'/feedback/thanks',
	// A form, and what is no number.
	'/training/certificate',
	'/training/certificate?number=%3Cb%3E',
	// Who brings no session is asked for an address: that alone needs nothing.
	...PAGES.filter(({ route }) => /sign-(in|out)/.test(route ?? '')).map(({ url }) => url),
	'/map/still.svg?w=640&h=400&pins=49.2756,-123.0738,indoors'
];

test('pages that need no database stand without one', async ({ request }) => {
	for (const url of NEED_NO_DATABASE) {
		expect((await request.get(site.url + url)).status(), url).toBe(200);
	}
});

test('the numbers to call are on /help-now without a database', async ({ page }) => {
	await page.goto(`${site.url}/help-now`);
	for (const number of ['911', '988']) await expect(page.locator(`main a[href="tel:${number}"]`).first()).toBeVisible();
});

test('a page that needs the database says that it is away, with the help lines and a number to quote', async ({
	page
}) => {
	const inNeed = PAGES.filter(({ route, url }) => route !== null && !NEED_NO_DATABASE.includes(url));
	const urls = new Set(inNeed.map(({ url }) => url).filter((url) => !url.startsWith('/contact')));
	expect(urls.size).toBeGreaterThan(10);
	for (const url of urls) {
		const answer = await page.request.get(site.url + url);
		expect(answer.status(), url).toBe(503);
		expect(answer.headers()['cache-control'], url).toBe('no-store');
	}
	for (const url of ['/', '/places?q=library', '/places/britannia-library']) {
		const answer = await page.goto(site.url + url);
		expect(answer?.status()).toBe(503);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('error_503_title'));
		const main = page.getByRole('main');
		await expect(main.getByRole('link', { name: words('nav_help_now') }).first()).toHaveAttribute('href', '/help-now');
		await expect(main.getByRole('link', { name: words('error_retry') })).toHaveAttribute('href', url);
		await expect(main).not.toContainText(/fetch|undefined|Supabase|stack/i);
		expect(await axeFindings(page)).toEqual([]);
	}
});

test('machines are told that the database is away', async ({ request }) => {
	const health = await request.get(`${site.url}/api/health`);
	expect(health.status()).toBe(503);
	expect(await health.json()).toMatchObject({ status: 'unavailable', database: 'away' });
	for (const path of ['places', 'places.geojson', 'places.csv', 'place-points', 'place-points/1', 'suggest?q=lib']) {
		const answer = await request.get(`${site.url}/api/${path}`);
		expect(answer.status(), path).toBe(503);
		expect(answer.headers()['content-type']).toBe('application/problem+json');
		expect(await answer.json()).toMatchObject({ status: 503, title: 'Service unavailable' });
	}
});
