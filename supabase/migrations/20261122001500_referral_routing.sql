-- Where a referral goes, as data: teams, areas, who coordinates them, working hours, listed work domains, each program's own
-- settings. Staff read their program's; admins change them by functions, which write the audit.

create table public.areas (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs on delete cascade,
	name text not null check (length(trim(name)) between 1 and 120),
	-- One that is no longer served is kept: referrals name it.
	is_active boolean not null default true
);
create unique index areas_by_name on public.areas (program_id, lower(name));

-- The referring teams, units and sites.
create table public.teams (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs on delete cascade,
	name text not null check (length(trim(name)) between 1 and 160),
	-- Where it is, to tell teams of like names apart.
	site text not null default '' check (length(site) <= 160),
	is_active boolean not null default true
);
create unique index teams_by_name on public.teams (program_id, lower(name), lower(site));

create table public.area_coordinators (
	area_id uuid not null references public.areas on delete cascade,
	user_id uuid not null references auth.users on delete cascade,
	primary key (area_id, user_id)
);
create table public.team_coordinators (
	team_id uuid not null references public.teams on delete cascade,
	user_id uuid not null references auth.users on delete cascade,
	primary key (team_id, user_id)
);
create index area_coordinators_by_user on public.area_coordinators (user_id);
create index team_coordinators_by_user on public.team_coordinators (user_id);

-- A work address ends in one of these; another is taken too, and coordinators see that it is not listed.
create table public.work_domains (
	program_id uuid not null references public.programs on delete cascade,
	domain text not null check (domain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$' and length(domain) <= 200),
	primary key (program_id, domain)
);

-- In the program's zone; several rows a day where there is a break. Statutory holidays are none.
create table public.working_hours (
	program_id uuid not null references public.programs on delete cascade,
	-- ISO 8601: 1 is Monday.
	weekday smallint not null check (weekday between 1 and 7),
	opens_at time not null,
	closes_at time not null,
	primary key (program_id, weekday, opens_at),
	check (opens_at < closes_at)
);

create table public.referral_settings (
	program_id uuid primary key references public.programs on delete cascade,
	-- Working hours until a referral that nobody has acknowledged escalates.
	acknowledge_within_hours integer not null default 16 check (acknowledge_within_hours between 1 and 200),
	-- What the program says of the present wait, in weeks, and when it said so; null where it can't say.
	wait_weeks_min integer check (wait_weeks_min between 0 and 104),
	wait_weeks_max integer check (wait_weeks_max between 1 and 104),
	wait_stated_on date,
	-- How long what is sealed is kept after a referral is closed.
	keep_months integer not null default 24 check (keep_months between 12 and 240),
	-- How a support is safe: whether workers may visit at home or give their own number, and whom they call when something is wrong.
	home_visits boolean not null default false,
	personal_numbers boolean not null default false,
	duty_name text not null default '' check (length(duty_name) <= 120),
	duty_phone text not null default '' check (length(duty_phone) <= 40),
	check ((wait_weeks_min is null) = (wait_weeks_max is null) and (wait_weeks_min is null) = (wait_stated_on is null)),
	check (wait_weeks_min <= wait_weeks_max)
);

/** A new program begins with the settings most have: weekdays from nine to half past four. */
create function private.begin_program() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	insert into public.referral_settings (program_id) values (new.id);
	insert into public.working_hours (program_id, weekday, opens_at, closes_at)
	select new.id, weekday, '09:00', '16:30' from generate_series(1, 5) weekday;
	return null;
end $$;
create trigger begin_program after insert on public.programs for each row execute function private.begin_program();

alter table public.areas enable row level security;
alter table public.teams enable row level security;
alter table public.area_coordinators enable row level security;
alter table public.team_coordinators enable row level security;
alter table public.work_domains enable row level security;
alter table public.working_hours enable row level security;
alter table public.referral_settings enable row level security;
grant select on public.areas, public.teams, public.area_coordinators, public.team_coordinators, public.work_domains,
	public.working_hours, public.referral_settings to authenticated;
grant all on public.areas, public.teams, public.area_coordinators, public.team_coordinators, public.work_domains,
	public.working_hours, public.referral_settings to service_role;
create policy "Staff read their programs' areas" on public.areas for select to authenticated
	using (program_id = any (array(select private.my_staff_programs())));
create policy "Staff read their programs' teams" on public.teams for select to authenticated
	using (program_id = any (array(select private.my_staff_programs())));
create policy "Staff read who coordinates their programs' areas" on public.area_coordinators for select to authenticated
	using (area_id in (select a.id from public.areas a));
create policy "Staff read who coordinates their programs' teams" on public.team_coordinators for select to authenticated
	using (team_id in (select t.id from public.teams t));
create policy "Staff read their programs' work domains" on public.work_domains for select to authenticated
	using (program_id = any (array(select private.my_staff_programs())));
create policy "Staff read their programs' working hours" on public.working_hours for select to authenticated
	using (program_id = any (array(select private.my_staff_programs())));
create policy "Staff read their programs' settings" on public.referral_settings for select to authenticated
	using (program_id = any (array(select private.my_staff_programs())));

/*
 * What the request's form offers to anybody: `{ teams: [{ id, name, site }], areas: [{ id, name, program }] }`, by name;
 * `program` is the program's name.
 */
create function public.referral_choices() returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'teams', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'site', t.site)
			order by lower(t.name), lower(t.site)), '[]') from public.teams t where t.is_active),
		'areas', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'program', p.name)
			order by lower(a.name)), '[]') from public.areas a join public.programs p on p.id = a.program_id where a.is_active))
