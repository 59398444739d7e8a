/** Seals and opens what belongs to a support. What does not open is `BROKEN`; what opens and is of no shape we know is, too. */
import type { z } from 'zod';
import { keyring } from '$lib/server/keyring';
import { openSealed, type OnBroken, type Opened } from '$lib/server/opened';
import { seal, type SealedAt } from '$lib/server/seal';
import { ENTRY_CONTENTS, Initials, MeetingPlace, Plan, type EntryContents, type EntryKind } from './contents';

const initialsAt = (row: string): SealedAt => ({ table: 'referral_matches', row, column: 'initials' });
const planAt = (row: string): SealedAt => ({ table: 'referral_matches', row, column: 'plan' });
const wordsAt = (row: string): SealedAt => ({ table: 'support_entries', row, column: 'words' });
const placeAt = (row: string): SealedAt => ({ table: 'support_meetings', row, column: 'place' });

export const sealInitials = (match: string, initials: string) => seal(keyring(), initialsAt(match), { initials });
export const openInitials = async (
	match: string,
	sealed: string | null,
	onBroken: OnBroken
): Promise<Opened<string>> => {
	const found = await openSealed(Initials, initialsAt(match), sealed, onBroken);
	return found && typeof found === 'object' ? found.initials : found;
};

export const sealPlan = (match: string, plan: Plan) => seal(keyring(), planAt(match), plan);
export const openPlan = (match: string, sealed: string | null, onBroken: OnBroken) =>
	openSealed(Plan, planAt(match), sealed, onBroken);

export const sealMeetingPlace = (meeting: string, place: MeetingPlace) => seal(keyring(), placeAt(meeting), place);
export const openMeetingPlace = (meeting: string, sealed: string, onBroken: OnBroken) =>
	openSealed(MeetingPlace, placeAt(meeting), sealed, onBroken);

export const sealEntry = <Kind extends EntryKind>(entry: string, contents: EntryContents<Kind>) =>
	seal(keyring(), wordsAt(entry), contents);
export const openEntry = <Kind extends EntryKind>(kind: Kind, entry: string, sealed: string, onBroken: OnBroken) =>
	openSealed(ENTRY_CONTENTS[kind] as unknown as z.ZodType<EntryContents<Kind>>, wordsAt(entry), sealed, onBroken);
