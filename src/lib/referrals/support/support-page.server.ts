/** What the pages about one support share: who looks and at what, and the way out of a form. */
import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { superValidate, type SuperValidated } from 'sveltekit-superforms';
import { zod4, type ValidationAdapter } from 'sveltekit-superforms/adapters';
import { dateIn } from '$lib/directory/local-time';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { actionIn } from '$lib/people/kept-form';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import type { Person, ProgramMembership } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import { brokenIn } from '$lib/server/opened';
import { eventId, move, type Given } from '../desk.server';
import { Held } from '../desk-schemas';
import { readSupport, type Entry, type Refusal, type Support, type SupportRefusal } from './support.server';
import { isBehind, saysTheSame, wordsIn } from './typed';

/** An action that was refused may have read it already, and the page reads it after the action: once is enough to write down. */
const read = new WeakMap<App.Locals, Promise<Support | null>>();

export interface SupportPage {
	person: Person;
	program: ProgramMembership;
	support: Support;
	/** The program's present day, `YYYY-MM-DD`. */
	today: string;
}

/** A 404 that still has the words somebody wrote while the support ended, or went to somebody else. */
export function over(typed: Iterable<readonly [string, unknown]>): never {
	error(404, { message: m.error_not_found(), typed: wordsIn(typed) });
}

/** What the form brings that was sent here, or that was kept of it before. */
async function typedHere(event: RequestEvent): Promise<FormData> {
	const { request } = event;
	const isSent = request.method === 'POST' && !request.bodyUsed;
	const typed = isSent ? await request.formData().catch(() => null) : await typedBefore(event);
	return typed ?? new FormData();
}

/** The support in the address and its program, where it is the person's to read. */
async function find(event: RequestEvent): Promise<SupportPage | null> {
	const { person } = await staff(event);
	const { locals, params } = event;
	let asked = read.get(locals);
	if (!asked) read.set(locals, (asked = readSupport(locals.personal, params.reference ?? '', brokenIn(event))));
	const support = await asked;
	// Mail leads here without naming the program.
	const program = person.programs.find(({ id }) => id === support?.program_id);
	if (!support || !program) return null;
	return { person, program, support, today: dateIn(program.time_zone, locals.clock.now()) };
}

/** The same; it ends in a 404 where it is nobody's business of the person's, or there is none. */
export const supportPage = async (event: RequestEvent): Promise<SupportPage> =>
	(await find(event)) ?? over(await typedHere(event));

/** No referral has it: the move itself is refused, and only its having happened is told. */
const NO_VERSION = -1;

/**
 * To one's own list, where a form is sent a second time whose first took the support out of its writer's sight: pressed twice, it is
 * done once. Asked before anything else of such a form.
 */
export async function leaveIfGone(
	event: RequestEvent,
	what: string,
	givenOf: (typed: FormData) => Given = () => ({})
): Promise<void> {
	if (await find(event)) return;
	const typed = await event.request.clone().formData();
	const { data, valid } = await superValidate(typed, zod4(Held));
	if (!valid) return;
	const before = { ...data, version: NO_VERSION };
	if (await move(event.locals.personal, before, what, givenOf(typed))) return;
	const { person, program } = await staff(event);
	redirect(303, staffAddress('/desk/work', { program: program.slug, several: person.programs.length > 1, done: what }));
}

/** The address of a page about this support. */
export async function supportAddress(
	event: RequestEvent,
	{ page, done }: { page?: string; done?: string } = {}
): Promise<string> {
	const { person, program } = await supportPage(event);
	const path = ['/desk/work', event.params.reference, page].filter(Boolean).join('/');
	return staffAddress(path, { program: program.slug, several: person.programs.length > 1, done });
}

export interface Refused<Kept> {
	refused: SupportRefusal;
	/** The entry as somebody else has written it meanwhile. */
	now: Entry | null;
	/** What was typed. */
	kept: Kept;
}

/**
 * After a change: back to the support, which says what was done. What was refused goes back to its page with what was typed, with 409
 * where things have moved on meanwhile.
 */
export async function settleSupport<Kept extends { data: object } | null>(
	event: RequestEvent,
	refusal: Refusal | null,
	{ kept, page, done }: { kept: Kept; page?: string; done: string }
): Promise<ActionFailure<Refused<Kept>>> {
	if (refusal?.refused === 'not_found') over(Object.entries(kept?.data ?? {}));
	if (refusal)
		return fail(refusal.refused === 'stale' || refusal.refused === 'not_possible' ? 409 : 400, { ...refusal, kept });
	return leave(event, { page, done });
}

/** Whether the same form has moved the support before. */
export async function hasHappened(
	{ timeline }: Support,
	{ form }: Pick<Held, 'form'>,
	what: string,
	given: Given
): Promise<boolean> {
	const noted = await eventId(form, what, given);
	return timeline.some(({ id }) => id === noted);
}

/** Away from a form that was sent, now or before, to what says so. */
export async function leave(event: RequestEvent, to: { page?: string; done: string }): Promise<never> {
	drainSoon(event);
	await forgetTyped(event, event.request.method === 'POST' ? actionIn(event.url) : undefined);
	redirect(303, await supportAddress(event, to));
}

/**
 * The form of what is written into a support as it opens, with what was typed before its writer was signed out. `isBehind`: what is
 * there has been written to since; `isSaved`: it says what was typed.
 */
export async function openWritten<Out extends { id: string; version: number }, In extends Record<string, unknown>>(
	event: RequestEvent,
	there: { id: string; version: number; is_mine: boolean } | null,
	adapter: ValidationAdapter<Out, In>,
	opening: Partial<In>,
	action?: string
): Promise<{ form: SuperValidated<Out, unknown, In>; isBehind: boolean; isSaved: boolean }> {
	const typed = await typedBefore(event, action);
	const form = await superValidate(typed ?? opening, adapter, { errors: false });
	if (!typed) return { form, isBehind: false, isSaved: false };
	return {
		form,
		isBehind: isBehind(form.data, there),
		isSaved: there !== null && saysTheSame(form.data, opening)
	};
}
