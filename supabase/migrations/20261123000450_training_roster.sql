-- Who is in a cohort, as its coordinators work with them: what people need, who was there, applications and what becomes of them.

-- What staff have written down of somebody: a note, or their reading of an application.
create table private.enrolment_notes (
	id uuid primary key,
	enrolment_id uuid not null references public.enrolments on delete cascade,
	author_id uuid,
	at timestamptz not null default now(),
	words private.sealed not null,
	is_review boolean not null default false,
	-- One for each line of the cohort's rubric, 1 to 4.
	scores integer[] check (1 <= all (scores) and 4 >= all (scores) and array_position(scores, null) is null)
);
create unique index enrolment_notes_one_review on private.enrolment_notes (enrolment_id, author_id) where is_review;
create index enrolment_notes_by_enrolment on private.enrolment_notes (enrolment_id, at);
alter table private.enrolment_notes enable row level security;

create table private.attendance (
	class_id uuid not null references public.classes on delete cascade,
	enrolment_id uuid not null references public.enrolments on delete cascade,
	was_there boolean not null,
	primary key (class_id, enrolment_id)
);
create index attendance_by_enrolment on private.attendance (enrolment_id);
alter table private.attendance enable row level security;

/** Whether so many have read an application as its cohort wants before anything is decided. */
create function private.is_reviewed(e public.enrolments, c public.cohorts) returns boolean
language sql stable set search_path = '' as $$
	select c.reviewers = 1 or (select count(distinct n.author_id) from private.enrolment_notes n
		where n.enrolment_id = e.id and n.is_review) >= c.reviewers
$$;

/**
 * Whether the signed-in person may see how others have read an application. Where a second reviewer is wanted, the first one's reading is
 * shown to nobody who has not written their own. Planned once for all of a roster, as `first_class`.
 */
create function private.sees_reviews(e public.enrolments) returns boolean
language plpgsql stable set search_path = '' as $$
begin
	return (select c.reviewers from public.cohorts c where c.id = e.cohort_id) = 1 or exists (select from private.enrolment_notes n
		where n.enrolment_id = e.id and n.is_review and n.author_id = auth.uid());
end $$;

/*
 * Somebody on the roster: `{ id, state, version, place, offered_until, missed_offers, email, has_account, created_at, is_shortlisted, decision, practicum_hours,
 * details (sealed), attendance: { class: was there }, reviews, scores, calls: [{ id, kind, data, created_at }], mail_failed, certificate }`.
 * `reviews`: how many have read an application; `scores`: what they gave, for who may see it.
 */
create function private.roster_line(e public.enrolments) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('id', e.id, 'state', e.state, 'version', e.version, 'place', private.place_in_line(e),
		'offered_until', e.offered_until, 'missed_offers', e.missed_offers, 'email', e.email, 'has_account', e.person_id is not null,
		'created_at', e.created_at,
		'is_shortlisted', e.is_shortlisted, 'decision', e.decision, 'practicum_hours', e.practicum_hours,
		'details', (select d.details from private.enrolment_details d where d.enrolment_id = e.id),
		'attendance', (select coalesce(jsonb_object_agg(a.class_id, a.was_there), '{}') from private.attendance a where a.enrolment_id = e.id),
		'reviews', (select count(*) from private.enrolment_notes n where n.enrolment_id = e.id and n.is_review),
		'scores', (select coalesce(jsonb_agg(to_jsonb(n.scores)), '[]') from private.enrolment_notes n
			where n.enrolment_id = e.id and n.is_review and n.scores is not null and private.sees_reviews(e)),
		'calls', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'data', k.data, 'created_at', k.created_at)
			order by k.created_at), '[]') from private.enrolment_calls k where k.enrolment_id = e.id and k.told_at is null),
		-- A mail to them that came back.
		'mail_failed', exists (select from private.outbox o where o.to_address = e.email and o.program_id = e.program_id
			and o.set_aside_at is not null and o.dedupe_key like 'enrolment:' || e.id || ':%'),
		'certificate', (select k.number from private.certificates k where k.enrolment_id = e.id and k.revoked_at is null))
