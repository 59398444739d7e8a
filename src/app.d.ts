import type { SupabaseClient } from '@supabase/supabase-js';
import type { Person } from '$lib/people/person';
import type { Clock } from '$lib/server/clock';
import type { Database } from '$lib/server/database.types';

declare global {
	namespace App {
		interface Error {
			/** One sentence for the reader. */
			message: string;
			/** What to quote when asking for help; it is in the log line too. */
			id?: string;
			/** What the reader wrote that could not be saved, to be copied. */
			typed?: string[];
		}
		interface Locals {
			requestId: string;
			clock: Clock;
			/** Supabase as a visitor. */
			supabase: SupabaseClient<Database>;
			/** Supabase as the person whose session the request brings; as a visitor without one. */
			personal: SupabaseClient<Database>;
			/** Who is signed in, asked of the database once a request; null for nobody. */
			person: () => Promise<Person | null>;
		}
		interface Platform {
			ctx?: { waitUntil(promise: Promise<unknown>): void };
			env: Record<string, unknown> & { ASSETS: { fetch: typeof fetch } };
		}
	}
}

export {};
