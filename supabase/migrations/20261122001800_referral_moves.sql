-- The state machine (DESIGN §6): transitions are rows; one function moves a referral, or says why not. What is not a row is refused.

create table private.referral_transitions (
	from_state public.referral_state not null,
	event text not null,
	-- Null: where it came from.
	to_state public.referral_state,
	actor public.referral_actor not null,
	/*
	 * What must be given or true: words, who_may_help, reason, next_word_on, worker, first_met_on, end_on, both (it moves when
	 * worker and peer have said yes), steps (closing steps are settled), within_30_days, correction (asked by somebody else).
	 */
	requires text[] not null default '{}',
	-- The mail to the referrer: null for none.
	mail text,
	primary key (from_state, event, actor)
);

insert into private.referral_transitions (from_state, event, to_state, actor, requires, mail) values
	('submitted', 'acknowledge', 'triage', 'coordinator', '{}', 'referral_news'),
	('triage', 'ask', 'info_needed', 'coordinator', '{words}', 'referral_question'),
	('info_needed', 'answer', 'triage', 'referrer', '{words}', null),
	('info_needed', 'reconsider', 'triage', 'coordinator', '{}', 'referral_news'),
	('triage', 'decline', 'declined', 'coordinator', '{reason,words,who_may_help}', 'referral_news'),
	('triage', 'redirect', 'redirected', 'coordinator', '{reason,words,who_may_help}', 'referral_news'),
	('triage', 'waitlist', 'waitlisted', 'coordinator', '{next_word_on}', 'referral_news'),
	('waitlisted', 'keep_waiting', 'waitlisted', 'coordinator', '{next_word_on}', 'referral_news'),
	('waitlisted', 'reconsider', 'triage', 'coordinator', '{}', 'referral_news'),
	('triage', 'propose', 'match_proposed', 'coordinator', '{worker}', null),
	('waitlisted', 'propose', 'match_proposed', 'coordinator', '{worker}', null),
	('match_proposed', 'worker_yes', 'matched', 'worker', '{both}', 'referral_news'),
	('match_proposed', 'peer_yes', 'matched', 'coordinator', '{both}', 'referral_news'),
	('match_proposed', 'worker_no', null, 'worker', '{}', null),
	('match_proposed', 'peer_no', null, 'coordinator', '{}', null),
	('matched', 'begin', 'active', 'worker', '{first_met_on}', 'referral_news'),
	('matched', 'begin', 'active', 'coordinator', '{first_met_on}', 'referral_news'),
	('active', 'pause', 'paused', 'worker', '{}', null),
	('active', 'pause', 'paused', 'coordinator', '{}', null),
	('paused', 'resume', 'active', 'worker', '{}', null),
	('paused', 'resume', 'active', 'coordinator', '{}', null),
	('active', 'propose', 'match_proposed', 'coordinator', '{worker}', null),
	('paused', 'propose', 'match_proposed', 'coordinator', '{worker}', null),
	('active', 'begin_ending', 'ending', 'worker', '{reason,end_on}', 'referral_news'),
	('active', 'begin_ending', 'ending', 'coordinator', '{reason,end_on}', 'referral_news'),
	('ending', 'extend', 'active', 'coordinator', '{words}', 'referral_news'),
	('ending', 'complete', 'completed', 'worker', '{steps}', 'referral_news'),
	('ending', 'complete', 'completed', 'coordinator', '{steps}', 'referral_news'),
	('declined', 'reopen', 'triage', 'coordinator', '{words,within_30_days}', 'referral_news'),
	('withdrawn', 'reopen', 'triage', 'coordinator', '{words,within_30_days}', 'referral_news'),
	('ended_early', 'reopen', 'triage', 'coordinator', '{words,within_30_days}', 'referral_news');
