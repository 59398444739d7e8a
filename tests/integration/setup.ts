import type { TestProject } from 'vitest/node';
import type { SupabaseKeys } from '../../supabase/local/keys.ts';
import { startThrowawaySupabase } from '../../supabase/local/throwaway.ts';

/** What a test is told of the one embedded Supabase that all of them share. */
export interface TestSupabase {
	url: string;
	keys: SupabaseKeys;
	databaseUrl: string;
	adminDatabaseUrl: string;
	mailboxUrl: string;
}

declare module 'vitest' {
	export interface ProvidedContext {
		supabase: TestSupabase;
	}
}

/** Starts an empty, migrated Supabase in a throwaway folder. Tests arrange their own rows and tell them apart by id. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const supabase = await startThrowawaySupabase('test', 55_321);
	const { url, keys, databaseUrl, adminDatabaseUrl, mailboxUrl } = supabase;
	project.provide('supabase', { url, keys, databaseUrl, adminDatabaseUrl, mailboxUrl });
	return supabase.stop;
}
