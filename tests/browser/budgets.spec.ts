/* What every page may weigh (DESIGN §11), as it comes from the built Worker. */
import { expect, test, type APIRequestContext } from '@playwright/test';
import { decodePoints } from '../../src/lib/map/points.ts';
import { gzipped, KIB } from './support/bytes.ts';
import { phone } from './support/devices.ts';
import { PAGES } from './support/pages.ts';
import { watch } from './support/watch.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
// On a wide screen the live map comes by itself; on a phone a page loads what it loads at first and no more.
test.use(phone);

for (const [index, { route, name, url, status = 200, hasScript, hasMap }] of PAGES.entries()) {
	test(`the HTML and CSS of ${name} are at most 25 KiB`, async ({ request }) => {
		const html = await sent(request, url, status);
		const styles = [...html.toString().matchAll(/<link\b[^>]*>/g)].flatMap(([tag]) =>
			tag.includes('rel="stylesheet"') ? (/href="([^"]+)"/.exec(tag)?.[1] ?? []) : []
		);
		const css = await Promise.all(styles.map((href) => sent(request, new URL(href, `http://site${url}`).pathname)));
		expect(css.length).toBeGreaterThan(0);
		const bytes = [html, ...css].reduce((sum, part) => sum + gzipped(part), 0);
		test.info().annotations.push({ type: 'bytes', description: String(bytes) });
		expect(bytes).toBeLessThanOrEqual(25 * KIB);
	});

	// A route has the same script in all its states.
	const isFirst = PAGES.findIndex((row) => row.route === route) === index;
	if (isFirst) {
		test(`${name} loads ${hasScript ? 'at most 40 KiB of script' : 'no script but those that leave quickly and say who is signed in'}`, async ({
			page,
			request,
			baseURL
		}) => {
			const seen = watch(page, baseURL!, [status]);
			await page.goto(url, { waitUntil: 'networkidle' });
			const scripts = [...new Set(seen.requested.map((each) => new URL(each).pathname))].filter((path) =>
				path.endsWith('.js')
			);
			if (!hasScript) return expect(scripts).toEqual(['/quick-exit.js', '/who.js']);
			const bytes = (await Promise.all(scripts.map(async (path) => gzipped(await sent(request, path))))).reduce(
				(sum, part) => sum + part
			);
			test.info().annotations.push({ type: 'bytes', description: String(bytes) });
			expect(bytes).toBeLessThanOrEqual(40 * KIB);
			expect(bytes, 'the scripts were counted').toBeGreaterThan(KIB);
		});
	}

	if (!hasMap) continue;
	test(`each still map of ${name} is at most 15 KiB`, async ({ request }) => {
		const html = (await sent(request, url)).toString();
		const maps = new Set([...html.matchAll(/(?:src|srcset)="(\/map\/still\.svg[^"]*)"/g)].map(([, map]) => map!));
		expect(maps.size, 'light and dark, wide and narrow, print').toBeGreaterThanOrEqual(5);
		for (const map of maps) {
			const bytes = gzipped(await sent(request, map.replaceAll('&amp;', '&')));
			test.info().annotations.push({ type: 'bytes', description: String(bytes) });
			expect(bytes, map).toBeLessThanOrEqual(15 * KIB);
		}
	});
}

test('the live map is fetched when it is asked for, not before, and weighs what its button says', async ({
	page,
	request,
	baseURL
}) => {
	const seen = watch(page, baseURL!);
	await page.goto('/places', { waitUntil: 'networkidle' });
	const button = page.getByRole('button', { name: words('map_show_live', { kilobytes: 0 }).split('0')[0] });
	const promised = Number(/\d+/.exec(await button.innerText())?.[0]);
	const before = new Set(seen.requested);
	await button.click();
	await expect(page.locator('.maplibregl-canvas')).toBeVisible();
	const fetched = [...new Set(seen.requested)].filter(
		(url) => !before.has(url) && /\.(js|mjs|css)$/.test(new URL(url).pathname)
	);
	const weights = await Promise.all(fetched.map(async (url) => gzipped(await sent(request, new URL(url).pathname))));
	const bytes = weights.reduce((sum, each) => sum + each, 0);
	test.info().annotations.push({ type: 'bytes', description: String(bytes) });
	expect(Math.abs(bytes / 1000 - promised) / promised, `${bytes} bytes, ${promised} kB promised`).toBeLessThan(0.1);
});

test('a point on the map takes at most 10 bytes', async ({ request }) => {
	const body = await sent(request, '/api/place-points');
	const count = decodePoints(body).length;
	expect(count).toBeGreaterThan(400);
	test.info().annotations.push({ type: 'bytes', description: (gzipped(body) / count).toFixed(2) });
	expect(gzipped(body) / count).toBeLessThanOrEqual(10);
});

async function sent(request: APIRequestContext, url: string, status = 200): Promise<Buffer> {
	const answer = await request.get(url);
	expect(answer.status(), url).toBe(status);
	return answer.body();
}
