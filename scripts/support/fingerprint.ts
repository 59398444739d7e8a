import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * One hash of the names and contents of these files and folders (relative to `root`); what does not exist counts as
 * such. Equal hashes mean that nothing among them changed.
 */
export function fingerprint(root: string, entries: readonly string[], skip: readonly string[] = []): string {
	const hash = createHash('sha256');
	for (const entry of entries)
		for (const file of filesBelow(root, entry, skip)) {
			const content = readFileSync(path.join(root, file));
			hash.update(`${file}\0${content.length}\0`).update(content);
		}
	return hash.digest('hex');
}

function filesBelow(root: string, entry: string, skip: readonly string[]): string[] {
	const full = path.join(root, entry);
	if (skip.includes(entry) || !existsSync(full)) return [];
	if (!statSync(full).isDirectory()) return [entry];
	return readdirSync(full)
		.sort()
		.flatMap((name) => filesBelow(root, `${entry}/${name}`, skip));
}
