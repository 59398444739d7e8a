import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The axe that @axe-core/playwright brings; its own builder injects it anew for each look, which takes longer than to look. */
const { resolve } = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const source = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
	run(
		context: Document,
		options: { runOnly: string[]; resultTypes: ['violations'] }
	): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }>;
}

/** What axe finds on a page as it stands: one line for each element at fault. */
export async function axeFindings(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
	return page.evaluate(async (rules) => {
		const { axe } = window as unknown as { axe: Axe };
		const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
		return violations.flatMap(({ id, nodes }) =>
			nodes.map(
				({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`
			)
		);
	}, RULES);
}
