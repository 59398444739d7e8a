import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalSupabase, type LocalSupabase } from './index.ts';
import { keep } from './keeper.ts';
import { startOnFreePorts } from './ports.ts';

/** A new empty folder below `parent`, which the user PostgreSQL runs as may enter. */
export function throwawayFolder(purpose: string, parent = tmpdir()): string {
	mkdirSync(parent, { recursive: true });
	const dir = mkdtempSync(path.join(parent, `bearings-${purpose}-`));
	chmodSync(dir, 0o711);
	return dir;
}

/** An empty, migrated Supabase on free ports; `stop` removes all of it. */
export async function startThrowawaySupabase(
	purpose: string,
	firstPort: number,
	migrations?: string
): Promise<LocalSupabase> {
	const dir = throwawayFolder(purpose);
	const release = keep({ kind: 'folder', path: dir });
	const remove = () => {
		rmSync(dir, { recursive: true, force: true });
		release();
	};
	try {
		const supabase = await startOnFreePorts(firstPort, [0, 1, 3], (supabasePort) =>
			startLocalSupabase({ dir, supabasePort, durable: false, migrations })
		);
		return {
			...supabase,
			async stop() {
				await supabase.stop();
				remove();
			}
		};
	} catch (error) {
		remove();
		throw error;
	}
}
