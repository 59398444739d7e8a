-- One function moves a referral along a transition, or says why not.

/** Whether a worker of the program may take one more: below the cap that is their own, and not asking for less just now. */
create function private.has_room(program uuid, worker uuid) returns boolean
language sql stable set search_path = '' as $$
	select private.has_role(program, worker, 'worker')
		and (select count(*) from private.referral_matches x join public.referrals r on r.id = x.referral_id
				where x.worker_id = worker and x.ended_at is null and r.program_id = program)
			< coalesce((select case when w.less_until >= private.program_today(program) then 0 else w.cap end
				from public.workers w where w.program_id = program and w.user_id = worker), 2)
$$;

/*
 * The first thing a transition requires that is neither given nor true, or null: the requirement's name, or `past` and
 * `too_far` for days, `too_late`, `worker_full`, `same_worker`, `knows_them`, `steps_open`, `same_person`, `not_asked`.
 */
create function private.unmet(r public.referrals, event text, requires text[], given jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	need text;
	today constant date := private.program_today(r.program_id);
	day date;
begin
	if event = 'drop_correction' and not r.has_correction then return 'not_asked'; end if;
	foreach need in array requires loop
		if need in ('words', 'who_may_help') and given->>'words' is null then return 'words'; end if;
		if need = 'reason' and not exists (select from private.referral_reasons x
			where x.event = unmet.event and x.reason = given->>'reason') then return 'reason'; end if;
		if need in ('next_word_on', 'first_met_on', 'end_on') then
			day := (given->>need)::date;
			if day is null then return need; end if;
			if need <> 'first_met_on' and day < today then return 'past'; end if;
			if need = 'next_word_on' and day > today + 92 or need = 'first_met_on' and day > today or day not between today - 366 and today + 366
				then return 'too_far'; end if;
			-- Four weeks to end well, or a reason why not.
			if need = 'end_on' and day < today + 28 and given->>'words' is null then return 'words'; end if;
		end if;
		if need = 'worker' then
			if given->>'worker' is null then return 'worker'; end if;
			if exists (select from private.referral_matches m where m.referral_id = r.id and m.ended_at is null
				and m.worker_id = (given->>'worker')::uuid) then return 'same_worker'; end if;
			if exists (select from private.referral_matches m where m.referral_id = r.id and m.knows_them
				and m.worker_id = (given->>'worker')::uuid) then return 'knows_them'; end if;
			if not private.has_room(r.program_id, (given->>'worker')::uuid) then return 'worker_full'; end if;
		end if;
		if need = 'plan' and (given->>'plan' is null or given->>'initials' is null) then return 'plan'; end if;
		if need = 'nobody_yet' and exists (select from private.referral_matches m where m.referral_id = r.id and m.ended_at is null
			and m.first_met_on is not null) then return 'not_possible'; end if;
		if need in ('asked_handover', 'asked_call') and substr(need, 7) <> all (r.asked_for) then return 'not_asked'; end if;
		if need = 'steps' and exists (select from private.referral_closing_steps s
			where s.referral_id = r.id and s.settled is null) then return 'steps_open'; end if;
		if need = 'within_30_days' and r.closed_at < now() - interval '30 days' then return 'too_late'; end if;
		if need = 'correction' then
			if not r.has_correction then return 'not_asked'; end if;
			if exists (select from private.pending_corrections c where c.referral_id = r.id and c.asked_by = auth.uid())
				then return 'same_person'; end if;
		end if;
	end loop;
	return null;
end $$;

/** What an event does to the matches of a referral; the state it leads to. */
create function private.follow_match(r public.referrals, event text, leads_to public.referral_state, given jsonb)
returns public.referral_state language plpgsql volatile set search_path = '' as $$
declare
	-- The one who has been proposed and has not met the peer yet.
	coming private.referral_matches;
begin
	select * into coming from private.referral_matches x
		where x.referral_id = r.id and x.ended_at is null and x.first_met_on is null for update;
	if event = 'propose' then
		insert into private.referral_matches (id, referral_id, worker_id, came_from, initials, plan)
			values (coalesce((given->>'match_id')::uuid, gen_random_uuid()), r.id, (given->>'worker')::uuid, r.state,
				given->>'initials', given->>'plan');
	elsif event in ('worker_yes', 'peer_yes') then
		update private.referral_matches x set
			worker_said_yes_at = case when event = 'worker_yes' then now() else x.worker_said_yes_at end,
			peer_said_yes_at = case when event = 'peer_yes' then now() else x.peer_said_yes_at end
			where x.id = coming.id returning * into coming;
		if coming.worker_said_yes_at is null or coming.peer_said_yes_at is null then return 'match_proposed'; end if;
	elsif event in ('worker_no', 'peer_no', 'take_back') then
		update private.referral_matches x set ended_at = now(), knows_them = coalesce(given->>'reason' = 'knows_them', false)
			where x.id = coming.id;
		return coming.came_from;
	elsif event = 'begin' then
		-- Handed over: the worker from before has done their part.
		update private.referral_matches x set ended_at = now() where x.referral_id = r.id and x.ended_at is null and x.id <> coming.id;
		update private.referral_matches x set first_met_on = (given->>'first_met_on')::date where x.id = coming.id;
	elsif leads_to in ('withdrawn', 'completed', 'ended_early', 'entered_in_error', 'declined', 'redirected') then
		update private.referral_matches x set ended_at = now() where x.referral_id = r.id and x.ended_at is null;
	end if;
	return leads_to;
end $$;

/** What an event does to the rows beside the referral. */
create function private.follow_event(r public.referrals, event text) returns void
language plpgsql volatile set search_path = '' as $$
begin
	if event = 'begin_ending' then
		insert into private.referral_closing_steps (referral_id, step)
			select r.id, s from unnest('{look_back,proud_of,can_do_now,strengths,feelings,where_else,thanks,achievement}'::text[]) s
			-- An ending from before, that came early.
			on conflict on constraint referral_closing_steps_pkey do update set settled = null, settled_at = null, settled_by = null;
	elsif event = 'extend' then
		delete from private.referral_closing_steps s where s.referral_id = r.id;
	elsif event = 'ask_correction' then
		insert into private.pending_corrections (referral_id, asked_by) values (r.id, auth.uid())
			on conflict (referral_id) do update set asked_by = excluded.asked_by, asked_at = now();
	elsif event in ('confirm_correction', 'drop_correction') then
		delete from private.pending_corrections c where c.referral_id = r.id;
	end if;
end $$;

/** What is still asked for once this has happened. */
create function private.asked_after(r public.referrals, event text) returns text[]
language sql immutable set search_path = '' as $$
	select case
		when event in ('ask_handover', 'ask_call') then array(select distinct x from unnest(r.asked_for || substr(event, 5)) x order by x)
		when event in ('settle_handover', 'settle_call') then array_remove(r.asked_for, substr(event, 8))
		when event in ('propose', 'begin_ending', 'complete', 'end_early') then array_remove(r.asked_for, 'handover')
		-- Nobody else was found: what was asked for still is.
		when event in ('worker_no', 'peer_no', 'take_back') and r.state in ('active', 'paused')
			then array(select distinct x from unnest(r.asked_for || '{handover}'::text[]) x order by x)
		when event in ('reopen', 'confirm_correction') then '{}'
		else r.asked_for
	end
$$;

/** The workers of a referral at present: who supports, and who has been proposed. */
create function private.workers_of(referral uuid) returns uuid[]
language sql stable set search_path = '' as $$
	select coalesce(array_agg(m.worker_id), '{}') from private.referral_matches m where m.referral_id = referral and m.ended_at is null
$$;

/** Tells workers, those from before the event and those after it, but whoever has done it; no word of the peer. */
create function private.tell_workers(r public.referrals, event text, before_it uuid[], event_id uuid) returns void
language sql volatile set search_path = '' as $$
	select private.enqueue_mail(x.template || ':' || event_id || ':' || u.id, x.template, u.email,
		jsonb_build_object('reference', r.reference), r.program_id)
	from (select distinct w, case when event = 'propose' and w <> all (before_it) then 'work_asked' else 'work_news' end as template
		from unnest(before_it || private.workers_of(r.id)) w) x
	join auth.users u on u.id = x.w
	where x.w is distinct from auth.uid() and private.has_role(r.program_id, x.w, 'worker')
		-- Another one's answer is nothing to the worker who supports meanwhile.
		and not (event in ('worker_yes', 'worker_no', 'peer_yes', 'peer_no', 'take_back', 'propose') and exists (select from private.referral_matches m
			where m.referral_id = r.id and m.worker_id = x.w and m.ended_at is null and m.first_met_on is not null))
$$;

/*
 * Moves a referral, as the signed-in person.
 *
 * @param expected the version that the person has seen
 * @param given `{ event_id, words (sealed), reason, next_word_on, worker, match_id, initials (sealed), plan (sealed), first_met_on, end_on,
 *   for_peer }`, as the event needs
 * @returns `{ ok: state, version }`, or `{ refused, state, version }`: not_found (or nobody's business of theirs), stale,
 *   not_possible from this state, not_allowed for them, or what `private.unmet` names
 */
create function public.move_referral(referral uuid, event text, expected integer, given jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	t private.referral_transitions;
	parts public.referral_actor[];
	was public.referral_state;
	refused text;
	noted uuid;
	asked text[];
	concerned uuid[];
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	parts := private.my_parts(r);
	-- The same form sent twice, whose first ended one's own part in it.
	if parts = '{}' and exists (select from private.referral_events e where e.id = (given->>'event_id')::uuid and e.referral_id = r.id
		and e.event = move_referral.event and e.actor_id = auth.uid()) then
		return jsonb_build_object('ok', r.state, 'version', r.version);
	end if;
	select * into t from private.referral_transitions x
		where x.from_state = r.state and x.event = move_referral.event and x.actor = any (parts)
		order by array_position(parts, x.actor) limit 1;
	-- Two who propose one worker at once: the second counts the first's.
	if t.event = 'propose' then perform pg_advisory_xact_lock(hashtextextended((given->>'worker')::uuid::text, 2)); end if;
	refused := case
		when parts = '{}' then 'not_found'
		when r.version is distinct from expected then 'stale'
		-- Nothing sealed is added to what was erased.
		when r.erased_at is not null and given->>'words' is not null then 'not_possible'
		when t.event is not null then private.unmet(r, event, t.requires, given)
		when exists (select from private.referral_transitions x where x.from_state = r.state and x.event = move_referral.event)
			then 'not_allowed'
		else 'not_possible'
	end;
	if refused is not null then
		perform private.audit(r.program_id, 'referral.moved', r.id, 'refused',
			jsonb_build_object('event', left(event, 40), 'why', refused, 'state', r.state));
		if refused = 'not_found' then return '{"refused":"not_found"}'; end if;
		return jsonb_build_object('refused', refused, 'state', r.state, 'version', r.version);
	end if;

	-- What the event does not ask for is not taken.
	given := given - array(select x from unnest('{reason,next_word_on,worker,first_met_on,end_on}'::text[]) x where x <> all (t.requires)
		-- A reason that may be given, and need not.
		and not (x = 'reason' and exists (select from private.referral_reasons y where y.event = t.event and y.reason = given->>'reason')));
	was := r.state;
	concerned := private.workers_of(r.id);
	r.state := private.follow_match(r, event, t.to_state, given);
	perform private.follow_event(r, event);
	perform private.cancel_meetings(r.id);
	asked := private.asked_after(r, event);
	update public.referrals x set
		state = r.state,
		version = x.version + 1,
		state_since = case when r.state <> was then now() else x.state_since end,
		coordinator_id = case when event = 'acknowledge' then auth.uid() else x.coordinator_id end,
		needs_home = x.needs_home and event <> 'acknowledge',
		-- The day that was promised and one's place in line are kept when a match falls through.
		-- A day that was named stays named while the referral is looked at again.
		next_word_on = case when r.state in ('waitlisted', 'match_proposed', 'matched') or event = 'reconsider'
			then coalesce((given->>'next_word_on')::date, x.next_word_on) end,
		-- Whoever has been supported since goes to the end of the line.
		waiting_since = case when event = 'reopen' and was = 'ended_early' then null when r.state = 'waitlisted' or was = 'waitlisted' then coalesce(x.waiting_since, now())
			else x.waiting_since end,
		-- A correction is due as long as it waits for its second person, in whatever state.
		-- A worker has answered: it is for a coordinator to go on.
		attention_on = case when asked <> '{}' or event in ('ask_correction', 'worker_no') or event = 'worker_yes' and r.state = was
				or x.has_correction and event not in ('confirm_correction', 'drop_correction')
			then least(private.program_today(x.program_id), x.attention_on)
			else private.attention_after(x.program_id, r.state, coalesce((given->>'next_word_on')::date, x.next_word_on),
				coalesce((given->>'end_on')::date, x.ends_on)) end,
		asked_for = asked,
		is_answered = event = 'answer' or x.is_answered and event in ('ask_correction', 'drop_correction'),
		ends_on = case when event = 'begin_ending' then (given->>'end_on')::date
			when event in ('extend', 'reopen') then null else x.ends_on end,
		has_correction = case event when 'ask_correction' then true when 'confirm_correction' then false
			when 'drop_correction' then false else x.has_correction end,
		closed_at = case
			when r.state in ('completed', 'ended_early', 'declined', 'redirected', 'withdrawn', 'entered_in_error')
				then coalesce(x.closed_at, now()) end
		where x.id = r.id returning * into r;
	noted := private.note_event(r, event, was, t.actor, given, coalesce((given->>'next_word_on')::date,
		(given->>'first_met_on')::date, (given->>'end_on')::date));
	perform private.audit(r.program_id, 'referral.moved', r.id, 'done', jsonb_strip_nulls(jsonb_build_object('event', event,
		'from', was, 'to', r.state, 'reason', given->>'reason', 'as', t.actor)));
	if t.mail is not null and (r.state <> was or event = 'keep_waiting') then perform private.tell_referrer(r, t.mail, noted); end if;
	if t.actor = 'referrer' then perform private.tell_coordinators(r, 'referral_answered', noted); end if;
	if event in ('ask_handover', 'ask_call') and t.actor = 'worker' then perform private.tell_coordinators(r, 'support_asked', noted); end if;
	if event = 'complete' and t.actor = 'worker' then perform private.tell_coordinators(r, 'support_ended', noted); end if;
	if r.state <> was then perform private.tell_workers(r, event, concerned, noted); end if;
	return jsonb_build_object('ok', r.state, 'version', r.version);
end $$;

grant execute on function public.move_referral to authenticated;
