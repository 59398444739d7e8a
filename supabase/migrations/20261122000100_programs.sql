-- Programs, who belongs to them, and the one question every policy asks: in which programs may I act as …?

create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists cube with schema extensions;

-- Nothing is granted by default: each table and function below names who may use it.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;

-- Helpers live where the REST interface does not look. Policies call them, so the roles may enter.
create schema private;
grant usage on schema private to anon, authenticated, service_role;

create type public.membership_role as enum ('admin', 'coordinator', 'supervisor', 'worker', 'editor');

create table public.programs (
	id uuid primary key default gen_random_uuid(),
	slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
	name text not null check (length(name) between 1 and 200),
	-- What a person sees is in this zone; instants are stored as such.
	time_zone text not null default 'America/Vancouver',
	is_default boolean not null default false,
	created_at timestamptz not null default now()
);
create unique index programs_one_default on public.programs (is_default) where is_default;

create table public.memberships (
	program_id uuid not null references public.programs on delete cascade,
	user_id uuid not null references auth.users on delete cascade,
	role public.membership_role not null,
	created_at timestamptz not null default now(),
	-- A deactivated membership is kept: the audit refers to it.
	deactivated_at timestamptz,
	primary key (program_id, user_id, role)
);
create index memberships_by_user on public.memberships (user_id);

grant select on public.programs to anon, authenticated;
grant select on public.memberships to authenticated;
grant all on public.programs, public.memberships to service_role;

alter table public.programs enable row level security;
alter table public.memberships enable row level security;

/*
 * The programs in which the signed-in person may act as `needed`. An admin may do what a coordinator may, and both may
 * look after places; nobody acts as a worker or a supervisor without being one (DESIGN §4).
 * A set, computed once a statement: `program_id = any (array(select private.my_programs('editor')))`. In PL/pgSQL, which keeps
 * its plan from one statement to the next.
 */
create function private.my_programs(needed public.membership_role) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query select distinct m.program_id
		from public.memberships m
		where m.user_id = (select auth.uid())
			and m.deactivated_at is null
			and (
				m.role = needed
				or (m.role = 'admin' and needed in ('coordinator', 'editor'))
				or (m.role = 'coordinator' and needed = 'editor')
			);
end $$;
grant execute on function private.my_programs to anon, authenticated, service_role;

create policy "Everybody reads programs" on public.programs for select to anon, authenticated using (true);

create policy "People read their own memberships" on public.memberships for select to authenticated
	using (user_id = (select auth.uid()));
create policy "Admins read their programs' memberships" on public.memberships for select to authenticated
	using (program_id = any (array(select private.my_programs('admin'))));
