import type { Reporter, TestModule } from 'vitest/node';
import { noTests, writeTally } from './tally.ts';

/** Leaves the tally of a Vitest run; a file that could not be loaded counts as one failed test. */
export default class VitestTally implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
		const tally = noTests();
		tally.failed += unhandledErrors.length;
		for (const module of modules) {
			tally.failed += module.errors().length;
			for (const test of module.children.allTests()) {
				const result = test.result();
				if (result.state === 'passed') tally.passed += 1;
				else if (result.state === 'skipped') {
					tally.skipped.push({ name: `${module.relativeModuleId}: ${test.fullName}`, reason: result.note ?? null });
				} else tally.failed += 1;
			}
		}
		writeTally(tally);
	}
}
