/** The built Worker in workerd: pages over HTTP, and the processor time that a page takes. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { startSite } from '../../scripts/support/site.ts';
import type { LocalSupabase } from '../../supabase/local/index.ts';
import { findFreePorts } from '../../supabase/local/ports.ts';
import { throwawayFolder } from '../../supabase/local/throwaway.ts';
import { figures, heading, row, time } from './measure.ts';
import { mix } from './queries.ts';

const PAGES = [
	'/',
	'/places',
	'/places?q=library',
	'/places?category=food&near=49.27,-123.07',
	'/places/bench-7',
	'/neighbourhoods/kitsilano'
];
/** Pages that say where somebody is: no cache keeps them, so that each is rendered anew. */
const PERSONAL = [
	'/places?near=49.25,-123.1',
	'/places?category=food&near=49.27,-123.07',
	'/places?q=library&near=49.24,-123.06'
];
const REQUESTS = 1000;
const AT_ONCE = 8;

export async function benchSite(supabase: LocalSupabase, print: (line: string) => void): Promise<void> {
	const port = await findFreePorts(8990, [0]);
	const site = await startSite({
		port,
		dir: throwawayFolder('bench-site'),
		vars: { SUPABASE_URL: supabase.url, SUPABASE_PUBLISHABLE_KEY: supabase.keys.publishable },
		secrets: {}
	});
	try {
		const origin = site.url;
		const get = async (address: string) => {
			// The edge compresses in production, not the Worker.
			const response = await fetch(new URL(address, origin), { headers: { 'accept-encoding': 'identity' } });
			if (response.status !== 200) throw new Error(`${address} answered ${response.status}`);
			return response.arrayBuffer();
		};
		print(heading('Over HTTP, built Worker in workerd'));
		const searches = mix(200).map((filters) => () => get(`/api/places?${toQuery(filters)}`));
		print(row('/api/places, the mix', await time(searches, 20)));
		for (const page of PAGES) print(row(`  ${page}`, await time(Array.from({ length: 60 }, () => () => get(page)))));

		const fresh = await hammer((index) => get(PERSONAL[index % PERSONAL.length]!));
		print(
			row(
				`${REQUESTS} pages, ${AT_ONCE} at once`,
				figures(fresh.milliseconds),
				`${(REQUESTS / fresh.seconds).toFixed(0)} pages a second, each rendered anew`
			)
		);
		// What workerd takes for an answer that nobody renders.
		const file = await hammer(() => get('/favicon.svg'));
		print(
			Number.isFinite(fresh.processorMs)
				? `Processor time of workerd: ${fresh.processorMs.toFixed(2)} ms a page, of which a file takes ` +
						`${file.processorMs.toFixed(2)} ms: ${(fresh.processorMs - file.processorMs).toFixed(2)} ms to render (promised: ≤ 5 ms)`
				: 'Processor time of workerd can be read on Linux alone.'
		);
	} finally {
		await site.stop();
	}
}

/** A thousand requests, some at once; `processorMs` is workerd's own time for one of them. */
async function hammer(ask: (index: number) => Promise<unknown>) {
	const before = processorMs();
	const started = performance.now();
	const milliseconds: number[] = [];
	let next = 0;
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			while (next < REQUESTS) {
				const begun = performance.now();
				await ask(next++);
				milliseconds.push(performance.now() - begun);
			}
		})
	);
	const seconds = (performance.now() - started) / 1000;
	// Others may run beside; the busiest is the site's.
	const spent = [...processorMs()].map(([pid, ms]) => ms - (before.get(pid) ?? 0));
	return { milliseconds, seconds, processorMs: Math.max(...spent) / REQUESTS };
}

/** The filters of the mix as an address has them. */
function toQuery(filters: Record<string, unknown>): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(filters)) {
		if (name === 'open') params.set('open', 'now');
		else if (name === 'near') params.set('near', Object.values(value as object).join(','));
		else params.set(name, String(value));
	}
	return params.toString();
}

/** User and system time of every workerd by its process id, in milliseconds; empty where there is no /proc. */
function processorMs(): Map<string, number> {
	const times = new Map<string, number>();
	try {
		const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
		for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
			const [, name, rest] = /\((.*)\) (.*)/s.exec(readStat(pid)) ?? [];
			const fields = rest?.split(' ') ?? [];
			if (name === 'workerd') times.set(pid, ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks);
		}
	} catch {
		// No /proc: not Linux.
	}
	return times;
}

/** Empty for a process that has just ended. */
function readStat(pid: string): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch {
		return '';
	}
}
