/** Staff, as the database's functions answer (20261122001400_people.sql). A refusal is a value. */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { ROLES } from './schemas';
import type { Role } from './person';
import { REFUSALS, type Refusal } from './words';

const Colleague = z.object({
	id: z.guid(),
	name: z.string(),
	/** The last day of an absence, `YYYY-MM-DD`; null for somebody who is here. */
	away_until: z.string().nullable(),
	cover_id: z.guid().nullable()
});
export type Colleague = z.infer<typeof Colleague>;

const Member = Colleague.extend({
	email: z.string(),
	/** Empty for somebody who is deactivated. */
	roles: z.array(z.enum(ROLES)),
	since: z.string()
});
export type Member = z.infer<typeof Member>;

const Changed = z.union([
	z.object({ ok: z.unknown() }).transform(() => null),
	z.object({ refused: z.enum(REFUSALS) }).transform(({ refused }) => refused)
]);

/** Everybody who has or had a role in the program, the active ones first: for its admins; nobody for others. */
export async function members(db: Supabase, program: string): Promise<Member[]> {
	return z.array(Member).parse(available(await db.rpc('program_members', { program })) ?? []);
}

/** Who works in the program at present: for anybody who does; nobody for others. */
export async function colleagues(db: Supabase, program: string): Promise<Colleague[]> {
	return z.array(Colleague).parse(available(await db.rpc('program_colleagues', { program })) ?? []);
}

/** Invitations nobody has taken up or taken back, the newest first; some may have expired. */
export async function openInvitations(db: Supabase, program: string) {
	return available(
		await db
			.from('invitations')
			.select('id, email, name, role, created_at, expires_at')
			.eq('program_id', program)
			.is('accepted_at', null)
			.is('withdrawn_at', null)
			.order('created_at', { ascending: false })
	);
}

/** Why it was refused; null where it was done. */
type Outcome = Promise<Refusal | null>;

export async function invite(
	db: Supabase,
	program: string,
	{ name, address, role }: { name: string; address: string; role: Role }
): Outcome {
	return Changed.parse(available(await db.rpc('invite_member', { program, address, person_name: name, wanted: role })));
}

export async function withdrawInvitation(db: Supabase, invitation: string): Outcome {
	return Changed.parse(available(await db.rpc('withdraw_invitation', { invitation })));
}

/** Gives a member this role alone. */
export async function changeRole(db: Supabase, program: string, person: string, role: Role): Outcome {
	return Changed.parse(available(await db.rpc('set_member_role', { program, person, wanted: role })));
}

/** Takes every role from a member. */
export async function deactivate(db: Supabase, program: string, person: string): Outcome {
	// The generated types know no null in arguments.
	const wanted = null as unknown as Role;
	return Changed.parse(available(await db.rpc('set_member_role', { program, person, wanted })));
}

/** Says that somebody is away until a day, with that day, or with null that they are back. */
export async function setAway(
	db: Supabase,
	program: string,
	person: string,
	away: { until: string; cover: string } | null
): Outcome {
	const last_day = (away?.until ?? null) as string;
	const cover = away?.cover || undefined;
	return Changed.parse(available(await db.rpc('set_away', { program, person, last_day, cover })));
}
