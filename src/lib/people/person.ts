/** Who is signed in, and what they may do where. */
import type { Enums } from '$lib/server/database.types';

export type Role = Enums<'membership_role'>;

export interface ProgramMembership {
	id: string;
	slug: string;
	name: string;
	/** IANA zone, such as `America/Vancouver`. */
	time_zone: string;
	roles: Role[];
}

export interface Person {
	id: string;
	email: string;
	/** Null for somebody who never came in by an invitation. */
	name: string | null;
	/** The programs in which they have a role. */
	programs: ProgramMembership[];
}

/** An admin may do what a coordinator may, and both look after places: as `private.my_programs` has it. */
export function mayActAs(roles: readonly Role[], needed: Role): boolean {
	if (roles.includes(needed)) return true;
	if (needed === 'coordinator') return roles.includes('admin');
	return needed === 'editor' && (roles.includes('admin') || roles.includes('coordinator'));
}

/** The programs of a person in which they may act as `needed`. */
export const programsAs = (person: Person, needed: Role): ProgramMembership[] =>
	person.programs.filter(({ roles }) => mayActAs(roles, needed));
