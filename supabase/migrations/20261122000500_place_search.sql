-- One row a place, denormalised, kept by triggers: what lists, maps and search read. Nobody reads it directly; the
-- functions of the next migration do, as their owner: `@@`, `<@` and `%` are not leakproof, so under row level security
-- the planner would not use their indexes.

create text search configuration private.english (copy = pg_catalog.english);
alter text search configuration private.english
	alter mapping for hword, hword_part, word with extensions.unaccent, pg_catalog.english_stem;

-- The small helpers here and in the next migration carry no `set search_path`: the planner can then fold them into the
-- query that calls them, and they name every schema themselves.

/** Lower case, no accents, single spaces between letters and digits: how words are compared. */
create function private.fold(words text) returns text
language sql immutable parallel safe as $$
	select trim(regexp_replace(lower(extensions.unaccent('extensions.unaccent', words)), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- Generated columns are worked out as whoever writes the row.
grant execute on function private.fold to service_role;

/** The stem of one folded word; a stop word is its own stem. */
create function private.stem(word text) returns text
language sql immutable parallel safe as $$
	select coalesce((ts_lexize('pg_catalog.english_stem', word))[1], word)
$$;

/** A position on the sphere in metres (x, y, z), so that distance is one operator with an index; null where it is not known. */
create function private.earth(latitude double precision, longitude double precision) returns extensions.cube
language sql immutable strict parallel safe as $$
	select extensions.cube(array[
		6371008.8 * cos(radians(latitude)) * cos(radians(longitude)),
		6371008.8 * cos(radians(latitude)) * sin(radians(longitude)),
		6371008.8 * sin(radians(latitude))
	])
$$;

-- What a list shows of each place, apart from what finds it, so that searching reads narrow rows.
create table private.place_cards (
	location_id uuid primary key references public.locations on delete cascade,
	slug text not null unique,
	name text not null,
	address_folded text not null,
	time_zone text not null,
	hours text not null check (hours in ('scheduled', 'always', 'appointment', 'unconfirmed')),
	-- Whether somebody has confirmed what happens on a statutory holiday.
	holidays_known boolean not null,
	-- `PlaceSummary` without what depends on the moment.
	card jsonb not null
);
create index place_cards_by_address on private.place_cards (address_folded text_pattern_ops);

-- How many places share the same facets: what counts are made from, for the whole directory or for what a search found.
create table private.facet_groups (
	id integer primary key generated always as identity,
	category_ids integer[] not null,
	neighbourhood_id integer,
	free boolean,
	wheelchair boolean,
	shareable boolean not null,
	n integer not null,
	unique nulls not distinct (category_ids, neighbourhood_id, free, wheelchair, shareable)
);

create table private.place_search (
	location_id uuid primary key references private.place_cards on delete cascade,
	-- The number of the location: what a search gives its places by.
	number integer not null unique,
	facet_group integer not null references private.facet_groups,
	name_folded text not null,
	position point,
	earth extensions.cube,
	category_ids integer[] not null,
	neighbourhood_id integer,
	free boolean,
	wheelchair boolean,
	washroom boolean,
	-- Open every hour of the year; other hours are in `place_openings`.
	always_open boolean not null,
	-- Neither invented nor confidential: machines may be told of it.
	shareable boolean not null,
	-- What comes first where nothing else decides: what a newcomer needs first, then places that offer more and say more.
	prior real not null,
	languages text[] not null,
	document tsvector not null
);
create index place_search_by_document on private.place_search using gin (document);
create index place_search_by_category on private.place_search using gin (category_ids);
create index place_search_by_position on private.place_search using gist (position);
create index place_search_by_earth on private.place_search using gist (earth);
create index place_search_by_prior on private.place_search (prior desc, name_folded);
create index place_search_by_name on private.place_search (name_folded, number);
create index place_search_by_beginning on private.place_search (name_folded text_pattern_ops);
create index place_search_by_facet_group on private.place_search (facet_group);
create index place_search_always_open on private.place_search (number) include (facet_group) where always_open;

-- The places of each category in the order in which a list shows them.
create table private.place_categories (
	category_id integer not null,
	prior real not null,
	name_folded text not null,
	number integer not null references private.place_search (number) on delete cascade,
	primary key (number, category_id)
);
create index place_categories_in_order on private.place_categories (category_id, prior desc, name_folded, number);

-- The opening intervals of places as a whole, but for those that never close, with the facets of each place: what is open at
-- an instant is counted from one index. At most one of a place's intervals holds any instant.
create table private.place_openings (
	number integer not null references private.place_search (number) on delete cascade,
	facet_group integer not null,
	opens_at timestamptz not null,
	closes_at timestamptz not null
);
create index place_openings_by_place on private.place_openings (number, closes_at) include (opens_at);
create index place_openings_by_time on private.place_openings (opens_at, closes_at) include (number, facet_group);

-- Words in use, for prefixes and for mending typing mistakes.
create table private.search_words (
	word text primary key check (length(word) <= 60),
	stem text not null
);
create index search_words_by_stem on private.search_words (stem);
create index search_words_by_prefix on private.search_words (word text_pattern_ops);
create index search_words_by_likeness on private.search_words using gin (word extensions.gin_trgm_ops);

create function private.remember_words(words text) returns void
language sql set search_path = '' as $$
	insert into private.search_words (word, stem)
	select distinct w, private.stem(w)
	from regexp_split_to_table(private.fold(words), ' ') w
	where length(w) between 3 and 60 and w !~ '[0-9]'
	on conflict do nothing
$$;

-- What people type, and the words of the directory that it means.
create table public.search_synonyms (
	term text primary key check (length(term) between 1 and 100),
	-- How it is looked up: by the words as typed, or by their stems.
	key text not null generated always as (private.fold(term)) stored,
	means text[] not null check (cardinality(means) between 1 and 20)
);
create index search_synonyms_by_key on public.search_synonyms (key);

-- Names that say where somebody is, besides places and neighbourhoods: streets, crossings.
create table public.gazetteer (
	name text primary key check (length(name) between 1 and 200),
	folded text not null generated always as (private.fold(name)) stored,
	latitude double precision not null check (latitude between -90 and 90),
	longitude double precision not null check (longitude between -180 and 180)
);
create index gazetteer_by_folded on public.gazetteer (folded);
create index gazetteer_by_likeness on public.gazetteer using gin (folded extensions.gin_trgm_ops);

grant all on public.search_synonyms, public.gazetteer to service_role;
alter table public.search_synonyms enable row level security;
alter table public.gazetteer enable row level security;

/** The card of one location as it should be now; nothing for one that is not published. */
create function private.place_card_row(location uuid) returns setof private.place_cards
language sql stable set search_path = '' as $$
	with place as (
		select l.*, n.slug as neighbourhood_slug, n.name as neighbourhood, g.time_zone,
			x.wheelchair as wheelchair_access, x.washroom, nullif(concat_ws(', ', a.address_1, nullif(a.city, 'Vancouver')), '') as address
		from public.locations l
		join public.programs g on g.id = l.program_id
		left join public.neighbourhoods n on n.id = l.neighbourhood_id
		left join public.accessibility x on x.location_id = l.id
		left join lateral (select * from public.addresses a where a.location_id = l.id limit 1) a on true
		where l.id = location and l.status = 'published'
	),
	offered as (
		select s.*, a.position, a.id as service_at_location_id
		from public.service_at_locations a join public.services s on s.id = a.service_id
		where a.location_id = location and s.status = 'active'
	),
	hours as (
		select s.* from public.schedules s where s.location_id = location
		union all
		select s.* from offered o join public.schedules s on s.service_at_location_id = o.service_at_location_id
	),
	phones as (
		select p.number, p.extension, -1 as position from public.phones p where p.location_id = location
		union all
		select p.number, p.extension, o.position from offered o join public.phones p on p.service_id = o.id
	),
	said as (
		select
			(select jsonb_agg(c.code order by c.position) from (
				select t.code, min(o.position * 100 + x.position) as position
				from offered o
				join public.attributes x on x.service_id = o.id
				join public.taxonomy_terms t on t.id = x.taxonomy_term_id group by t.code) c) as codes,
			(select o.description from offered o where o.description <> '' order by o.position limit 1) as first_description,
			(select p.number || coalesce(' x ' || p.extension, '') from phones p order by p.position limit 1) as phone,
			(select case when bool_or(c.option = 'free') then true when bool_or(c.option = 'paid') then false end
				from public.cost_options c join offered o on o.id = c.service_id) as free,
			(select case
				when count(*) = 0 then 'unconfirmed'
				when bool_or((h.location_id is not null or not exists (select from hours o where o.location_id is not null))
					and h.byday = 'MO,TU,WE,TH,FR,SA,SU' and h.opens_at = h.closes_at
					and h.holidays = 'open' and num_nonnulls(h.valid_from, h.valid_to) = 0) then 'always'
				when bool_and(h.by_appointment) then 'appointment'
				else 'scheduled' end from hours h) as hours,
			(select coalesce(bool_or(h.holidays is not null), false) from hours h) as holidays_known
	)
	select
		p.id, p.slug, p.name, private.fold(coalesce(p.address, '')), p.time_zone,
		case when p.sample then 'unconfirmed' else s.hours end, s.holidays_known,
		jsonb_build_object(
			'id', p.id, 'slug', p.slug, 'name', p.name, 'lat', p.latitude, 'lng', p.longitude,
			'address', p.address,
			'categories', coalesce(s.codes, '[]'),
			'neighbourhood', case when p.neighbourhood is not null
				then jsonb_build_object('slug', p.neighbourhood_slug, 'name', p.neighbourhood) end,
			'summary', case when length(s.first_description) > 220
				then regexp_replace(left(s.first_description, 200), '\s+\S*$', '') || ' …' else coalesce(s.first_description, '') end,
			'phone', s.phone, 'free', s.free,
			'wheelchair', case p.wheelchair_access when 'yes' then true when 'no' then false end,
			'washroom', p.washroom, 'sample', p.sample, 'confirmed_on', p.confirmed_on
		)
	from place p, said s
$$;

/** How one location is found, by its card; `facet_group` is not known yet. */
create function private.place_search_row(c private.place_cards) returns private.place_search
language sql stable set search_path = '' as $$
	with recursive offered as (
		select s.*, a.position
		from public.service_at_locations a join public.services s on s.id = a.service_id
		where a.location_id = c.location_id and s.status = 'active'
	),
	terms as (
		select t.id, t.parent_id, t.number, t.name, t.position
		from offered o
		join public.attributes x on x.service_id = o.id
		join public.taxonomy_terms t on t.id = x.taxonomy_term_id
		union
		select t.id, t.parent_id, t.number, t.name, t.position
		from terms below join public.taxonomy_terms t on t.id = below.parent_id
	),
	categories as (
		select coalesce(array_agg(t.number order by t.number), '{}') as numbers, string_agg(t.name, ' ') as names,
			-- The taxonomy is in the order in which a newcomer needs things.
			coalesce(min(t.position), 40) as first_kind
		from terms t
	),
	services as (
		select count(*) as n, string_agg(o.name, ' ') as names, string_agg(o.description, ' ') as descriptions from offered o
	)
	select
		c.location_id, l.number, null::integer, private.fold(c.name),
		point(l.longitude, l.latitude), private.earth(l.latitude, l.longitude),
		k.numbers, l.neighbourhood_id, (c.card ->> 'free')::boolean, (c.card ->> 'wheelchair')::boolean,
		(c.card ->> 'washroom')::boolean, c.hours = 'always',
		not l.sample and not l.confidential,
		(2 - 0.05 * k.first_kind + ln(1 + o.n) * 0.3
			+ (case when c.card ->> 'phone' is not null then 0.3 else 0 end) + (case when c.hours <> 'unconfirmed' then 0.3 else 0 end)
			- (case when l.sample then 3 else 0 end))::real,
		array(select distinct g.code from public.languages g join offered o on o.id = g.service_id),
		setweight(to_tsvector('private.english', concat_ws(' ', c.name, l.alternate_name)), 'A')
			|| setweight(to_tsvector('private.english', concat_ws(' ', o.names, k.names)), 'B')
			|| setweight(to_tsvector('private.english', concat_ws(' ', g.name, c.card -> 'neighbourhood' ->> 'name', c.card ->> 'address')), 'C')
			|| setweight(to_tsvector('private.english', concat_ws(' ', o.descriptions, l.transportation)), 'D')
	from public.locations l join public.organizations g on g.id = l.organization_id, categories k, services o
	where l.id = c.location_id
$$;

/** The group of places with the same facets as this one, with the place counted in it. */
create function private.count_in(place private.place_search) returns integer
language sql set search_path = '' as $$
	insert into private.facet_groups as g (category_ids, neighbourhood_id, free, wheelchair, shareable, n)
	values (place.category_ids, place.neighbourhood_id, place.free, place.wheelchair, place.shareable, 1)
	on conflict (category_ids, neighbourhood_id, free, wheelchair, shareable) do update set n = g.n + 1
	returning g.id
$$;

create function private.count_out() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	update private.facet_groups g set n = g.n - 1 where g.id = old.facet_group;
	return null;
end $$;
create trigger count_out after delete on private.place_search for each row execute function private.count_out();

/** The words by which a place can be looked for. */
create function private.words_of_place(location uuid) returns text
language sql stable set search_path = '' as $$
	select concat_ws(' ', l.name, l.alternate_name, o.name, n.name,
		(select string_agg(s.name || ' ' || s.description, ' ') from public.service_at_locations a
			join public.services s on s.id = a.service_id where a.location_id = l.id))
	from public.locations l
	join public.organizations o on o.id = l.organization_id
	left join public.neighbourhoods n on n.id = l.neighbourhood_id
	where l.id = location
$$;

/*
 * Writes the intervals of a location anew: the place's own schedules, or, where it has none, those of everything that
 * meets there; and each service's own. A sample has none: it never counts as open.
 */
create function private.refresh_opening_intervals(location uuid) returns void
language plpgsql set search_path = '' as $$
declare
	place record;
	yesterday date; -- for what is still open past midnight
	own uuid[];
begin
	delete from public.opening_intervals o where o.location_id = location;
	delete from private.place_openings o using private.place_search p where p.location_id = location and o.number = p.number;
	select l.sample, l.status, p.time_zone into place
		from public.locations l join public.programs p on p.id = l.program_id where l.id = location;
	if not found or place.sample or place.status <> 'published' then return; end if;

	yesterday := (now() at time zone place.time_zone)::date - 1;
	select array_agg(s.id) into own from public.schedules s where s.location_id = location;
	if own is null then
		select array_agg(s.id) into own
		from public.schedules s join public.service_at_locations a on a.id = s.service_at_location_id
		where a.location_id = location;
	end if;
	if own is null then return; end if;

	insert into public.opening_intervals (location_id, opens_at, closes_at)
	select location, e.opens_at, e.closes_at
	from private.expand_schedules(own, place.time_zone, yesterday, private.opening_horizon()) e;

	insert into private.place_openings (number, facet_group, opens_at, closes_at)
	select p.number, p.facet_group, o.opens_at, o.closes_at
	from public.opening_intervals o join private.place_search p on p.location_id = o.location_id
	where o.location_id = location and not p.always_open;

	insert into public.opening_intervals (location_id, service_at_location_id, opens_at, closes_at)
	select location, a.id, e.opens_at, e.closes_at
	from public.service_at_locations a
	cross join lateral private.expand_schedules(
		array(select s.id from public.schedules s where s.service_at_location_id = a.id),
		place.time_zone, yesterday, private.opening_horizon()
	) e
	where a.location_id = location;
end $$;

/** Writes a location's card, search row, words, facet counts and opening intervals anew. */
create function private.refresh_place(location uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
	card private.place_cards;
	found_by private.place_search;
begin
	-- One at a time: two that change the same counts would wait for each other.
	perform pg_advisory_xact_lock(hashtext('private.refresh_place'));
	delete from private.place_cards c where c.location_id = location;
	select * into card from private.place_card_row(location);
	if card.location_id is not null then
		insert into private.place_cards select card.*;
		found_by := private.place_search_row(card);
		found_by.facet_group := private.count_in(found_by);
		insert into private.place_search select found_by.*;
		insert into private.place_categories (category_id, prior, name_folded, number)
		select category_id, found_by.prior, found_by.name_folded, found_by.number from unnest(found_by.category_ids) category_id;
		perform private.remember_words(private.words_of_place(location));
	end if;
	perform private.refresh_opening_intervals(location);
end $$;
