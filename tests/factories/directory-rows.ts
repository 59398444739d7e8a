/** One row of every directory table, for tests that ask of each table who may do what with it. */
import type { Database } from '../../src/lib/server/database.types.ts';
import { sql, type User } from '../support/database.ts';
import { ownName, type Category, type Neighbourhood } from './directory.ts';
import type { Place } from './place.ts';
import type { Program } from './program.ts';

/** Tables of people, referrals and trainings: people-access, referral-access and training-access.test.ts say who may do what. */
export const TABLES_OF_PEOPLE = [
	'absences',
	'area_coordinators',
	'areas',
	'audit_events',
	'classes',
	'cohort_questions',
	'cohorts',
	'enrolments',
	'invitations',
	'people',
	'referral_settings',
	'referrals',
	'supervisions',
	'team_coordinators',
	'teams',
	'training_links',
	'training_posts',
	'work_domains',
	'worker_areas',
	'workers',
	'working_hours'
] as const;

/** Every other public table. A new one in neither does not compile. */
export type TableName = Exclude<keyof Database['public']['Tables'], (typeof TABLES_OF_PEOPLE)[number]>;

export interface Whole {
	program: Program;
	place: Place;
	category: Category;
	taxonomyId: string;
	neighbourhood: Neighbourhood;
	/** The row itself is withdrawn, where it can be. */
	hidden?: boolean;
	/** Somebody without a role. */
	person: User;
}

type Cell = string | number | boolean | null | string[];
type Cells = Record<string, Cell>;

interface Part {
	/** The column by which a row is found again. */
	key: string;
	/** A row that could be added to the place. */
	row: (whole: Whole) => Cells;
	/** A change that leaves the row what it is. */
	change: Cells;
	/** Only one row can have this key, so that a second one needs room made for it. */
	single?: true;
}

const own = () => ownName('row-');

const PARTS: Record<TableName, Part> = {
	programs: { key: 'slug', row: () => ({ slug: own(), name: 'Another program' }), change: { name: 'Changed' } },
	memberships: {
		key: 'user_id',
		row: ({ program, person }) => ({ program_id: program.id, user_id: person.id, role: 'supervisor' }),
		change: { role: 'admin' },
		single: true
	},
	organizations: {
		key: 'name',
		row: ({ program }) => ({ program_id: program.id, name: own() }),
		change: { website: 'https://changed.example' }
	},
	locations: {
		key: 'external_id',
		row: ({ program, place, hidden }) => {
			const id = own();
			return {
				program_id: program.id,
				organization_id: place.organizationId,
				external_id: id,
				slug: id,
				name: 'Another place',
				status: hidden ? 'withdrawn' : 'published'
			};
		},
		change: { alternate_name: 'Changed' }
	},
	services: {
		key: 'external_id',
		row: ({ program, place, hidden }) => ({
			program_id: program.id,
			organization_id: place.organizationId,
			external_id: own(),
			name: 'Another service',
			status: hidden ? 'inactive' : 'active'
		}),
		change: { description: 'Changed' }
	},
	service_at_locations: {
		key: 'service_id',
		row: ({ place }) => ({ service_id: place.services[1]!.id, location_id: place.id }),
		change: { position: 3 },
		single: true
	},
	addresses: {
		key: 'address_1',
		row: ({ place }) => ({ location_id: place.id, address_1: own() }),
		change: { postal_code: 'V5K 0A1' }
	},
	accessibility: {
		key: 'location_id',
		row: ({ place }) => ({ location_id: place.id, wheelchair: 'yes' }),
		change: { washroom: true },
		single: true
	},
	phones: {
		key: 'description',
		row: ({ place }) => ({ service_id: place.services[0]!.id, number: '604-555-0123', description: own() }),
		change: { extension: '7' }
	},
	urls: {
		key: 'label',
		row: ({ place }) => ({ service_id: place.services[0]!.id, url: 'https://place.example', label: own() }),
		change: { url: 'https://changed.example' }
	},
	schedules: {
		key: 'location_id',
		row: ({ place }) => ({ location_id: place.id, freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '17:00' }),
		change: { byday: 'TU' },
		single: true
	},
	languages: {
		key: 'service_id',
		row: ({ place }) => ({ service_id: place.services[0]!.id, code: 'pa' }),
		change: { code: 'zh' },
		single: true
	},
	cost_options: {
		key: 'amount_description',
		row: ({ place }) => ({ service_id: place.services[0]!.id, option: 'free', amount_description: own() }),
		change: { option: 'paid' }
	},
	required_documents: {
		key: 'document',
		row: ({ place }) => ({ service_id: place.services[0]!.id, document: own() }),
		change: { document: 'Changed' }
	},
	attributes: {
		key: 'service_id',
		row: ({ place, category }) => ({ service_id: place.services[0]!.id, taxonomy_term_id: category.id }),
		change: { position: 2 },
		single: true
	},
	opening_intervals: {
		key: 'location_id',
		row: ({ place }) => ({ location_id: place.id, opens_at: '2026-01-01T09:00Z', closes_at: '2026-01-01T17:00Z' }),
		change: { closes_at: '2026-01-01T18:00Z' },
		single: true
	},
	neighbourhoods: {
		key: 'slug',
		row: () => ({ slug: own(), name: 'Another area', latitude: 49, longitude: -123, outline: '((0,0),(0,1),(1,1))' }),
		change: { description: 'Changed' }
	},
	taxonomy_terms: {
		key: 'code',
		row: ({ taxonomyId }) => ({ taxonomy_id: taxonomyId, code: own(), name: 'Another category', icon: 'circle' }),
		change: { description: 'Changed' }
	},
	taxonomies: { key: 'name', row: () => ({ name: own() }), change: { description: 'Changed' } },
	statutory_holidays: {
		key: 'observed_on',
		row: () => ({ observed_on: '2199-01-01', name: 'A day off' }),
		change: { name: 'Another name' },
		single: true
	},
	search_synonyms: { key: 'term', row: () => ({ term: own(), means: ['library'] }), change: { means: ['park'] } },
	gazetteer: { key: 'name', row: () => ({ name: own(), latitude: 49, longitude: -123 }), change: { latitude: 50 } },
	empty_searches: {
		key: 'searched_on',
		row: ({ neighbourhood }) => ({ searched_on: '2020-01-01', neighbourhood_id: neighbourhood.id }),
		change: { searches: 2 },
		single: true
	}
};

export interface ArrangedRow {
	key: string;
	value: Cell;
	change: Cells;
}

/** A row that somebody might add to this table, with room made for it. */
export async function aRowToAdd(table: TableName, whole: Whole): Promise<Cells> {
	const { key, row, single } = PARTS[table];
	const cells = row(whole);
	if (single) await sql`delete from ${sql(`public.${table}`)} where ${sql(key)} = ${cells[key] as string}`;
	return cells;
}

/** A row that stands in this table, how to find it, and a change that leaves it what it is. */
export async function aRow(table: TableName, whole: Whole): Promise<ArrangedRow> {
	const { key, change } = PARTS[table];
	const cells = await aRowToAdd(table, whole);
	await sql`insert into ${sql(`public.${table}`)} ${sql(cells)}`;
	return { key, value: cells[key]!, change };
}
