import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages';

interface Failure {
	message: string;
	code?: string;
}

/** What a Supabase call gives: data, or an error and the HTTP status (0 where nobody answered). */
interface Answer<T> {
	data: T | null;
	error: Failure | null;
	status: number;
}

/**
 * The data of a call that is expected to succeed. Where the database is away or busy the reader gets a 503 that says so;
 * any other failure is unexpected and thrown.
 */
export function available<T>({ data, error: failure, status }: Answer<T>): T {
	if (!failure) return data as T;
	if (status === 0 || status >= 502 || failure.code === '' || /fetch failed|timeout|aborted/i.test(failure.message)) {
		console.error(JSON.stringify({ problem: 'database away', code: failure.code ?? '', status }));
		error(503, m.error_database_away());
	}
	// Not the message: it can quote what somebody typed, and the log must not.
	throw new Error(`Supabase answered ${status} ${failure.code ?? ''}`.trim());
}
