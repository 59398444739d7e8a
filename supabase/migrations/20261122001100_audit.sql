-- What happened to what, by whom: written with each change and each refusal, in the same transaction, and never altered.

create table public.audit_events (
	id bigint primary key generated always as identity,
	at timestamptz not null default now(),
	-- No references: an event outlives what it speaks of.
	program_id uuid,
	-- Null: somebody who is not signed in, or the system.
	actor_id uuid,
	event text not null check (event ~ '^[a-z_]+\.[a-z_]+$'),
	subject_id uuid,
	outcome text not null default 'done' check (outcome in ('done', 'refused')),
	-- Coded facts such as a role or a reason's code; never anything about a client.
	details jsonb not null default '{}' check (octet_length(details::text) <= 2000)
);
create index audit_events_by_program on public.audit_events (program_id, id desc);
create index audit_events_by_subject on public.audit_events (subject_id, id desc);
create index audit_events_by_event on public.audit_events (program_id, event, id desc);
create index audit_events_by_actor on public.audit_events (program_id, actor_id, id desc);
create index audit_events_refused on public.audit_events (program_id, id desc) where outcome = 'refused';

-- Written by the functions of this database alone.
revoke all on public.audit_events from service_role;
grant select on public.audit_events to authenticated, service_role;
alter table public.audit_events enable row level security;
create policy "Admins read their programs' audit" on public.audit_events for select to authenticated
	using (program_id = any (array(select private.my_programs('admin'))));

create function private.keep_audit() returns trigger
language plpgsql set search_path = '' as $$
begin
	raise exception 'audit events are never altered' using errcode = '42501';
end $$;
create trigger keep_audit before update or delete or truncate on public.audit_events
	for each statement execute function private.keep_audit();

create function private.audit(program uuid, event text, subject uuid, outcome text default 'done', details jsonb default '{}')
returns void language sql set search_path = '' as $$
	insert into public.audit_events (program_id, actor_id, event, subject_id, outcome, details)
	values (program, auth.uid(), event, subject, outcome, details)
$$;
