/*
 * npm run db:reset: removes the local database, its stored objects and its mail. It stops nothing: while the local
 * Supabase runs it says so and leaves everything as it is.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { databaseInUse } from '../supabase/local/postgres-folder.ts';
import { Trouble } from '../supabase/local/trouble.ts';
import { runMain } from './support/main.ts';
import * as messages from './support/messages.ts';
import { readSettings } from './support/settings.ts';

/** What the local Supabase keeps; whatever else lies in LOCAL_DIR is not ours to remove. */
const KEPT = [
	'postgres',
	'postgres.making',
	'postgres.password',
	'objects',
	'mail.jsonl',
	'site',
	'worker-state',
	'wrangler',
	'logs'
];

runMain(async () => {
	const { dir } = readSettings(process.env);
	if (databaseInUse(path.join(dir, 'postgres'))) throw new Trouble(messages.running(dir));
	for (const name of KEPT) {
		if (existsSync(path.join(dir, name))) rmSync(path.join(dir, name), { recursive: true, force: true });
	}
	console.log(messages.resetDone(dir));
});
