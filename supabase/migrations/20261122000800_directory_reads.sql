-- What the site and its machine addresses call. Each reads what is published and nothing else.

/*
 * Where somebody says they are: a street, a crossing, a neighbourhood, a place, or the beginning of an address; with a
 * likeness where nothing matches. Null where nothing comes close. Gives `{ name, lat, lng }`.
 */
create function public.find_position(words text) returns jsonb
language sql stable security definer set search_path = '' as $$
	with said as (select private.fold(left(words, 200)) as w),
	found as (
		select 1 as rank, g.name, g.latitude as lat, g.longitude as lng, 1::real as likeness
			from said, public.gazetteer g where g.folded = said.w
		union all
		select 2, n.name, n.latitude, n.longitude, 1 from said, public.neighbourhoods n
			where private.fold(n.name) = said.w or said.w in (select private.fold(a) from unnest(n.alternate_names) a)
		union all
		select 3, c.name, p.position[1], p.position[0], 1 from said, private.place_search p
			join private.place_cards c on c.location_id = p.location_id
			where p.name_folded = said.w and p.position is not null and p.shareable
		union all
		(select 4, c.card ->> 'address', p.position[1], p.position[0], 1 from said
			join private.place_cards c on c.address_folded like said.w || '%'
			join private.place_search p on p.location_id = c.location_id
			where said.w ~ '^[0-9]+ .' and p.position is not null and p.shareable
			order by c.address_folded, c.location_id limit 1)
		union all
		(select 5, c.name, p.position[1], p.position[0], 1 from said, private.place_search p
			join private.place_cards c on c.location_id = p.location_id
			where length(said.w) > 3 and p.name_folded like said.w || ' %' and p.position is not null and p.shareable
			order by p.prior desc limit 1)
		union all
		(select 6, g.name, g.latitude, g.longitude, extensions.similarity(g.folded, said.w)
			from said, public.gazetteer g where g.folded operator(extensions.%) said.w
			order by extensions.similarity(g.folded, said.w) desc limit 1)
		union all
		(select 6, n.name, n.latitude, n.longitude, extensions.similarity(private.fold(n.name), said.w)
			from said, public.neighbourhoods n order by 5 desc limit 1)
	)
	select jsonb_build_object('name', f.name, 'lat', f.lat, 'lng', f.lng) from found f, said
	where said.w <> '' and f.likeness >= 0.45 order by f.rank, f.likeness desc, f.name limit 1
$$;

/*
 * What is asked for: the words as a query, any of them where nothing has all (`loose`), and the words after "near" as a
 * position where we know one of that name. `base` is the condition of all but the facets. List and map read their filters
 * here, so that they agree.
 */
create function private.read_filters(filters jsonb, at timestamptz, out query tsquery, out corrected text, out loose boolean,
	out near jsonb, out base text)
language plpgsql stable set search_path = '' as $$
declare
	said text := nullif(private.fold(left(filters ->> 'q', 200)), '');
	parts constant text[] := regexp_match(said, '^(.*\S)\s+(?:near|around|close to|by|in|at)\s+(.+)$');
	facets constant text := private.facets_where(filters);
	any_word record;
	other text;
	found boolean;
	finding constant text := 'select exists (select from private.place_search p where %s and %s)';
begin
	near := nullif(filters -> 'near', 'null');
	-- "library near Commercial Drive"
	if near is null and parts is not null then
		near := public.find_position(parts[2]);
		if near is not null then said := parts[1]; end if;
	end if;
	loose := false;
	select r.query, r.corrected into query, corrected from private.read_query(said, false) r;
	base := private.places_where(filters, query, at);
	if query is null or position(' ' in said) = 0 then return; end if;

	execute format(finding, base, facets) into found;
	if found then return; end if;
	select * into any_word from private.read_query(said, true);
	other := private.places_where(filters, any_word.query, at);
	execute format(finding, other, facets) into loose;
	if loose then
		query := any_word.query;
		base := other;
	end if;
end $$;

/*
 * One page of places: `{ total, page, pages, places, facets, corrected, loose, position }`. Filters, all optional: `q`,
 * `category`, `neighbourhood`, `near` ({lat, lng}), `bbox` ([w, s, e, n]), `open` (an instant, or null for now), `free`,
 * `wheelchair`, `washroom`, `language`, `sort` (best, distance, name), `page`, `page_size`, `for_machines` (true: nothing invented
 * or confidential),
 * `at` (the present).
 *
 * No just-in-time compiling, which costs more than it saves on short statements, and the price of a random page on the
 * disks that databases have today.
 */
