/** A program's audit, for its admins (20261122002100_referral_keeping.sql). */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import type { AuditFilters } from './audit-filters';
import type { AuditEntry, Names } from './audit-sentence';

const PAGE = 50;

const Entry = z.object({
	id: z.number(),
	at: z.string(),
	event: z.string(),
	outcome: z.enum(['done', 'refused']),
	actor_id: z.string().nullable(),
	actor: z.string().nullable(),
	subject_id: z.string().nullable(),
	subject_reference: z.string().nullable(),
	subject_name: z.string().nullable(),
	details: z.record(z.string(), z.unknown())
}) satisfies z.ZodType<AuditEntry>;

/** Up to fifty events, the newest first, and the id that older ones come before; null where these are the oldest. */
export async function page(
	db: Supabase,
	program: string,
	filters: AuditFilters
): Promise<{ entries: AuditEntry[]; older: number | null }> {
	const found = z.array(Entry).parse(available(await db.rpc('audit_page', { program, filters: { ...filters } })));
	const entries = found.slice(0, PAGE);
	return { entries, older: found.length > PAGE ? entries.at(-1)!.id : null };
}

/** The names of the teams, areas and programs that these events speak of, by id. */
export async function namesIn(db: Supabase, entries: readonly AuditEntry[]): Promise<Names> {
	const subjects = (event: string) =>
		entries.flatMap((entry) => (entry.event === event && entry.subject_id ? [entry.subject_id] : []));
	const ids = [...new Set(subjects('routing.team_saved')), ...new Set(subjects('routing.area_saved'))];
	const isRehomed = entries.some(({ event }) => event === 'referral.rehomed');
	const [teams, areas, programs] = await Promise.all([
		ids.length > 0 ? db.from('teams').select('id, name').in('id', ids) : null,
		ids.length > 0 ? db.from('areas').select('id, name').in('id', ids) : null,
		isRehomed ? db.from('programs').select('id, name') : null
	]);
	const rows = [teams, areas, programs].flatMap((answer) => (answer ? available(answer) : []));
	return new Map(rows.map(({ id, name }) => [id, name]));
}
