/** Writing down a request that came by phone. */
import { setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { keyedHash } from '$lib/server/keyed-hash';
import { hashKey } from '$lib/server/keyring';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { uuidOf } from '$lib/server/uuid';
import { callerSchema, inOurWords, partOf } from './phone-entry';
import { clientSchema, Safety } from './request';
import { sealRequest } from './sealed-request.server';

interface Offered {
	teams: readonly { id: string; name: string }[];
	areas: readonly { id: string }[];
	/** `YYYY-MM-DD` where the program is. */
	today: string;
}

/** The form as it opens. */
export async function emptyEntry({ teams, today }: Pick<Offered, 'teams' | 'today'>) {
	const [caller, client, safety] = await Promise.all([
		superValidate(zod4(callerSchema(teams))),
		superValidate(zod4(clientSchema(today))),
		superValidate(zod4(Safety))
	]);
	return { number: crypto.randomUUID() as string, caller, client, safety };
}
export type Entry = Awaited<ReturnType<typeof emptyEntry>>;

/** What was sent, with what is wrong. */
export async function readEntry(
	data: FormData,
	{ teams, areas, today }: Offered
): Promise<{ entry: Entry; isValid: boolean }> {
	const [caller, client, safety] = await Promise.all([
		superValidate(partOf(data, 'caller'), zod4(callerSchema(teams))),
		superValidate(partOf(data, 'client'), zod4(clientSchema(today))),
		superValidate(partOf(data, 'safety'), zod4(Safety))
	]);
	const { area_id } = client.data;
	if (area_id && !areas.some(({ id }) => id === area_id)) setError(client, 'area_id', m.refer_error_choice());
	for (const part of [caller, client, safety]) part.errors = inOurWords(part.errors as object);
	const number = z
		.guid()
		.catch(() => crypto.randomUUID())
		.parse(data.get('number'));
	return { entry: { number, caller, client, safety }, isValid: caller.valid && client.valid && safety.valid };
}

const Entered = z.union([z.object({ ok: z.string() }), z.object({ refused: z.string() })]);

/** Makes the referral of it, taken up by the coordinator who writes it down: its reference, or null where they may not. */
export async function enter(
	db: Supabase,
	program: string,
	{ number, caller, client, safety }: Entry,
	teams: Offered['teams']
): Promise<string | null> {
	const { team_id, ...who } = caller.data;
	const team = teams.find(({ id }) => id === team_id);
	const said = { caller: caller.data, client: client.data, safety: safety.data };
	const referral = await entryId(number, said);
	const you = { ...who, team_id: team?.id ?? '', not_listed: !team };
	const request = await sealRequest(referral, { you, team, client: client.data, safety: safety.data });
	// The generated types know no null in arguments.
	const email = (who.email || null) as string;
	const answer = Entered.parse(available(await db.rpc('enter_referral', { referral, program, email, request })));
	return 'ok' in answer ? answer.ok : null;
}

/**
 * The row's id, made of the form's number and of what it says: sent twice it is one request, and gone back to and changed it is
 * another, rather than lost.
 */
async function entryId(number: string, said: object): Promise<string> {
	return uuidOf(await keyedHash(hashKey(), 'phone entry', JSON.stringify([number, said])));
}
