-- What coordinators and referrers see. Lists run under row level security and hold nothing sealed; a detail is read by a function
-- that writes the audit.

/*
 * One line of a list, for whoever may see the referral. No subquery and no settings of its own: so it becomes a part of the
 * statement that calls it, fifty times. As JSON, which is made in half the time of jsonb.
 */
create function private.list_row(r public.referrals, team text, area text) returns json
language sql stable as $$
	select json_build_object('id', r.id, 'reference', r.reference, 'state', r.state, 'version', r.version,
		'submitted_at', r.submitted_at, 'state_since', r.state_since, 'attention_on', r.attention_on, 'next_word_on', r.next_word_on,
		'waiting_since', r.waiting_since, 'is_overdue', r.state = 'submitted' and r.acknowledge_by < now(),
		'needs_home', r.needs_home, 'has_listed_domain', r.has_listed_domain, 'source', r.source,
		'has_correction', r.has_correction, 'is_answered', r.is_answered, 'is_erased', r.erased_at is not null,
		'coordinator_id', r.coordinator_id, 'team', team, 'area', area)
$$;
create function private.list_row(r public.referrals) returns jsonb
language sql stable set search_path = '' as $$
	select private.list_row(r, (select t.name from public.teams t where t.id = r.team_id),
		(select a.name from public.areas a where a.id = r.area_id))::jsonb
$$;

/*
 * Whose referrals the signed-in coordinator looks after: their own, and those of colleagues who are away or have left, unless
 * somebody else who is here covers.
 */
