/** Roles, and the database's refusals, in words. */
import { m } from '$lib/paraglide/messages';
import type { Role } from './person';

const names: Record<Role, () => string> = {
	admin: m.people_role_admin,
	coordinator: m.people_role_coordinator,
	supervisor: m.people_role_supervisor,
	worker: m.people_role_worker,
	editor: m.people_role_editor
};

const duties: Record<Role, () => string> = {
	admin: m.people_duty_admin,
	coordinator: m.people_duty_coordinator,
	supervisor: m.people_duty_supervisor,
	worker: m.people_duty_worker,
	editor: m.people_duty_editor
};

export const roleName = (role: Role): string => names[role]();

/** What somebody with this role does here, as a sentence. */
export const roleDuty = (role: Role): string => duties[role]();

/** Why the database refused a change about staff. */
const refusals = {
	not_allowed: m.people_refused_not_allowed,
	already_member: m.people_refused_already_member,
	not_open: m.people_refused_not_open,
	not_a_member: m.people_refused_not_a_member,
	last_admin: m.people_refused_last_admin,
	past: m.people_refused_past,
	no_cover: m.people_refused_no_cover
} as const;

export type Refusal = keyof typeof refusals;

export const REFUSALS = Object.keys(refusals) as [Refusal, ...Refusal[]];

export const refusalInWords = (refusal: Refusal): string => refusals[refusal]();
