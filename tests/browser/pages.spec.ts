/* Every page, in the states in which people meet it: whether everybody can use it, whom it tells, how it is protected. */
import { expect, test, type Page } from '@playwright/test';
import { axeFindingsLightAndDark } from './support/axe.ts';
import { desktop, phone } from './support/devices.ts';
import { enhanced } from './support/enhanced.ts';
import { PAGES, PERSONAL_ROUTES, routesWith } from './support/pages.ts';
import { contentSecurityPolicy } from './support/policy.ts';
import { watch } from './support/watch.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
// One page is looked at in both widths and schemes, without loading it again.
test.use({ ...phone, isMobile: false, hasTouch: false, contextOptions: { reducedMotion: 'reduce' } });

test('every route that is a page is in the table of pages', () => {
	const listed = new Set([...PAGES.map(({ route }) => route), ...PERSONAL_ROUTES]);
	expect(routesWith('+page.svelte').filter((route) => !listed.has(route))).toEqual([]);
});

for (const { name, url, status = 200, hasScript, isPersonal, referrerPolicy } of PAGES) {
	test(`everybody can use ${name}, at both widths, light and dark`, async ({ page, baseURL }) => {
		const seen = watch(page, baseURL!, [status]);
		const answer = await page.goto(url);
		expect(answer?.status()).toBe(status);
		if (hasScript) await enhanced(page);

		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await expect(page).toHaveTitle(/^\S.* · Bearings$|^Bearings: \S/);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await helpIsWhereItAlwaysIs(page);

		for (const { viewport } of [phone, desktop]) {
			await page.setViewportSize(viewport);
			expect(await axeFindingsLightAndDark(page), `${viewport.width} pixels wide`).toEqual([]);
		}

		await page.setViewportSize({ width: 320, height: 640 });
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(width, 'nothing is wider than 320 pixels').toBe(320);

		expect(await inlineCode(page, await answer!.text()), 'style and event attributes in the HTML').toEqual([]);
		expect(seen.complaints, 'what the console says').toEqual([]);
		expect(seen.foreign, 'what is asked of others').toEqual([]);
	});

	test(`${name} is served with every protection`, async ({ request }) => {
		const answer = await request.get(url);
		expect(answer.status()).toBe(status);
		const headers = answer.headers();
		expect(headers).toMatchObject({
			'strict-transport-security': expect.stringMatching(/max-age=\d{8,}; includeSubDomains/),
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': referrerPolicy ?? 'same-origin',
			'cross-origin-opener-policy': 'same-origin',
			'permissions-policy': expect.stringContaining('camera=()')
		});
		expect(headers).not.toHaveProperty('set-cookie');
		expect(headers['cache-control']).toMatch(
			status >= 400 ? /^no-store$/ : isPersonal ? /^private, no-store$/ : /^public, /
		);

		const policy = await contentSecurityPolicy(answer);
		const only = (directive: string) => policy.get(directive)?.sort();
		expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
		expect(only('default-src')).toEqual(["'self'"]);
		expect(only('object-src')).toEqual(["'none'"]);
		expect(only('base-uri')).toEqual(["'self'"]);
		expect(only('form-action')).toEqual(["'self'"]);
		expect(only('connect-src')).toEqual(["'self'"]);
		for (const source of policy.get('script-src') ?? ['none']) expect(source).toMatch(/^'(self|sha256-[\w+/=]+)'$/);
		for (const source of policy.get('style-src') ?? ['none']) {
			expect(source).toMatch(/^'(self|unsafe-hashes|sha256-[\w+/=]+)'$/);
		}
	});
}

/** WCAG 2.2, 3.2.6: the way to the help lines stands first on every page, the way to a person in the footer. */
async function helpIsWhereItAlwaysIs(page: Page): Promise<void> {
	const strip = page.getByRole('navigation').first();
	await expect(strip).toHaveAccessibleName(words('nav_help_strip'));
	await expect(strip.getByRole('link').first()).toHaveAttribute('href', '/help-now');
	const footer = page.getByRole('contentinfo');
	await expect(footer.getByRole('heading').first()).toHaveText(words('footer_person_title'));
	const person = footer.locator('p').first();
	await expect(person.getByRole('link', { name: words('footer_person_211') })).toHaveAttribute('href', 'tel:211');
	await expect(person.getByRole('link', { name: words('footer_person_reach') })).toHaveAttribute('href', '/contact');
}

/** Elements of the HTML as it was sent that carry a style or a handler of their own, which the policy would block. */
function inlineCode(page: Page, html: string): Promise<string[]> {
	return page.evaluate((sent) => {
		const elements = [...new DOMParser().parseFromString(sent, 'text/html').querySelectorAll('*')];
		const isCode = ({ name }: Attr) => name === 'style' || name.startsWith('on');
		return elements
			.filter((element) => element.localName === 'style' || [...element.attributes].some(isCode))
			.map((element) => element.outerHTML.slice(0, 200));
	}, html);
}
