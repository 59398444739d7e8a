/** Where requests go, as the tables and functions of 20261122001500…1600 have it, for a program's admins. A refusal is a value. */
import { z } from 'zod';
import { mayActAs } from '$lib/people/person';
import * as people from '$lib/people/people.server';
import type { Tables } from '$lib/server/database.types';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import type { SupportRules } from './matching/schemas';
import type { Shift } from './routing-hours';
import type { Area, Settings, Team } from './routing-schemas';
import { REFUSALS, type Refusal } from './routing-words';

export interface Coordinator {
	id: string;
	name: string;
	/** The last day of an absence, `YYYY-MM-DD`; null for somebody who is here. */
	away_until: string | null;
	cover_id: string | null;
}

/** A team, or an area, which has no site. */
export interface Origin {
	id: string;
	name: string;
	site: string;
	is_active: boolean;
	/** The ids of those ticked, whoever of them may still coordinate. */
	ticked: string[];
}

const Changed = z.union([
	z.object({ ok: z.unknown() }).transform(() => null),
	z.object({ refused: z.enum(REFUSALS) }).transform(({ refused }) => refused)
]);

/** Why it was refused; null where it was done. */
type Outcome = Promise<Refusal | null>;

/** Who may be ticked: the program's coordinators and admins, by name. */
export async function coordinators(db: Supabase, program: string): Promise<Coordinator[]> {
	const members = await people.members(db, program);
	return members
		.filter(({ roles }) => mayActAs(roles, 'coordinator'))
		.map(({ id, name, away_until, cover_id }) => ({ id, name, away_until, cover_id }));
}

/** The program's teams, those in use first, then by name; with `id` that one alone. */
export async function teams(db: Supabase, program: string, id?: string): Promise<Origin[]> {
	const asked = db
		.from('teams')
		.select('id, name, site, is_active, team_coordinators(user_id)')
		.eq('program_id', program);
	const rows = available(await (id === undefined ? asked : asked.eq('id', id)));
	return inOrder(
		rows.map(({ team_coordinators, ...row }) => ({ ...row, ticked: team_coordinators.map(({ user_id }) => user_id) }))
	);
}

/** The same of its areas. */
export async function areas(db: Supabase, program: string, id?: string): Promise<Origin[]> {
	const asked = db.from('areas').select('id, name, is_active, area_coordinators(user_id)').eq('program_id', program);
	const rows = available(await (id === undefined ? asked : asked.eq('id', id)));
	return inOrder(
		rows.map(({ area_coordinators, ...row }) => ({
			...row,
			site: '',
			ticked: area_coordinators.map(({ user_id }) => user_id)
		}))
	);
}

const inOrder = (origins: Origin[]): Origin[] =>
	origins.sort(
		(a, b) => Number(b.is_active) - Number(a.is_active) || a.name.localeCompare(b.name) || a.site.localeCompare(b.site)
	);

/** The work domains the program lists, in order. */
export async function workDomains(db: Supabase, program: string): Promise<string[]> {
	const rows = available(await db.from('work_domains').select('domain').eq('program_id', program).order('domain'));
	return rows.map(({ domain }) => domain);
}

export async function workingHours(db: Supabase, program: string): Promise<Shift[]> {
	return available(await db.from('working_hours').select('weekday, opens_at, closes_at').eq('program_id', program));
}

export type StoredSettings = Pick<
	Tables<'referral_settings'>,
	'acknowledge_within_hours' | 'wait_weeks_min' | 'wait_weeks_max' | 'wait_stated_on' | 'keep_months'
>;

export async function settings(db: Supabase, program: string): Promise<StoredSettings> {
	return available<StoredSettings>(
		await db
			.from('referral_settings')
			.select('acknowledge_within_hours, wait_weeks_min, wait_weeks_max, wait_stated_on, keep_months')
			.eq('program_id', program)
			.single()
	);
}

/** Whether requests come to this program that say of nowhere where they belong. */
export async function isDefault(db: Supabase, program: string): Promise<boolean> {
	const asked = await db.from('programs').select('is_default').eq('id', program).single();
	return available<{ is_default: boolean }>(asked).is_default;
}

/** Adds a team, or with its id changes it. */
export async function saveTeam(db: Supabase, program: string, id: string | null, given: Team): Outcome {
	return Changed.parse(
		available(
			await db.rpc('save_team', {
				program,
				// The generated types know no null in arguments.
				team: id as string,
				team_name: given.name,
				team_site: given.site,
				active: given.active,
				coordinators: given.coordinators
			})
		)
	);
}

/** The same of an area. */
export async function saveArea(db: Supabase, program: string, id: string | null, given: Area): Outcome {
	const { name: area_name, active, coordinators } = given;
	return Changed.parse(
		available(await db.rpc('save_area', { program, area: id as string, area_name, active, coordinators }))
	);
}

/** Lists these work domains and no others. */
export async function setWorkDomains(db: Supabase, program: string, domains: string[]): Outcome {
	return Changed.parse(available(await db.rpc('set_work_domains', { program, domains })));
}

/** These are the working hours, and no others. */
export async function setWorkingHours(db: Supabase, program: string, shifts: Shift[]): Outcome {
	const hours = shifts.map(({ weekday, opens_at, closes_at }) => ({ weekday, opens_at, closes_at }));
	return Changed.parse(available(await db.rpc('set_working_hours', { program, hours })));
}

export async function setSettings(db: Supabase, program: string, given: Settings): Outcome {
	const weeks = given.wait === 'known' ? [Number(given.weeks_min), Number(given.weeks_max)] : [null, null];
	const [weeks_min, weeks_max] = weeks as [number, number];
	const acknowledge_hours = Number(given.acknowledge_hours);
	const months = Number(given.keep_months);
	return Changed.parse(
		available(await db.rpc('set_referral_settings', { program, acknowledge_hours, weeks_min, weeks_max, months }))
	);
}

/** How a support is safe in the program, and whom workers call. */
export async function setSupportRules(db: Supabase, program: string, given: SupportRules): Outcome {
	return Changed.parse(available(await db.rpc('set_support_settings', { program, ...given })));
}