create function private.looked_after(program uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
	today constant date := private.program_today(program);
begin
	return (
		with coordinators as (
			select m.user_id, a.cover_id, bool_or(m.deactivated_at is null) and a.user_id is null as is_here
			from public.memberships m
			left join public.absences a on a.program_id = m.program_id and a.user_id = m.user_id and a.until >= today
			where m.program_id = looked_after.program and m.role in ('coordinator', 'admin')
			group by m.user_id, a.cover_id, a.user_id
		)
		select array_agg(c.user_id) from coordinators c where c.user_id = auth.uid()
			or not c.is_here and not exists (select from coordinators cover
				where cover.user_id = c.cover_id and cover.is_here and cover.user_id <> auth.uid())
	);
end $$;

/** Conditions on `r`, for statements whose first parameters are the program, its present day, whose are mine, and the team. */
create function private.inbox_conditions(is_today boolean, mine boolean, team uuid) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return 'r.program_id = $1'
		|| case when is_today then ' and r.attention_on <= $2' else '' end
		-- A correction needs another person than the one whose it is.
		|| case when mine and is_today then ' and (r.coordinator_id = any ($3) or r.coordinator_id is null or r.has_correction)'
			when mine then ' and (r.coordinator_id = any ($3) or r.coordinator_id is null)' else '' end
		|| case when team is not null then ' and r.team_id = $4' else '' end;
end $$;

/*
 * A page of a program's referrals, as the signed-in coordinator may see them: `[row]`, at most 50 and one more where there is more;
 * of those who wait, with their `place` in the program's line, 501 where it is further back.
 *
 * @param filters `{ view: 'today' | 'open' | a state, mine, team, after: { on, at, id } }`. Today: what needs somebody, the
 *   longest due first. Open and open states: the oldest first; waitlisted: in order. Closed states: the newest first. Mine: what
 *   the coordinator looks after, and nobody's. `after`: the last row of the page before, by the instant it is ordered by; today by
 *   `attention_on` (`on`) and then `submitted_at`.
 */
create function public.inbox(program uuid, filters jsonb) returns json
language plpgsql stable set search_path = '' as $$
declare
	view constant text := coalesce(filters->>'view', 'today');
	mine constant boolean := coalesce((filters->>'mine')::boolean, false);
	team constant uuid := filters->>'team';
	after constant jsonb := coalesce(filters->'after', '{}');
	is_closed constant boolean := view in ('completed', 'ended_early', 'declined', 'redirected', 'withdrawn', 'entered_in_error');
	order_by constant text := case when view in ('today', 'open') then 'submitted_at' when view = 'waitlisted' then 'waiting_since'
		else 'state_since' end;
	conditions text := private.inbox_conditions(view = 'today', mine, team);
	sorted text := format('r.%I %s, r.id %2$s', order_by, case when is_closed then 'desc' else 'asc' end);
	following text := format('(r.%I, r.id) %s ($6, $7)', order_by, case when is_closed then '<' else '>' end);
	page public.referrals[];
	waiting uuid[];
begin
	if view = 'today' then
		sorted := 'r.attention_on, ' || sorted;
		following := '(r.attention_on, r.submitted_at, r.id) > ($8, $6, $7)';
	else
		conditions := conditions || case view when 'open' then ' and r.closed_at is null'
			when 'waitlisted' then ' and r.state = ''waitlisted''' else ' and r.state_number = $5' end;
	end if;
	if after ? 'at' then conditions := conditions || ' and ' || following; end if;
	execute format('select array(select r from public.referrals r where %s order by %s limit 51)', conditions, sorted)
		into page
		using program, private.program_today(program), case when mine then private.looked_after(program) end, team,
			case when view not in ('today', 'open') then array_position(enum_range(null::public.referral_state),
				view::public.referral_state) end,
			(after->>'at')::timestamptz, (after->>'id')::uuid, (after->>'on')::date;
	if exists (select from unnest(page) r where r.state = 'waitlisted') then
		waiting := array(select w.id from public.referrals w where w.program_id = program and w.state = 'waitlisted'
			order by w.waiting_since, w.id limit 500);
	end if;
	return (
		-- Where one waits, the place is put before the closing brace.
		select coalesce(json_agg(case when (x.r).state = 'waitlisted' then (left(x.line::text, -1) || ',"place":'
			|| coalesce(array_position(waiting, (x.r).id), 501) || '}')::json else x.line end order by x.n), '[]')
		from (
			select u.r, u.n, private.list_row(u.r, t.name, a.name) as line
			from (select r, row_number() over () as n from unnest(page) r) u
			left join public.teams t on t.id = (u.r).team_id
			left join public.areas a on a.id = (u.r).area_id
		) x
	);
end $$;

/*
 * How many there are, each counted to 500 at most, `mine` and `team` as in `inbox`: `{ today, open, states: { triage: 3, … } }`, or
 * null for those who may not see them.
 */
create function public.inbox_counts(program uuid, mine boolean default false, team uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	one constant text := '(select count(*) from (select from public.referrals r where %s limit 500) x)';
	of_state constant text := 'r.state_number = s.number and ' || private.inbox_conditions(false, false, team);
	counts jsonb;
begin
	if (program = any (array(select private.my_programs('coordinator')))) is not true then return null; end if;
	execute format('
		with counted as materialized (
			select s.state, least(500, %s) as n
			from unnest(enum_range(null::public.referral_state)) with ordinality s (state, number)
		)
		select jsonb_build_object(''today'', %s, ''open'', least(500, sum(c.n) filter (where c.state < ''completed'')),
			''states'', jsonb_object_agg(c.state, c.n)) from counted c',
		-- Each by the index, which an `or` of both would not be.
		case when mine then format(one, of_state || ' and r.coordinator_id = any ($3)') || ' + '
			|| format(one, of_state || ' and r.coordinator_id is null') else format(one, of_state) end,
		format(one, private.inbox_conditions(true, mine, team)))
		into counts
		using program, private.program_today(program), case when mine then private.looked_after(program) end, team;
	return counts;
end $$;
grant execute on function private.list_row(public.referrals, text, text), private.program_today, private.looked_after,
	private.inbox_conditions to authenticated;
grant execute on function public.inbox, public.inbox_counts to authenticated;

/** What the signed-in person may do with a referral now: `[{ event, requires }]`. */
create function private.possible_moves(r public.referrals) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(distinct jsonb_build_object('event', t.event, 'requires', t.requires)), '[]')
	from private.referral_transitions t
	where t.from_state = r.state and t.actor = any (private.my_parts(r))
		and not (t.event = 'ask_correction' and r.has_correction)
		-- Nothing sealed is added to what was erased.
		and not ('words' = any (t.requires) and r.erased_at is not null)
		and not (t.event in ('confirm_correction', 'drop_correction') and not r.has_correction)
		and not ('within_30_days' = any (t.requires) and private.unmet(r, t.event, '{within_30_days}', '{}') is not null)
		and not ('correction' = any (t.requires) and private.unmet(r, t.event, '{correction}', '{}') is not null)
$$;

/** Other referrals of the program that share a name in full, a telephone number or an address: `[row and shares]`. */
create function private.likely_duplicates(r public.referrals) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(private.list_row(o) || jsonb_build_object('shares', x.shares) order by o.submitted_at desc), '[]')
	from (
		select h.referral_id, array_agg(distinct h.kind order by h.kind) as shares
		from private.referral_hashes mine
		join private.referral_hashes h on h.hash = mine.hash and h.kind = mine.kind and h.referral_id <> mine.referral_id
		where mine.referral_id = r.id and mine.kind in ('name', 'phone', 'email')
			and exists (select from public.referrals p where p.id = h.referral_id and p.program_id = r.program_id)
		group by h.referral_id limit 20
	) x
	join public.referrals o on o.id = x.referral_id
