/** One line a request. The route's id, never the path (it can hold a token) nor the query (it can hold a position). */
export interface RequestLine {
	at: string;
	id: string;
	method: string;
	route: string | null;
	status: number;
	ms: number;
}

/* eslint-disable no-console -- the one place that writes the log */
export function logRequest(line: RequestLine): void {
	console.log(JSON.stringify(line));
}

/** An unexpected failure, with the id that the reader was shown. */
export function logFailure(id: string, route: string | null, error: unknown): void {
	const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
	console.error(JSON.stringify({ id, route, error: name, message, stack }));
}
