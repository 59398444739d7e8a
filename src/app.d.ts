import type { SupabaseClient } from '@supabase/supabase-js';
import type { Clock } from '$lib/server/clock';
import type { Database } from '$lib/server/database.types';

declare global {
	namespace App {
		interface Error {
			/** One sentence for the reader. */
			message: string;
			/** What to quote when asking for help; it is in the log line too. */
			id?: string;
		}
		interface Locals {
			requestId: string;
			clock: Clock;
			supabase: SupabaseClient<Database>;
		}
		interface Platform {
			ctx?: { waitUntil(promise: Promise<unknown>): void };
			env: Record<string, unknown> & { ASSETS: { fetch: typeof fetch } };
		}
	}
}

export {};
