-- Trainings as coordinators make them: cohorts, their classes and questions, news, links. Each function answers a refusal as a value.

/** A cohort that the signed-in person coordinates, its row locked; nothing, and the refusal audited, where it is not. */
create function private.my_cohort(cohort uuid, event text) returns public.cohorts
language plpgsql volatile set search_path = '' as $$
declare
	c public.cohorts;
begin
	select * into c from public.cohorts x where x.id = cohort
		and x.program_id = any (array(select private.my_programs('coordinator'))) for update;
	if c.id is null then
		perform private.audit(x.program_id, event, x.id, 'refused', '{"why":"not_allowed"}') from public.cohorts x where x.id = cohort;
	end if;
	return c;
end $$;

/** Whether the signed-in person coordinates a program; a refusal is audited. */
create function private.coordinates(program uuid, event text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
	allowed constant boolean := coalesce(program = any (array(select private.my_programs('coordinator'))), false);
begin
	if not allowed and exists (select from public.programs p where p.id = program) then
		perform private.audit(program, event, null, 'refused', '{"why":"not_allowed"}');
	end if;
	return allowed;
end $$;

/** A cohort as staff see it in a list: its card, with `{ id, version, capacity, applied, waitlisted, offered, enrolled, completed, calls }`. */
create function private.desk_cohort(c public.cohorts) returns jsonb
language sql stable set search_path = '' as $$
	select private.training_card(c) || jsonb_build_object('id', c.id, 'version', c.version, 'capacity', c.capacity, 'state', c.state,
		'applied', count(*) filter (where e.state = 'applied'), 'waitlisted', count(*) filter (where e.state = 'waitlisted'),
		'offered', count(*) filter (where e.state = 'offered'), 'enrolled', count(*) filter (where e.state = 'enrolled'),
		'completed', count(*) filter (where e.state = 'completed'), 'not_completed', count(*) filter (where e.state = 'not_completed'),
		'decided', count(e.decision), 'calls', count(k.enrolment_id))
	from (select c.id) one left join public.enrolments e on e.cohort_id = c.id
		left join lateral (select y.enrolment_id from private.enrolment_calls y
			where y.enrolment_id = e.id and y.told_at is null limit 1) k on true
$$;

/*
 * What the desk of a program's trainings shows, by a coordinator; null for others: `{ cohorts: [as desk_cohort], news, links, interested }`:
 * those ahead or running and drafts first, then those that are over; `interested`: how many wait to be told.
 */
create function public.desk_trainings(program uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	if not coalesce(program = any (array(select private.my_programs('coordinator'))), false) then return null; end if;
	return jsonb_build_object(
		'cohorts', (select coalesce(jsonb_agg(private.desk_cohort(c)
				order by c.state in ('finished', 'cancelled'), f.first * (case when c.state in ('finished', 'cancelled') then -1 else 1 end), c.created_at), '[]')
			from public.cohorts c, lateral (select extract(epoch from private.first_class(c.id)) as first) f where c.program_id = program),
		'news', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'title', n.title, 'body', n.body, 'posted_at', n.posted_at,
				'version', n.version, 'cohort_id', n.cohort_id) order by n.posted_at desc), '[]')
			from public.training_posts n where n.program_id = program),
		'links', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'title', k.title, 'organization', k.organization,
				'url', k.url, 'note', k.note, 'version', k.version) order by k.title), '[]')
			from public.training_links k where k.program_id = program),
		'interested', private.interested(program, null));
end $$;

/*
 * One cohort as its coordinators work on it, null for others: as `desk_cohort`, and everything that its form has, its `meetings`, `questions`
 * and `messages`; `interested`: how many are told when it is announced.
 */
