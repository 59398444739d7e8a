-- The classes of a cohort and what an application to it asks, as coordinators plan them; news and links.

/*
 * Tells those with a seat, or the offer of one, that something about the days is other than it was; `data` may have `moved_to` or `called_off`,
 * a time each. An offer never stands into the first class: whose is shorter for it is told until when.
 */
create function private.tell_changed(cohort uuid, key text, data jsonb default '{}') returns void
language plpgsql volatile set search_path = '' as $$
declare
	e public.enrolments;
	first constant timestamptz := private.first_class(cohort);
begin
	for e in update public.enrolments x set offered_until = first
		where x.cohort_id = cohort and x.state = 'offered' and x.offered_until > first returning x.*
	loop
		perform private.tell_enrolment(e, 'training_offer', key || ':until', jsonb_build_object('until', e.offered_until));
	end loop;
	perform private.tell_cohort(cohort, '{offered,enrolled}', 'training_changed', key, data);
end $$;

/*
 * Adds classes to a cohort, by a coordinator: `[{ id, starts_at, ends_at, topic }]`; those that are there already stay as they are. `{ ok: added }`;
 * `{ refused }`: not_allowed, not_possible (it is over), past, overlap, too_many (more than a hundred). Who has a seat is told.
 */
create function public.add_classes(cohort uuid, given jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	refused text;
	added uuid[] := '{}';
begin
	c := private.my_cohort(cohort, 'cohort.class_saved');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	refused := case
		when c.state in ('finished', 'cancelled') then 'not_possible'
		when exists (select from jsonb_to_recordset(given) g (starts_at timestamptz) where g.starts_at <= now()) then 'past'
		when (select count(*) from public.classes x where x.cohort_id = c.id) + (select count(*) from jsonb_to_recordset(given) g (id uuid)
			where not exists (select from public.classes x where x.id = g.id)) > 100 then 'too_many'
	end;
	if refused is null then
		begin
			with made as (
				insert into public.classes (id, cohort_id, starts_at, ends_at, topic)
				select g.id, c.id, g.starts_at, g.ends_at, coalesce(g.topic, '')
				from jsonb_to_recordset(given) g (id uuid, starts_at timestamptz, ends_at timestamptz, topic text)
				where not exists (select from public.classes x where x.id = g.id) returning id
			)
			select coalesce(array_agg(m.id), '{}') into added from made m;
		exception when exclusion_violation then
			refused := 'overlap';
		end;
	end if;
	perform private.audit(c.program_id, 'cohort.class_saved', c.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	if cardinality(added) > 0 then
		perform private.tell_changed(c.id, 'added:' || added[1]);
	end if;
	return jsonb_build_object('ok', cardinality(added));
end $$;

/*
 * Moves a class, calls it off, or puts it back, by a coordinator: `{ ok: sequence }`; `{ refused }`: not_allowed, stale (`sequence` is not the
 * present one), not_possible (its cohort is over), past, overlap. `given`: `{ starts_at, ends_at, topic, is_cancelled }`. Who has a seat is
 * told where its time is another, or whether it takes place; what is saved as it was changes nothing. A class of a draft that is called off
 * was never there.
 */
create function public.save_class(class uuid, given jsonb, sequence integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	x public.classes;
	starts constant timestamptz := given->>'starts_at';
	ends constant timestamptz := given->>'ends_at';
	is_cancelled constant boolean := coalesce((given->>'is_cancelled')::boolean, false);
	is_moved boolean;
	refused text;
begin
	c := private.my_cohort((select y.cohort_id from public.classes y where y.id = class), 'cohort.class_saved');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	select * into x from public.classes y where y.id = class;
	refused := case
		when x.sequence is distinct from sequence then 'stale'
		when c.state in ('finished', 'cancelled') then 'not_possible'
		when starts <> x.starts_at and starts <= now() then 'past'
	end;
	is_moved := (starts, ends, is_cancelled) is distinct from (x.starts_at, x.ends_at, x.cancelled_at is not null);
	if refused is null and not is_moved and x.topic = coalesce(given->>'topic', '') then
		return jsonb_build_object('ok', x.sequence);
	end if;
	if refused is null and c.state = 'draft' and is_cancelled then
		delete from public.classes y where y.id = x.id;
	elsif refused is null then
		begin
			update public.classes y set starts_at = starts, ends_at = ends, topic = coalesce(given->>'topic', ''), sequence = y.sequence + 1,
				changed_at = clock_timestamp(), cancelled_at = case when is_cancelled then coalesce(y.cancelled_at, now()) end
				where y.id = x.id returning * into x;
		exception when exclusion_violation then
			refused := 'overlap';
		end;
	end if;
	perform private.audit(c.program_id, 'cohort.class_saved', c.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	if c.state <> 'draft' and is_moved then
		perform private.tell_changed(c.id, 'class:' || x.id || ':' || x.sequence,
			jsonb_build_object(case when is_cancelled then 'called_off' else 'moved_to' end, x.starts_at));
	end if;
	return jsonb_build_object('ok', x.sequence);
end $$;

/*
 * Says what an application to a cohort asks, by a coordinator: `{ ok: version }`; `{ refused }`: not_allowed, stale, not_possible (it runs or is
 * over), too_many (more than forty). Who has applied keeps the questions they answered.
 */
create function public.save_questions(cohort uuid, questions jsonb, version integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	refused text;
begin
	c := private.my_cohort(cohort, 'cohort.saved');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	refused := case
		when c.version is distinct from version then 'stale'
		when c.state not in ('draft', 'announced', 'open', 'closed') then 'not_possible'
		when jsonb_array_length(questions) > 40 then 'too_many'
	end;
	perform private.audit(c.program_id, 'cohort.saved', c.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	perform private.put_questions(c.id, questions);
	update public.cohorts x set version = x.version + 1 where x.id = c.id returning * into c;
	return jsonb_build_object('ok', c.version);
end $$;

/*
 * Posts news, or changes it, by a coordinator: `{ ok: version }`; `{ refused }`: not_allowed, stale. `given`: `{ cohort_id or null, title, body }`;
 * null takes it away. A new one has version 0.
 */
create function public.save_training_post(program uuid, post uuid, given jsonb, version integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	n public.training_posts;
begin
	if not private.coordinates(program, 'training.post_saved') then return '{"refused":"not_allowed"}'; end if;
	select * into n from public.training_posts x where x.id = post for update;
	if n.program_id <> program or given->>'cohort_id' is not null
		and not exists (select from public.cohorts c where c.id = (given->>'cohort_id')::uuid and c.program_id = program) then
		perform private.audit(program, 'training.post_saved', null, 'refused', '{"why":"not_allowed"}');
		return '{"refused":"not_allowed"}';
	end if;
	if coalesce(n.version, 0) is distinct from version then return '{"refused":"stale"}'; end if;
	if given is null then
		delete from public.training_posts x where x.id = post;
	else
		insert into public.training_posts as x (id, program_id, cohort_id, title, body)
			values (post, program, (given->>'cohort_id')::uuid, given->>'title', given->>'body')
			on conflict (id) do update set cohort_id = excluded.cohort_id, title = excluded.title, body = excluded.body,
				changed_at = now(), version = x.version + 1;
	end if;
	perform private.audit(program, 'training.post_saved', post);
	return jsonb_build_object('ok', version + 1);
end $$;

/** Saves a link to another organization's training: as `save_training_post`, `given` being `{ title, organization, url, note }`. */
create function public.save_training_link(program uuid, link uuid, given jsonb, version integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	k public.training_links;
begin
	if not private.coordinates(program, 'training.link_saved') then return '{"refused":"not_allowed"}'; end if;
	select * into k from public.training_links x where x.id = link for update;
	if k.program_id <> program then
		perform private.audit(program, 'training.link_saved', null, 'refused', '{"why":"not_allowed"}');
		return '{"refused":"not_allowed"}';
	end if;
	if coalesce(k.version, 0) is distinct from version then return '{"refused":"stale"}'; end if;
	if given is null then
		delete from public.training_links x where x.id = link;
	else
		insert into public.training_links as x (id, program_id, title, organization, url, note)
			values (link, program, given->>'title', coalesce(given->>'organization', ''), given->>'url', coalesce(given->>'note', ''))
			on conflict (id) do update set title = excluded.title, organization = excluded.organization, url = excluded.url,
				note = excluded.note, version = x.version + 1;
	end if;
	perform private.audit(program, 'training.link_saved', link);
	return jsonb_build_object('ok', version + 1);
end $$;

grant execute on function public.add_classes, public.save_class, public.save_questions, public.save_training_post,
	public.save_training_link to authenticated;
