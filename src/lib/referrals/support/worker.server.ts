/** What a worker says of themselves: how many people, where, in which languages, and what they choose to share (…_workers.sql). */
import { z } from 'zod';
import { keyedHash } from '$lib/server/keyed-hash';
import { hashKey } from '$lib/server/keyring';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';

export interface WorkerSays {
	cap: number;
	/** "Less this week": asked about nobody new until this day is over, `YYYY-MM-DD`. */
	less_until: string | null;
	language_codes: string[];
	area_ids: string[];
	about: string;
	wishes: string;
	/** Where they are rung when nobody knows whether they are well. */
	phone: string;
}

/** As the database has it for somebody who has said nothing yet. */
export const UNSAID: WorkerSays = {
	cap: 2,
	less_until: null,
	language_codes: [],
	area_ids: [],
	about: '',
	wishes: '',
	phone: ''
};

/** Null for a worker who has said nothing yet. */
export async function readWorker(db: Supabase, program: string, person: string): Promise<WorkerSays | null> {
	const of = { program_id: program, user_id: person };
	const [says, areas] = await Promise.all([
		db.from('workers').select('cap, less_until, language_codes, about, wishes, phone').match(of).maybeSingle(),
		db.from('worker_areas').select('area_id').match(of)
	]);
	const row = available(says);
	return row && { ...row, area_ids: available(areas).map(({ area_id }) => area_id) };
}

/** What a form that was shown over this says of it, without saying what it was. */
export const markOf = ({
	cap,
	less_until,
	language_codes,
	area_ids,
	about,
	wishes,
	phone
}: WorkerSays): Promise<string> =>
	keyedHash(
		hashKey(),
		'worker says',
		JSON.stringify([cap, less_until, language_codes.toSorted(), area_ids.toSorted(), about, wishes, phone])
	);

const REFUSALS = ['not_allowed', 'past', 'too_far', 'unknown_area'] as const;
export type WorkerRefusal = (typeof REFUSALS)[number];

const Answer = z.union([z.object({ ok: z.literal(true) }), z.object({ refused: z.enum(REFUSALS) })]);

/** Why it was refused; null where it was done. */
export async function saveWorker(db: Supabase, program: string, says: WorkerSays): Promise<WorkerRefusal | null> {
	const answer = Answer.parse(available(await db.rpc('save_worker', { program, given: { ...says } })));
	return 'ok' in answer ? null : answer.refused;
}
