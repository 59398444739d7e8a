/** Places as the editors' tables hold them, written in one transaction as an editor's screen would. */
import type { TransactionSql } from 'postgres';
import { parseHours, type Schedule } from '../../src/lib/directory/hours-notation.ts';
import { sql } from '../support/database.ts';
import { ownName, type Category, type Neighbourhood } from './directory.ts';
import type { Program } from './program.ts';

export interface ServiceGiven {
	name?: string;
	description?: string;
	categories?: Category[];
	free?: boolean;
	languages?: string[];
	phone?: string;
	/** In the notation of docs/import-format.md. */
	meets?: string;
	status?: 'active' | 'inactive';
}

export interface PlaceGiven {
	externalId?: string;
	slug?: string;
	name?: string;
	alternateName?: string;
	organization?: string;
	/** A place without a position has null. */
	at?: { lat: number; lng: number } | null;
	address?: string;
	neighbourhood?: Neighbourhood;
	/** In the notation of docs/import-format.md. */
	hours?: string;
	holidays?: Schedule['holidays'];
	wheelchair?: 'yes' | 'limited' | 'no';
	washroom?: boolean;
	services?: ServiceGiven[];
	confidential?: boolean;
	sample?: boolean;
	status?: 'published' | 'withdrawn';
}

export interface Place {
	id: string;
	slug: string;
	name: string;
	number: number;
	organizationId: string;
	services: { id: string; atLocationId: string }[];
}

/** A published physical place with a position and one service, unless told otherwise. */
export function aPlace(program: Program, given: PlaceGiven = {}): Promise<Place> {
	return sql.begin((tx) => writePlace(tx, program, given));
}

/** A place whose address nobody is told; with it, its position stays unknown. */
aPlace.confidential = (program: Program, given: PlaceGiven = {}) =>
	aPlace(program, { ...given, confidential: true, at: null, address: undefined, neighbourhood: undefined });

/** A place that is kept and no longer shown. */
aPlace.withdrawn = (program: Program, given: PlaceGiven = {}) => aPlace(program, { ...given, status: 'withdrawn' });

/** A place invented for the demonstration. */
aPlace.sample = (program: Program, given: PlaceGiven = {}) => aPlace(program, { ...given, sample: true });

/** A place that never closes. */
aPlace.alwaysOpen = (program: Program, given: PlaceGiven = {}) => aPlace(program, { ...given, hours: '24/7' });

/** A place where nobody is seen without an appointment. */
aPlace.byAppointment = (program: Program, given: PlaceGiven = {}) =>
	aPlace(program, { ...given, hours: 'by appointment' });

async function writePlace(tx: TransactionSql, program: Program, given: PlaceGiven): Promise<Place> {
	const slug = given.slug ?? ownName('place-');
	const name = given.name ?? `Place ${slug}`;
	const at = given.at === undefined ? { lat: 49.26, lng: -123.1 } : given.at;
	const organization = given.organization ?? `Organization of ${program.slug}`;
	const [{ id: organizationId } = { id: '' }] = await tx<{ id: string }[]>`
		insert into public.organizations (program_id, name) values (${program.id}, ${organization})
		on conflict (program_id, name) do update set name = excluded.name returning id`;
	const [location] = await tx<{ id: string; number: number }[]>`
		insert into public.locations (program_id, organization_id, external_id, slug, name, alternate_name, latitude, longitude,
			neighbourhood_id, confidential, sample, status)
		values (${program.id}, ${organizationId}, ${given.externalId ?? slug}, ${slug}, ${name}, ${given.alternateName ?? null},
			${at?.lat ?? null}, ${at?.lng ?? null}, ${given.neighbourhood?.id ?? null}, ${given.confidential ?? false},
			${given.sample ?? false}, ${given.status ?? 'published'})
		returning id, number`;
	const { id, number } = location!;
	if (given.address) {
		await tx`insert into public.addresses (location_id, address_1) values (${id}, ${given.address})`;
	}
	if (given.wheelchair !== undefined || given.washroom !== undefined) {
		await tx`insert into public.accessibility (location_id, wheelchair, washroom)
			values (${id}, ${given.wheelchair ?? null}, ${given.washroom ?? null})`;
	}
	await writeSchedules(tx, { location_id: id }, given.hours, given.holidays);
	const services: Place['services'] = [];
	for (const [nth, service] of (given.services ?? [{}]).entries()) {
		services.push(await writeService(tx, program, organizationId, { id, slug }, service, nth));
	}
	return { id, slug, name, number, organizationId, services };
}

async function writeService(
	tx: TransactionSql,
	program: Program,
	organizationId: string,
	location: { id: string; slug: string },
	given: ServiceGiven,
	nth: number
): Promise<{ id: string; atLocationId: string }> {
	const [row] = await tx<{ id: string }[]>`
		insert into public.services (program_id, organization_id, external_id, name, description, status)
		values (${program.id}, ${organizationId}, ${`${location.slug}-${nth}`}, ${given.name ?? 'What is offered'},
			${given.description ?? ''}, ${given.status ?? 'active'})
		returning id`;
	const { id } = row!;
	const [joined] = await tx<{ id: string }[]>`
		insert into public.service_at_locations (service_id, location_id, position) values (${id}, ${location.id}, ${nth})
		returning id`;
	for (const [position, category] of (given.categories ?? []).entries()) {
		await tx`insert into public.attributes (service_id, taxonomy_term_id, position) values (${id}, ${category.id}, ${position})`;
	}
	for (const code of given.languages ?? []) {
		await tx`insert into public.languages (service_id, code) values (${id}, ${code})`;
	}
	if (given.free !== undefined) {
		await tx`insert into public.cost_options (service_id, option) values (${id}, ${given.free ? 'free' : 'paid'})`;
	}
	if (given.phone) await tx`insert into public.phones (service_id, number) values (${id}, ${given.phone})`;
	await writeSchedules(tx, { service_at_location_id: joined!.id }, given.meets);
	return { id, atLocationId: joined!.id };
}

type Whole = { location_id: string } | { service_at_location_id: string };

async function writeSchedules(tx: TransactionSql, whole: Whole, hours = '', holidays: Schedule['holidays'] = null) {
	const parsed = parseHours(hours, holidays);
	if (!parsed.ok) throw new Error(parsed.reason);
	for (const schedule of parsed.value) await tx`insert into public.schedules ${tx({ ...whole, ...schedule })}`;
}

/** Replaces a place's own hours. */
export const setHours = (place: Place, hours: string, holidays: Schedule['holidays'] = null): Promise<void> =>
	sql.begin(async (tx) => {
		await tx`delete from public.schedules where location_id = ${place.id}`;
		await writeSchedules(tx, { location_id: place.id }, hours, holidays);
	});
