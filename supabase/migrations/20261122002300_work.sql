-- What workers see of those they support or are asked to support, and nothing else; what coordinators and supervisors see of workers.

/** The next meeting of a match that is not over, or the one that is under way: as `meeting_row`, or null. */
create function private.next_meeting(referral uuid, worker uuid) returns jsonb
language sql stable set search_path = '' as $$
	select private.meeting_row(m) from private.support_meetings m
	where m.referral_id = referral and m.worker_id = worker and m.cancelled_at is null and m.checked_out_at is null
		and (m.checked_in_at is not null or m.ends_at > now())
	order by m.starts_at limit 1
$$;

/** What this worker has asked for; what somebody else has is between them and a coordinator. */
create function private.asked_by_me(r public.referrals, m private.referral_matches) returns text[]
language sql stable set search_path = '' as $$
	select array(select x from unnest(r.asked_for) x where exists (select from private.referral_events e
		where e.referral_id = r.id and e.event = 'ask_' || x and e.actor_id = m.worker_id and e.at >= m.proposed_at))
$$;

/*
 * The signed-in worker's work in a program, or null for others; each reading of somebody's initials is audited.
 * `{ proposals: [{ reference, match_id, proposed_at, area, is_opened, said_yes_at }],
 *    people: [{ id, reference, match_id, state, version, area, is_coming, first_met_on, ends_on, initials (sealed), next_meeting,
 *      planned_meetings, open_steps, asked_for (by them), has_goals, has_conversation }],
 *    under_way: [{ reference, meeting }], with people they support no more }`
 */
create function public.my_work(program uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	work jsonb;
begin
	if (program = any (array(select private.my_programs('worker')))) is not true then
		perform private.audit(program, 'work.listed', auth.uid(), 'refused');
		return null;
	end if;
	select jsonb_build_object(
		'proposals', coalesce(jsonb_agg(jsonb_build_object('reference', r.reference, 'match_id', m.id, 'proposed_at', m.proposed_at,
			'area', a.name, 'is_opened', m.opened_at is not null, 'said_yes_at', m.worker_said_yes_at) order by m.proposed_at)
			filter (where m.first_met_on is null and r.state = 'match_proposed'), '[]'),
		'people', coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'reference', r.reference, 'match_id', m.id, 'state', r.state,
			'version', r.version, 'area', a.name, 'is_coming', m.first_met_on is null, 'first_met_on', m.first_met_on,
			'ends_on', r.ends_on, 'initials', m.initials, 'next_meeting', private.next_meeting(r.id, m.worker_id),
			'planned_meetings', (select count(*) from private.support_meetings x where x.referral_id = r.id and x.worker_id = m.worker_id
				and x.cancelled_at is null and x.starts_at > now()),
			'open_steps', (select count(*) from private.referral_closing_steps s where s.referral_id = r.id and s.settled is null),
			'asked_for', private.asked_by_me(r, m),
			'has_goals', exists (select from private.support_entries e where e.referral_id = r.id and e.kind = 'goal' and e.removed_at is null),
			'has_conversation', exists (select from private.support_entries e where e.referral_id = r.id and e.kind = 'conversation'))
			order by m.first_met_on nulls last, m.proposed_at)
			filter (where m.first_met_on is not null or r.state = 'matched'), '[]'))
		into work
	from private.referral_matches m join public.referrals r on r.id = m.referral_id left join public.areas a on a.id = r.area_id
	where m.worker_id = auth.uid() and m.ended_at is null and r.program_id = program;
	-- One's own that is under way with somebody whom one does not support any more: it has to be ended all the same.
	work := work || jsonb_build_object('under_way', (
		select coalesce(jsonb_agg(jsonb_build_object('reference', r.reference, 'meeting', private.meeting_row(x)) order by x.starts_at), '[]')
		from private.support_meetings x join public.referrals r on r.id = x.referral_id
		where x.worker_id = auth.uid() and r.program_id = program and x.checked_in_at is not null and x.checked_out_at is null
			and x.cancelled_at is null and not exists (select from private.referral_matches m
				where m.referral_id = r.id and m.worker_id = x.worker_id and m.ended_at is null)));
	perform private.audit(program, 'work.initials_read', x.id) from jsonb_to_recordset(work->'people') as x (id uuid);
	return work;
