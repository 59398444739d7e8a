-- What everybody reads of trainings. People in them are counted and nothing else: their rows are not for the public.

/** A training as a list shows it. Seats are left only where nobody waits for one. */
create function private.training_card(c public.cohorts) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('slug', c.slug, 'kind', c.kind, 'state', case
			-- The clock does not wait for cron.
			when c.state = 'announced' and c.opens_at <= now() then 'open'
			when c.state = 'open' and c.closes_at <= now() then 'closed'
			else c.state::text end, 'title', c.title, 'summary', c.summary, 'program', p.name,
		'time_zone', p.time_zone, 'area', (select a.name from public.areas a where a.id = c.area_id), 'is_online', c.is_online,
		'opens_at', c.opens_at, 'closes_at', c.closes_at, 'starts_at', x.starts_at, 'ends_at', x.ends_at, 'classes', x.classes,
		'seats_left', case when line.length = 0 then greatest(c.capacity - private.seats_taken(c.id), 0) else 0 end, 'line', line.length,
		'place', coalesce((select jsonb_build_object('slug', l.slug, 'name', l.name, 'address', '') from public.locations l
				where l.id = c.location_id and l.status = 'published' and not l.confidential),
			case when c.place_name <> '' then jsonb_build_object('slug', null, 'name', c.place_name, 'address', c.place_address) end))
	from public.programs p,
		lateral (select min(y.starts_at) as starts_at, max(y.ends_at) as ends_at, count(*)::integer as classes from public.classes y
			where y.cohort_id = c.id and y.cancelled_at is null) x,
		lateral (select count(*)::integer as length from public.enrolments e where e.cohort_id = c.id and e.state = 'waitlisted') line
	where p.id = c.program_id
$$;

/**
 * The trainings that are ahead or run, those that begin first before others, and the last that has ended:
 * `{ ahead: [card], last: { title, ended_at, time_zone } or null }`.
 */
create function public.trainings() returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'ahead', (select coalesce(jsonb_agg(t.card order by t.card->>'starts_at', t.card->>'title'), '[]') from (
			select private.training_card(c) as card from public.cohorts c
			where c.announced_at is not null and c.state in ('announced', 'open', 'closed', 'running')) t),
		'last', (select jsonb_build_object('title', c.title, 'ended_at', max(x.ends_at), 'time_zone', p.time_zone)
			from public.cohorts c join public.programs p on p.id = c.program_id
			join public.classes x on x.cohort_id = c.id and x.cancelled_at is null
			where c.state = 'finished' and c.announced_at is not null group by c.id, p.id order by max(x.ends_at) desc limit 1))
$$;

/** One training, whatever became of it, or null: its card with `about, who_for, cost, support`, and each of its `meetings`. */
create function public.training(slug text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select private.training_card(c) || jsonb_build_object('about', c.about, 'who_for', c.who_for, 'cost', c.cost, 'support', c.support,
		'meetings', (select coalesce(jsonb_agg(jsonb_build_object('starts_at', x.starts_at, 'ends_at', x.ends_at, 'topic', x.topic,
			'is_cancelled', x.cancelled_at is not null) order by x.starts_at), '[]') from public.classes x where x.cohort_id = c.id))
	from public.cohorts c where c.slug = training.slug and c.announced_at is not null
$$;
grant execute on function public.trainings, public.training to anon, authenticated;
