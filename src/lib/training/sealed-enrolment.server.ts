/** Seals and opens what belongs to somebody in a training. */
import { z } from 'zod';
import { keyring } from '$lib/server/keyring';
import { openSealed, type OnBroken, type Opened } from '$lib/server/opened';
import { seal, type SealedAt } from '$lib/server/seal';
import { Details } from './details';

const at =
	(table: string, column: string) =>
	(row: string): SealedAt => ({ table, row, column });
const detailsAt = at('enrolment_details', 'details');
const answerAt = at('enrolment_details', 'answer');
const noteAt = at('enrolment_notes', 'words');
const draftAt = at('application_drafts', 'contents');

const Words = z.object({ text: z.string() });
const openWords = async (where: SealedAt, sealed: string | null, onBroken: OnBroken): Promise<Opened<string>> => {
	const found = await openSealed(Words, where, sealed, onBroken);
	return found && typeof found === 'object' ? found.text : found;
};

export const sealDetails = (enrolment: string, details: Details) => seal(keyring(), detailsAt(enrolment), details);
export const openDetails = (enrolment: string, sealed: string | null, onBroken: OnBroken) =>
	openSealed(Details, detailsAt(enrolment), sealed, onBroken);

/** The program's words to somebody, with a no. */
export const sealAnswer = (enrolment: string, text: string) => seal(keyring(), answerAt(enrolment), { text });
export const openAnswer = (enrolment: string, sealed: string | null, onBroken: OnBroken) =>
	openWords(answerAt(enrolment), sealed, onBroken);

/** What staff write down of somebody. */
export const sealNote = (note: string, text: string) => seal(keyring(), noteAt(note), { text });
export const openNote = (note: string, sealed: string, onBroken: OnBroken) => openWords(noteAt(note), sealed, onBroken);

/** An application that is not sent yet. */
export const sealDraft = (draft: string, details: Details) => seal(keyring(), draftAt(draft), details);
export const openDraft = (draft: string, sealed: string, onBroken: OnBroken) =>
	openSealed(Details, draftAt(draft), sealed, onBroken);
