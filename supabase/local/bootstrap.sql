-- What a hosted Supabase project has before its first migration, as far as a migration can tell. Run by the superuser
-- at every start, after Lite has made the schemas auth and storage; everything here may be said twice.

do $$
declare
	name text;
begin
	foreach name in array array['anon', 'authenticated', 'service_role', 'supabase_auth_admin', 'supabase_storage_admin'] loop
		if not exists (select from pg_catalog.pg_roles where rolname = name) then
			execute format('create role %I nologin noinherit', name);
		end if;
	end loop;
	if not exists (select from pg_catalog.pg_roles where rolname = 'authenticator') then
		create role authenticator nologin noinherit;
	end if;
	-- Migrations run as `postgres`, which is no superuser: what would fail on hosted fails here too.
	if not exists (select from pg_catalog.pg_roles where rolname = 'postgres') then
		create role postgres login createrole createdb bypassrls;
	end if;
end $$;

alter role service_role bypassrls;
grant anon, authenticated, service_role to authenticator, postgres;
grant supabase_storage_admin to postgres;

-- Hosted denies `postgres` the database's name, but lets it make schemas and extensions in it.
alter database postgres owner to postgres;
alter database postgres set search_path = "$user", public, extensions;

create schema if not exists extensions;
grant usage on schema extensions to anon, authenticated, service_role;
grant all on schema extensions to postgres;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

grant usage on schema public, auth, storage to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on functions to anon, authenticated, service_role;

grant all on schema auth to postgres;
grant all on all tables in schema auth to postgres, supabase_auth_admin;
grant all on all routines in schema auth to postgres;

-- The Supabase CLI's record of migrations, which Lite makes as well.
create schema if not exists supabase_migrations;
grant all on schema supabase_migrations to postgres;
grant all on all tables in schema supabase_migrations to postgres;

-- Migrations add policies to storage.objects, for which one must own it.
do $$
declare
	one regclass;
begin
	for one in select c.oid from pg_catalog.pg_class c
		where c.relnamespace = 'storage'::regnamespace and c.relkind = 'r' and c.relowner <> 'supabase_storage_admin'::regrole
	loop
		execute format('alter table %s owner to supabase_storage_admin', one);
	end loop;
end $$;
grant all on schema storage to postgres, supabase_storage_admin;
grant all on all tables in schema storage to postgres, anon, authenticated, service_role;
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;

-- GoTrue looks people up by instance_id (all zeroes); Lite has no such column.
alter table auth.users add column if not exists instance_id uuid default '00000000-0000-0000-0000-000000000000';
