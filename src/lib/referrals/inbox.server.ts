/** The list of requests, as the database's functions answer (20261122002000_referral_lists.sql). */
import { z } from 'zod';
import type { Json } from '$lib/server/database.types';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { afterRow, type After, type InboxFilters } from './inbox-address';
import type { InboxRow } from './inbox-line';
import { searchHashes } from './sealed-request.server';
import { STATES } from './states';

const Row = z.object({
	id: z.guid(),
	reference: z.string(),
	state: z.enum(STATES),
	submitted_at: z.string(),
	state_since: z.string(),
	attention_on: z.string().nullable(),
	next_word_on: z.string().nullable(),
	waiting_since: z.string().nullable(),
	is_overdue: z.boolean(),
	needs_home: z.boolean(),
	has_listed_domain: z.boolean(),
	source: z.enum(['web', 'phone']),
	has_correction: z.boolean(),
	asked_for: z.array(z.enum(['handover', 'call'])),
	is_answered: z.boolean(),
	is_erased: z.boolean(),
	coordinator_id: z.guid().nullable(),
	team: z.string().nullable(),
	area: z.string().nullable(),
	place: z.number().int().optional()
}) satisfies z.ZodType<InboxRow>;

/** The database sends one more where there is more. */
const PAGE = 50;

/** A page of the list, and where the next one begins; null on the last. */
export async function page(
	db: Supabase,
	program: string,
	{ view, mine, team, after }: InboxFilters
): Promise<{ rows: InboxRow[]; next: After | null }> {
	const filters = { view, mine, team, after: after && { ...after } } satisfies Json;
	const found = z.array(Row).parse(available(await db.rpc('inbox', { program, filters })));
	const rows = found.slice(0, PAGE);
	const last = rows.at(-1);
	return { rows, next: found.length > PAGE && last ? afterRow(view, last) : null };
}

const Counts = z.object({
	today: z.number(),
	open: z.number(),
	states: z.record(z.enum(STATES), z.number())
});
export type Counts = z.infer<typeof Counts>;

/** How many there are in each list, each counted to 100 at most. */
export async function counts(
	db: Supabase,
	program: string,
	{ mine, team }: Pick<InboxFilters, 'mine' | 'team'>
): Promise<Counts> {
	return Counts.parse(available(await db.rpc('inbox_counts', { program, mine, team: team ?? undefined })));
}

/** The program's teams by name, those of former days too: requests name them. */
export async function teams(
	db: Supabase,
	program: string
): Promise<{ id: string; name: string; site: string; is_active: boolean }[]> {
	const asked = db.from('teams').select('id, name, site, is_active').eq('program_id', program);
	return available(await asked.order('name').order('site'));
}

/** Its active areas by name. */
export async function areas(db: Supabase, program: string): Promise<{ id: string; name: string }[]> {
	const asked = db.from('areas').select('id, name').eq('program_id', program).eq('is_active', true);
	return available(await asked.order('name'));
}

/**
 * Takes up those of these that are new: how many were, and how many no longer could be.
 *
 * @param ids a hundred at most
 */
export async function acknowledge(db: Supabase, ids: string[]): Promise<{ done: number; refused: number }> {
	const Answer = z.object({ done: z.number(), refused: z.number() });
	return Answer.parse(available(await db.rpc('acknowledge_referrals', { referrals: ids })));
}

/** The program of a reference that the person coordinates; null where there is none. */
export async function programOf(db: Supabase, reference: string): Promise<string | null> {
	const found = available(await db.from('referrals').select('program_id').eq('reference', reference).limit(1));
	return found[0]?.program_id ?? null;
}

/** Requests found exactly by what was typed, the newest first, fifty at most; the search is written down. */
export async function search(db: Supabase, program: string, typed: string): Promise<InboxRow[]> {
	const hashes = await searchHashes(typed);
	const email = z.email().safeParse(typed).data;
	return z.array(Row).parse(available(await db.rpc('search_referrals', { program, hashes, email })) ?? []);
}
