/** The way out of the forms of an ending. */
import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { staffAddress } from '$lib/people/address';
import { typedBefore } from '$lib/people/kept-form.server';
import * as desk from '../desk.server';
import type { Held } from '../desk-schemas';
import { hasMovedOn, type MoveRefusal } from '../refusal-words';
import type { ClosingStep, EntryKind } from '../support/contents';
import { hasHappened, leave, over, supportAddress, supportPage } from '../support/support-page.server';
import { entriesOf, type Entry, type Support } from '../support/support.server';

/** Moves the support on; null where that is done, or the same form did it before. */
export async function move(
	event: RequestEvent,
	held: Held,
	what: string,
	given: desk.Given = {}
): Promise<MoveRefusal | null> {
	const { support } = await supportPage(event);
	// A form can't name another support than the page's.
	const whose = { ...held, id: support.id };
	const refused = await desk.move(event.locals.personal, whose, what, given);
	if (!refused || !hasMovedOn(refused)) return refused;
	return (await hasHappened(support, held, what, given)) ? null : refused;
}

/** To the ending, where what was kept of a move's form turns out to have been sent already. */
export async function leaveIfMoved(event: RequestEvent, held: Held, what: string, given: desk.Given): Promise<void> {
	const { support } = await supportPage(event);
	const isSent = (await typedBefore(event)) !== null && (await hasHappened(support, held, what, given));
	if (isSent) await leave(event, { page: 'ending', done: what });
}

interface Settled<Kept> {
	refused: MoveRefusal | null;
	/** What goes back to the form. */
	kept: Kept;
	page: string;
	done: string;
}

/** After a move: back to a page of the support, which says what was done; what was refused goes back to its own, with what was typed. */
export async function settleMove<Kept extends { form?: { data: object } }>(
	event: RequestEvent,
	{ refused, kept, page, done }: Settled<Kept>
): Promise<ActionFailure<Kept & { refused: MoveRefusal }>> {
	if (refused === 'not_found') over(Object.entries(kept.form?.data ?? {}));
	if (refused) return fail(hasMovedOn(refused) ? 409 : 400, { ...kept, refused });
	return leave(event, { page, done });
}

/** Where somebody goes who has just ended a support: a worker has nothing more to read there. */
export async function afterTheEnd(event: RequestEvent): Promise<string> {
	const { person, program, support } = await supportPage(event);
	if (support.part !== 'worker') return supportAddress(event, { page: 'ending', done: 'complete' });
	return staffAddress('/desk/work', { program: program.slug, several: person.programs.length > 1, done: 'complete' });
}

/** The one entry of a closing step, or the letter, if it is written. */
export const stepEntry = (support: Support, step: ClosingStep): Entry<'step'> | undefined =>
	entriesOf(support, 'step').find((entry) => entry.step === step);

export const letterOf = (support: Support): Entry<'letter'> | undefined => entriesOf(support, 'letter')[0];

/** What an entry's form begins with: the entry as it is, or a new one. */
export const held = <Kind extends EntryKind>(entry: Entry<Kind> | null | undefined) =>
	entry ? { id: entry.id, version: entry.version } : { id: crypto.randomUUID() as string, version: 0 };
