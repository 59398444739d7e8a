/* Whatever stands in an address is text: never a failure, never markup. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { root } from '../../scripts/support/root.ts';
import { words } from './support/words.ts';

const LIST = path.resolve(root, '..', 'shared', 'data', 'bad-input', 'blns.json');
const FEW = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onfocus=alert(1) autofocus='",
	"'; drop table locations; --",
	"1' or '1'='1",
	'../../../etc/passwd',
	'%00',
	'\u0000',
	'\ud800',
	'${{7*7}}',
	'{{constructor.constructor("alert(1)")()}}',
	'Ω≈ç√∫˜µ≤≥÷ 社會科學院 ٱلْعَرَبِيَّة 👩‍👩‍👧‍👦',
	'& | ! ( ) : * <-> :*',
	'-1e309',
	'9223372036854775808',
	'a'.repeat(5000)
];
const isThere = existsSync(LIST);
const strings = isThere ? [...(JSON.parse(readFileSync(LIST, 'utf8')) as string[]), ...FEW] : FEW;
const which = isThere ? 'the big list of naughty strings' : 'a short list of our own, as the big one is not here,';

/**
 * Every string stands in every parameter of the list, for machines; elsewhere, where the same code reads them, every eighth of the
 * big list in all parameters and every thirty-second in one, other ones for each address.
 */
function chosen(path: string, names: readonly string[], turn: number): string[] {
	const step = !isThere || (path === '/api/places' && names.length > 1) ? 1 : names.length > 1 ? 8 : 32;
	return strings.filter((_, index) => index % step === turn % step);
}

const PARAMETERS = [
	...['q', 'category', 'open', 'near', 'bbox', 'neighbourhood', 'free'],
	...['wheelchair', 'washroom', 'language', 'sort', 'page']
];
const query = (names: readonly string[], value: string) =>
	new URLSearchParams(names.map((name): [string, string] => [name, value.toWellFormed()])).toString();

test.describe.configure({ mode: 'parallel' });

const PAGES = [
	...PARAMETERS.map((name) => ({ path: '/places', names: [name] })),
	{ path: '/places', names: PARAMETERS },
	{ path: '/contact', names: ['about'] }
];
for (const [turn, { path, names }] of PAGES.entries()) {
	const where = `${names.length > 1 ? 'every parameter' : names[0]} of ${path}`;
	test(`${which} in ${where} is text`, async ({ page }) => {
		test.slow();
		for (const value of chosen(path, names, turn)) {
			const answer = await page.request.get(`${path}?${query(names, value)}`);
			expect(answer.status(), JSON.stringify(value)).toBe(200);
			const { intruders, q } = await read(page, await answer.text());
			expect(intruders, JSON.stringify(value)).toEqual([]);
			if (names[0] === 'q' && /^[\x20-\x7e]{1,200}$/.test(value.trim())) expect(q).toBe(value.trim());
		}
	});
}

