-- Trainings: a cohort is one run of a training, a class one of its dated meetings (DESIGN §7).

create extension if not exists btree_gist with schema extensions;

create type public.cohort_kind as enum ('open_sign_up', 'application');
create type public.cohort_state as enum ('draft', 'announced', 'open', 'closed', 'running', 'finished', 'cancelled');

create table public.cohorts (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs on delete cascade,
	-- Two have pages of their own.
	slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100 and slug not in ('notify', 'certificate')),
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
	-- What only those who have a seat are told: how to join, what to bring.
	joining text not null default '' check (length(joining) <= 2000),
	-- Hours of practice that belong to it; 0 where none do.
	practicum_hours integer not null default 0 check (practicum_hours between 0 and 2000),
	-- How applications are read: each is off unless the cohort turns it on.
	rubric text[] not null default '{}' check (cardinality(rubric) <= 10),
	reviewers integer not null default 1 check (reviewers between 1 and 2),
	has_shortlist boolean not null default false,
	decides_together boolean not null default false,
	-- Invented, for the demonstration: shown as such, and in no feed.
	is_sample boolean not null default false,
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
	changed_at timestamptz not null default now(),
	cancelled_at timestamptz,
	check (starts_at < ends_at and ends_at < starts_at + interval '1 day'),
	constraint classes_one_at_a_time exclude using gist (cohort_id with =, tstzrange(starts_at, ends_at) with &&)
		where (cancelled_at is null)
);
create index classes_by_cohort on public.classes (cohort_id, starts_at);

create type public.question_kind as enum ('short', 'long', 'choice', 'consent');

-- What an application asks, in the program's own words.
create table public.cohort_questions (
	id uuid primary key,
	cohort_id uuid not null references public.cohorts on delete cascade,
	position integer not null,
	kind public.question_kind not null,
	label text not null check (length(label) between 1 and 500),
	hint text not null default '' check (length(hint) <= 1000),
	is_required boolean not null default true,
	-- Of a choice, and of no other.
	options text[] not null default '{}',
	-- Letters, of what is written.
	longest integer not null default 2000 check (longest between 20 and 10000),
	check (case when kind = 'choice' then cardinality(options) between 2 and 20 else cardinality(options) = 0 end),
	unique (cohort_id, position)
);

-- News of a program's trainings, or of one, each with its day.
create table public.training_posts (
	id uuid primary key,
	program_id uuid not null references public.programs on delete cascade,
	cohort_id uuid references public.cohorts on delete cascade,
	title text not null check (length(title) between 1 and 150),
	body text not null check (length(body) between 1 and 5000),
	is_sample boolean not null default false,
	posted_at timestamptz not null default now(),
	changed_at timestamptz not null default now(),
	version integer not null default 1
);
create index training_posts_by_program on public.training_posts (program_id, posted_at desc);
create index training_posts_by_cohort on public.training_posts (cohort_id);

-- Trainings of other organizations.
create table public.training_links (
	id uuid primary key,
	program_id uuid not null references public.programs on delete cascade,
	title text not null check (length(title) between 1 and 150),
	organization text not null default '' check (length(organization) <= 150),
	url text not null check (url ~ '^https?://[^[:space:]]+$' and length(url) <= 500),
	note text not null default '' check (length(note) <= 500),
	version integer not null default 1
);
create index training_links_by_program on public.training_links (program_id, title);

-- All but `joining`.
grant select (id, program_id, slug, kind, state, title, summary, about, who_for, cost, support, area_id, capacity, offer_days, opens_at,
	closes_at, location_id, place_name, place_address, is_online, practicum_hours, is_sample, announced_at, created_at, version)
	on public.cohorts to anon, authenticated;
grant select on public.classes, public.cohort_questions, public.training_posts, public.training_links to anon, authenticated;
grant all on public.cohorts, public.classes, public.cohort_questions, public.training_posts, public.training_links to service_role;
alter table public.cohorts enable row level security;
alter table public.classes enable row level security;
alter table public.cohort_questions enable row level security;
alter table public.training_posts enable row level security;
alter table public.training_links enable row level security;
create policy "Everybody reads what is announced" on public.cohorts for select to anon, authenticated
	using (announced_at is not null);
create policy "Coordinators read drafts" on public.cohorts for select to authenticated
	using (program_id = any (array(select private.my_programs('coordinator'))));
create policy "Whoever reads a cohort reads its classes" on public.classes for select to anon, authenticated
	using (cohort_id in (select c.id from public.cohorts c));
create policy "Whoever reads a cohort reads its questions" on public.cohort_questions for select to anon, authenticated
	using (cohort_id in (select c.id from public.cohorts c));
create policy "Everybody reads news, of a cohort that they read" on public.training_posts for select to anon, authenticated
	using (cohort_id is null or cohort_id in (select c.id from public.cohorts c));
create policy "Everybody reads links" on public.training_links for select to anon, authenticated using (true);

/** When a cohort's first class starts; null where none is planned. In plpgsql, which plans it once, and not at each call. */
create function private.first_class(cohort uuid) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
	return (select min(x.starts_at) from public.classes x where x.cohort_id = cohort and x.cancelled_at is null);
end $$;

/*
 * Moves cohorts on as time passes: announced ones open, open ones close, both run from their first class on, and those that run finish
 * after their last. Whoever still waits when it begins is told. How many.
 */
create function public.advance_cohorts() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	due record;
	moved integer := 0;
begin
	-- In one order, as whoever lets offers run out; what is read below is read once all are held.
	perform from public.cohorts c where c.state in ('announced', 'open', 'closed', 'running') order by c.id for update;
	for due in
		select t.id, t.state, (case
			when t.last <= now() then 'finished'
			when t.first <= now() then 'running'
			when t.state in ('announced', 'open') and t.closes_at <= now() then 'closed'
			when t.state = 'announced' and t.opens_at <= now() then 'open'
			else t.state::text
		end)::public.cohort_state as leads_to
		from (
			-- Not over before the time of a last class that is called off: it may be put back, or another added.
			select c.id, c.state, c.opens_at, c.closes_at, min(x.starts_at) filter (where x.cancelled_at is null) as first, max(x.ends_at) as last
			from public.cohorts c left join public.classes x on x.cohort_id = c.id
			where c.state in ('announced', 'open', 'closed', 'running') group by c.id
		) t order by t.id
	loop
		continue when due.leads_to = due.state;
		update public.cohorts c set state = due.leads_to, version = c.version + 1 where c.id = due.id;
		if due.state <> 'running' and due.leads_to in ('running', 'finished') then
			perform private.tell_cohort(due.id, '{applied,waitlisted}', 'training_no_seat', 'begun');
		end if;
		moved := moved + 1;
	end loop;
	return moved;
end $$;
grant execute on function public.advance_cohorts to service_role;
