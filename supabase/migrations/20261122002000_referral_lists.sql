-- The lists that coordinators and referrers have of referrals: a page, counts, a search. They hold nothing sealed, and run under row
-- level security unless what they answer is audited or somebody's own.

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
		'has_correction', r.has_correction, 'asked_for', r.asked_for, 'is_answered', r.is_answered, 'is_erased', r.erased_at is not null,
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
 * How many there are, each counted to 100 at most, `mine` and `team` as in `inbox`: `{ today, open, states: { triage: 3, … } }`, or
 * null for those who may not see them.
 */
create function public.inbox_counts(program uuid, mine boolean default false, team uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	one constant text := '(select count(*) from (select from public.referrals r where %s limit 100) x)';
	of_state constant text := 'r.state_number = s.number and ' || private.inbox_conditions(false, false, team);
	counts jsonb;
begin
	if (program = any (array(select private.my_programs('coordinator')))) is not true then return null; end if;
	execute format('
		with counted as materialized (
			select s.state, least(100, %s) as n
			from unnest(enum_range(null::public.referral_state)) with ordinality s (state, number)
		)
		select jsonb_build_object(''today'', %s, ''open'', least(100, sum(c.n) filter (where c.state < ''completed'')),
			''states'', jsonb_object_agg(c.state, c.n)) from counted c',
		-- Each by the index, which an `or` of both would not be.
		case when mine then format(one, of_state || ' and r.coordinator_id = any ($3)') || ' + '
			|| format(one, of_state || ' and r.coordinator_id is null') else format(one, of_state) end,
		format(one, private.inbox_conditions(true, mine, team)))
		into counts
		using program, private.program_today(program), case when mine then private.looked_after(program) end, team;
	return counts;
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
 * Looks referrals of a program up by keyed hashes of what was typed, and by the address of a referrer or second contact; audited. `[row]`, or null for
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
				where y.program_id = search_referrals.program and y.referrer_email = lower(trim(email)) limit 50))
			or x.id = any (array(select y.id from public.referrals y
				where y.program_id = search_referrals.program and y.second_email = lower(trim(email)) limit 50)))
		order by x.submitted_at desc limit 50) r;
	perform private.audit(program, 'referral.searched', null, 'done', jsonb_build_object('found', jsonb_array_length(found_rows)));
	return found_rows;
end $$;

grant execute on function private.list_row(public.referrals, text, text), private.program_today, private.looked_after,
	private.inbox_conditions to authenticated;
grant execute on function public.inbox, public.inbox_counts, public.my_referrals, public.search_referrals to authenticated;
