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
			$sql$(p.hours = 'always' or p.location_id in (
				select o.location_id from public.opening_intervals o
				where o.service_at_location_id is null
					and o.opens_at <= %1$L and o.closes_at > %1$L and o.opens_at > %1$L::timestamptz - interval '50 days'))$sql$,
			coalesce((filters ->> 'open')::timestamptz, at)) end,
		case when filters ? 'language' then format('%L = any (p.languages)', filters ->> 'language') end,
		case when (filters ->> 'washroom')::boolean then 'p.washroom' end,
		case when (filters ->> 'for_machines')::boolean then 'p.shareable' end
	)
$$;

/** The SQL condition of the facets: category, neighbourhood, free, wheelchair; `except` leaves one of them out. */
create function private.facets_where(filters jsonb, except_facet text default '') returns text
language sql stable set search_path = '' as $$
	select coalesce(nullif(concat_ws(' and ',
		case when filters ? 'category' and except_facet <> 'category' then format('p.category_ids @> array[%s]',
			coalesce((select t.number from public.taxonomy_terms t where t.code = filters ->> 'category'), -1)) end,
		case when filters ? 'neighbourhood' and except_facet <> 'neighbourhood' then format('p.neighbourhood_id = %s',
			coalesce((select n.id from public.neighbourhoods n where n.slug = filters ->> 'neighbourhood'), -1)) end,
		case when (filters ->> 'free')::boolean and except_facet <> 'free' then 'p.free' end,
		case when (filters ->> 'wheelchair')::boolean and except_facet <> 'wheelchair' then 'p.wheelchair' end,
		case when (filters ->> 'for_machines')::boolean then 'p.shareable' end
	), ''), 'true')
$$;

/*
 * Whether a place is open at an instant: `{ state, until, opens }` as `OpenNow`. On a statutory holiday for which nobody
 * has confirmed the hours, a place that would be closed is not confirmed.
 */
create function private.open_now(location uuid, hours text, holidays_known boolean, at timestamptz) returns jsonb
language sql stable as $$
	select case hours
		when 'always' then '{"state":"open","until":null,"opens":null}'::jsonb
		when 'scheduled' then coalesce(
			(select case when o.opens_at <= at
				then jsonb_build_object('state', 'open', 'opens', null,
					-- What stays open for weeks has no closing time worth telling; nor is the end of the expansion one.
					'until', case when o.closes_at < at + interval '14 days' then o.closes_at end)
				when not holidays_known and exists (
					select from public.statutory_holidays h
					where h.observed_on = (at at time zone 'America/Vancouver')::date
				) then '{"state":"unconfirmed","until":null,"opens":null}'
				else jsonb_build_object('state', 'closed', 'until', null, 'opens', o.opens_at) end
			from public.opening_intervals o
			where o.location_id = location and o.service_at_location_id is null and o.closes_at > at
			order by o.closes_at limit 1),
			'{"state":"closed","until":null,"opens":null}'::jsonb)
		else jsonb_build_object('state', hours, 'until', null, 'opens', null)
	end
$$;

/** A place as `PlaceSummary`; `origin` is where distances are measured from, or null. */
create function private.summarise(p private.place_search, at timestamptz, origin extensions.cube) returns jsonb
language sql stable as $$
	select p.card || jsonb_build_object(
		'open', private.open_now(p.location_id, p.hours, p.holidays_known, at),
		'distance_m', round(extensions.cube_distance(p.earth, origin))
	)
$$;

/*
 * The order of a page, as SQL over `p`: by name, the nearest first (what has no position comes last), those that offer
 * most, or with words the likest, weighed by distance where a position is given (half as good 1.5 km away).
 */