create function public.desk_training(cohort uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select private.desk_cohort(c) || jsonb_build_object('program_id', c.program_id, 'about', c.about, 'who_for', c.who_for, 'cost', c.cost,
		'support', c.support, 'joining', c.joining, 'area_id', c.area_id, 'offer_days', c.offer_days, 'practicum_hours', c.practicum_hours,
		'place_slug', coalesce((select l.slug from public.locations l where l.id = c.location_id), ''), 'place_name', c.place_name,
		'place_address', c.place_address, 'rubric', c.rubric, 'reviewers', c.reviewers, 'has_shortlist', c.has_shortlist,
		'decides_together', c.decides_together, 'announced_at', c.announced_at,
		'interested', private.interested(c.program_id, c.area_id), 'meetings', private.meetings(c.id),
		'questions', private.questions(c.id),
		'messages', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'words', g.words, 'states', g.states, 'sent_at', g.sent_at)
			order by g.sent_at desc), '[]') from private.cohort_messages g where g.cohort_id = c.id))
	from public.cohorts c where c.id = cohort and c.program_id = any (array(select private.my_programs('coordinator')))
$$;

/** Replaces the questions of a cohort: `[{ id, kind, label, hint, is_required, options, longest }]`. */
create function private.put_questions(cohort uuid, questions jsonb) returns void
language sql volatile set search_path = '' as $$
	delete from public.cohort_questions q where q.cohort_id = cohort;
	insert into public.cohort_questions (id, cohort_id, position, kind, label, hint, is_required, options, longest)
	select (q.given->>'id')::uuid, cohort, q.position, (q.given->>'kind')::public.question_kind, q.given->>'label',
		coalesce(q.given->>'hint', ''), coalesce((q.given->>'is_required')::boolean, true),
		coalesce((select array_agg(o.value order by o.n) from jsonb_array_elements_text(q.given->'options') with ordinality o (value, n)), '{}'),
		coalesce((q.given->>'longest')::integer, 2000)
	from jsonb_array_elements(questions) with ordinality q (given, position)
$$;

/*
 * Saves a cohort, a new one (`version` 0) under this id as a draft, by a coordinator: `{ ok: version, slug, offered }`; `{ refused }`:
 * not_allowed, stale (or removed meanwhile), not_possible (it is over), kind (somebody is in it already), place (no such place),
 * dates. `given`: the columns that its form has, with `place_slug`, and for a new one `slug` as it is wished for and `copy_of`, whose
 * questions it takes over. More seats go to the line.
 */
