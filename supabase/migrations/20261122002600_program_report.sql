-- What a program did in a year, for its coordinators: numbers of people, of which none between one and four is told.

/** A number of people as it may be shown: null for one to four. */
create function private.unless_few(people bigint) returns bigint
language sql immutable set search_path = '' as $$ select case when people between 1 and 4 then null else people end $$;

/*
 * Which rows of a table may be told cell by cell: none of their cells is about one to four people, and neither is any that the rest
 * of the rows make together, which whoever has the sums can work out. A cell is `labels[i]`, `kinds[i]`, `people[i]`, those that are
 * empty left out; of rows other than `may` not even the sum is told.
 */
create function private.rows_without_few(labels text[], kinds bigint[], people bigint[], may text[]) returns text[]
language plpgsql immutable set search_path = '' as $$
declare
	told text[] := array(select c.label from unnest(labels, people) c (label, people) where c.label = any (may)
		group by c.label having min(c.people) >= 5 order by sum(c.people), c.label);
begin
	while cardinality(told) > 0 and exists (select from unnest(labels, kinds, people) c (label, kind, people)
		where c.label <> all (told) group by c.kind having sum(c.people) < 5) loop
		-- The smallest joins the rest.
		told := told[2:];
	end loop;
	return told;
end $$;

/** The area or team that a report's row is of; empty where there is none, and by month. */
create function private.report_row(by_what text, area uuid, team uuid) returns text
language sql stable set search_path = '' as $$
	select coalesce(case by_what when 'area' then (select a.name from public.areas a where a.id = area)
		when 'team' then (select concat_ws(', ', t.name, nullif(t.site, '')) from public.teams t where t.id = team) end, '')
$$;

/*
 * A program's year, by month, area or team, or null for those who do not coordinate it; audited.
 * `{ groups: [{ label, asked, began, ended, wait_median_days, wait_p90_days }], all (the same of all together), ended: [{ outcome, reason,
 * people }], ended_by: [{ label, ended }], ended_elsewhere, now: { open, waiting, supported, others },
 * workers: { workers, load_mean, free_places }, first_year }`
 *
 * Asked: requests that came in; began: first meetings; ended: what was closed; each in that year. Now: `others` are neither waiting nor
 * supported. People are null for one to four, and where the sum would tell, of the next smallest, too. Waits, from asking until the
 * first meeting, are of at least five people, whose number is shown: else they would tell which number is hidden for another's sake.
 * `ended_by` has the rows that may be told outcome by outcome; `ended_elsewhere` is all others together, null if there are none or no row
 * may be told. In both `outcome` is null for those that `ended` does not tell. What began and has not ended in the year counts as one more
 * cell of a row: who knows the others knows it. The mean load says no more than the numbers that are shown. `first_year`: of the
 * first request; null where there is none.
 */
