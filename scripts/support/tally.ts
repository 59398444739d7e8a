import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What became of a run's tests. */
export interface Tally {
	passed: number;
	failed: number;
	skipped: { name: string; reason: string | null }[];
	/** Those that passed only when they were tried again: a machine was slow, or the test is not sound. */
	again: string[];
}

/** Names the file in which a test runner's reporter leaves its tally. */
export const TALLY_FILE = 'BEARINGS_TALLY';

export const noTests = (): Tally => ({ passed: 0, failed: 0, skipped: [], again: [] });

export function writeTally(tally: Tally): void {
	const file = process.env[TALLY_FILE];
	if (file) writeFileSync(file, JSON.stringify(tally));
}

/** Null when the runner did not come so far as to write one. */
export const readTally = (file: string): Tally | null =>
	existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : null;

export const addTallies = (tallies: readonly Tally[]): Tally => ({
	passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
	failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
	skipped: tallies.flatMap((tally) => tally.skipped),
	again: tallies.flatMap((tally) => tally.again)
});

/** The last line of `npm test`. */
export const summarise = ({ passed, failed, skipped, again }: Tally): string =>
	[
		`${passed} passed, ${failed} failed`,
		...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
		...(again.length > 0 ? [`${again.length} only at the second try`] : [])
	].join(', ');
