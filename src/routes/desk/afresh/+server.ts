import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { startAfresh } from '$lib/people/kept-form.server';
import { safeNext } from '$lib/people/next';
import type { RequestHandler } from './$types';

const Sent = z.object({ kept: z.string().catch(''), page: z.string().catch('/desk') });

/**
 * Throws away what was kept of a staff form, and leads back to its page, which asks for a session where there is none: whoever has the
 * secret may throw away.
 */
export const POST: RequestHandler = async (event) => {
	const { kept, page } = Sent.parse(Object.fromEntries(await event.request.formData()));
	const next = new URL(safeNext(page), event.url);
	await startAfresh(event, next, kept);
	redirect(303, next.pathname + next.search);
};