$$;

/** Who may coordinate a program's referrals: `[{ id, name, away_until }]`, by name. */
create function private.coordinators_of(program uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', m.user_id, 'name', coalesce(p.name, u.email), 'away_until', a.until)
		order by coalesce(p.name, u.email)), '[]')
	from (select distinct x.user_id from public.memberships x where x.program_id = program and x.deactivated_at is null
		and x.role in ('coordinator', 'admin')) m
	join auth.users u on u.id = m.user_id
	left join public.people p on p.user_id = m.user_id
	left join public.absences a on a.program_id = program and a.user_id = m.user_id and a.until >= private.program_today(program)
$$;

create function private.timeline(referral uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'event', e.event, 'from', e.from_state, 'to', e.to_state, 'at', e.at,
		'actor', e.actor, 'actor_name', p.name, 'for_peer', e.for_peer, 'reason', e.reason, 'day', e.day, 'words', e.words)
		order by e.number), '[]')
	from private.referral_events e left join public.people p on p.user_id = e.actor_id
	where e.referral_id = referral
$$;

create function private.sealed_details(referral uuid) returns jsonb
language sql stable set search_path = '' as $$
	select to_jsonb(d) - 'referral_id' from private.referral_details d where d.referral_id = referral
$$;

/*
 * All of a referral that a coordinator decides by, or null where there is none for them; the reading, or its refusal, is audited.
 * `row, { program_id, referrer_email, second_email, age_band, language_codes, consented_on, acknowledge_by, closed_at, erased_at,
 * place_in_line, coordinator (a name), coordinators, sealed: { client, contact, goals, safety, referrer }, timeline, moves,
 * duplicates, correction: { by, at, is_mine } | null }`
 */
create function public.read_referral(reference text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
begin
	select * into r from public.referrals x where x.reference = read_referral.reference;
	if r.id is null then return null; end if;
	if not 'coordinator' = any (private.my_parts(r)) then
		perform private.audit(r.program_id, 'referral.read', r.id, 'refused');
		return null;
	end if;
	perform private.audit(r.program_id, 'referral.read', r.id, 'done', '{"as":"coordinator"}');
	return private.list_row(r) || jsonb_build_object('program_id', r.program_id, 'referrer_email', r.referrer_email,
		'second_email', r.second_email, 'age_band', r.age_band, 'language_codes', r.language_codes, 'consented_on', r.consented_on,
		'acknowledge_by', r.acknowledge_by, 'closed_at', r.closed_at, 'erased_at', r.erased_at,
		'coordinator', (select coalesce(p.name, u.email) from auth.users u left join public.people p on p.user_id = u.id
			where u.id = r.coordinator_id),
		'coordinators', private.coordinators_of(r.program_id),
		'place_in_line', case when r.state = 'waitlisted' then (select count(*) + 1 from public.referrals w
			where w.program_id = r.program_id and w.state = 'waitlisted' and (w.waiting_since, w.id) < (r.waiting_since, r.id)) end,
		'sealed', private.sealed_details(r.id), 'timeline', private.timeline(r.id), 'moves', private.possible_moves(r),
		'duplicates', private.likely_duplicates(r),
		'correction', (select jsonb_build_object('by', p.name, 'at', c.asked_at, 'is_mine', c.asked_by = auth.uid())
			from private.pending_corrections c left join public.people p on p.user_id = c.asked_by where c.referral_id = r.id));
end $$;

/*
 * The signed-in person's own requests, the newest first: `[{ reference, state, submitted_at, state_since, acknowledge_by, next_word_on,
 * program, time_zone, team }]`.
 */
create function public.my_referrals() returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('reference', r.reference, 'state', r.state, 'submitted_at', r.submitted_at,
		'state_since', r.state_since, 'acknowledge_by', r.acknowledge_by, 'next_word_on', r.next_word_on,
		'program', p.name, 'time_zone', p.time_zone,
		'team', (select t.name from public.teams t where t.id = r.team_id)) order by r.submitted_at desc), '[]')
	from (
		select * from public.referrals x where x.referrer_email = private.my_email() and x.erased_at is null
		union select * from public.referrals x where x.second_email = private.my_email() and x.erased_at is null
	) r join public.programs p on p.id = r.program_id
