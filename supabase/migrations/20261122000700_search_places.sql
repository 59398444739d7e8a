-- Search: one call a page. Filters come as JSON in the words of the addresses (DESIGN §10); places go out as
-- `PlaceSummary`. The functions are security definer because of the indexes, and read only what is published.

/*
 * What somebody typed, as a query: each word or what it is a synonym for, all of them; the last word also as a beginning.
 * A word that nothing uses is replaced by the likest word in use, and `corrected` says so. `loose` asks for any of the
 * words instead. Null where nothing searchable was typed.
 */
create function private.read_query(q text, loose boolean, out query tsquery, out corrected text)
language plpgsql stable set search_path = '' as $$
declare
	words text[] := array(select w from regexp_split_to_table(private.fold(left(q, 200)), ' ') w where w <> '' limit 8);
	mended boolean := false;
	likest text;
	alternatives text[];
	meanings text[];
	span integer;
	i integer;
begin
	for i in 1 .. coalesce(array_length(words, 1), 0) loop
		continue when length(words[i]) < 4
			or exists (select from private.search_words w where w.word = words[i] or w.stem = private.stem(words[i]))
			or (i = array_length(words, 1) and exists (
				select from private.search_words w where w.word like words[i] || '%'));
		select w.word into likest from private.search_words w
			where w.word operator(extensions.%) words[i]
			order by extensions.similarity(w.word, words[i]) desc, abs(length(w.word) - length(words[i])), w.word limit 1;
		if likest is not null then
			words[i] := likest;
			mended := true;
		end if;
	end loop;
	if mended then corrected := array_to_string(words, ' '); end if;

	i := 1;
	while i <= coalesce(array_length(words, 1), 0) loop
		-- The longest synonym that starts here, up to three words.
		meanings := null;
		for width in reverse least(3, array_length(words, 1) - i + 1) .. 1 loop
			span := width;
			select array_agg(m) into meanings from public.search_synonyms s, unnest(s.means) m
				where s.key = array_to_string(words[i : i + span - 1], ' ')
					or s.key = (select string_agg(private.stem(w), ' ' order by o)
						from unnest(words[i : i + span - 1]) with ordinality u (w, o));
			exit when meanings is not null;
		end loop;
		alternatives := array(
			select '(' || (select string_agg(
				case when o + i - 1 = array_length(words, 1) and length(w) > 1
					then quote_literal(private.stem(w)) || ' | ' || quote_literal(w) || ':*'
					else quote_literal(private.stem(w)) end, ') & (' order by o)
				from unnest(words[i : i + span - 1]) with ordinality u (w, o)) || ')'
			-- A stop word asks for nothing, unless it is all that was typed.
			where span > 1 or array_length(words, 1) = 1 or ts_lexize('pg_catalog.english_stem', words[i]) <> '{}'
		) || array(
			select '(' || (phraseto_tsquery('private.english', m))::text || ')' from unnest(meanings) m
			where numnode(phraseto_tsquery('private.english', m)) > 0
		);
		if cardinality(alternatives) > 0 then
			query := case
				when query is null then array_to_string(alternatives, ' | ')::tsquery
				when loose then query || array_to_string(alternatives, ' | ')::tsquery
				else query && array_to_string(alternatives, ' | ')::tsquery
			end;
		end if;
		i := i + span;
	end loop;
end $$;

/** The SQL condition on `o` (private.place_openings) of being open at an instant. */
create function private.open_at(instant timestamptz) returns text
language sql stable set search_path = '' as $$
	-- No interval is longer than the weeks that are written ahead: the index need not be read from its beginning.
	select format('o.opens_at <= %1$L and o.closes_at > %1$L and o.opens_at > %2$L',
		instant, instant - make_interval(days => private.opening_horizon() + 2))
$$;

/*
 * The SQL condition on `p` (private.place_search) of every filter that is not counted as a facet; '' for none. Values are
 * quoted literals, never pasted text.
 */