end $$;

/*
 * What a proposed worker may see, or null: at first what is needed, in which languages, and where. Once opened, the initials, what
 * helps to meet safely, and the plan for the first meeting, too. Audited.
 * `{ id, reference, version, match_id, proposed_at, area, language_codes, goals (sealed), said_yes_at, is_opened,
 *    initials, safety, plan (sealed; when opened), program: { home_visits, personal_numbers } }`
 */
create function public.read_proposal(reference text, opening boolean default false) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	m private.referral_matches;
begin
	select * into r from public.referrals x where x.reference = read_proposal.reference;
	if r.id is null then return null; end if;
	select * into m from private.referral_matches x where x.referral_id = r.id and x.worker_id = auth.uid() and x.ended_at is null
		and x.first_met_on is null and r.state = 'match_proposed' and private.has_role(r.program_id, auth.uid(), 'worker') for update;
	if m.id is null then
		perform private.audit(r.program_id, 'work.proposal_read', r.id, 'refused');
		return null;
	end if;
	if opening and m.opened_at is null then
		update private.referral_matches x set opened_at = now() where x.id = m.id returning * into m;
	end if;
	perform private.audit(r.program_id, 'work.proposal_read', r.id, 'done', jsonb_build_object('opened', m.opened_at is not null));
	return (select jsonb_build_object('id', r.id, 'reference', r.reference, 'version', r.version, 'match_id', m.id,
		'program_id', r.program_id, 'proposed_at', m.proposed_at, 'language_codes', r.language_codes, 'goals', d.goals,
		'area', (select a.name from public.areas a where a.id = r.area_id), 'said_yes_at', m.worker_said_yes_at,
		'is_opened', m.opened_at is not null,
		'program', (select jsonb_build_object('home_visits', s.home_visits, 'personal_numbers', s.personal_numbers)
			from public.referral_settings s where s.program_id = r.program_id))
		|| case when m.opened_at is not null then jsonb_build_object('initials', m.initials, 'safety', d.safety, 'plan', m.plan) else '{}' end
		from private.referral_details d where d.referral_id = r.id);
end $$;

/*
 * A support, for its worker, their supervisor or a coordinator, or null; audited. Of what happened before they were matched, workers
 * and supervisors see nothing; a worker sees no other worker's notes, a supervisor those of whom they supervise.
 * `{ id, reference, program_id, state, version, state_since, part, area, team, language_codes, age_band, consented_on, ends_on, asked_for,
 *    is_running, is_coming, match_id, worker: { id, name }, first_met_on, initials, plan, sealed: { client, contact, goals, safety,
 *    referrer }, entries, meetings, steps: [{ step, settled, settled_at }], timeline: [{ id, event, at, day, reason, actor, for_peer }],
 *    moves, program: { home_visits, personal_numbers, duty_name, duty_phone } }`
 */
