import type { Reporter, Suite, TestCase } from '@playwright/test/reporter';
import { noTests, writeTally, type Tally } from './tally.ts';

/** Leaves the tally of a Playwright run; an error outside any test counts as one failed test. */
export default class PlaywrightTally implements Reporter {
	#suite: Suite | null = null;
	#errors = 0;

	onBegin(_config: unknown, suite: Suite): void {
		this.#suite = suite;
	}

	onError(): void {
		this.#errors += 1;
	}

	onEnd(): void {
		const tally = noTests();
		tally.failed = this.#errors;
		for (const test of this.#suite?.allTests() ?? []) count(test, tally);
		writeTally(tally);
	}
}

function count(test: TestCase, tally: Tally): void {
	const outcome = test.outcome();
	const name = test.titlePath().filter(Boolean).join(' › ');
	if (outcome === 'expected') tally.passed += 1;
	else if (outcome === 'flaky') {
		tally.passed += 1;
		tally.again.push(name);
	} else if (outcome === 'skipped') {
		const annotations = [...test.annotations, ...test.results.flatMap((result) => result.annotations)];
		const declared = annotations.find(({ type }) => type === 'skip' || type === 'fixme');
		tally.skipped.push({ name, reason: declared?.description ?? null });
	} else tally.failed += 1;
}