$$;

/*
 * Everybody in a cohort, in the order of the line, for its coordinators; null for others. Reading it is audited, as an export where it is
 * one. It takes no lock: whoever signs up meanwhile doesn't wait for it.
 */
create function public.roster(cohort uuid, as_file boolean default false) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	event constant text := case when as_file then 'cohort.exported' else 'cohort.read' end;
	c public.cohorts;
begin
	select * into c from public.cohorts x where x.id = cohort;
	if c.id is null then return null; end if;
	if not coalesce(c.program_id = any (array(select private.my_programs('coordinator'))), false) then
		perform private.audit(c.program_id, event, c.id, 'refused', '{"why":"not_allowed"}');
		return null;
	end if;
	perform private.audit(c.program_id, event, c.id);
	return (select coalesce(jsonb_agg(private.roster_line(e) order by e.line_number), '[]') from public.enrolments e where e.cohort_id = c.id);
end $$;

/*
 * One person of a cohort, for its coordinators, null for others: as on the roster, with `{ cohort_id, answer (sealed), steps: [{ event, to_state,
 * actor, at }], notes: [{ id, at, author, mine, words (sealed), is_review, scores }] }`; others' readings for who may see them.
 */
create function public.read_enrolment(enrolment uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	e public.enrolments;
begin
	select * into e from public.enrolments x where x.id = enrolment;
	if e.id is null then return null; end if;
	if not coalesce(e.program_id = any (array(select private.my_programs('coordinator'))), false) then
		perform private.audit(e.program_id, 'enrolment.read', e.id, 'refused', '{"why":"not_found"}');
		return null;
	end if;
	perform private.audit(e.program_id, 'enrolment.read', e.id);
	return private.roster_line(e) || jsonb_build_object('cohort_id', e.cohort_id,
		'answer', (select d.answer from private.enrolment_details d where d.enrolment_id = e.id),
		'steps', (select coalesce(jsonb_agg(jsonb_build_object('event', v.event, 'to_state', v.to_state, 'actor', v.actor, 'at', v.at)
			order by v.at), '[]') from private.enrolment_events v where v.enrolment_id = e.id),
		'notes', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'at', n.at, 'author', s.name, 'mine', n.author_id is not distinct from auth.uid(),
				'words', n.words, 'is_review', n.is_review, 'scores', n.scores) order by n.at), '[]')
			from private.enrolment_notes n left join public.people s on s.user_id = n.author_id
			where n.enrolment_id = e.id and (not n.is_review or n.author_id = auth.uid() or private.sees_reviews(e))));
end $$;

/*
 * Writes down a note, or one's own reading of an application, which replaces the one before: `{ ok }`; `{ refused }`: not_found, scores (not one
 * of 1 to 4 for each line of the rubric).
 */