$$;

/*
 * One of the signed-in person's own, or null; audited. What staff write to one another is not in it.
 * `{ id, reference, state, version, submitted_at, state_since, next_word_on, acknowledge_by, program, time_zone, team, addresses, wait,
 * sealed: { client, goals }, timeline, moves }`; `addresses`: where we write to.
 */
create function public.read_my_referral(reference text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	line jsonb;
begin
	select * into r from public.referrals x where x.reference = read_my_referral.reference and x.erased_at is null;
	if r.id is null then return null; end if;
	if not 'referrer' = any (private.my_parts(r)) then
		perform private.audit(r.program_id, 'referral.read', r.id, 'refused');
		return null;
	end if;
	perform private.audit(r.program_id, 'referral.read', r.id, 'done', '{"as":"referrer"}');
	select coalesce(jsonb_agg(case
		when e->>'event' in ('ask', 'answer', 'decline', 'redirect', 'waitlist', 'keep_waiting', 'withdraw') then e
		else e - 'words' - 'reason' - 'for_peer' end - 'actor_name' order by n), '[]') into line
	from jsonb_array_elements(private.timeline(r.id)) with ordinality as x (e, n)
	where e->>'event' not in ('note', 'assign', 'rehome', 'ask_correction', 'drop_correction', 'propose', 'worker_no', 'peer_no',
		'worker_yes', 'peer_yes') or e->>'to' = 'matched' and e->>'from' <> 'matched';
	return (select jsonb_build_object('id', r.id, 'reference', r.reference, 'state', r.state, 'version', r.version,
		'submitted_at', r.submitted_at, 'state_since', r.state_since, 'next_word_on', r.next_word_on,
		'acknowledge_by', r.acknowledge_by, 'program', p.name, 'time_zone', p.time_zone,
		'team', (select t.name from public.teams t where t.id = r.team_id),
		'addresses', to_jsonb(array_remove(array[r.referrer_email, r.second_email], null)),
		'wait', (select jsonb_build_object('min', s.wait_weeks_min, 'max', s.wait_weeks_max, 'stated_on', s.wait_stated_on)
			from public.referral_settings s where s.program_id = r.program_id and s.wait_weeks_min is not null),
		'sealed', jsonb_build_object('client', d.client, 'goals', d.goals), 'timeline', line,
		'moves', (select coalesce(jsonb_agg(distinct t.event), '[]') from private.referral_transitions t
			where t.from_state = r.state and t.actor = 'referrer'))
		from public.programs p left join private.referral_details d on d.referral_id = r.id where p.id = r.program_id);
end $$;

/*
 * Looks referrals of a program up by keyed hashes of what was typed, and by a referrer's address; audited. `[row]`, or null for
 * those who may not.
 */
create function public.search_referrals(program uuid, hashes text[], email text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	found_rows jsonb;
begin
	if coalesce(program = any (array(select private.my_programs('coordinator'))), false) is not true then
		perform private.audit(program, 'referral.searched', null, 'refused');
		return null;
	end if;
	select coalesce(jsonb_agg(private.list_row(r) order by r.submitted_at desc), '[]') into found_rows from (
		select * from public.referrals x where x.program_id = program and (
			x.id = any (array(select h.referral_id from private.referral_hashes h where h.hash = any (hashes)))
			or x.id = any (array(select y.id from public.referrals y
				where y.program_id = search_referrals.program and y.referrer_email = lower(trim(email)) limit 50)))
		order by x.submitted_at desc limit 50) r;
	perform private.audit(program, 'referral.searched', null, 'done', jsonb_build_object('found', jsonb_array_length(found_rows)));
	return found_rows;
end $$;

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

grant execute on function public.read_referral, public.my_referrals, public.read_my_referral, public.search_referrals,
	public.assign_referral, public.rehome_referral, public.note_referral, public.acknowledge_referrals to authenticated;