create function public.save_cohort(program uuid, cohort uuid, given jsonb, version integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	was public.cohorts;
	-- A cut may end between two words.
	base constant text := rtrim(left(given->>'slug', 90), '-');
	wished text := base;
	location uuid;
	refused text;
	tried integer := 1;
begin
	if not private.coordinates(program, 'cohort.saved') then return '{"refused":"not_allowed"}'; end if;
	select * into was from public.cohorts x where x.id = cohort for update;
	if was.id is null then
		-- Whoever makes one waits here, also for the same form sent twice at once.
		perform pg_advisory_xact_lock(hashtext('slugs of cohorts'));
		select * into was from public.cohorts x where x.id = cohort for update;
	end if;
	if was.program_id <> program then
		perform private.audit(program, 'cohort.saved', null, 'refused', '{"why":"not_allowed"}');
		return '{"refused":"not_allowed"}';
	end if;
	c := jsonb_populate_record(was, given - '{id,program_id,slug,state,is_sample,announced_at,created_at,version,location_id}'::text[]);
	-- An area of another program is none.
	c.area_id := (select a.id from public.areas a where a.id = c.area_id and a.program_id = program);
	select l.id into location from public.locations l where l.slug = given->>'place_slug' and l.status = 'published' and not l.confidential;
	refused := case
		-- Also the form of a new one sent twice.
		when coalesce(was.version, 0) is distinct from coalesce(version, 0) then 'stale'
		when was.state in ('finished', 'cancelled') then 'not_possible'
		when was.kind <> c.kind and exists (select from public.enrolments e where e.cohort_id = was.id) then 'kind'
		when coalesce(given->>'place_slug', '') <> '' and location is null then 'place'
		when c.opens_at >= c.closes_at then 'dates'
	end;
	if refused is not null then
		perform private.audit(program, 'cohort.saved', cohort, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	if was.id is null then
		-- Those are addresses of other pages.
		while wished in ('notify', 'certificate') or exists (select from public.cohorts x where x.slug = wished) loop
			tried := tried + 1;
			wished := base || '-' || tried;
		end loop;
		insert into public.cohorts (id, program_id, slug, title, capacity) values (cohort, program, wished, c.title, c.capacity);
		if given ? 'copy_of' then
			perform private.put_questions(cohort, (select coalesce(jsonb_agg(q.value || jsonb_build_object('id', gen_random_uuid())), '[]')
				from public.cohorts x, jsonb_array_elements(private.questions(x.id)) q
				where x.id = (given->>'copy_of')::uuid and x.program_id = program));
		end if;
	end if;
	update public.cohorts x set kind = c.kind, title = c.title, summary = c.summary, about = c.about, who_for = c.who_for, cost = c.cost,
		support = c.support, joining = c.joining, area_id = c.area_id, capacity = c.capacity, offer_days = c.offer_days,
		opens_at = c.opens_at, closes_at = c.closes_at, location_id = location, place_name = c.place_name, place_address = c.place_address,
		is_online = c.is_online, practicum_hours = c.practicum_hours, rubric = c.rubric, reviewers = c.reviewers,
		has_shortlist = c.has_shortlist, decides_together = c.decides_together, version = x.version + (was.id is not null)::integer
		where x.id = cohort returning * into c;
	-- Calendars follow.
	if was.state <> 'draft' and (was.location_id, was.place_name, was.place_address, was.is_online)
		is distinct from (c.location_id, c.place_name, c.place_address, c.is_online) then
		update public.classes x set sequence = x.sequence + 1, changed_at = clock_timestamp() where x.cohort_id = c.id and x.ends_at > now();
		perform private.tell_changed(c.id, 'place:' || c.version);
	end if;
	perform private.audit(program, 'cohort.saved', cohort);
	return jsonb_build_object('ok', c.version, 'slug', c.slug, 'offered', private.offer_seats(c));
end $$;

/*
 * Moves a cohort on, by a coordinator: publish (a draft is announced, and those who asked to be told are), open, close, cancel (everybody in
 * it is told), remove (a draft). `{ ok: state }`; `{ refused }`: not_allowed, stale, not_possible, past (its first class has been, or its
 * last day to sign up).
 */
create function public.move_cohort(cohort uuid, event text, version integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	refused text;
begin
	c := private.my_cohort(cohort, 'cohort.moved');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	refused := case
		when c.version is distinct from version then 'stale'
		when ((event, c.state) in (('publish', 'draft'), ('open', 'announced'), ('open', 'closed'), ('close', 'announced'), ('close', 'open'),
			('remove', 'draft')) or event = 'cancel' and c.state in ('announced', 'open', 'closed', 'running')) is not true then 'not_possible'
		when event in ('publish', 'open') and private.first_class(c.id) <= now() then 'past'
		when event = 'publish' and c.closes_at <= now() then 'past'
	end;
	perform private.audit(c.program_id, 'cohort.moved', c.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('event', left(event, 40), 'why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	if event = 'remove' then
		delete from public.cohorts x where x.id = c.id;
		return '{"ok":"removed"}';
	end if;
	update public.cohorts x set version = x.version + 1,
		state = (case event when 'publish' then case when x.opens_at <= now() then 'open' else 'announced' end when 'open' then 'open'
			when 'close' then 'closed' else 'cancelled' end)::public.cohort_state,
		announced_at = coalesce(x.announced_at, now()),
		-- What was planned no longer holds.
		opens_at = case when event = 'open' and x.opens_at > now() then now() else x.opens_at end,
		closes_at = case when event = 'open' and x.closes_at <= now() then null else x.closes_at end
		where x.id = c.id returning * into c;
	if event = 'publish' then perform private.announce(c); end if;
	if event = 'open' then perform private.offer_seats(c); end if;
	if event = 'cancel' then
		perform private.tell_cohort(c.id, '{applied,waitlisted,offered,enrolled}', 'training_cancelled', 'cancelled');
		-- An offer of a seat that is no more does not run out.
		update public.enrolments x set state = 'waitlisted', offered_until = null, version = x.version + 1
			where x.cohort_id = c.id and x.state = 'offered';
	end if;
	return jsonb_build_object('ok', c.state);
end $$;

grant execute on function public.desk_trainings, public.desk_training, public.save_cohort, public.move_cohort to authenticated;
