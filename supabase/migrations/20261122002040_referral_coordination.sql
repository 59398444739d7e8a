-- What a coordinator does to a referral besides moving it on: gives it to a colleague or another program, notes, takes several up.

/** The refusal of something that only coordinators of a referral's program may do to it, audited; null where they may. */
create function private.refuse_coordination(r public.referrals, event text, expected integer) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	refused constant text := case
		when not 'coordinator' = any (private.my_parts(r)) then 'not_found'
		when r.version is distinct from expected then 'stale'
		when r.erased_at is not null then 'not_possible'
	end;
begin
	if refused is null then return null; end if;
	perform private.audit(r.program_id, event, r.id, 'refused', jsonb_build_object('why', refused));
	-- A stranger learns not even that it is there.
	if refused = 'not_found' then return '{"refused":"not_found"}'; end if;
	return jsonb_build_object('refused', refused, 'state', r.state, 'version', r.version);
end $$;

/** Gives a referral to another coordinator of its program: `{ ok, version }` or `{ refused }`, as `move_referral`; no_coordinator. */
create function public.assign_referral(referral uuid, expected integer, coordinator uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	refused jsonb;
	noted uuid;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	refused := private.refuse_coordination(r, 'referral.assigned', expected);
	if refused is null and not private.is_coordinator(r.program_id, coordinator) then
		perform private.audit(r.program_id, 'referral.assigned', r.id, 'refused', '{"why":"no_coordinator"}');
		refused := '{"refused":"no_coordinator"}';
	end if;
	if refused is not null then return refused; end if;
	update public.referrals x set coordinator_id = coordinator, version = x.version + 1 where x.id = referral returning * into r;
	noted := private.note_event(r, 'assign', r.state, 'coordinator');
	perform private.audit(r.program_id, 'referral.assigned', r.id, 'done', jsonb_build_object('to', coordinator));
	if coordinator <> auth.uid() then perform private.tell_coordinators(r, 'referral_new', noted); end if;
	return jsonb_build_object('ok', r.state, 'version', r.version);
end $$;

/*
 * Gives a referral that is submitted or in triage to another program, whose coordinators then see it and nobody here does any
 * more: `{ ok }` or `{ refused }`, as `move_referral`. With the event's id, what is posted twice is done once.
 */
create function public.rehome_referral(referral uuid, expected integer, program uuid, event_id uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	refused jsonb;
	was uuid;
	noted uuid;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	-- Whoever gave it away sees it no more, and would be told that it is not there.
	if exists (select from private.referral_events e where e.id = event_id and e.referral_id = referral and e.event = 'rehome'
		and e.actor_id = auth.uid()) then return '{"ok":true}'; end if;
	refused := private.refuse_coordination(r, 'referral.rehomed', expected);
	if refused is null and (r.state not in ('submitted', 'triage') or r.has_correction or program = r.program_id
		-- What somebody and their worker wrote together stays in its program.
		or exists (select from private.referral_matches m where m.referral_id = r.id and m.first_met_on is not null)
		or not exists (select from public.programs p where p.id = program)) then
		perform private.audit(r.program_id, 'referral.rehomed', r.id, 'refused', '{"why":"not_possible"}');
		refused := jsonb_build_object('refused', 'not_possible', 'state', r.state, 'version', r.version);
	end if;
	if refused is not null then return refused; end if;
	was := r.program_id;
	update public.referrals x set program_id = program, coordinator_id = null, needs_home = false, version = x.version + 1,
		-- It can be late here, too.
		escalated_at = null, has_listed_domain = coalesce(private.has_listed_domain(program, x.referrer_email), false),
		attention_on = private.program_today(program) where x.id = referral returning * into r;
	noted := private.note_event(r, 'rehome', r.state, 'coordinator', jsonb_build_object('event_id', event_id));
	-- Each program's audit says it.
	perform private.audit(was, 'referral.rehomed', r.id, 'done', jsonb_build_object('to', program));
	perform private.audit(program, 'referral.rehomed', r.id, 'done', jsonb_build_object('from', was));
	perform private.tell_coordinators(r, 'referral_new', noted);
	return '{"ok":true}';
end $$;

/** Adds a sealed note for the program's coordinators alone: `{ ok }` or `{ refused }`. */
create function public.note_referral(referral uuid, event_id uuid, words text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	refused jsonb;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	refused := private.refuse_coordination(r, 'referral.noted', r.version);
	if refused is not null then return refused; end if;
	-- Posted twice, it is one.
	if not exists (select from private.referral_events e where e.id = event_id and e.referral_id = referral) then
		perform private.note_event(r, 'note', r.state, 'coordinator', jsonb_build_object('event_id', event_id, 'words', words));
		perform private.audit(r.program_id, 'referral.noted', r.id);
	end if;
	return '{"ok":true}';
end $$;

/** Acknowledges all of these that are submitted and the person's to acknowledge: `{ done, refused }`, how many. */
create function public.acknowledge_referrals(referrals uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	one record;
	done integer := 0;
	refused integer := 0;
begin
	-- In one order, so that two who acknowledge the same wait for one another.
	for one in select x.id, x.version from public.referrals x where x.id = any (referrals[:100]) order by x.id loop
		if public.move_referral(one.id, 'acknowledge', one.version) ? 'ok' then done := done + 1; else refused := refused + 1; end if;
	end loop;
	return jsonb_build_object('done', done, 'refused', refused);
end $$;

grant execute on function public.assign_referral, public.rehome_referral, public.note_referral, public.acknowledge_referrals
	to authenticated;
