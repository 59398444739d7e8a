import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const EVERYTHING = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose answer hangs on colours; the others say the same in the dark. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** The axe that @axe-core/playwright brings; its own builder injects it anew for each look, which takes longer than to look. */
const { resolve } = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const source = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
	run(
		context: Document,
		options: { runOnly: typeof EVERYTHING | typeof COLOURS; resultTypes: ['violations'] }
	): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }>;
}

/** What axe finds on a page as it stands: one line for each element at fault. */
export async function axeFindings(
	page: Page,
	only: typeof EVERYTHING | typeof COLOURS = EVERYTHING
): Promise<string[]> {
	// A page that is still being replaced by the next has no document to look at.
	await page.waitForLoadState();
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
	return page.evaluate(async (runOnly) => {
		const { axe } = window as unknown as { axe: Axe };
		const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
		return violations.flatMap(({ id, nodes }) =>
			nodes.map(
				({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`
			)
		);
	}, only);
}

/** The same in both colour schemes, each line with its own. */
export async function axeFindingsLightAndDark(page: Page): Promise<string[]> {
	const findings: string[] = [];
	for (const [colorScheme, only] of [
		['light', EVERYTHING],
		['dark', COLOURS]
	] as const) {
		await page.emulateMedia({ colorScheme });
		findings.push(...(await axeFindings(page, only)).map((finding) => `${colorScheme}: ${finding}`));
	}
	return findings;
}