create function private.places_where(filters jsonb, query tsquery, at timestamptz) returns text
language sql stable set search_path = '' as $$
	select concat_ws(' and ',
		case when query is not null then format('p.document @@ %L::tsquery', query) end,
		case when filters ? 'bbox' then format(
			'p.position operator(pg_catalog.<@) pg_catalog.box(point(%s, %s), point(%s, %s))',
			(filters -> 'bbox' ->> 0)::float8, (filters -> 'bbox' ->> 1)::float8,
			(filters -> 'bbox' ->> 2)::float8, (filters -> 'bbox' ->> 3)::float8) end,
		case when filters ? 'open' then format(
			'(p.always_open or exists (select from private.place_openings o where o.number = p.number and %s))',
			private.open_at(coalesce((filters ->> 'open')::timestamptz, at))) end,
		case when filters ? 'language' then format('%L = any (p.languages)', filters ->> 'language') end,
		case when (filters ->> 'washroom')::boolean then 'p.washroom' end,
		case when (filters ->> 'for_machines')::boolean then 'p.shareable' end
	)
$$;

/** The SQL condition of the chosen facets: category, neighbourhood, free, wheelchair; 'true' for none. */
create function private.facets_where(filters jsonb) returns text
language sql stable set search_path = '' as $$
	select coalesce(nullif(concat_ws(' and ',
		case when filters ? 'category' then format('p.category_ids @> array[%s]',
			coalesce((select t.number from public.taxonomy_terms t where t.code = filters ->> 'category'), -1)) end,
		case when filters ? 'neighbourhood' then format('p.neighbourhood_id = %s',
			coalesce((select n.id from public.neighbourhoods n where n.slug = filters ->> 'neighbourhood'), -1)) end,
		case when (filters ->> 'free')::boolean then 'p.free' end,
		case when (filters ->> 'wheelchair')::boolean then 'p.wheelchair' end,
		case when (filters ->> 'for_machines')::boolean then 'p.shareable' end
	), ''), 'true')
$$;

/*
 * Places as `PlaceSummary` by their numbers, in that order; `origin` is where distances are measured from, or null.
 * On a statutory holiday for which nobody has confirmed the hours, a place that would be closed is not confirmed.
 */
create function private.summaries(numbers integer[], at timestamptz, origin extensions.cube) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
	return coalesce((
		select jsonb_agg(c.card || jsonb_build_object(
			'open', jsonb_build_object(
				'state', case
					when c.hours = 'always' then 'open'
					when c.hours <> 'scheduled' then c.hours
					when span.opens_at <= at then 'open'
					when span.opens_at is not null and not c.holidays_known and exists (
						select from public.statutory_holidays h where h.observed_on = (at at time zone c.time_zone)::date
					) then 'unconfirmed'
					else 'closed' end,
				'until', case when span.opens_at <= at then span.closes_at end,
				'opens', case when span.opens_at > at then span.opens_at end),
			'distance_m', round(extensions.cube_distance(p.earth, origin))
		) order by asked.nth)
		from unnest(numbers) with ordinality asked (number, nth)
		join private.place_search p on p.number = asked.number
		join private.place_cards c on c.location_id = p.location_id
		left join lateral (
			select o.opens_at, o.closes_at from private.place_openings o
			where c.hours = 'scheduled' and o.number = p.number and o.closes_at > at
			order by o.closes_at limit 1
		) span on true
	), '[]');
end $$;

/*
 * How well words fit, as SQL over `p`: those whose kind is what was asked for ("pool") before those that have the word in
 * a name ("Poole Park"), and those before a word in a description; weighed by distance where a position is given (half as
 * good 1.5 km away; what has no position counts as 20 km away).
 */
create function private.places_likeness(q text, query tsquery, origin extensions.cube) returns text
language sql stable set search_path = '' as $$
	select format($sql$(
			ts_rank('{0.05, 0.2, 0.5, 1.0}', p.document, %1$L::tsquery, 1)
			+ case when p.category_ids && %3$L::integer[] then 0.5 else 0 end
			+ case when p.name_folded = %2$L then 2 when starts_with(p.name_folded, %2$L) then 0.3 else 0 end
			+ p.prior * 0.01)$sql$, query, private.fold(left(q, 200)), array(
				select t.number from public.taxonomy_terms t where to_tsvector('private.english', t.name) @@ query))
		|| case when origin is null then '' else format(
			'/ (1 + coalesce(extensions.cube_distance(p.earth, %L::extensions.cube), 20000) / 1500)', origin) end