const MACHINES = [
	...PARAMETERS.map((name) => ({ path: '/api/places', names: [name] })),
	{ path: '/api/places', names: PARAMETERS },
	{ path: '/api/places.geojson', names: PARAMETERS },
	{ path: '/api/places.csv', names: PARAMETERS },
	{ path: '/api/place-points', names: PARAMETERS },
	{ path: '/api/suggest', names: ['q'] },
	{ path: '/map/still.svg', names: ['w', 'h', 'scheme', 'bbox', 'area', 'from', 'pins'] }
];
for (const [turn, { path, names }] of MACHINES.entries()) {
	test(`${which} in ${names.length > 1 ? 'every parameter' : names[0]} of ${path} is answered`, async ({ request }) => {
		test.slow();
		for (const value of chosen(path, names, PAGES.length + turn)) {
			const answer = await request.get(`${path}?${query(names, value)}`);
			expect(answer.status(), JSON.stringify(value)).toBe(200);
			if (path.endsWith('.svg')) expect(await answer.text()).not.toMatch(/<script|\son\w+=|href="(?!#)/i);
		}
	});
}

test('addresses that cannot be decoded are answered calmly', async ({ request }) => {
	const odd = [
		...[
			'/places?q=%',
			'/places?q=%E0%A4%A',
			'/places?%FF=%FE',
			'/places?q=%ED%A0%80',
			'/places?q',
			'/places?&&&=&q=a&q=b'
		],
		...['/places/%E0%A4%A', '/places/%00', '/places/..%2f..%2fetc', '/places/A_B', '/neighbourhoods/%3Cb%3E'],
		...[
			'/places//',
			'/api/places?page=%',
			'/map/still.svg?pins=;;;,,;%',
			`/places/${'a'.repeat(4000)}`,
			'/%',
			'/%2e%2e/'
		]
	];
	for (const url of odd) {
		const answer = await request.fetch(url, { maxRedirects: 0 });
		expect(answer.status(), url).toBeLessThan(500);
	}
});

const LEFT_OUT = [
	{ search: 'bbox=1,2,3', sentence: words('places_ignored_malformed', { parameter: words('places_parameter_bbox') }) },
	{
		search: 'bbox=10,0,-10,5',
		sentence: words('places_ignored_out_of_range', { parameter: words('places_parameter_bbox') })
	},
	{ search: 'near=49.2,', sentence: words('places_ignored_malformed', { parameter: words('places_parameter_near') }) },
	{
		search: 'near=95,0',
		sentence: words('places_ignored_out_of_range', { parameter: words('places_parameter_near') })
	},
	{ search: 'near=qqzzxx', sentence: words('places_ignored_unknown_near', { value: 'qqzzxx' }) },
	{ search: 'category=nonsense', sentence: words('places_ignored_unknown_category', { value: 'nonsense' }) },
	{ search: 'neighbourhood=atlantis', sentence: words('places_ignored_unknown_neighbourhood', { value: 'atlantis' }) },
	{ search: 'category=%3Cb%3E', sentence: words('places_ignored_malformed', { parameter: words('places_category') }) },
	{ search: 'open=later', sentence: words('places_ignored_malformed', { parameter: words('places_open_now') }) },
	{
		search: 'open=2026-02-30T10:00',
		sentence: words('places_ignored_malformed', { parameter: words('places_open_now') })
	},
	{ search: 'free=perhaps', sentence: words('places_ignored_malformed', { parameter: words('places_free') }) },
	{ search: 'wheelchair=2', sentence: words('places_ignored_malformed', { parameter: words('places_wheelchair') }) },
	{ search: 'washroom=-', sentence: words('places_ignored_malformed', { parameter: words('places_washroom') }) },
	{
		search: 'language=English',
		sentence: words('places_ignored_malformed', { parameter: words('places_parameter_language') })
	},
	{ search: 'sort=up', sentence: words('places_ignored_unknown', { parameter: words('places_sort') }) },
	{ search: 'page=-1', sentence: words('places_ignored_malformed', { parameter: words('places_parameter_page') }) },
	{ search: 'page=0', sentence: words('places_ignored_out_of_range', { parameter: words('places_parameter_page') }) },
	{
		search: 'page=99999',
		sentence: words('places_ignored_out_of_range', { parameter: words('places_parameter_page') })
	},
	{ search: `q=${'library+'.repeat(40)}`, sentence: words('places_ignored_too_long', { count: 200 }) }
];
test('a page says in a sentence what it left out, and shows the rest', async ({ page }) => {
	for (const { search, sentence } of LEFT_OUT) {
		await page.setContent(await (await page.request.get(`/places?${search}`)).text());
		await expect(page.getByRole('status').filter({ hasText: sentence }), search).toHaveCount(1);
		expect(await page.locator('[data-place]').count(), search).toBeGreaterThan(0);
	}
	await page.setContent(await (await page.request.get('/contact?about=%3Cb%3E')).text());
	await expect(page.getByText(words('contact_about_unknown'))).toHaveCount(1);
});

/** What stands in a page that we didn't put there, and what it says was searched for. */
function read(page: Page, html: string) {
	return page.evaluate((sent) => {
		const sheet = new DOMParser().parseFromString(sent, 'text/html');
		const isOurs = (element: Element) => {
			if ([...element.attributes].some(({ name }) => name === 'style' || name.startsWith('on'))) return false;
			const address = element.getAttribute('href') ?? element.getAttribute('src') ?? element.getAttribute('action');
			if (address && /^\s*(javascript|data|vbscript):/i.test(address)) return false;
			if (element.localName === 'script') {
				const src = element.getAttribute('src') ?? '';
				return element.textContent === '' && /(^|\/)(quick-exit|who)\.js$|^\/enhance\/index\.js$/.test(src);
			}
			if (element.localName === 'img') return element.getAttribute('src')?.startsWith('/map/still.svg?');
			return !['iframe', 'object', 'embed', 'base', 'style', 'video', 'audio', 'marquee', 'math', 'template'].includes(
				element.localName
			);
		};
		const intruders = [...sheet.querySelectorAll('*')].filter((element) => !isOurs(element));
		return {
			intruders: intruders.map((element) => element.outerHTML.slice(0, 160)),
			q: sheet.querySelector('input[name=q]')?.getAttribute('value')
		};
	}, html);
}
