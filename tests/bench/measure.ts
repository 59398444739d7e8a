/** Percentiles of many runs. */
export interface Figures {
	runs: number;
	/** Milliseconds. */
	p50: number;
	p95: number;
}

export function figures(milliseconds: readonly number[]): Figures {
	const sorted = [...milliseconds].sort((a, b) => a - b);
	const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
	return { runs: sorted.length, p50: at(0.5), p95: at(0.95) };
}

/** Runs each of the tasks in turn, after a few runs that don't count. */
export async function time(tasks: readonly (() => Promise<unknown>)[], warmUp = 5): Promise<Figures> {
	for (const task of tasks.slice(0, warmUp)) await task();
	const milliseconds: number[] = [];
	for (const task of tasks) {
		const started = performance.now();
		await task();
		milliseconds.push(performance.now() - started);
	}
	return figures(milliseconds);
}

export const row = (name: string, { runs, p50, p95 }: Figures, note = '') =>
	`${name.padEnd(34)}${p50.toFixed(2).padStart(9)} ms${p95.toFixed(2).padStart(9)} ms${String(runs).padStart(7)}  ${note}`;

export const heading = (title: string) =>
	`\n${title.padEnd(34)}${'p50'.padStart(12)}${'p95'.padStart(12)}${'runs'.padStart(7)}`;
