import { randomUUID } from 'node:crypto';
import type { Enums } from '../../src/lib/server/database.types.ts';
import { asUser, aUser, sql, type Client, type User } from '../support/database.ts';

export type Role = Enums<'membership_role'>;

export interface Program {
	id: string;
	slug: string;
}

/** A program with a slug of its own that begins with `name`. */
export async function aProgram(name: string, given: { timeZone?: string } = {}): Promise<Program> {
	const slug = `${name}-${randomUUID().slice(0, 8)}`;
	const [row] = await sql<Program[]>`
		insert into public.programs (slug, name, time_zone)
		values (${slug}, ${`Program ${slug}`}, ${given.timeZone ?? 'America/Vancouver'}) returning id, slug`;
	return row!;
}

/** Somebody with an account and this role in the program. */
export async function aMember(program: Program, role: Role): Promise<User> {
	const user = await aUser();
	await sql`insert into public.memberships (program_id, user_id, role) values (${program.id}, ${user.id}, ${role})`;
	return user;
}

/** Somebody who had this role in the program until it was ended. */
aMember.deactivated = async (program: Program, role: Role): Promise<User> => {
	const user = await aMember(program, role);
	await sql`update public.memberships set deactivated_at = now() where user_id = ${user.id}`;
	return user;
};

/** A client that acts as somebody with this role in the program. */
export const asMember = async (program: Program, role: Role): Promise<Client> => asUser(await aMember(program, role));

/** Takes a program and all that is its own away again, so that the next file finds the directory as it was. */
export async function forgetProgram({ id }: Program): Promise<void> {
	await sql.begin(async (tx) => {
		await tx`delete from public.services where program_id = ${id}`;
		await tx`delete from public.locations where program_id = ${id}`;
		await tx`delete from public.organizations where program_id = ${id}`;
		await tx`delete from public.programs where id = ${id}`;
	});
}
