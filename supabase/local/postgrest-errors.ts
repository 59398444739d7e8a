import type { PostgresConnection } from '@supabase/lite/postgres';

/*
 * Lite 0.10 answers 500 `SUP` to every SQLSTATE it does not list (23514, 23P01, P0001, …), where PostgREST answers with
 * that code and a status of its own. Lite does honour PostgREST's escape hatch, a database error of SQLSTATE `PGRST`
 * with JSON in its message and detail, so each such error is raised again in that form.
 */

interface DatabaseError {
	code: string;
	message: string;
	detail?: string;
	hint?: string;
}

const isDatabaseError = (error: unknown): error is DatabaseError =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.length === 5;

/** What Lite itself maps as PostgREST does, or treats specially. */
const LEFT_TO_LITE = /^(PGRST|PT...|42...|22...|21...|23502|23503|23505|25006)$/;

/** PostgREST's table of statuses (docs.postgrest.org, "Errors: HTTP status codes"), for what Lite does not know. */
const STATUSES: readonly [RegExp, number][] = [
	[/^53400$/, 500],
	[/^(08|53|57P01)/, 503],
	[/^(0L|0P|28)/, 403],
	[/^P0001$/, 400],
	[/^(09|25|2D|38|39|3B|40|54|55|57|58|F0|HV|P0|XX)/, 500]
];

/** The HTTP status with which PostgREST answers this SQLSTATE. */
export const postgrestStatus = (code: string) => STATUSES.find(([pattern]) => pattern.test(code))?.[1] ?? 400;

/** The same error as Lite has to see it to answer as PostgREST does. */
export function asPostgrest(error: unknown): unknown {
	if (!isDatabaseError(error) || LEFT_TO_LITE.test(error.code)) return error;
	const { code, message, detail, hint } = error;
	return Object.assign(error, {
		code: 'PGRST',
		message: JSON.stringify({ code, message, details: detail ?? null, hint: hint ?? null }),
		detail: JSON.stringify({ status: postgrestStatus(code), headers: {} })
	});
}

/** Lite runs each request on a connection it reserves from the pool: its errors are turned there. */
export function speakPostgrest(driver: PostgresConnection['driver']): void {
	const reserve = driver.reserve.bind(driver);
	driver.reserve = async () => {
		const reserved = await reserve();
		const unsafe = reserved.unsafe;
		const turned = (...args: Parameters<typeof unsafe>) =>
			unsafe(...args).catch((error: unknown) => {
				throw asPostgrest(error);
			});
		// Lite awaits the rows and uses nothing else of postgres.js's pending query.
		reserved.unsafe = turned as unknown as typeof unsafe;
		return reserved;
	};
}
