/*
 * npm run db:types             writes src/lib/server/database.types.ts from the migrations
 * npm run db:types -- --check  fails when that file is not what the migrations say
 */
import { Trouble } from '../supabase/local/trouble.ts';
import { runMain } from './support/main.ts';
import * as messages from './support/messages.ts';
import { checkDatabaseTypes, writeDatabaseTypes } from './support/types.ts';

runMain(async () => {
	if (!process.argv.includes('--check')) {
		console.log(messages.typesWritten(await writeDatabaseTypes()));
		return;
	}
	const complaint = await checkDatabaseTypes();
	if (complaint) throw new Trouble(complaint);
});