$$;

/*
 * One page and what it is taken from: `numbers` of the places of the page in order; `groups` and `counts`, the facet
 * groups of all that match and how many of each, whatever facets are chosen; null where that is the whole directory, whose
 * counts are kept.
 *
 * The order: by name, the nearest first (what has no position comes last), those that offer most, or by the words.
 */
-- Some thousands of matches fit into 16 MB; the default would go by way of the disk.
create function private.find_places(filters jsonb, at timestamptz, base text, query tsquery,
	origin extensions.cube, out numbers integer[], out groups integer[], out counts integer[])
language plpgsql stable set search_path = '' set work_mem = '16MB' as $$
declare
	facets constant text := private.facets_where(filters);
	size constant integer := least(greatest(coalesce((filters ->> 'page_size')::integer, 20), 1), 5000);
	skip constant integer := (least(greatest(coalesce((filters ->> 'page')::integer, 1), 1), 10000) - 1) * size;
	sort constant text := case
		when filters ->> 'sort' = 'name' then 'name'
		when origin is not null and (query is null or filters ->> 'sort' = 'distance') then 'distance'
		when query is null then 'prior'
		else 'words' end;
	-- Nothing but facets, and perhaps open at an instant: an index gives the page.
	only_facets constant boolean := base in ('', 'p.shareable');
	only_open constant boolean := filters ? 'open' and query is null and not filters ?| array['bbox', 'language', 'washroom'];
	category constant integer := (select t.number from public.taxonomy_terms t where t.code = filters ->> 'category');
	by_category constant boolean := category is not null and sort = 'prior';
	open_then constant text := private.open_at(coalesce((filters ->> 'open')::timestamptz, at));
	opened integer;