create function public.read_support(reference text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	m private.referral_matches;
	part text;
	supervised uuid[];
begin
	select * into r from public.referrals x where x.reference = read_support.reference;
	if r.id is null then return null; end if;
	part := private.support_part(r);
	supervised := array(select x.worker_id from private.my_supervised() x where x.program_id = r.program_id);
	-- The match that is spoken of: one's own or of whom one supervises, else the one that runs, else the last.
	select * into m from private.referral_matches x where x.referral_id = r.id
		and (x.first_met_on is not null or x.ended_at is null and x.worker_said_yes_at is not null and x.peer_said_yes_at is not null)
		order by x.ended_at is not null, x.worker_id <> auth.uid(), part = 'supervisor' and not exists (select from private.my_supervised() s
			where s.program_id = r.program_id and s.worker_id = x.worker_id), x.first_met_on is null, x.proposed_at desc limit 1;
	if part is null or m.id is null then
		perform private.audit(r.program_id, 'support.read', r.id, 'refused');
		return null;
	end if;
	perform private.audit(r.program_id, 'support.read', r.id, 'done', jsonb_build_object('as', part));
	return jsonb_build_object('id', r.id, 'reference', r.reference, 'program_id', r.program_id, 'state', r.state, 'version', r.version,
		'state_since', r.state_since, 'part', part, 'language_codes', r.language_codes, 'age_band', r.age_band,
		'consented_on', r.consented_on, 'ends_on', r.ends_on,
		'asked_for', case when part = 'worker' then private.asked_by_me(r, m) else r.asked_for end, 'closed_at', r.closed_at,
		'is_erased', r.erased_at is not null, 'is_running', private.is_running(r),
		'area', (select a.name from public.areas a where a.id = r.area_id), 'team', (select t.name from public.teams t where t.id = r.team_id),
		'is_coming', m.first_met_on is null, 'match_id', m.id, 'first_met_on', m.first_met_on, 'initials', m.initials, 'plan', m.plan,
		'worker', (select jsonb_build_object('id', u.id, 'name', coalesce(p.name, u.email)) from auth.users u
			left join public.people p on p.user_id = u.id where u.id = m.worker_id),
		'sealed', private.sealed_details(r.id),
		'entries', (select coalesce(jsonb_agg(private.entry_row(e) order by e.number), '[]') from private.support_entries e
			where e.referral_id = r.id and (e.kind <> 'note' or part = 'coordinator' or e.author_id = auth.uid()
				or part = 'supervisor' and e.author_id = any (supervised))),
		'meetings', (select coalesce(jsonb_agg(private.meeting_row(x) order by x.starts_at), '[]') from private.support_meetings x
			where x.referral_id = r.id and (part = 'coordinator' or x.worker_id = auth.uid()
				or part = 'supervisor' and x.worker_id = any (supervised))),
		'steps', (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'settled', s.settled, 'settled_at', s.settled_at)), '[]')
			from private.referral_closing_steps s where s.referral_id = r.id),
		'timeline', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'event', e.event, 'at', e.at, 'day', e.day, 'reason', e.reason,
			'actor', p.name, 'for_peer', e.for_peer, 'to', e.to_state) order by e.number), '[]')
			from private.referral_events e left join public.people p on p.user_id = e.actor_id
			where e.referral_id = r.id and e.event in ('begin', 'pause', 'resume', 'ask_handover', 'settle_handover', 'ask_call',
				'settle_call', 'begin_ending', 'extend', 'complete', 'end_early')
				-- What was before them, or others have asked for, is nothing to a worker.
				and (part <> 'worker' or e.at >= m.proposed_at and (e.event not like '%handover' and e.event not like '%call'
					or e.actor_id = auth.uid()))),
		'moves', case when part = 'supervisor' then '[]' else (select coalesce(jsonb_agg(distinct x->'event'), '[]')
			from jsonb_array_elements(private.possible_moves(r)) x) end,
		'program', (select jsonb_build_object('home_visits', s.home_visits, 'personal_numbers', s.personal_numbers,
			'duty_name', s.duty_name, 'duty_phone', s.duty_phone) from public.referral_settings s where s.program_id = r.program_id));
end $$;

/*
 * Who might support the peer of a referral, for its coordinators, or null: `[{ id, name, cap, load, has_room, is_in_area, languages
 * (shared with the peer), language_codes, areas (names), less_until, away_until, about, wishes, asked_at (proposed before), fell_through
 * (before they met), knows_them, is_present (supports already) }]`: who has room first, then who works in the area and speaks the
 * language, then who has least to do. An order to read in, not a score.
 */