insert into private.referral_transitions (from_state, event, to_state, actor, requires, mail)
select s, 'end_early', 'ended_early'::public.referral_state, 'coordinator'::public.referral_actor, '{reason}'::text[], 'referral_news'
from unnest('{active,paused,ending}'::public.referral_state[]) s
union all
select s, 'withdraw', 'withdrawn', a, '{}', 'referral_news'
from unnest('{submitted,triage,info_needed,waitlisted,match_proposed,matched}'::public.referral_state[]) s,
	unnest('{referrer,coordinator}'::public.referral_actor[]) a
union all
-- A correction waits for another person; meanwhile the referral stays what it is.
select s, e.event, case when e.event = 'confirm_correction' then 'entered_in_error' else s end,
	'coordinator', e.requires, case when e.event = 'confirm_correction' then 'referral_news' end
from unnest(enum_range(null::public.referral_state)) s,
	(values ('ask_correction', '{words}'::text[]), ('confirm_correction', '{correction}'), ('drop_correction', '{}')) e (event, requires)
where s <> 'entered_in_error';

-- Coded reasons: what statistics count, and what the page's words begin with.
create table private.referral_reasons (
	event text not null,
	reason text not null,
	primary key (event, reason)
);
insert into private.referral_reasons (event, reason) values
	('decline', 'no_worker_free'), ('decline', 'outside_area'), ('decline', 'other_support_fits'), ('decline', 'not_wanted'),
	('decline', 'no_answer'), ('decline', 'other'),
	('redirect', 'other_program'), ('redirect', 'other_service'), ('redirect', 'crisis_service'), ('redirect', 'other'),
	('begin_ending', 'goal_reached'), ('begin_ending', 'worker_needed_elsewhere'),
	('end_early', 'peer_wish'), ('end_early', 'worker_left'), ('end_early', 'moved_away'), ('end_early', 'lost_touch'),
	('end_early', 'not_safe'), ('end_early', 'other');

/** Whether a worker of the program may take one more: below the cap that is their own. */
create function private.has_room(program uuid, worker uuid) returns boolean
language sql stable set search_path = '' as $$
	select exists (select from public.memberships m where m.program_id = program and m.user_id = worker and m.role = 'worker'
			and m.deactivated_at is null)
		and (select count(*) from private.referral_matches x where x.worker_id = worker and x.ended_at is null)
			< coalesce((select w.cap from public.workers w where w.program_id = program and w.user_id = worker), 2)
$$;

/*
 * The first thing a transition requires that is neither given nor true, or null: the requirement's name, or `past` and
 * `too_far` for days, `too_late`, `worker_full`, `steps_open`, `same_person`, `not_asked`.
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
			if not private.has_room(r.program_id, (given->>'worker')::uuid) then return 'worker_full'; end if;
		end if;
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

/** What an event does to the match of a referral; the state it leads to. */
create function private.follow_match(r public.referrals, event text, leads_to public.referral_state, given jsonb)
returns public.referral_state language plpgsql volatile set search_path = '' as $$
declare
	m private.referral_matches;
begin
	select * into m from private.referral_matches x where x.referral_id = r.id and x.ended_at is null for update;
	if event = 'propose' then
		update private.referral_matches x set ended_at = now() where x.id = m.id;
		insert into private.referral_matches (referral_id, worker_id, came_from)
			values (r.id, (given->>'worker')::uuid, r.state);
	elsif event in ('worker_yes', 'peer_yes') then
		update private.referral_matches x set
			worker_said_yes_at = case when event = 'worker_yes' then now() else x.worker_said_yes_at end,
			peer_said_yes_at = case when event = 'peer_yes' then now() else x.peer_said_yes_at end
			where x.id = m.id returning * into m;
		if m.worker_said_yes_at is null or m.peer_said_yes_at is null then return 'match_proposed'; end if;
	elsif event in ('worker_no', 'peer_no') then
		update private.referral_matches x set ended_at = now() where x.id = m.id;
		-- A handover that falls through: the worker from before goes on.
		if m.came_from in ('active', 'paused') then
			update private.referral_matches x set ended_at = null where x.id = (
				select b.id from private.referral_matches b where b.referral_id = r.id and b.first_met_on is not null
				order by b.ended_at desc limit 1);
		end if;
		return m.came_from;
	elsif event = 'begin' then
		update private.referral_matches x set first_met_on = (given->>'first_met_on')::date where x.id = m.id;
	elsif leads_to in ('withdrawn', 'completed', 'ended_early', 'entered_in_error', 'declined', 'redirected') then
		update private.referral_matches x set ended_at = now() where x.id = m.id;
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

