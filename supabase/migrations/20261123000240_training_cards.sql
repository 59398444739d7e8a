-- A training in the forms in which several pages show it. People in it are counted and nothing else: their rows are not for the public.

/** A training as a list shows it. Seats are left only where nobody waits for one. */
create function private.training_card(c public.cohorts) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('slug', c.slug, 'kind', c.kind, 'state', case
			-- The clock does not wait for cron.
			when c.state = 'announced' and c.opens_at <= now() then 'open'
			when c.state = 'open' and c.closes_at <= now() then 'closed'
			else c.state::text end, 'title', c.title, 'summary', c.summary, 'program', p.name, 'program_slug', p.slug,
		'area_id', c.area_id,
		'time_zone', p.time_zone, 'area', (select a.name from public.areas a where a.id = c.area_id), 'is_online', c.is_online,
		'opens_at', c.opens_at, 'closes_at', c.closes_at, 'starts_at', x.starts_at, 'ends_at', x.ends_at, 'classes', x.classes,
		'seats_left', case when line.length = 0 then greatest(c.capacity - private.seats_taken(c.id), 0) else 0 end, 'line', line.length,
		'place', coalesce((select jsonb_build_object('slug', l.slug, 'name', l.name, 'address',
					coalesce((select k.card->>'address' from private.place_cards k where k.location_id = l.id), ''),
					'lat', l.latitude, 'lng', l.longitude)
				from public.locations l where l.id = c.location_id and l.status = 'published' and not l.confidential),
			case when c.place_name <> '' then
				jsonb_build_object('slug', null, 'name', c.place_name, 'address', c.place_address, 'lat', null, 'lng', null) end))
	from public.programs p,
		lateral (select min(y.starts_at) as starts_at, max(y.ends_at) as ends_at, count(*)::integer as classes from public.classes y
			where y.cohort_id = c.id and y.cancelled_at is null) x,
		lateral (select count(*)::integer as length from public.enrolments e where e.cohort_id = c.id and e.state = 'waitlisted') line
	where p.id = c.program_id
$$;

/** The classes of a cohort: `[{ id, starts_at, ends_at, topic, is_cancelled, sequence, changed_at }]`, in their order. */
create function private.meetings(cohort uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'starts_at', x.starts_at, 'ends_at', x.ends_at, 'topic', x.topic,
		'is_cancelled', x.cancelled_at is not null, 'sequence', x.sequence, 'changed_at', x.changed_at) order by x.starts_at), '[]')
	from public.classes x where x.cohort_id = cohort
$$;

/** What an application to a cohort asks, in its order. */
create function private.questions(cohort uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'kind', q.kind, 'label', q.label, 'hint', q.hint,
		'is_required', q.is_required, 'options', q.options, 'longest', q.longest) order by q.position), '[]')
	from public.cohort_questions q where q.cohort_id = cohort
$$;
