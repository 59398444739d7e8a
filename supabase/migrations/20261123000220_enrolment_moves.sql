-- Signing up, and moving on from there: by people themselves, by a link of theirs, and by staff for those who ring or write.

/**
 * Why nobody can be put into a cohort now: cancelled, begun, closed or not_open; null where they can. One without seats has a line.
 * Staff may put somebody in after signing up has closed.
 */
create function private.not_open_why(c public.cohorts, by_staff boolean) returns text
language sql stable set search_path = '' as $$
	select case
		when c.state = 'cancelled' then 'cancelled'
		when c.state in ('running', 'finished') or private.first_class(c.id) <= clock_timestamp() then 'begun'
		when not by_staff and (c.state = 'closed' or c.closes_at <= clock_timestamp()) then 'closed'
		-- The clock does not wait for cron.
		when c.state not in ('open', 'closed') and (c.state = 'announced' and c.opens_at <= clock_timestamp()) is not true then 'not_open'
	end
$$;

/*
 * Puts somebody into a cohort, or back into it at the end of the line, under the lock of its row: a seat where one is free and nobody
 * waits for it, else a place in line. `e`: the enrolment that they had before, if any. `{ ok: state, id }`.
 */
create function private.enrol(c public.cohorts, e public.enrolments, enrolment uuid, person uuid, address text, details text,
	actor public.enrolment_actor) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	leads_to constant public.enrolment_state := case
		when c.kind = 'application' then 'applied'
		when private.seats_taken(c.id) < c.capacity and not exists (select from public.enrolments x
			where x.cohort_id = c.id and x.state = 'waitlisted') then 'enrolled'
		else 'waitlisted'
	end;
	entered public.enrolments;
	step uuid;
	named constant text := case when actor = 'coordinator' then 'enter' when c.kind = 'application' then 'apply' else 'sign_up' end;
begin
	insert into public.enrolments as x (id, cohort_id, program_id, person_id, email, state, line_number)
		-- An address may have been somebody else's before.
		values (enrolment, c.id, c.program_id, person, case when not exists (select from public.enrolments y
			where y.cohort_id = c.id and y.email = address and y.id <> enrolment) then address end, leads_to,
			nextval('private.line_numbers'))
		on conflict (id) do update set state = excluded.state, line_number = excluded.line_number, email = excluded.email,
			missed_offers = 0, is_shortlisted = false, version = x.version + 1
			where x.id = e.id
		returning * into entered;
	-- An id that is somebody else's.
	if entered.id is null then return '{"refused":"unknown"}'; end if;
	insert into private.enrolment_details as d (enrolment_id, details) values (enrolment, enrol.details)
		on conflict (enrolment_id) do update set details = excluded.details, answer = null;
	insert into private.enrolment_events (enrolment_id, event, from_state, to_state, actor, actor_id)
		values (enrolment, named, e.state, leads_to, actor, auth.uid()) returning id into step;
	perform private.tell_step(entered, named, actor, step);
	return jsonb_build_object('ok', leads_to, 'id', enrolment);
end $$;

/*
 * Signs the signed-in person up for a cohort, or applies, as the cohort has it: `{ ok: state, id }`, with `again: true` where they are
 * in it already, and nothing changes. Or `{ refused }`: unknown, not_open, closed, cancelled, begun, declined (the program has
 * said no). `{ use: id }`: they have been in it before, and come back under that id, for which `details` must be sealed.
 */
