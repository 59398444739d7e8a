/** A directory of any size, the same every time: places scattered over Vancouver with the words that real ones have. */
import type { Sql } from 'postgres';

/** Mulberry32: small, quick, and the same on every machine. */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const words = (text: string) => text.split(' ');
const FIRST = words(
	'Cedar Harbour Maple Granite Willow Heron Sunrise Lantern Orchard Raven Birch Falcon Meadow Copper Juniper Salmon ' +
		'Thistle Amber Spruce Otter Clover Quartz Hazel Kestrel Bramble Ivory Poplar Sparrow Fern Slate'
);
const SECOND = words(
	'Street Hill Creek Corner Bridge Square Village Point Grove Terrace Landing Crescent Heights Hollow Quay Green ' +
		'Ridge Cove Lane Crossing'
);
const KINDS = [
	{ word: 'Library', category: 'libraries' },
	{ word: 'Community Centre', category: 'community-centres' },
	{ word: 'Food Bank', category: 'food-banks' },
	{ word: 'Kitchen', category: 'meals' },
	{ word: 'Café', category: 'cheap-cafes' },
	{ word: 'Clinic', category: 'clinics' },
	{ word: 'Park', category: 'parks' },
	{ word: 'Washroom', category: 'washrooms' },
	{ word: 'Pool', category: 'pools' },
	{ word: 'Drop-in', category: 'drop-ins' },
	{ word: 'Support Group', category: 'support-groups-grief' },
	{ word: 'Housing Office', category: 'housing-help' }
];
/** Sentences are put together from these, so that a word stands in a few places of a hundred, as in a real directory. */
const OFFERS = words(
	'tea soup showers computers haircuts bread sewing choir chess gardening yoga printing blankets bicycles stories ' +
		'knitting drumming painting dancing cooking forms taxes passports resumes budgeting interpreting legal dental nursing ' +
		'naloxone counselling grief parenting homework pottery carpentry photography football swimming skating walking'
);
const MANNERS = words('free quiet weekly friendly evening morning warm small busy bilingual drop-in outdoor');
const DOORS = words('loading basement upstairs garden side back corner lobby chapel annex gym stage lane patio');
const HOURS = [
	[{ freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '17:00', holidays: 'closed' }],
	[{ freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '08:00', closes_at: '22:00', holidays: 'open' }],
	[{ freq: 'MONTHLY', byday: '2TU,4TU', opens_at: '18:30', closes_at: '20:00', holidays: null }],
	[]
];

interface GeneratedPlace {
	id: number;
	name: string;
	description: string;
	category: string;
	lat: number;
	lng: number;
	free: boolean | null;
	wheelchair: string | null;
	hours: object[];
}

export function generatePlaces(count: number): GeneratedPlace[] {
	const random = randomFrom(20_261_122);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	return Array.from({ length: count }, (_, id) => {
		const kind = pick(KINDS);
		return {
			id,
			name: `${pick(FIRST)} ${pick(SECOND)} ${kind.word}`,
			description: `A ${pick(MANNERS)} place for ${pick(OFFERS)} and ${pick(OFFERS)}. Use the ${pick(DOORS)} door.`,
			category: kind.category,
			lat: 49.2 + random() * 0.095,
			lng: -123.224 + random() * 0.2,
			free: pick([true, true, false, null]),
			wheelchair: pick(['yes', 'no', null, null]),
			hours: pick(HOURS)
		};
	});
}

/**
 * Puts generated places straight into the tables, and the search rows with the project's own functions but set by set:
 * the triggers are for edits, one place at a time.
 */
