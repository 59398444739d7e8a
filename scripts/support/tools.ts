import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.ts';

/**
 * The JavaScript file behind a command of node_modules/.bin, to be run with this same Node: the files in .bin are
 * shell scripts on Windows, and elsewhere run whichever Node comes first in PATH.
 *
 * @param command as it is named in .bin; `from` is its package where that has another name
 */
export function toolPath(command: string, from: string = command): string {
	const folder = path.join(root, 'node_modules', from);
	const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
		bin: string | Record<string, string>;
	};
	const file = typeof bin === 'string' ? bin : bin[command];
	if (!file) throw new Error(`${from} has no command ${command}.`);
	return path.join(folder, file);
}
