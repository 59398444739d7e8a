-- Trainings: a cohort is one run of a training, a class one of its dated meetings (DESIGN §7).

create extension if not exists btree_gist with schema extensions;

create type public.cohort_kind as enum ('open_sign_up', 'application');
create type public.cohort_state as enum ('draft', 'announced', 'open', 'closed', 'running', 'finished', 'cancelled');

create table public.cohorts (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs on delete cascade,
	slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
	kind public.cohort_kind not null default 'open_sign_up',
	state public.cohort_state not null default 'draft',
	title text not null check (length(title) between 1 and 150),
	summary text not null default '' check (length(summary) <= 300),
	-- What it is, who can take part, what it costs, what helps people take part: paragraphs.
	about text not null default '' check (length(about) <= 10000),
	who_for text not null default '' check (length(who_for) <= 2000),
	cost text not null default '' check (length(cost) <= 500),
	support text not null default '' check (length(support) <= 2000),
	area_id uuid references public.areas on delete set null,
	capacity integer not null check (capacity between 0 and 1000),
	-- How long an offer of a seat stands.
	offer_days integer not null default 5 check (offer_days between 1 and 30),
	opens_at timestamptz,
	closes_at timestamptz,
	-- A place of the directory, or one in words; neither where all classes are online.
	location_id uuid references public.locations on delete set null,
	place_name text not null default '' check (length(place_name) <= 200),
	place_address text not null default '' check (length(place_address) <= 300),
	is_online boolean not null default false,
	announced_at timestamptz,
	created_at timestamptz not null default now(),
	version integer not null default 1,
	unique (id, program_id),
	check (opens_at < closes_at),
	check ((state = 'draft') = (announced_at is null) or state = 'cancelled')
);
create index cohorts_by_program on public.cohorts (program_id, state);

create table public.classes (
	id uuid primary key default gen_random_uuid(),
	cohort_id uuid not null references public.cohorts on delete cascade,
	starts_at timestamptz not null,
	ends_at timestamptz not null,
	topic text not null default '' check (length(topic) <= 200),
	-- As in RFC 5545: rises with every change, so that calendars follow.
	sequence integer not null default 0,
	cancelled_at timestamptz,
	check (starts_at < ends_at and ends_at < starts_at + interval '1 day'),
	constraint classes_one_at_a_time exclude using gist (cohort_id with =, tstzrange(starts_at, ends_at) with &&)
		where (cancelled_at is null)
);
create index classes_by_cohort on public.classes (cohort_id, starts_at);

grant select on public.cohorts, public.classes to anon, authenticated;
grant all on public.cohorts, public.classes to service_role;
alter table public.cohorts enable row level security;
alter table public.classes enable row level security;
create policy "Everybody reads what is announced" on public.cohorts for select to anon, authenticated
	using (announced_at is not null);
create policy "Coordinators read drafts" on public.cohorts for select to authenticated
	using (program_id = any (array(select private.my_programs('coordinator'))));
create policy "Whoever reads a cohort reads its classes" on public.classes for select to anon, authenticated
	using (cohort_id in (select c.id from public.cohorts c));

/** When a cohort's first class starts; null where none is planned. */
create function private.first_class(cohort uuid) returns timestamptz
language sql stable set search_path = '' as $$
	select min(x.starts_at) from public.classes x where x.cohort_id = cohort and x.cancelled_at is null
$$;

/*
 * Moves cohorts on as time passes: announced ones open, open ones close, both run from their first class on, and those that run finish
 * after their last. How many.
 */
create function public.advance_cohorts() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	moved integer;
begin
	with held as (
		-- In one order, as whoever lets offers run out.
		select * from public.cohorts c where c.state in ('announced', 'open', 'closed', 'running') order by c.id for update
	), times as (
		select c.id, c.state, c.opens_at, c.closes_at, min(x.starts_at) as first, max(x.ends_at) as last
		from held c left join public.classes x on x.cohort_id = c.id and x.cancelled_at is null
		group by c.id, c.state, c.opens_at, c.closes_at
	), due as (
		select t.id, (case
			when t.last <= now() then 'finished'
			when t.first <= now() then 'running'
			when t.state in ('announced', 'open') and t.closes_at <= now() then 'closed'
			when t.state = 'announced' and t.opens_at <= now() then 'open'
			else t.state::text
		end)::public.cohort_state as leads_to from times t
	)
	update public.cohorts c set state = d.leads_to, version = c.version + 1
		from due d where d.id = c.id and d.leads_to <> c.state;
	get diagnostics moved = row_count;
	return moved;
end $$;
grant execute on function public.advance_cohorts to service_role;