create function public.sign_up(cohort uuid, enrolment uuid, details text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	why text;
begin
	-- Whoever signs up for the same cohort waits here: the order of this lock is the order of the line.
	select * into c from public.cohorts x where x.id = cohort and x.announced_at is not null for update;
	if auth.uid() is null or c.id is null then return '{"refused":"unknown"}'; end if;
	select * into e from public.enrolments x where x.cohort_id = c.id and x.person_id = auth.uid();
	if e.id is null then
		-- Whoever has proved an address may have been entered under it by staff, and has theirs from now on.
		update public.enrolments x set person_id = auth.uid() where x.cohort_id = c.id and x.person_id is null
			and x.email = private.my_email() returning * into e;
	end if;
	if e.state in ('applied', 'waitlisted', 'offered', 'enrolled', 'completed', 'not_completed') then
		return jsonb_build_object('ok', e.state, 'id', e.id, 'again', true);
	end if;
	why := coalesce(private.not_open_why(c, false), case when e.state = 'declined' then 'declined' end);
	if why is not null then return jsonb_build_object('refused', why); end if;
	if e.id <> enrolment then return jsonb_build_object('use', e.id); end if;
	delete from private.application_drafts d where d.cohort_id = c.id and d.person_id = auth.uid();
	return private.enrol(c, e, enrolment, auth.uid(), private.my_email(), details, 'person');
end $$;

/*
 * Puts somebody who rang or wrote into a cohort, by a coordinator; `address` is null for somebody without one. As `sign_up`, and
 * `not_allowed`; the same form sent twice makes one.
 */
create function public.enter_enrolment(cohort uuid, enrolment uuid, details text, address text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	known constant text := nullif(lower(trim(address)), '');
	person constant uuid := (select u.id from auth.users u where lower(u.email) = known order by u.created_at limit 1);
	why text;
	answer jsonb;
begin
	c := private.my_cohort(cohort, 'enrolment.entered');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	select * into e from public.enrolments x where x.cohort_id = c.id
		and (x.id = enrolment or x.email = known or x.person_id = person)
		-- Who signed up under another address that they had is the same person.
		order by x.id = enrolment desc, (x.person_id = person) is true desc limit 1;
	if e.state in ('applied', 'waitlisted', 'offered', 'enrolled', 'completed', 'not_completed') then
		return jsonb_build_object('ok', e.state, 'id', e.id, 'again', true);
	end if;
	why := private.not_open_why(c, true);
	if why is null and e.id <> enrolment then return jsonb_build_object('use', e.id); end if;
	answer := case when why is null then private.enrol(c, e, enrolment, person, known, details, 'coordinator')
		else jsonb_build_object('refused', why) end;
	perform private.audit(c.program_id, 'enrolment.entered', case when answer ? 'ok' then enrolment end,
		case when answer ? 'ok' then 'done' else 'refused' end, jsonb_strip_nulls(jsonb_build_object('why', answer->'refused')));
	return answer;
end $$;

/** As whom the signed-in person stands to an enrolment; empty for strangers. */
create function private.enrolment_parts(e public.enrolments) returns public.enrolment_actor[]
language sql stable set search_path = '' as $$
	select array_remove(array[
		case when e.person_id = auth.uid() or e.person_id is null and e.email = private.my_email() then 'person' end,
		case when e.program_id = any (array(select private.my_programs('coordinator'))) then 'coordinator' end
	]::public.enrolment_actor[], null)
$$;

/*
 * Moves an enrolment along a transition of one of these parts: `{ ok: state, version }`, or `{ refused, state, version }`: stale
 * (`version` is not the present one), not_possible, too_late (the offer has run out), full, not_begun, unreviewed; `{ refused: not_found }`
 * for strangers, audited. A seat that becomes free is offered to the next in line at once. Whoever leaves may do so over an offer that
 * has just run out. `answer`: the program's words with a no. Where a cohort's decisions are sent together, what is decided of an application
 * is kept until then, unless `sent`.
 */
create function private.walk_enrolment(enrolment uuid, event text, version integer, parts public.enrolment_actor[],
	answer text default null, sent boolean default false) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	t private.enrolment_transitions;
	refused text;
	expected integer := version;
	leaves boolean;
begin
	select x.* into c from public.cohorts x where x.id = (select y.cohort_id from public.enrolments y where y.id = enrolment) for update;
	select * into e from public.enrolments x where x.id = enrolment;
	if e.id is null or parts = '{}' then
		if e.id is not null then
			perform private.audit(e.program_id, 'enrolment.moved', e.id, 'refused', jsonb_build_object('event', left(event, 40)));
		end if;
		return '{"refused":"not_found"}';
	end if;
	-- The clock does not wait for whoever lets offers run out.
	if e.state = 'offered' and e.offered_until <= clock_timestamp() and c.state <> 'cancelled' then
		perform private.expire_offers(c);
		refused := case when event = 'accept' then 'too_late' end;
		leaves := event = 'withdraw' and e.version = version;
		select * into e from public.enrolments x where x.id = enrolment;
		-- Whoever wants to leave may, all the same, and from the line as well.
		if leaves then expected := e.version; end if;
	end if;
	select * into t from private.enrolment_transitions x
		where x.from_state = e.state and x.event = walk_enrolment.event and x.actor = any (parts) order by x.actor limit 1;
	refused := case
		when refused is not null then refused
		when e.version is distinct from expected then 'stale'
		when t.event is null or c.state = 'cancelled' and event <> 'withdraw' then 'not_possible'
		when 'seat' = any (t.requires) and private.seats_taken(c.id) >= c.capacity then 'full'
		when 'seat' = any (t.requires) and (c.state not in ('open', 'closed') or private.first_class(c.id) <= clock_timestamp())
			then 'not_possible'
		when 'standing' = any (t.requires) and private.first_class(c.id) <= clock_timestamp() then 'too_late'
		when 'begun' = any (t.requires) and (private.first_class(c.id) <= clock_timestamp()) is not true then 'not_begun'
		when e.state = 'applied' and t.actor = 'coordinator' and event <> 'withdraw' and not private.is_reviewed(e, c) then 'unreviewed'
	end;
	if refused is not null then
		perform private.audit(e.program_id, 'enrolment.moved', e.id, 'refused', jsonb_build_object('event', left(event, 40), 'why', refused));
		return jsonb_build_object('refused', refused, 'state', e.state, 'version', e.version);
	end if;
	if event = 'decline' then
		update private.enrolment_details d set answer = walk_enrolment.answer where d.enrolment_id = e.id;
	end if;
	if e.state = 'applied' and event in ('offer', 'waitlist', 'decline') and c.decides_together and not sent then
		update public.enrolments x set decision = event, version = x.version + 1 where x.id = e.id returning * into e;
		perform private.audit(e.program_id, 'enrolment.moved', e.id, 'done', jsonb_build_object('event', event));
		return jsonb_build_object('ok', e.state, 'version', e.version);
	end if;
	e := private.step_enrolment(e, event, t.to_state, t.actor, case when t.to_state = 'offered' then private.offer_until(c) end);
	if t.actor = 'coordinator' then
		perform private.audit(e.program_id, 'enrolment.moved', e.id, 'done', jsonb_build_object('event', event));
	end if;
	if t.from_state in ('offered', 'enrolled') and t.to_state = 'withdrawn' or t.to_state = 'waitlisted' then
		perform private.offer_seats(c);
		select * into e from public.enrolments x where x.id = enrolment;
	end if;
	return jsonb_build_object('ok', e.state, 'version', e.version);
end $$;

/** Moves an enrolment, as whom the signed-in person is to it: see `walk_enrolment`. */
create function public.move_enrolment(enrolment uuid, event text, version integer, answer text default null) returns jsonb
language sql security definer set search_path = '' as $$
	select private.walk_enrolment(enrolment, event, version,
		coalesce((select private.enrolment_parts(e) from public.enrolments e where e.id = enrolment), '{}'), answer)
$$;

/*
 * Sets how many seats a cohort has, by a coordinator: `{ ok: offered }`, how many were offered a seat for it; `{ refused }`: not_allowed,
 * capacity (not 0 to 1000). More seats go to the line; fewer never unseat anyone.
 */
create function public.set_capacity(cohort uuid, capacity integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
begin
	c := private.my_cohort(cohort, 'cohort.capacity_set');
	if c.id is null then return '{"refused":"not_allowed"}'; end if;
	if (set_capacity.capacity between 0 and 1000) is not true then return '{"refused":"capacity"}'; end if;
	update public.cohorts x set capacity = set_capacity.capacity, version = x.version + 1 where x.id = c.id returning * into c;
	perform private.audit(c.program_id, 'cohort.capacity_set', c.id, 'done', jsonb_build_object('capacity', c.capacity));
	return jsonb_build_object('ok', private.offer_seats(c));
end $$;

/*
 * From now on somebody is told things at this address, or by calls where there is none: what has not left yet goes there, too. Links that
 * went to another address lead nowhere any more.
 */
create function private.set_enrolment_address(e public.enrolments, address text) returns void
language plpgsql volatile set search_path = '' as $$
declare
	prefix constant text := 'enrolment:' || e.id || ':';
begin
	update public.enrolments x set email = address where x.id = e.id;
	delete from private.enrolment_links l where l.enrolment_id = e.id;
	if address is null then
		insert into private.enrolment_calls (enrolment_id, kind, key, data)
			select e.id, o.template, substr(o.dedupe_key, length(prefix) + 1), o.data - 'token' from private.outbox o
			where starts_with(o.dedupe_key, prefix) and o.sent_at is null on conflict do nothing;
		delete from private.outbox o where starts_with(o.dedupe_key, prefix) and o.sent_at is null;
	else
		update private.outbox o set to_address = address, set_aside_at = null, tries = 0, next_try_at = now(),
			data = o.data || jsonb_build_object('token', private.new_enrolment_link(e.id))
			where starts_with(o.dedupe_key, prefix) and o.sent_at is null;
	end if;
end $$;

/*
 * Says anew what an enrolment's person needs and how to reach them, by them or by a coordinator: `{ ok }`, or `{ refused }`: not_found,
 * stale, address_taken (somebody else in this training has it). `address`, by a coordinator: empty for whoever is not to be mailed, null to
 * leave it; whoever has an account is mailed at the address that they have proved, whatever is given.
 */
create function public.save_enrolment_details(enrolment uuid, details text, version integer, address text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	e public.enrolments;
	parts public.enrolment_actor[];
	known text := nullif(lower(trim(address)), '');
	sets_address boolean;
	refused text;
begin
	perform from public.cohorts x where x.id = (select y.cohort_id from public.enrolments y where y.id = enrolment) for update;
	select * into e from public.enrolments x where x.id = enrolment for update;
	parts := private.enrolment_parts(e);
	if known is not null and e.person_id is not null then
		known := (select lower(u.email) from auth.users u where u.id = e.person_id);
	end if;
	sets_address := address is not null and 'coordinator' = any (parts) and known is distinct from e.email;
	refused := case
		when e.id is null or parts = '{}' then 'not_found'
		when e.version is distinct from version then 'stale'
		when sets_address and exists (select from public.enrolments x left join auth.users u on u.id = x.person_id
			where x.cohort_id = e.cohort_id and x.id <> e.id and known in (x.email, lower(u.email))) then 'address_taken'
	end;
	if e.id is not null and (refused is not null or not 'person' = any (parts)) then
		perform private.audit(e.program_id, 'enrolment.noted', e.id, case when refused is null then 'done' else 'refused' end,
			jsonb_strip_nulls(jsonb_build_object('why', refused)));
	end if;
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	update private.enrolment_details d set details = save_enrolment_details.details where d.enrolment_id = e.id;
	update public.enrolments x set version = x.version + 1 where x.id = e.id;
	if sets_address then perform private.set_enrolment_address(e, known); end if;
	return '{"ok":true}';
end $$;

grant execute on function public.sign_up, public.enter_enrolment, public.move_enrolment, public.set_capacity,
	public.save_enrolment_details to authenticated;
