import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';

/** The log to which what is printed within `logged` goes. */
const currentLog = new AsyncLocalStorage<string>();
let installed = false;

/**
 * Runs `work` with everything that it prints appended to a file instead. Lite prints every refused statement, which is
 * an everyday answer and not news for the terminal.
 */
export function logged<T>(file: string, work: () => T): T {
	install();
	return currentLog.run(file, work);
}

function install(): void {
	if (installed) return;
	installed = true;
	for (const method of ['error', 'warn', 'log', 'info'] as const) {
		const original = console[method].bind(console);
		console[method] = (...args: unknown[]) => {
			const file = currentLog.getStore();
			if (!file) return original(...args);
			mkdirSync(path.dirname(file), { recursive: true });
			appendFileSync(file, `${new Date().toISOString()} ${format(...args)}\n`);
		};
	}
}
