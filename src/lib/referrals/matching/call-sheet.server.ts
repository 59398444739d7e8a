/** Whom to tell that a worker does not come (`call_sheet`, 20261122002300_work.sql), opened. */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { type OnBroken, type Opened } from '$lib/server/opened';
import { openEach, Sealed, type OpenedDetails } from '../desk.server';
import { STATES } from '../states';
import { openInitials } from '../support/sealed-support.server';
import { openMeeting, StoredMeeting, type Meeting } from '../support/support.server';

const StoredPerson = z.object({
	id: z.guid(),
	reference: z.string(),
	match_id: z.guid(),
	state: z.enum(STATES),
	team: z.string().nullable(),
	initials: z.string().nullable(),
	sealed: Sealed.pick({ client: true, contact: true, referrer: true }).nullable(),
	referrer_email: z.string().nullable(),
	/** Of the next four weeks. */
	meetings: z.array(StoredMeeting)
});

export interface PersonToTell extends Omit<z.infer<typeof StoredPerson>, 'sealed' | 'initials' | 'meetings'> {
	initials: Opened<string>;
	details: Pick<OpenedDetails, 'client' | 'contact' | 'referrer'>;
	meetings: Meeting[];
}

const Sheet = z.object({
	/** A name. */
	worker: z.string(),
	/** `YYYY-MM-DD` */
	away_until: z.string().nullable(),
	cover: z.string().nullable(),
	people: z.array(StoredPerson)
});

export interface CallSheet extends Omit<z.infer<typeof Sheet>, 'people'> {
	/** Whose meeting is next comes first. */
	people: PersonToTell[];
}

async function openPerson(
	{ sealed, initials, meetings, ...person }: z.infer<typeof StoredPerson>,
	onBroken: OnBroken
): Promise<PersonToTell> {
	const [{ client, contact, referrer }, openedInitials, openedMeetings] = await Promise.all([
		openEach(person.id, sealed && { ...sealed, goals: null, safety: null }, onBroken),
		openInitials(person.match_id, initials, onBroken),
		Promise.all(meetings.map((meeting) => openMeeting(meeting, onBroken)))
	]);
	return { ...person, details: { client, contact, referrer }, initials: openedInitials, meetings: openedMeetings };
}

/** Null where there is no such worker for the person; each reading is audited. */
export async function callSheet(
	db: Supabase,
	program: string,
	worker: string,
	onBroken: OnBroken
): Promise<CallSheet | null> {
	const sheet = Sheet.nullable().parse(available(await db.rpc('call_sheet', { program, worker })));
	if (!sheet) return null;
	return { ...sheet, people: await Promise.all(sheet.people.map((person) => openPerson(person, onBroken))) };
}
