-- One place with everything its page shows, and the directory at a glance.

/** The schedules of a location or a service at it, as the screen needs them. */
create function private.schedules_of(location uuid, service_at_location uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object(
		'freq', s.freq, 'byday', s.byday, 'opens_at', to_char(s.opens_at, 'HH24:MI'), 'closes_at', to_char(s.closes_at, 'HH24:MI'),
		'valid_from', s.valid_from, 'valid_to', s.valid_to, 'holidays', s.holidays, 'by_appointment', s.by_appointment
	) order by s.opens_at, s.byday), '[]')
	from public.schedules s
	where s.location_id = location or s.service_at_location_id = service_at_location
$$;

/*
 * A published place by its slug, or null: `PlaceSummary` and what `PlaceDetail` adds, the intervals of the next seven days
 * (from the start of today in the program's zone) and up to six places nearby.
 */
create function public.get_place(place_slug text, at timestamptz default now()) returns jsonb
language sql stable security definer set search_path = '' as $$
	select private.summaries(array[p.number], at, null) -> 0 || jsonb_build_object(
		'alternate_name', l.alternate_name,
		'organization', jsonb_build_object('name', o.name, 'website', o.website),
		'location_type', l.location_type,
		'confidential', l.confidential,
		'how_to_find', l.transportation,
		'hours_note', l.hours_note,
		'hours', c.hours,
		'schedules', private.schedules_of(l.id, null),
		'time_zone', g.time_zone,
		'week', (
			select coalesce(jsonb_agg(jsonb_build_object('opens', i.opens_at, 'closes', i.closes_at) order by i.opens_at), '[]')
			from public.opening_intervals i
			where i.location_id = l.id and i.service_at_location_id is null
				and i.closes_at > date_trunc('day', at, g.time_zone)
				and i.opens_at < date_trunc('day', at, g.time_zone) + interval '7 days'
		),
		'holidays', (
			select coalesce(jsonb_agg(jsonb_build_object('date', h.observed_on, 'name', h.name) order by h.observed_on), '[]')
			from public.statutory_holidays h
			where h.observed_on between (at at time zone g.time_zone)::date and (at at time zone g.time_zone)::date + 6
		),
		'wheelchair_access', x.wheelchair,
		'accessibility_note', x.description,
		'postal_address', (
			select jsonb_build_object('address', a.address_1, 'city', a.city, 'province', a.state_province, 'postal_code', a.postal_code)
			from public.addresses a where a.location_id = l.id limit 1
		),
		'confirmed_by', l.confirmed_by, 'source', l.source, 'licence', l.licence,
		'services', (
			select coalesce(jsonb_agg(jsonb_build_object(
				'name', s.name, 'description', s.description, 'email', s.email,
				'audience', s.eligibility_description, 'referral', s.referral_required,
				'categories', (select coalesce(jsonb_agg(t.code order by c.position), '[]') from public.attributes c
					join public.taxonomy_terms t on t.id = c.taxonomy_term_id where c.service_id = s.id),
				'free', (select case when bool_or(c.option = 'free') then true when bool_or(c.option = 'paid') then false end
					from public.cost_options c where c.service_id = s.id),
				'fees', (select string_agg(c.amount_description, ' ') from public.cost_options c where c.service_id = s.id),
				'documents', (select coalesce(jsonb_agg(d.document), '[]') from public.required_documents d where d.service_id = s.id),
				'languages', (select coalesce(jsonb_agg(n.code order by n.code), '[]') from public.languages n where n.service_id = s.id),
				'phones', (select coalesce(jsonb_agg(jsonb_build_object(
						'number', n.number, 'extension', n.extension, 'description', n.description)), '[]')
					from public.phones n where n.service_id = s.id),
				'url', (select u.url from public.urls u where u.service_id = s.id limit 1),
				'schedules', private.schedules_of(null, a.id),
				'next', (select jsonb_build_object('opens', i.opens_at, 'closes', i.closes_at) from public.opening_intervals i
					where i.location_id = l.id and i.service_at_location_id = a.id and i.closes_at > at order by i.closes_at limit 1)
			) order by a.position, s.name), '[]')
			from public.service_at_locations a join public.services s on s.id = a.service_id
			where a.location_id = l.id and s.status = 'active'
		),
		'nearby', private.summaries(array(
			select q.number from private.place_search q
			where q.number <> p.number and q.earth is not null and p.earth is not null and q.shareable
			order by q.earth operator(extensions.<->) p.earth limit 6
		), at, p.earth)
	)
	from private.place_cards c
	join private.place_search p on p.location_id = c.location_id
	join public.locations l on l.id = p.location_id
	join public.organizations o on o.id = l.organization_id
	join public.programs g on g.id = l.program_id
	left join public.accessibility x on x.location_id = l.id
	where c.slug = place_slug
$$;

/** The place with this number on the map as `PlaceSummary`, or null. */
create function public.place_by_number(place_number integer, at timestamptz default now()) returns jsonb
language sql stable security definer set search_path = '' as $$
	select private.summaries(array[place_number], at, null) -> 0
$$;

/** Categories and neighbourhoods with how many places each has: `{ total, categories, neighbourhoods }`. */
create function public.directory_overview() returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'total', (select coalesce(sum(g.n), 0) from private.facet_groups g),
		'categories', (
			select coalesce(jsonb_agg(jsonb_build_object(
				'slug', t.code, 'name', t.name, 'description', t.description, 'icon', t.icon,
				'parent', (select u.code from public.taxonomy_terms u where u.id = t.parent_id),
				'count', coalesce(c.n, 0)) order by t.position), '[]')
			from public.taxonomy_terms t
			left join (select number, sum(g.n) as n from private.facet_groups g, unnest(g.category_ids) number group by 1) c
				on c.number = t.number
		),
		'neighbourhoods', (
			select coalesce(jsonb_agg(jsonb_build_object(
				'slug', h.slug, 'name', h.name, 'description', h.description, 'lat', h.latitude, 'lng', h.longitude,
				'count', coalesce(c.n, 0)) order by h.name), '[]')
			from public.neighbourhoods h
			left join (select g.neighbourhood_id, sum(g.n) as n from private.facet_groups g group by 1) c on c.neighbourhood_id = h.id
		)
	)
$$;

grant execute on function public.get_place, public.place_by_number, public.directory_overview
	to anon, authenticated, service_role;