create function public.search_places(filters jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off set random_page_cost = 1.1 as $$
declare
	at constant timestamptz := coalesce((filters ->> 'at')::timestamptz, now());
	size constant integer := least(greatest(coalesce((filters ->> 'page_size')::integer, 20), 1), 5000);
	asked record;
	origin extensions.cube;
	found record;
	counted jsonb;
begin
	select * into asked from private.read_filters(filters, at);
	origin := private.earth((asked.near ->> 'lat')::float8, (asked.near ->> 'lng')::float8);
	select * into found from private.find_places(filters, at, asked.base, asked.query, origin);
	counted := private.count_places(filters, found.groups, found.counts);

	return jsonb_build_object(
		'total', counted -> 'total',
		'page', coalesce((filters ->> 'page')::integer, 1),
		'pages', ceil((counted ->> 'total')::numeric / size)::integer,
		'places', private.summaries(found.numbers, at, origin),
		'facets', counted -> 'facets',
		'corrected', asked.corrected,
		'loose', asked.loose,
		'position', asked.near
	);
end $$;

/*
 * Every matching place as columns of numbers, for the map: `{ n, lat, lng, category }`, `lat` and `lng` in 1e-5 degrees,
 * `category` the code of the main category or of the one above it. The same filters as search_places.
 */
create function public.place_points(filters jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off set random_page_cost = 1.1 as $$
declare
	at constant timestamptz := coalesce((filters ->> 'at')::timestamptz, now());
	points jsonb;
begin
	execute format($sql$
		select jsonb_build_object(
			'n', coalesce(jsonb_agg(p.number), '[]'),
			'lat', coalesce(jsonb_agg(round(p.position[1] * 1e5)::int), '[]'),
			'lng', coalesce(jsonb_agg(round(p.position[0] * 1e5)::int), '[]'),
			'category', coalesce(jsonb_agg(c.top), '[]'))
		from private.place_search p
		join private.place_cards shown on shown.location_id = p.location_id
		left join (
			select t.code, coalesce(parent.code, t.code) as top from public.taxonomy_terms t
			left join public.taxonomy_terms parent on parent.id = t.parent_id
		) c on c.code = shown.card -> 'categories' ->> 0
		where %s and p.position is not null$sql$,
		concat_ws(' and ', nullif((select r.base from private.read_filters(filters, at) r), ''), private.facets_where(filters)))
		into points;
	return points;
end $$;

/** Up to eight ways to finish what is being typed: `[{ kind: category | neighbourhood | place, slug, name, detail }]`. */
create function public.suggest(q text) returns jsonb
language sql stable security definer set search_path = '' as $$
	with said as (select private.fold(left(q, 100)) as w),
	found as (
		(select 1 as rank, 'category' as kind, t.code as slug, t.name, '' as detail, t.position::real as within
			from said, public.taxonomy_terms t
			where ' ' || private.fold(t.name) like '% ' || said.w || '%'
				or exists (select from public.search_synonyms s, unnest(s.means) m
					where length(said.w) > 2 and s.key like said.w || '%' and private.fold(t.name) like '%' || private.fold(m) || '%')
			order by (private.fold(t.name) like said.w || '%') desc, t.position limit 3)
		union all
		(select 2, 'neighbourhood', n.slug, n.name, '', 0 from said, public.neighbourhoods n
			where ' ' || private.fold(concat_ws(' ', n.name, array_to_string(n.alternate_names, ' '))) like '% ' || said.w || '%'
			order by n.name limit 2)
		union all
		(select 3, 'place', c.slug, c.name, coalesce(c.card -> 'neighbourhood' ->> 'name', ''),
				-(p.prior + case when p.name_folded like said.w || '%' then 10 else 0 end)
			from said, private.place_search p
			join private.place_cards c on c.location_id = p.location_id
			where length(said.w) > 1
				-- A last word of one letter is too common to look up: the name decides.
				and p.document @@ (select r.query from private.read_query(regexp_replace(said.w, ' .$', ''), false) r)
				and ' ' || p.name_folded like '% ' || said.w || '%'
				and p.shareable
			order by (p.name_folded like said.w || '%') desc, p.prior desc, p.name_folded limit 6)
	)
	select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'slug', f.slug, 'name', f.name, 'detail', f.detail)), '[]')
	from (select f.* from found f, said where said.w <> '' order by f.rank, f.within, f.name limit 8) f
$$;

/** The nearest places of each category to a position: `{ category: [PlaceSummary, …] }`; categories that have none are left out. */
create function public.nearest_places(lat double precision, lng double precision, categories text[], each_category integer,
	at timestamptz default now())
returns jsonb language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_object_agg(c.code, c.places), '{}') from (
		select t.code, (
			select nullif(private.summaries(array(
				select p.number from private.place_search p
				where p.category_ids @> array[t.number] and p.earth is not null and p.shareable
				order by p.earth operator(extensions.<->) private.earth(lat, lng)
				limit least(greatest(each_category, 1), 20)
			), at, private.earth(lat, lng)), '[]')
		) as places
		from public.taxonomy_terms t where t.code = any (categories[1:40])
	) c where c.places is not null
$$;

/** The four categories whose words come closest to what was searched for, for an empty result. */
create function public.nearest_categories(q text) returns text[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(c.code order by c.likeness desc, c.position), '{}') from (
		select t.code, t.position, extensions.word_similarity(private.fold(left(q, 200)), private.fold(concat_ws(' ', t.name,
			t.description, (select string_agg(s.term, ' ') from public.search_synonyms s, unnest(s.means) m
				where private.fold(t.name) like '%' || private.fold(m) || '%')))) as likeness
		from public.taxonomy_terms t where t.parent_id is null
		order by likeness desc, t.position limit 4
	) c
$$;

-- Searches that found nothing, for the directory's editors: a neighbourhood, a day, a number, and no trace of who asked.
create table public.empty_searches (
	searched_on date not null,
	neighbourhood_id integer references public.neighbourhoods,
	searches integer not null default 1,
	unique nulls not distinct (searched_on, neighbourhood_id)
);
grant select on public.empty_searches to authenticated;
grant all on public.empty_searches to service_role;
alter table public.empty_searches enable row level security;
create policy "Editors read how often a search found nothing" on public.empty_searches for select to authenticated
	using (exists (select from private.my_programs('editor')));

create function public.count_empty_search(neighbourhood text default null) returns void
language sql security definer set search_path = '' as $$
	insert into public.empty_searches as e (searched_on, neighbourhood_id)
	values ((now() at time zone 'America/Vancouver')::date,
		(select n.id from public.neighbourhoods n where n.slug = neighbourhood))
	on conflict (searched_on, neighbourhood_id) do update set searches = e.searches + 1
$$;

grant execute on function
	public.find_position, public.search_places, public.place_points, public.suggest, public.nearest_places,
	public.nearest_categories, public.count_empty_search
	to anon, authenticated, service_role;
