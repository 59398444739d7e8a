-- Schedules expanded into instants, several weeks ahead, so that "open now" is one index look-up, right across daylight
-- saving, past midnight and on statutory holidays.

create table public.opening_intervals (
	id bigint generated always as identity primary key,
	location_id uuid not null references public.locations on delete cascade,
	-- Null: the place as a whole.
	service_at_location_id uuid references public.service_at_locations on delete cascade,
	opens_at timestamptz not null,
	closes_at timestamptz not null check (closes_at > opens_at)
);
create index opening_intervals_by_location on public.opening_intervals (location_id, closes_at);

grant select on public.opening_intervals to anon, authenticated;
grant all on public.opening_intervals to service_role;
alter table public.opening_intervals enable row level security;
create policy "Whoever reads the location reads its opening intervals" on public.opening_intervals
	for select to anon, authenticated using (exists (select from public.locations l where l.id = location_id));

/** How far ahead intervals reach, in days; the nightly run keeps it so. */
create function private.opening_horizon() returns integer language sql immutable set search_path = '' as 'select 42';

/*
 * The intervals of one set of schedules from `from_day` for `days` days, merged where they meet. A schedule that closes
 * at or before its opening time closes on the next day. On a statutory holiday only schedules that say `open` run.
 */
create function private.expand_schedules(schedule_ids uuid[], zone text, from_day date, days integer)
returns table (opens_at timestamptz, closes_at timestamptz)
language sql stable set search_path = '' as $$
	with days as (
		select
			day::date as day,
			(array['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'])[extract(dow from day)::int + 1] as weekday,
			ceil(extract(day from day) / 7)::int as nth,
			extract(month from day + interval '7 days') <> extract(month from day) as is_last,
			exists (select from public.statutory_holidays h where h.observed_on = day::date) as is_holiday
		from generate_series(from_day::timestamp, from_day::timestamp + make_interval(days => days - 1), '1 day') day
	),
	runs as (
		select
			(d.day + s.opens_at) at time zone zone as opens_at,
			((case when s.closes_at <= s.opens_at then d.day + 1 else d.day end) + s.closes_at) at time zone zone as closes_at
		from public.schedules s
		join days d on
			d.weekday = any (string_to_array(s.byday, ','))
			or (s.freq = 'MONTHLY' and (
				d.nth || d.weekday = any (string_to_array(s.byday, ','))
				or (d.is_last and '-1' || d.weekday = any (string_to_array(s.byday, ',')))
			))
		where s.id = any (schedule_ids)
			and not s.by_appointment
			and (s.valid_from is null or d.day >= s.valid_from)
			and (s.valid_to is null or d.day <= s.valid_to)
			and (not d.is_holiday or s.holidays = 'open')
	)
	select lower(span), upper(span)
	from (
		select unnest(range_agg(tstzrange(r.opens_at, r.closes_at))) as span
		from runs r
		where r.closes_at > r.opens_at
	) merged
$$;

-- The statutory holidays of British Columbia (Employment Standards Act, section 1). Dates of the moving ones were computed
-- with the library `date-holidays`, which lacks 30 September. Later years: a new migration.
insert into public.statutory_holidays (observed_on, name) values
	('2026-01-01', 'New Year''s Day'),
	('2026-02-16', 'Family Day'),
	('2026-04-03', 'Good Friday'),
	('2026-05-18', 'Victoria Day'),
	('2026-07-01', 'Canada Day'),
	('2026-08-03', 'British Columbia Day'),
	('2026-09-07', 'Labour Day'),
	('2026-09-30', 'National Day for Truth and Reconciliation'),
	('2026-10-12', 'Thanksgiving'),
	('2026-11-11', 'Remembrance Day'),
	('2026-12-25', 'Christmas Day'),
	('2027-01-01', 'New Year''s Day'),
	('2027-02-15', 'Family Day'),
	('2027-03-26', 'Good Friday'),
	('2027-05-24', 'Victoria Day'),
	('2027-07-01', 'Canada Day'),
	('2027-08-02', 'British Columbia Day'),
	('2027-09-06', 'Labour Day'),
	('2027-09-30', 'National Day for Truth and Reconciliation'),
	('2027-10-11', 'Thanksgiving'),
	('2027-11-11', 'Remembrance Day'),
	('2027-12-25', 'Christmas Day'),
	('2028-01-01', 'New Year''s Day'),
	('2028-02-21', 'Family Day'),
	('2028-04-14', 'Good Friday'),
	('2028-05-22', 'Victoria Day'),
	('2028-07-01', 'Canada Day'),
	('2028-08-07', 'British Columbia Day'),
	('2028-09-04', 'Labour Day'),
	('2028-09-30', 'National Day for Truth and Reconciliation'),
	('2028-10-09', 'Thanksgiving'),
	('2028-11-11', 'Remembrance Day'),
	('2028-12-25', 'Christmas Day'),
	('2029-01-01', 'New Year''s Day'),
	('2029-02-19', 'Family Day'),
	('2029-03-30', 'Good Friday'),
	('2029-05-21', 'Victoria Day'),
	('2029-07-01', 'Canada Day'),
	('2029-08-06', 'British Columbia Day'),
	('2029-09-03', 'Labour Day'),
	('2029-09-30', 'National Day for Truth and Reconciliation'),
	('2029-10-08', 'Thanksgiving'),
	('2029-11-11', 'Remembrance Day'),
	('2029-12-25', 'Christmas Day'),
	('2030-01-01', 'New Year''s Day'),
	('2030-02-18', 'Family Day'),
	('2030-04-19', 'Good Friday'),
	('2030-05-20', 'Victoria Day'),
	('2030-07-01', 'Canada Day'),
	('2030-08-05', 'British Columbia Day'),
	('2030-09-02', 'Labour Day'),
	('2030-09-30', 'National Day for Truth and Reconciliation'),
	('2030-10-14', 'Thanksgiving'),
	('2030-11-11', 'Remembrance Day'),
	('2030-12-25', 'Christmas Day'),
	('2031-01-01', 'New Year''s Day'),
	('2031-02-17', 'Family Day'),
	('2031-04-11', 'Good Friday'),
	('2031-05-19', 'Victoria Day'),
	('2031-07-01', 'Canada Day'),
	('2031-08-04', 'British Columbia Day'),
	('2031-09-01', 'Labour Day'),
	('2031-09-30', 'National Day for Truth and Reconciliation'),
	('2031-10-13', 'Thanksgiving'),
	('2031-11-11', 'Remembrance Day'),
	('2031-12-25', 'Christmas Day');