$$;

/** The zone and the present day of a program. */
create function private.program_today(program uuid) returns date
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select (now() at time zone p.time_zone)::date from public.programs p where p.id = program);
end $$;

/** The instant at which this much working time has passed; after sixty days without enough of it, that day. */
create function private.add_working_time(program uuid, start timestamptz, needed interval) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
declare
	zone constant text := (select p.time_zone from public.programs p where p.id = program);
	first_day constant date := (start at time zone zone)::date;
	shift record;
	begins timestamptz;
	remaining interval := needed;
begin
	for shift in
		select (d.day::date + w.opens_at) at time zone zone as opens, (d.day::date + w.closes_at) at time zone zone as closes
		from generate_series(first_day::timestamp, first_day + interval '60 days', interval '1 day') d (day)
		join public.working_hours w on w.program_id = program and w.weekday = extract(isodow from d.day)
		where not exists (select from public.statutory_holidays h where h.observed_on = d.day::date)
		order by d.day, w.opens_at
	loop
		begins := greatest(shift.opens, start);
		continue when begins >= shift.closes;
		if shift.closes - begins >= remaining then return begins + remaining; end if;
		remaining := remaining - (shift.closes - begins);
	end loop;
	return start + interval '60 days';
end $$;

/** Whether somebody may act as a coordinator of the program: its coordinators and its admins. */
create function private.is_coordinator(program uuid, person uuid) returns boolean
language sql stable security definer set search_path = '' as $$
	select exists (select from public.memberships m where m.program_id = program and m.user_id = person
		and m.deactivated_at is null and m.role in ('coordinator', 'admin'))
$$;

/** Whoever is present in a person's place: the person, or while they are away their cover; null where nobody is. */
create function private.present_coordinator(program uuid, person uuid) returns uuid
language sql stable security definer set search_path = '' as $$
	select case
		when a.user_id is null then person
		when private.is_coordinator(program, a.cover_id) and not exists (select from public.absences b
			where b.program_id = program and b.user_id = a.cover_id and b.until >= private.program_today(program)) then a.cover_id
	end
	from (select 1) one
	left join public.absences a on a.program_id = program and a.user_id = person and a.until >= private.program_today(program)
	where private.is_coordinator(program, person)
$$;

/** The program that gets what belongs nowhere else; the oldest where none is marked. */
create function private.default_program() returns uuid
language sql stable set search_path = '' as $$
	select p.id from public.programs p order by p.is_default desc, p.created_at limit 1
$$;

/** `{ program, wait: { min, max, stated_on } | null, acknowledge_by }` of the program that a request from here would reach. */
create function public.referral_outlook(team uuid default null, area uuid default null) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('program', p.name, 'time_zone', p.time_zone,
		'acknowledge_by', private.add_working_time(p.id, now(), make_interval(hours => s.acknowledge_within_hours)),
		'wait', case when s.wait_weeks_min is not null then
			jsonb_build_object('min', s.wait_weeks_min, 'max', s.wait_weeks_max, 'stated_on', s.wait_stated_on) end)
	from public.programs p join public.referral_settings s on s.program_id = p.id
	where p.id = coalesce(
		(select t.program_id from public.teams t where t.id = team and t.is_active),
		(select a.program_id from public.areas a where a.id = area and a.is_active),
		private.default_program())
$$;
grant execute on function public.referral_choices, public.referral_outlook to anon, authenticated;
