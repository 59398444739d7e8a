import type { Handle, HandleServerError } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { building } from '$app/environment';
import { m } from '$lib/paraglide/messages';
import { personalClient, readPerson } from '$lib/people/session.server';
import { systemClock } from '$lib/server/clock';
import { SECURITY_HEADERS } from '$lib/server/headers';
import { logFailure, logRequest } from '$lib/server/log';
import { answerProblem } from '$lib/server/machine';
import { newRequestId } from '$lib/server/request-id';
import { visitorClient } from '$lib/server/supabase';

const identify: Handle = async ({ event, resolve }) => {
	event.locals.requestId = newRequestId();
	event.locals.clock = systemClock;
	if (building) return resolve(event);
	const started = Date.now();
	const response = await resolve(event);
	logRequest({
		at: new Date(started).toISOString(),
		id: event.locals.requestId,
		method: event.request.method,
		route: event.route.id,
		status: response.status,
		ms: Date.now() - started
	});
	return response;
};

/** Addresses that programs call: all of the API, and the feeds beside the pages that they are about. */
const isForMachines = (route: string | null) => route !== null && /^\/api\/|\/(feed\.xml|calendar\.ics)$/.test(route);

/** Kit refuses a method in plain words; machines are answered as machines. */
const machines: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const allow = response.headers.get('allow');
	if (event.request.method === 'OPTIONS' && allow && isForMachines(event.route.id)) {
		const methods = { allow, 'access-control-allow-methods': allow, 'access-control-allow-headers': 'if-none-match' };
		return new Response(null, { status: 204, headers: { 'access-control-allow-origin': '*', ...methods } });
	}
	if (response.status !== 405 || !allow || !isForMachines(event.route.id)) return response;
	return answerProblem(405, 'Method not allowed', `This address answers ${allow}.`, { allow });
};

const supabase: Handle = ({ event, resolve }) => {
	// Made when first asked for: prerendered and prose pages need none.
	let personal: App.Locals['personal'] | undefined;
	Object.defineProperties(event.locals, {
		supabase: { get: visitorClient },
		personal: { get: () => (personal ??= personalClient(event)) }
	});
	return resolve(event);
};

const session: Handle = ({ event, resolve }) => {
	let person: ReturnType<App.Locals['person']> | undefined;
	event.locals.person = () => (person ??= readPerson(event.cookies, event.locals.personal));
	return resolve(event);
};

const headers: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
		if (!response.headers.has(name)) response.headers.set(name, value);
	}
	if (response.status >= 400) response.headers.set('cache-control', 'no-store');
	return response;
};

export const handle = sequence(identify, headers, machines, supabase, session);

export const handleError: HandleServerError = ({ error, event, status }) => {
	const id = event.locals.requestId ?? newRequestId();
	if (status === 404) return { message: m.error_not_found(), id };
	logFailure(id, event.route.id, error);
	return { message: m.error_unexpected(), id };
};