export async function loadPlaces(sql: Sql, count: number): Promise<void> {
	const places = generatePlaces(count);
	await sql.begin(async (tx) => {
		await tx`set local session_replication_role = replica`;
		await tx`set local jit = off`;
		const [program] = await tx`select id from public.programs where is_default`;
		const [organization] = await tx`
			insert into public.organizations (program_id, name) values (${program!.id}, 'Generated places') returning id`;
		await tx`create temporary table generated on commit drop as
			select g.*, gen_random_uuid() as location_id, gen_random_uuid() as service_id, gen_random_uuid() as meeting_id
			from jsonb_to_recordset(${tx.json(places as never)}) g (
				id integer, name text, description text, category text, lat float8, lng float8, free boolean,
				wheelchair text, hours jsonb)`;
		await tx`insert into public.locations
				(id, program_id, organization_id, external_id, slug, name, latitude, longitude, neighbourhood_id)
			select g.location_id, ${program!.id}, ${organization!.id}, 'bench-' || g.id, 'bench-' || g.id, g.name, g.lat, g.lng,
				(select n.id from public.neighbourhoods n where n.outline @> point(g.lng, g.lat) limit 1)
			from generated g`;
		await tx`insert into public.services (id, program_id, organization_id, external_id, name, description)
			select g.service_id, ${program!.id}, ${organization!.id}, 'bench-' || g.id, g.name, g.description from generated g`;
		await tx`insert into public.service_at_locations (id, service_id, location_id)
			select g.meeting_id, g.service_id, g.location_id from generated g`;
		await tx`insert into public.attributes (service_id, taxonomy_term_id)
			select g.service_id, t.id from generated g join public.taxonomy_terms t on t.code = g.category`;
		await tx`insert into public.cost_options (service_id, option)
			select g.service_id, case when g.free then 'free' else 'paid' end from generated g where g.free is not null`;
		await tx`insert into public.accessibility (location_id, wheelchair)
			select g.location_id, g.wheelchair from generated g where g.wheelchair is not null`;
		await tx`insert into public.schedules (location_id, freq, byday, opens_at, closes_at, holidays)
			select g.location_id, h.freq, h.byday, h.opens_at, h.closes_at, h.holidays
			from generated g, jsonb_to_recordset(g.hours) h
				(freq text, byday text, opens_at time, closes_at time, holidays text)`;
		// Plans for the functions below, made for tables of this size.
		await tx`analyze`;
		await tx`insert into private.place_cards
			select c.* from generated g, lateral private.place_card_row(g.location_id) c`;
		await tx`create temporary table found_by on commit drop as
			select r.* from private.place_cards c
			join generated g using (location_id), lateral private.place_search_row(c) r`;
		await tx`insert into private.facet_groups as g (category_ids, neighbourhood_id, free, wheelchair, shareable, n)
			select category_ids, neighbourhood_id, free, wheelchair, shareable, count(*) from found_by group by 1, 2, 3, 4, 5
			on conflict (category_ids, neighbourhood_id, free, wheelchair, shareable) do update set n = g.n + excluded.n`;
		await tx`update found_by p set facet_group = g.id from private.facet_groups g
			where (p.category_ids, p.shareable) = (g.category_ids, g.shareable)
				and (p.neighbourhood_id, p.free, p.wheelchair) is not distinct from (g.neighbourhood_id, g.free, g.wheelchair)`;
		await tx`insert into private.place_search select * from found_by`;
		await tx`insert into private.place_categories (category_id, prior, name_folded, number)
			select category_id, p.prior, p.name_folded, p.number from found_by p, unnest(p.category_ids) category_id`;
		// Places with the same hours are open at the same times: each kind of hours is expanded once.
		await tx`insert into public.opening_intervals (location_id, opens_at, closes_at)
			with kinds as (
				select g.hours, min(s.id::text)::uuid as schedule_id from generated g
				join public.schedules s using (location_id) group by 1
			),
			spans as (
				select k.hours, e.* from kinds k, private.expand_schedules(array[k.schedule_id],
					'America/Vancouver', (now() at time zone 'America/Vancouver')::date - 1, private.opening_horizon()) e
			)
			select g.location_id, s.opens_at, s.closes_at from generated g join spans s using (hours)`;
		await tx`insert into private.place_openings (number, facet_group, opens_at, closes_at)
			select p.number, p.facet_group, o.opens_at, o.closes_at
			from public.opening_intervals o join private.place_search p using (location_id)
			join generated g using (location_id)`;
		await tx`select private.remember_words(string_agg(distinct g.name || ' ' || g.description, ' ')) from generated g`;
	});
	// Twice: what the server analyses by itself meanwhile keeps pages from being marked as visible to all.
	await sql`vacuum`;
	await sql`vacuum analyze`;
}