create function public.match_candidates(referral uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
begin
	select * into r from public.referrals x where x.id = referral;
	if (r.program_id = any (array(select private.my_programs('coordinator')))) is not true then
		if r.id is not null then perform private.audit(r.program_id, 'work.candidates_read', r.id, 'refused'); end if;
		return null;
	end if;
	return (
		select coalesce(jsonb_agg(to_jsonb(c) order by c.is_present, c.knows_them, c.away_until is not null, not c.has_room, not c.is_in_area,
			c.languages = '{}', c.load, c.name), '[]')
		from (
			select w.id, w.name, w.cap, w.load, w.less_until, w.away_until, w.about, w.wishes, w.language_codes, w.areas,
				private.has_room(r.program_id, w.id) as has_room,
				coalesce(r.area_id = any (w.area_ids), false) as is_in_area,
				array(select x from unnest(w.language_codes) x where x = any (r.language_codes)) as languages,
				before.proposed_at as asked_at,
				coalesce(before.ended_at is not null and before.first_met_on is null, false) as fell_through,
				coalesce(before.knows_them, false) as knows_them,
				coalesce(before.ended_at is null and before.id is not null, false) as is_present
			from private.workers_at_present(r.program_id) w
			left join lateral (select * from private.referral_matches m where m.referral_id = r.id and m.worker_id = w.id
				order by m.ended_at is not null, m.knows_them desc, m.proposed_at desc limit 1) before on true
			where not w.has_left
		) c);
end $$;

/*
 * The workers of a program at present, with what they say of themselves and how many they support; and whoever has left while somebody
 * still counts on them.
 */
create function private.workers_at_present(program uuid) returns table (id uuid, name text, cap integer, load integer, proposed integer,
	less_until date, away_until date, cover_id uuid, cover text, language_codes text[], areas text[], area_ids uuid[], about text,
	wishes text, phone text, supervisors text[], supervisor_ids uuid[], has_left boolean)
language sql stable set search_path = '' as $$
	select m.user_id, coalesce(p.name, u.email), coalesce(w.cap, 2),
		(select count(*)::integer from private.referral_matches x join public.referrals r on r.id = x.referral_id
			where x.worker_id = m.user_id and x.ended_at is null and r.program_id = program
				and (x.first_met_on is not null or r.state = 'matched')),
		(select count(*)::integer from private.referral_matches x join public.referrals r on r.id = x.referral_id
			where x.worker_id = m.user_id and x.ended_at is null and r.program_id = program
				and x.first_met_on is null and r.state = 'match_proposed'),
		case when w.less_until >= private.program_today(program) then w.less_until end, a.until, a.cover_id,
		(select coalesce(cp.name, cu.email) from auth.users cu left join public.people cp on cp.user_id = cu.id where cu.id = a.cover_id),
		coalesce(w.language_codes, '{}'),
		array(select r.name from public.worker_areas x join public.areas r on r.id = x.area_id
			where x.program_id = program and x.user_id = m.user_id order by r.name),
		array(select x.area_id from public.worker_areas x where x.program_id = program and x.user_id = m.user_id),
		coalesce(w.about, ''), coalesce(w.wishes, ''), coalesce(w.phone, ''),
		array(select coalesce(sp.name, su.email) from public.supervisions s join auth.users su on su.id = s.supervisor_id
			left join public.people sp on sp.user_id = su.id where s.program_id = program and s.worker_id = m.user_id order by 1),
		array(select s.supervisor_id from public.supervisions s where s.program_id = program and s.worker_id = m.user_id),
		m.deactivated_at is not null
	from public.memberships m
	join auth.users u on u.id = m.user_id
	left join public.people p on p.user_id = m.user_id
	left join public.workers w on w.program_id = program and w.user_id = m.user_id
	left join public.absences a on a.program_id = program and a.user_id = m.user_id and a.until >= private.program_today(program)
	where m.program_id = program and m.role = 'worker' and (m.deactivated_at is null
		or exists (select from private.referral_matches x join public.referrals r on r.id = x.referral_id
			where x.worker_id = m.user_id and x.ended_at is null and r.program_id = program))
$$;

/*
 * The workers of a program, for its coordinators, or a supervisor's own, by name; null for others: `[{ id, name, cap, load, proposed,
 * less_until, away_until, cover_id, cover, language_codes, areas, about, wishes, supervisors (names), supervisor_ids, has_left }]`
 */
create function public.program_workers(program uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select case when program = any (array(select private.my_programs('coordinator')))
			or program = any (array(select private.my_programs('supervisor'))) then (
		select coalesce(jsonb_agg(to_jsonb(w) - 'area_ids' order by w.name), '[]') from private.workers_at_present(program) w
		where program = any (array(select private.my_programs('coordinator'))) or auth.uid() = any (w.supervisor_ids))
	end
$$;

/*
 * Whom a worker supports or is asked to, for coordinators and the worker's supervisors, or null; nothing sealed:
 * `[{ reference, state, area, proposed_at, first_met_on, ends_on, is_coming, asked_for, next_meeting_at }]`
 */
create function public.worker_matches(program uuid, worker uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select case when program = any (array(select private.my_programs('coordinator')))
			or (program, worker) in (select s.program_id, s.worker_id from private.my_supervised() s) then (
		select coalesce(jsonb_agg(jsonb_build_object('reference', r.reference, 'state', r.state, 'area', a.name,
			'proposed_at', m.proposed_at, 'first_met_on', m.first_met_on, 'ends_on', r.ends_on, 'is_coming', m.first_met_on is null,
			'asked_for', r.asked_for, 'next_meeting_at', private.next_meeting(r.id, worker)->>'starts_at')
			order by m.first_met_on nulls last, m.proposed_at), '[]')
		from private.referral_matches m join public.referrals r on r.id = m.referral_id left join public.areas a on a.id = r.area_id
		where m.worker_id = worker and m.ended_at is null and r.program_id = program)
	end
$$;

/*
 * Whom to tell that a worker does not come, for coordinators, or null; audited for each person: `{ worker, away_until, cover_id, cover, people: [{ id,
 * reference, match_id, state, team, initials, sealed: { client, contact, referrer }, referrer_email, meetings }] }`, with the meetings of the next
 * four weeks.
 */
create function public.call_sheet(program uuid, worker uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	people jsonb;
begin
	if (program = any (array(select private.my_programs('coordinator')))) is not true
		or not exists (select from private.workers_at_present(program) w where w.id = worker) then
		perform private.audit(program, 'work.call_sheet_read', worker, 'refused');
		return null;
	end if;
	select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'reference', r.reference, 'match_id', m.id, 'state', r.state,
			'team', (select t.name from public.teams t where t.id = r.team_id), 'initials', m.initials,
			'sealed', private.sealed_details(r.id) - '{goals,safety}'::text[], 'referrer_email', r.referrer_email,
			'meetings', (select coalesce(jsonb_agg(private.meeting_row(x) order by x.starts_at), '[]') from private.support_meetings x
				where x.referral_id = r.id and x.worker_id = worker and x.cancelled_at is null and x.checked_out_at is null
					and x.ends_at > now() and x.starts_at < now() + interval '28 days'))
			order by (private.next_meeting(r.id, worker)->>'starts_at') nulls last, r.reference), '[]') into people
		from private.referral_matches m join public.referrals r on r.id = m.referral_id
		where m.worker_id = worker and m.ended_at is null and r.program_id = program and (m.first_met_on is not null or r.state = 'matched');
	perform private.audit(program, 'work.call_sheet_read', x.id) from jsonb_to_recordset(people) as x (id uuid);
	return (select jsonb_build_object('worker', w.name, 'away_until', w.away_until, 'cover_id', w.cover_id, 'cover', w.cover,
		'people', people) from private.workers_at_present(program) w where w.id = worker);
end $$;

grant execute on function public.my_work, public.read_proposal, public.read_support, public.match_candidates, public.program_workers,
	public.worker_matches, public.call_sheet to authenticated;