/*
 * Moves a referral, as the signed-in person.
 *
 * @param expected the version that the person has seen
 * @param given `{ event_id, words (sealed), reason, next_word_on, worker, first_met_on, end_on, for_peer }`, as the event needs
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
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	parts := private.my_parts(r);
	select * into t from private.referral_transitions x
		where x.from_state = r.state and x.event = move_referral.event and x.actor = any (parts)
		order by array_position(parts, x.actor) limit 1;
	-- Two who propose one worker at once: the second counts the first's.
	if t.event = 'propose' then perform pg_advisory_xact_lock(hashtextextended(given->>'worker', 2)); end if;
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
	given := given - array(select x from unnest('{reason,next_word_on,worker,first_met_on,end_on}'::text[]) x where x <> all (t.requires));
	was := r.state;
	r.state := private.follow_match(r, event, t.to_state, given);
	perform private.follow_event(r, event);
	update public.referrals x set
		state = r.state,
		version = x.version + 1,
		state_since = case when r.state <> was then now() else x.state_since end,
		coordinator_id = case when event = 'acknowledge' then auth.uid() else x.coordinator_id end,
		needs_home = x.needs_home and event <> 'acknowledge',
		-- The day that was promised and one's place in line are kept when a match falls through.
		-- A day that was named stays named while the referral is looked at again.
		next_word_on = case when r.state in ('waitlisted', 'match_proposed') or event = 'reconsider'
			then coalesce((given->>'next_word_on')::date, x.next_word_on) end,
		-- Whoever has been supported since goes to the end of the line.
		waiting_since = case when event = 'reopen' and was = 'ended_early' then null when r.state = 'waitlisted' or was = 'waitlisted' then coalesce(x.waiting_since, now())
			else x.waiting_since end,
		-- A correction is due as long as it waits for its second person, in whatever state.
		attention_on = case when event = 'ask_correction' or x.has_correction and event not in ('confirm_correction', 'drop_correction')
			then least(x.attention_on, private.program_today(x.program_id))
			else private.attention_after(x.program_id, r.state, coalesce((given->>'next_word_on')::date, x.next_word_on)) end,
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
	return jsonb_build_object('ok', r.state, 'version', r.version);
end $$;

/*
 * Settles a closing step. `{ ok }`, or `{ refused }`: not_found, not_possible (no ending has begun).
 */
create function public.settle_closing_step(referral uuid, step text, settled text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	r public.referrals;
	parts public.referral_actor[];
	refused text;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	parts := private.my_parts(r);
	refused := case when not parts && '{coordinator,worker}' then 'not_found' when r.state <> 'ending' then 'not_possible' end;
	if refused is null then
		update private.referral_closing_steps s set settled = settle_closing_step.settled, settled_at = now(), settled_by = auth.uid()
			where s.referral_id = r.id and s.step = settle_closing_step.step;
		if not found then refused := 'not_possible'; end if;
	end if;
	perform private.audit(r.program_id, 'referral.step_settled', r.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('step', left(step, 40), 'settled', left(settled, 40), 'why', refused)));
	return case when refused is null then '{"ok":true}' else jsonb_build_object('refused', refused) end;
end $$;

grant execute on function public.move_referral, public.settle_closing_step to authenticated;