create function public.save_enrolment_note(enrolment uuid, note uuid, words text, is_review boolean default false,
	scores integer[] default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	e public.enrolments;
	c public.cohorts;
	refused text;
begin
	-- One reading a person, also where it comes from two tabs at once.
	select * into e from public.enrolments x where x.id = enrolment for update;
	select * into c from public.cohorts x where x.id = e.cohort_id;
	refused := case
		when (e.program_id = any (array(select private.my_programs('coordinator')))) is not true then 'not_found'
		when scores is not null and (is_review and cardinality(scores) = cardinality(c.rubric)
			and 1 <= all (scores) and 4 >= all (scores)) is not true then 'scores'
	end;
	if e.id is not null then
		perform private.audit(e.program_id, 'enrolment.noted', e.id, case when refused is null then 'done' else 'refused' end,
			jsonb_strip_nulls(jsonb_build_object('why', refused)));
	end if;
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	if is_review then
		delete from private.enrolment_notes n where n.enrolment_id = e.id and n.author_id = auth.uid() and n.is_review;
	end if;
	insert into private.enrolment_notes (id, enrolment_id, author_id, words, is_review, scores)
		values (note, e.id, auth.uid(), save_enrolment_note.words, save_enrolment_note.is_review, save_enrolment_note.scores)
		on conflict (id) do nothing;
	return '{"ok":true}';
end $$;

/** Marks somebody: `given` may have `is_shortlisted` and `practicum_hours` (0 to 2000). `{ ok }`, or `{ refused }`: not_found, hours. */
create function public.mark_enrolment(enrolment uuid, given jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	e public.enrolments;
	refused text;
begin
	select * into e from public.enrolments x where x.id = enrolment for update;
	refused := case
		when (e.program_id = any (array(select private.my_programs('coordinator')))) is not true then 'not_found'
		when not coalesce((given->>'practicum_hours')::numeric between 0 and 2000, true) then 'hours'
	end;
	if e.id is not null then
		perform private.audit(e.program_id, 'enrolment.noted', e.id, case when refused is null then 'done' else 'refused' end,
			jsonb_strip_nulls(jsonb_build_object('why', refused)));
	end if;
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	update public.enrolments x set is_shortlisted = coalesce((given->>'is_shortlisted')::boolean, x.is_shortlisted),
		practicum_hours = coalesce((given->>'practicum_hours')::numeric, x.practicum_hours) where x.id = e.id;
	return '{"ok":true}';
end $$;

/** Somebody has been told what they were to be told: true where it is done, by a coordinator of their program. Audited. */
create function public.settle_call(call uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
	e public.enrolments;
	allowed boolean;
begin
	select x.* into e from private.enrolment_calls k join public.enrolments x on x.id = k.enrolment_id where k.id = call;
	if e.id is null then return false; end if;
	allowed := coalesce(e.program_id = any (array(select private.my_programs('coordinator'))), false);
	if allowed then
		update private.enrolment_calls k set told_at = now(), told_by = auth.uid() where k.id = call and k.told_at is null;
	end if;
	perform private.audit(e.program_id, 'enrolment.noted', e.id, case when allowed then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', case when not allowed then 'not_found' end)));
	return allowed;
end $$;

/*
 * Writes down who was at a class, of those with a seat who were on the list (`shown`): `{ ok: present }`; `{ refused }`: not_allowed, too_early (before the day of the class).
 */
create function public.save_attendance(class uuid, present uuid[], shown uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	x public.classes;
	c public.cohorts;
	there integer;
begin
	select * into x from public.classes y where y.id = class;
	c := private.my_cohort(x.cohort_id, 'cohort.attended');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	if x.starts_at > now() + interval '12 hours' then
		perform private.audit(c.program_id, 'cohort.attended', c.id, 'refused', '{"why":"too_early"}');
		return '{"refused":"too_early"}';
	end if;
	insert into private.attendance as a (class_id, enrolment_id, was_there)
		select x.id, e.id, e.id = any (present) from public.enrolments e
		where e.cohort_id = c.id and e.id = any (shown) and e.state in ('enrolled', 'completed', 'not_completed')
		on conflict (class_id, enrolment_id) do update set was_there = excluded.was_there;
	select count(*) into there from private.attendance a where a.class_id = x.id and a.was_there;
	perform private.audit(c.program_id, 'cohort.attended', c.id);
	return jsonb_build_object('ok', there);
end $$;

/** Says of those in a cohort who has completed it and who has not: `{ ok: how many were changed }`; `{ refused }`: not_allowed, not_begun. */
create function public.complete_enrolments(cohort uuid, completed uuid[], not_completed uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	changed integer := 0;
	event text;
begin
	c := private.my_cohort(cohort, 'enrolment.moved');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	if (private.first_class(c.id) <= clock_timestamp()) is not true then return '{"refused":"not_begun"}'; end if;
	for e in select * from public.enrolments x where x.cohort_id = c.id and x.state in ('enrolled', 'completed', 'not_completed')
		and x.id = any (completed || not_completed) order by x.line_number for update
	loop
		event := case when e.id = any (completed) then 'complete' else 'not_complete' end;
		continue when e.state = case event when 'complete' then 'completed' else 'not_completed' end::public.enrolment_state;
		if private.walk_enrolment(e.id, event, e.version, '{coordinator}') ? 'ok' then changed := changed + 1; end if;
	end loop;
	return jsonb_build_object('ok', changed);
end $$;

/*
 * Sends the decisions of a cohort that are waiting, offers in the order of the line: `{ ok: sent, left }`, how many could not be sent as not
 * enough people have read them; `{ refused }`: not_allowed, full (more are offered a seat than there are: none is sent), too_late (a seat is
 * offered, and the first class has been).
 */
create function public.send_decisions(cohort uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	refused text;
	answer jsonb;
	sent integer := 0;
begin
	c := private.my_cohort(cohort, 'cohort.decided');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	refused := case
		when (select count(*) from public.enrolments x where x.cohort_id = c.id and x.decision = 'offer')
			> c.capacity - private.seats_taken(c.id) then 'full'
		when private.first_class(c.id) <= clock_timestamp() and exists (select from public.enrolments x
			where x.cohort_id = c.id and x.decision = 'offer') then 'too_late'
	end;
	perform private.audit(c.program_id, 'cohort.decided', c.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	-- Offers before the line: a seat that is meant for somebody goes to nobody else.
	for e in select * from public.enrolments x where x.cohort_id = c.id and x.decision is not null
		order by x.decision = 'offer' desc, x.line_number for update
	loop
		answer := private.walk_enrolment(e.id, e.decision, e.version, '{coordinator}',
			(select d.answer from private.enrolment_details d where d.enrolment_id = e.id), true);
		if answer ? 'ok' then sent := sent + 1; end if;
	end loop;
	return jsonb_build_object('ok', sent, 'left', (select count(*) from public.enrolments x where x.cohort_id = c.id and x.decision is not null));
end $$;

/*
 * Writes to all who are in a cohort in one of these states, once for each `message`: `{ ok: how many }`, of the first time where it is sent
 * again; `{ refused }`: not_allowed, empty, too_long (1500 letters).
 */
create function public.message_cohort(cohort uuid, message uuid, states text[], words text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	whom constant public.enrolment_state[] := states;
	refused text;
	told integer;
begin
	c := private.my_cohort(cohort, 'cohort.messaged');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	if exists (select from private.cohort_messages g where g.id = message) then
		return jsonb_build_object('ok', (select count(*) from private.cohort_message_readers r
			join public.enrolments e on e.id = r.enrolment_id where r.message_id = message and e.cohort_id = c.id));
	end if;
	refused := case
		when (words ~ '\S' and cardinality(whom) > 0) is not true then 'empty'
		when length(words) > 1500 then 'too_long'
	end;
	perform private.audit(c.program_id, 'cohort.messaged', c.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	insert into private.cohort_messages (id, cohort_id, words, states, sent_by) values (message, c.id, words, whom, auth.uid());
	insert into private.cohort_message_readers (message_id, enrolment_id)
		select message, e.id from public.enrolments e where e.cohort_id = c.id and e.state = any (whom);
	told := private.tell_cohort(c.id, whom, 'training_message', 'message:' || message, jsonb_build_object('words', words));
	return jsonb_build_object('ok', told);
end $$;

grant execute on function public.roster, public.read_enrolment, public.save_enrolment_note, public.mark_enrolment, public.settle_call,
	public.save_attendance, public.complete_enrolments, public.send_decisions, public.message_cohort to authenticated;
