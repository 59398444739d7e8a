/** What the pages about one referral share: who looks and at what, and the way out of a form. */
import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { superValidate, type SuperValidated } from 'sveltekit-superforms';
import type { ValidationAdapter } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { m } from '$lib/paraglide/messages';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import type { ProgramMembership } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import { brokenIn } from '$lib/server/opened';
import * as desk from './desk.server';
import type { Held } from './desk-schemas';
import { hasMovedOn, type MoveRefusal } from './refusal-words';

/** An action that was refused may have read it already, and the page reads it after the action: once is enough to write down. */
const read = new WeakMap<App.Locals, Promise<desk.Referral | null>>();

/**
 * The referral in the address and its program. Ends in a 404 where the person coordinates no program that has it, whether or not
 * there is one.
 */
export async function deskReferral(
	event: RequestEvent
): Promise<{ program: ProgramMembership; referral: desk.Referral }> {
	const { person } = await staff(event);
	const { locals, params } = event;
	let asked = read.get(locals);
	if (!asked) read.set(locals, (asked = desk.read(locals.personal, params.reference ?? '', brokenIn(event))));
	const referral = await asked;
	// The database has refused, and written it down; now it is said.
	if (!referral) await staff(event, 'coordinator');
	// Mail leads here without naming the program.
	const program = person.programs.find(({ id }) => id === referral?.program_id);
	if (!referral || !program) error(404, m.error_not_found());
	return { program, referral };
}

/** The address of a page about this referral. */
export async function deskAddress(event: RequestEvent, given: { page?: string; done?: string } = {}): Promise<string> {
	const { person, program } = await staff(event, 'coordinator');
	const path = ['/desk/referrals', event.params.reference, given.page].filter(Boolean).join('/');
	return staffAddress(path, { program: program.slug, several: person.programs.length > 1, done: given.done });
}

/**
 * The form of a page as it opens, with what was typed before its writer was signed out. `movedOn`: the referral has changed since that
 * was typed, and the form is about what is there now.
 */
export async function openForm<Out extends Held, In extends Record<string, unknown>>(
	event: RequestEvent,
	{ id, version }: Pick<desk.Referral, 'id' | 'version'>,
	adapter: ValidationAdapter<Out, In>,
	opening?: Omit<Partial<In>, keyof Held>
): Promise<{ form: SuperValidated<Out, unknown, In>; movedOn: 'stale' | null }> {
	const typed = await typedBefore(event);
	const fresh = { ...opening, id, version, form: crypto.randomUUID() } as unknown as Partial<In>;
	const form = await superValidate(typed ?? fresh, adapter, { errors: false });
	const movedOn = form.data.version === version ? null : 'stale';
	// The form's own number stays: sent before and kept after, it is one.
	form.data.version = version;
	return { form, movedOn };
}

/** To the referral, where what was kept of this form turns out to have been sent already. */
export async function leaveIfSent(
	event: RequestEvent,
	referral: desk.Referral,
	id: string,
	done: string
): Promise<void> {
	if (!(await typedBefore(event)) || !hasEvent(id)(referral)) return;
	await forgetTyped(event);
	redirect(303, await deskAddress(event, { done }));
}

/** Back to the form, which says what is to be put right. */
export const wrong = <Form extends SuperValidated<Record<string, unknown>>>(form: Form) =>
	// One shape with what `settle` gives, so that a page may ask for either.
	fail(400, { form, refused: null as MoveRefusal | null });

interface Settled<Kept> {
	refused: MoveRefusal | null;
	/** What the referral's page says was done. */
	done: string;
	/** Whether the very same has happened already: a form that was sent twice. */
	hasHappened: (now: desk.Referral) => boolean;
	/** What goes back to the form: what was typed. */
	kept: Kept;
}

/**
 * After a change: back to the referral, which says what was done. What was refused goes back to its page, with 409 where the referral
 * has moved on meanwhile.
 */
export async function settle<Kept extends object>(
	event: RequestEvent,
	{ refused, done, hasHappened, kept }: Settled<Kept>
): Promise<ActionFailure<Kept & { refused: MoveRefusal }>> {
	if (refused === 'not_found') error(404, m.error_not_found());
	if (refused && !(hasMovedOn(refused) && hasHappened((await deskReferral(event)).referral)))
		return fail(hasMovedOn(refused) ? 409 : 400, { ...kept, refused });
	drainSoon(event);
	await forgetTyped(event);
	redirect(303, await deskAddress(event, { done }));
}

/** Whether an event with this id is on the timeline. */
export const hasEvent =
	(id: string) =>
	({ timeline }: desk.Referral): boolean =>
		timeline.some((event) => event.id === id);