create function private.places_order(filters jsonb, query tsquery, origin extensions.cube) returns text
language sql stable set search_path = '' as $$
	select case
		when filters ->> 'sort' = 'name' then 'p.name_folded, p.location_id'
		when origin is not null and (query is null or filters ->> 'sort' = 'distance')
			then format('p.earth operator(extensions.<->) %L::extensions.cube, p.location_id', origin)
		when query is null then 'p.prior desc, p.name_folded, p.location_id'
		else format(
			$sql$p.standing > 2000, case when p.standing <= 2000 then (
				ts_rank('{0.05, 0.2, 0.5, 1.0}', p.document, %1$L::tsquery, 1)
				+ case when ts_filter(p.document, '{b}') @@ %1$L::tsquery then 0.5 else 0 end
				+ case when p.name_folded = %2$L then 2 when starts_with(p.name_folded, %2$L) then 0.3 else 0 end
				+ p.prior * 0.01
			) / (1 + coalesce(extensions.cube_distance(p.earth, %3$L::extensions.cube), %4$s) / 1500) end desc,
			p.name_folded, p.location_id$sql$,
			-- What has no position counts as 20 km away.
			query, private.fold(left(filters ->> 'q', 200)), origin, case when origin is null then 0 else 20000 end)
	end
$$;

/*
 * One page and its counts: `{ ids, total, facets: { categories: {code: n}, neighbourhoods: {slug: n}, free, wheelchair } }`.
 * Each facet is counted as if it were not chosen itself. What matches is read once and grouped by its facets; the counts
 * come from the few groups. Where no filter but facets is set the groups are kept ready (facet_groups) and an index gives
 * the page. Words rank at most 2,000 places, those that stand first by themselves; the others follow.
 */
-- Some thousands of matches fit into 16 MB; the default would go by way of the disk.
create function private.find_places(filters jsonb, base text, query tsquery, origin extensions.cube) returns jsonb
language plpgsql stable set search_path = '' set work_mem = '16MB' as $$
declare
	facets constant text := private.facets_where(filters);
	size constant integer := least(greatest(coalesce((filters ->> 'page_size')::integer, 20), 1), 5000);
	skip constant integer := (least(greatest(coalesce((filters ->> 'page')::integer, 1), 1), 10000) - 1) * size;
	sorted constant text := format('%s limit %s offset %s', private.places_order(filters, query, origin), size, skip);
	-- Without other filters the groups are kept ready and an index gives the page.
	ready constant boolean := base in ('', 'p.shareable');
	result jsonb;
begin
	execute format($sql$
		with matched as materialized (%1$s),
		p as materialized (%2$s)
		select jsonb_build_object(
			'ids', (select to_jsonb(array(%3$s))),
			'total', (select coalesce(sum(p.n), 0) from p where %4$s),
			'facets', jsonb_build_object(
				'categories', (select coalesce(jsonb_object_agg(t.code, c.n), '{}') from (
					select number, sum(p.n) as n from p, unnest(p.category_ids) number where %5$s group by number
				) c join public.taxonomy_terms t on t.number = c.number),
				'neighbourhoods', (select coalesce(jsonb_object_agg(h.slug, c.n), '{}') from (
					select p.neighbourhood_id, sum(p.n) as n from p where %6$s group by 1
				) c join public.neighbourhoods h on h.id = c.neighbourhood_id),
				'free', (select coalesce(sum(p.n), 0) from p where p.free and %7$s),
				'wheelchair', (select coalesce(sum(p.n), 0) from p where p.wheelchair and %8$s)
			))$sql$,
		case when ready then 'select 1' else
			'select p.location_id, p.prior, p.earth, p.name_folded, p.category_ids, p.neighbourhood_id, p.free, p.wheelchair, p.shareable'
				|| case when query is not null then ', p.document' else '' end
				|| ' from private.place_search p where ' || base end,
		case when ready then 'select p.* from private.facet_groups p where p.n > 0' else
			'select p.category_ids, p.neighbourhood_id, p.free, p.wheelchair, p.shareable, count(*)::int as n
				from matched p group by 1, 2, 3, 4, 5' end,
		case
			when ready then format('select p.location_id from private.place_search p where %s order by %s', facets, sorted)
			when query is null or filters ->> 'sort' in ('name', 'distance') then
				format('select p.location_id from matched p where %s order by %s', facets, sorted)
			else format(
				'select p.location_id from (
					select p.*, row_number() over (order by p.prior desc, p.location_id) as standing from matched p where %s
				) p order by %s', facets, sorted)
		end,
		facets, private.facets_where(filters, 'category'), private.facets_where(filters, 'neighbourhood'),
		private.facets_where(filters, 'free'), private.facets_where(filters, 'wheelchair')) into result;
	return result;
end $$;