create function public.program_report(program uuid, year integer, by_what text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	zone constant text := (select p.time_zone from public.programs p where p.id = program);
	starts constant timestamptz := make_date(year, 1, 1)::timestamp at time zone zone;
	ends constant timestamptz := make_date(year + 1, 1, 1)::timestamp at time zone zone;
begin
	if (program = any (array(select private.my_programs('coordinator')))) is not true then
		perform private.audit(program, 'report.read', null, 'refused');
		return null;
	end if;
	perform private.audit(program, 'report.read', null, 'done', jsonb_build_object('year', year, 'by', left(by_what, 10)));
	return (
		with requests as (
			select r.id, r.state, r.closed_at, r.submitted_at, first.met,
				private.report_row(by_what, r.area_id, r.team_id) as named,
				(select e.reason from private.referral_events e where e.referral_id = r.id and e.to_state = r.state
					and e.from_state is distinct from e.to_state order by e.number desc limit 1) as closed_for,
				(select e.reason from private.referral_events e where e.referral_id = r.id and e.event = 'begin_ending'
					order by e.number desc limit 1) as ended_for
			from public.referrals r
			left join lateral (select min(m.first_met_on) as met from private.referral_matches m where m.referral_id = r.id) first on true
			-- Before it came in and after it was closed nothing happened to it.
			where r.program_id = program and r.state <> 'entered_in_error' and r.submitted_at < ends
				and (r.closed_at is null or r.closed_at >= starts)
		), told as (
			select case when by_what = 'month' then to_char(x.at at time zone zone, 'YYYY-MM') else r.named end as label,
				x.what, case when x.what = 'ended' then r.state::text end as outcome,
				case when x.what = 'ended' then coalesce(case when r.state = 'completed' then r.ended_for else r.closed_for end, '') end as reason,
				case when x.what = 'began' then r.met - (r.submitted_at at time zone zone)::date end as waited
			from requests r, lateral (values ('asked', r.submitted_at), ('began', r.met::timestamp at time zone zone), ('ended', r.closed_at))
				x (what, at)
			where x.at >= starts and x.at < ends
		), labels as (
			select l.label, row_number() over (order by l.label = '', l.label) as n from (
				select to_char(make_date(year, g, 1), 'YYYY-MM') as label from generate_series(1, 12) g where by_what = 'month'
				union select t.label from told t) l
		), counts as (
			select l.n, l.label, count(*) filter (where t.what = 'asked')::integer as asked,
				count(*) filter (where t.what = 'began')::integer as began, count(*) filter (where t.what = 'ended')::integer as ended
			from labels l left join told t on t.label = l.label group by l.n, l.label
		), shown as (
			select c.n, c.label, a.people as asked, b.people as began, e.people as ended from counts c
			join private.without_few(array(select x.asked from counts x order by x.n)) with ordinality a (people, n) on a.n = c.n
			join private.without_few(array(select x.began from counts x order by x.n)) with ordinality b (people, n) on b.n = c.n
			join private.without_few(array(select x.ended from counts x order by x.n)) with ordinality e (people, n) on e.n = c.n
		), outcomes as (
			select o.outcome, o.reason, o.n, w.people from (
				select t.outcome, t.reason, count(*)::integer as people, row_number() over (order by t.outcome, t.reason) as n
				from told t where t.what = 'ended' group by t.outcome, t.reason) o
			join private.without_few(array(select count(*)::integer from told t where t.what = 'ended' group by t.outcome, t.reason
				order by t.outcome, t.reason)) with ordinality w (people, n) on w.n = o.n
		), cells as (
			select t.label, k.kind, count(*) as people from told t
			join outcomes o on o.outcome = t.outcome and o.reason = t.reason, lateral (select case when o.people is not null then o.n end) k (kind)
			where t.what = 'ended' group by t.label, k.kind
		), going as (
			select t.label, count(*) filter (where t.what = 'began') - count(*) filter (where t.outcome in ('completed', 'ended_early')) as people
			from told t group by t.label
		), whole as (
			select private.rows_without_few(array_agg(c.label), array_agg(c.kind), array_agg(c.people),
				array(select s.label from shown s where s.ended is not null)) as labels
			from (select * from cells union all select g.label, 0, g.people from going g where g.people > 0) c
		), outcomes_by as (
			select r.label, jsonb_agg(jsonb_build_object('outcome', o.outcome, 'reason', nullif(o.reason, ''), 'people', r.people)
				order by r.kind) as ended
			from (select w.label, c.kind, sum(c.people) as people
				from cells c, whole h, lateral (select case when c.label = any (h.labels) then c.label end) w (label)
				group by w.label, c.kind) r
			left join outcomes o on o.n = r.kind group by r.label
		), present as (
			select n.open, array(select private.without_few(array[n.waiting, n.supported, n.open - n.waiting - n.supported])) as shown
			from (select count(*)::integer as open, count(*) filter (where r.state = 'waitlisted')::integer as waiting,
					count(*) filter (where r.state in ('active', 'paused', 'ending'))::integer as supported
				from public.referrals r where r.program_id = program and r.closed_at is null) n
		)
		select jsonb_build_object(
			'groups', (select coalesce(jsonb_agg(jsonb_build_object('label', s.label, 'asked', s.asked, 'began', s.began, 'ended', s.ended,
				'wait_median_days', w.median, 'wait_p90_days', w.p90) order by s.n), '[]')
				from shown s left join lateral (select percentile_cont(0.5) within group (order by t.waited) as median,
					percentile_cont(0.9) within group (order by t.waited) as p90
					from told t where t.label = s.label and t.what = 'began' having count(*) >= 5) w on s.began is not null),
			'all', (select jsonb_build_object('asked', private.unless_few(count(*) filter (where t.what = 'asked')),
				'began', private.unless_few(count(*) filter (where t.what = 'began')),
				'ended', private.unless_few(count(*) filter (where t.what = 'ended')),
				'wait_median_days', case when count(t.waited) >= 5 then percentile_cont(0.5) within group (order by t.waited) end,
				'wait_p90_days', case when count(t.waited) >= 5 then percentile_cont(0.9) within group (order by t.waited) end) from told t),
			'ended', (select coalesce(jsonb_agg(jsonb_build_object('outcome', o.outcome, 'reason', nullif(o.reason, ''), 'people', o.people)
				order by o.n), '[]') from outcomes o),
			'ended_by', (select coalesce(jsonb_agg(jsonb_build_object('label', b.label, 'ended', b.ended) order by s.n), '[]')
				from outcomes_by b join shown s on s.label = b.label),
			'ended_elsewhere', (select b.ended from outcomes_by b where b.label is null and exists (select from outcomes_by x where x.label is not null)),
			'now', (select jsonb_build_object('open', private.unless_few(p.open), 'waiting', p.shown[1], 'supported', p.shown[2],
				'others', p.shown[3]) from present p),
			'workers', (select jsonb_build_object('workers', private.unless_few(count(*)),
				'load_mean', case when count(*) >= 5 then round((select p.shown[2] from present p)::numeric / count(*), 1) end,
				'free_places', case when count(*) >= 5 then sum(greatest(w.cap - w.load - w.proposed, 0)) end)
				from private.workers_at_present(program) w where not w.has_left),
			'first_year', (select extract(year from min(r.submitted_at) at time zone zone)::integer from public.referrals r
				where r.program_id = program and r.state <> 'entered_in_error')));
end $$;

grant execute on function public.program_report to authenticated;