begin
	if only_open then
		execute format(
			$sql$select coalesce(array_agg(c.facet_group), '{}'), array_agg(c.n), coalesce(sum(c.n), 0) from (
				select o.facet_group, count(*)::integer as n from (
					select o.facet_group from private.place_openings o where %s
					union all select p.facet_group from private.place_search p where p.always_open
				) o group by 1
			) c$sql$, open_then) into groups, counts, opened;
	end if;
	if only_facets or only_open then
		execute format('select array(select p.number from %s where %s order by %s limit %s offset %s)',
			case when by_category then format(
				'(select k.number, k.prior, k.name_folded from private.place_categories k where k.category_id = %s) k
					join private.place_search p using (number)', category)
				else 'private.place_search p' end,
			concat_ws(' and ', facets, case
				when only_facets then nullif(base, '')
				-- Looked up place by place until the page is full; where few are open, from these.
				when opened > 2000 then
					format('(p.always_open or (select true from private.place_openings o where o.number = p.number and %s limit 1))', open_then)
				else format('p.number in (select o.number from private.place_openings o where %s
					union all select a.number from private.place_search a where a.always_open)', open_then) end),
			case sort
				when 'name' then 'p.name_folded, p.number'
				when 'distance' then format('p.earth operator(extensions.<->) %L::extensions.cube, p.number', origin)
				else case when by_category then 'k.prior desc, k.name_folded, k.number' else 'p.prior desc, p.name_folded, p.number' end end,
			size, skip) into numbers;
		return;
	end if;
	execute format($sql$
		with matched as materialized (
			select p.number, p.facet_group, p.name_folded, %1$s as key, %2$s as chosen from private.place_search p where %3$s
		),
		counted as (select p.facet_group, count(*)::integer as n from matched p group by 1)
		select array(select p.number from matched p where p.chosen order by p.key, p.name_folded, p.number limit %4$s offset %5$s),
			coalesce(array_agg(c.facet_group), '{}'), array_agg(c.n) from counted c$sql$,
		case sort
			when 'name' then '0'
			when 'distance' then format('p.earth operator(extensions.<->) %L::extensions.cube', origin)
			when 'prior' then '-p.prior'
			else '-' || private.places_likeness(filters ->> 'q', query, origin) end,
		facets, base,
		size, skip) into numbers, groups, counts;
end $$;

/** Two arrays side by side; said to have many rows, so that they are joined by a hash. */
create function private.pair(groups integer[], counts integer[]) returns table (id integer, n integer)
language sql immutable rows 1000 set search_path = '' as $$ select * from unnest(groups, counts) $$;

/*
 * `{ total, facets: { categories: {code: n}, neighbourhoods: {slug: n}, free, wheelchair } }` of what find_places found.
 * Each facet is counted as if it were not chosen itself.
 */
-- One plan for all questions: a new one costs more than it saves.
create function private.count_places(filters jsonb, groups integer[], counts integer[]) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
	category constant integer := case when filters ? 'category' then coalesce(
		(select t.number from public.taxonomy_terms t where t.code = filters ->> 'category'), -1) end;
	neighbourhood constant integer := case when filters ? 'neighbourhood' then coalesce(
		(select n.id from public.neighbourhoods n where n.slug = filters ->> 'neighbourhood'), -1) end;
	only_free constant boolean := coalesce((filters ->> 'free')::boolean, false);
	only_wheelchair constant boolean := coalesce((filters ->> 'wheelchair')::boolean, false);
	for_machines constant boolean := coalesce((filters ->> 'for_machines')::boolean, false);
begin
	return (
		with tallied as (
			select
				g.category_ids, g.neighbourhood_id,
				grouping(g.category_ids) = 0 as is_category, grouping(g.neighbourhood_id) = 0 as is_neighbourhood,
				sum(g.n) filter (where g.of_category and g.of_neighbourhood and g.may_cost and g.may_have_steps) as both,
				sum(g.n) filter (where g.of_neighbourhood and g.may_cost and g.may_have_steps) as in_neighbourhood,
				sum(g.n) filter (where g.of_category and g.may_cost and g.may_have_steps) as in_category,
				sum(g.n) filter (where g.of_category and g.of_neighbourhood and g.may_have_steps and g.free) as free,
				sum(g.n) filter (where g.of_category and g.of_neighbourhood and g.may_cost and g.wheelchair) as wheelchair
			from (
				select g.*, g.free or not only_free as may_cost, g.wheelchair or not only_wheelchair as may_have_steps,
					category is null or g.category_ids @> array[category] as of_category,
					neighbourhood is null or g.neighbourhood_id = neighbourhood as of_neighbourhood
				from (
					select g.category_ids, g.neighbourhood_id, g.free, g.wheelchair, g.shareable, g.n
					from private.facet_groups g where groups is null and g.n > 0
					union all
					select g.category_ids, g.neighbourhood_id, g.free, g.wheelchair, g.shareable, f.n
					from private.pair(groups, counts) f join private.facet_groups g on g.id = f.id
				) g
				where g.shareable or not for_machines
			) g
			group by grouping sets ((g.category_ids), (g.neighbourhood_id), ())
		)
		select jsonb_build_object(
			'total', coalesce(t.both, 0),
			'facets', jsonb_build_object(
				'categories', (select coalesce(jsonb_object_agg(c.code, c.n), '{}') from (
					select x.code, sum(u.in_neighbourhood) as n
					from tallied u, unnest(u.category_ids) c (number) join public.taxonomy_terms x using (number)
					where u.is_category and u.in_neighbourhood > 0 group by x.code
				) c),
				'neighbourhoods', (select coalesce(jsonb_object_agg(h.slug, u.in_category), '{}')
					from tallied u join public.neighbourhoods h on h.id = u.neighbourhood_id
					where u.is_neighbourhood and u.in_category > 0),
				'free', coalesce(t.free, 0), 'wheelchair', coalesce(t.wheelchair, 0)))
		from tallied t where not t.is_category and not t.is_neighbourhood
	);
end $$;
