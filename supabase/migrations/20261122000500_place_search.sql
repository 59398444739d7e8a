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

create table private.place_search (
	location_id uuid primary key references public.locations on delete cascade,
	number integer not null,
	slug text not null,
	name text not null,
	name_folded text not null,
	-- What a list shows of it, as `PlaceSummary` has it, without what depends on the moment.
	card jsonb not null,
	position point,
	earth extensions.cube,
	category_ids integer[] not null,
	neighbourhood_id integer,
	free boolean,
	wheelchair boolean,
	washroom boolean,
	languages text[] not null,
	hours text not null check (hours in ('scheduled', 'always', 'appointment', 'unconfirmed')),
	-- Whether somebody has confirmed what happens on a statutory holiday.
	holidays_known boolean not null,
	-- Neither invented nor confidential: machines may be told of it.
	shareable boolean not null,
	-- What comes first where nothing else decides: what a newcomer needs first, then places that offer more and say more.
	prior real not null,
	document tsvector not null
);
create index place_search_by_document on private.place_search using gin (document);
create index place_search_by_category on private.place_search using gin (category_ids);
create index place_search_by_position on private.place_search using gist (position);
create index place_search_by_earth on private.place_search using gist (earth);
create index place_search_by_prior on private.place_search (prior desc, name_folded);
create index place_search_by_name on private.place_search (name_folded text_pattern_ops);
create unique index place_search_by_slug on private.place_search (slug);
create unique index place_search_by_number on private.place_search (number);

-- How many places share the same facets: counts over the whole directory without reading it.
create table private.facet_groups (
	category_ids integer[] not null,
	neighbourhood_id integer,
	free boolean,
	wheelchair boolean,
	shareable boolean not null,
	n integer not null,
	unique nulls not distinct (category_ids, neighbourhood_id, free, wheelchair, shareable)
);

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

/** The row of one location as it should be now; nothing for one that is not published. */
create function private.place_search_row(location uuid) returns setof private.place_search
language sql stable set search_path = '' as $$
	with recursive place as (
		select l.*, o.name as organization, n.slug as neighbourhood_slug, n.name as neighbourhood,
			x.wheelchair as wheelchair_access, x.washroom, concat_ws(', ', a.address_1, nullif(a.city, 'Vancouver')) as address
		from public.locations l
		join public.organizations o on o.id = l.organization_id
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
	terms as (
		select t.id, t.parent_id, t.number, t.name, t.code, o.position * 100 + x.position as position
		from offered o
		join public.attributes x on x.service_id = o.id
		join public.taxonomy_terms t on t.id = x.taxonomy_term_id
		union all
		select t.id, t.parent_id, t.number, t.name, t.code, 10000
		from terms c join public.taxonomy_terms t on t.id = c.parent_id
	),
	hours as (
		select s.* from public.schedules s
		where s.location_id = location or s.service_at_location_id in (select o.service_at_location_id from offered o)
	),
	said as (
		select
			(select array_agg(distinct t.number order by t.number) from terms t) as category_ids,
			(select jsonb_agg(c.code order by c.position)
				from (select t.code, min(t.position) as position from terms t where t.position < 10000 group by t.code) c) as codes,
			(select string_agg(distinct t.name, ' ') from terms t) as category_names,
			(select string_agg(o.name, ' ' order by o.position) from offered o) as service_names,
			(select string_agg(o.description, ' ' order by o.position) from offered o) as descriptions,
			(select o.description from offered o where o.description <> '' order by o.position limit 1) as first_description,
			(select p.number || coalesce(' x ' || p.extension, '') from public.phones p
				left join offered o on o.id = p.service_id
				where p.location_id = location or o.id is not null order by o.position nulls first limit 1) as phone,
			(select case when bool_or(c.option = 'free') then true when bool_or(c.option = 'paid') then false end
				from public.cost_options c join offered o on o.id = c.service_id) as free,
			(select array_agg(distinct g.code) from public.languages g join offered o on o.id = g.service_id) as languages,
			(select count(*) from offered) as offers,
			-- The taxonomy is in the order in which a newcomer needs things.
			(select min(k.position) from public.taxonomy_terms k where k.number in (select t.number from terms t)) as first_kind,
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
		p.id, p.number, p.slug, p.name, private.fold(p.name),
		jsonb_build_object(
			'id', p.id, 'slug', p.slug, 'name', p.name, 'lat', p.latitude, 'lng', p.longitude,
			'address', nullif(p.address, ''),
			'categories', coalesce(s.codes, '[]'),
			'neighbourhood', case when p.neighbourhood is not null
				then jsonb_build_object('slug', p.neighbourhood_slug, 'name', p.neighbourhood) end,
			'summary', case when length(s.first_description) > 220
				then regexp_replace(left(s.first_description, 200), '\s+\S*$', '') || ' …' else coalesce(s.first_description, '') end,
			'phone', s.phone, 'free', s.free,
			'wheelchair', case p.wheelchair_access when 'yes' then true when 'no' then false end,
			'washroom', p.washroom, 'sample', p.sample, 'confirmed_on', p.confirmed_on
		),
		point(p.longitude, p.latitude), private.earth(p.latitude, p.longitude),
		coalesce(s.category_ids, '{}'), p.neighbourhood_id, s.free,
		case p.wheelchair_access when 'yes' then true when 'no' then false end,
		p.washroom, coalesce(s.languages, '{}'),
		case when p.sample then 'unconfirmed' else s.hours end, s.holidays_known,
		not p.sample and not p.confidential,
		(2 - 0.05 * coalesce(s.first_kind, 40) + ln(1 + s.offers) * 0.3
			+ (case when s.phone is not null then 0.3 else 0 end) + (case when s.hours <> 'unconfirmed' then 0.3 else 0 end)
			- (case when p.sample then 3 else 0 end))::real,
		setweight(to_tsvector('private.english', concat_ws(' ', p.name, p.alternate_name)), 'A')
			|| setweight(to_tsvector('private.english', concat_ws(' ', s.service_names, s.category_names)), 'B')
			|| setweight(to_tsvector('private.english', concat_ws(' ', p.organization, p.neighbourhood, p.address)), 'C')
			|| setweight(to_tsvector('private.english', concat_ws(' ', s.descriptions, p.transportation)), 'D')
	from place p, said s
$$;

create function private.count_facets(place private.place_search, change integer) returns void
language sql set search_path = '' as $$
	insert into private.facet_groups as g (category_ids, neighbourhood_id, free, wheelchair, shareable, n)
	values (place.category_ids, place.neighbourhood_id, place.free, place.wheelchair, place.shareable, change)
	on conflict (category_ids, neighbourhood_id, free, wheelchair, shareable) do update set n = g.n + change
$$;

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

/** Writes a location's search row, its words, facet counts and opening intervals anew. */
create function private.refresh_place(location uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
	old private.place_search;
	new private.place_search;
begin
	-- One at a time: two that change the same counts would wait for each other.
	perform pg_advisory_xact_lock(hashtext('private.refresh_place'));
	delete from private.place_search p where p.location_id = location returning * into old;
	if old.location_id is not null then perform private.count_facets(old, -1); end if;
	select * into new from private.place_search_row(location);
	if new.location_id is not null then
		insert into private.place_search select new.*;
		perform private.count_facets(new, 1);
		perform private.remember_words(private.words_of_place(location));
	end if;
	perform private.refresh_opening_intervals(location);
end $$;
