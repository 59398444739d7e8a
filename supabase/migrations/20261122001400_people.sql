-- Staff: who they are, how they come in, what they may do, when they are away. Each function answers a refusal as a value,
-- so that the audit row of the refusal is kept.

create table public.people (
	user_id uuid primary key references auth.users on delete cascade,
	name text not null check (length(trim(name)) between 1 and 120),
	created_at timestamptz not null default now()
);

-- Away until a day, with somebody who covers.
create table public.absences (
	program_id uuid not null references public.programs on delete cascade,
	user_id uuid not null references auth.users on delete cascade,
	-- The last day of it, in the program's zone.
	until date not null,
	cover_id uuid references auth.users on delete set null check (cover_id <> user_id),
	primary key (program_id, user_id)
);
create index absences_by_cover on public.absences (cover_id);

create table public.invitations (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs on delete cascade,
	email text not null check (email = lower(email) and length(email) between 3 and 254),
	name text not null check (length(trim(name)) between 1 and 120),
	role public.membership_role not null,
	-- SHA-256 of the token in the link.
	token_hash bytea not null unique,
	invited_by uuid,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null default now() + interval '14 days',
	accepted_at timestamptz,
	withdrawn_at timestamptz
);
create unique index invitations_one_open on public.invitations (program_id, email, role)
	where accepted_at is null and withdrawn_at is null;

/** The programs in which the signed-in person has any role. */
create function private.my_staff_programs() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query select distinct m.program_id from public.memberships m
		where m.user_id = (select auth.uid()) and m.deactivated_at is null;
end $$;
grant execute on function private.my_staff_programs to authenticated;

/** Everybody who ever had a role in the programs of the signed-in person. */
create function private.my_colleagues() returns setof uuid
language sql stable security definer set search_path = '' as $$
	select m.user_id from public.memberships m where m.program_id = any (array(select private.my_staff_programs()))
$$;
grant execute on function private.my_colleagues to authenticated;

grant select on public.people, public.absences to authenticated;
grant select (id, program_id, email, name, role, invited_by, created_at, expires_at, accepted_at, withdrawn_at)
	on public.invitations to authenticated;
grant all on public.people, public.absences, public.invitations to service_role;
alter table public.people enable row level security;
alter table public.absences enable row level security;
alter table public.invitations enable row level security;
create policy "Staff read their own name and their colleagues'" on public.people for select to authenticated
	using (user_id = (select auth.uid()) or user_id = any (array(select private.my_colleagues())));
create policy "Staff read who is away in their programs" on public.absences for select to authenticated
	using (program_id = any (array(select private.my_staff_programs())));
create policy "Admins read their programs' invitations" on public.invitations for select to authenticated
	using (program_id = any (array(select private.my_programs('admin'))));

/** A token for a link: 128 bits, in hexadecimal. */
create function private.new_token() returns text
language sql volatile set search_path = '' as $$ select encode(extensions.gen_random_bytes(16), 'hex') $$;
create function private.token_hash(token text) returns bytea
language sql immutable set search_path = '' as $$ select sha256(convert_to(token, 'UTF8')) $$;

/** Takes back what is open for an address, for one role or for all. */
create function private.withdraw_invitations(program uuid, address text, only_role public.membership_role default null)
returns void language sql set search_path = '' as $$
	with withdrawn as (
		update public.invitations i set withdrawn_at = now()
		where i.program_id = program and i.email = address and (only_role is null or i.role = only_role)
			and i.accepted_at is null and i.withdrawn_at is null
		returning i.id
	)
	select private.audit(program, 'invitation.withdrawn', w.id) from withdrawn w
$$;

create function private.make_invitation(program uuid, address text, person_name text, wanted public.membership_role,
	out id uuid, out token text)
language plpgsql set search_path = '' as $$
begin
	token := private.new_token();
	-- The same person invited twice at once: one after the other.
	perform pg_advisory_xact_lock(hashtext('members of ' || program));
	perform private.withdraw_invitations(program, lower(trim(address)), wanted);
	insert into public.invitations as i (program_id, email, name, role, token_hash, invited_by)
	values (program, lower(trim(address)), trim(person_name), wanted, private.token_hash(token), auth.uid())
	returning i.id into id;
	perform private.audit(program, 'invitation.sent', id, 'done', jsonb_build_object('role', wanted));
end $$;

/*
 * Invites somebody; an earlier invitation to the same is withdrawn. `{ ok }`, or `{ refused }`: not_allowed, already_member.
 */
create function public.invite_member(program uuid, address text, person_name text, wanted public.membership_role) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	refused text;
	made record;
begin
	refused := case
		when (program = any (array(select private.my_programs('admin')))) is not true then 'not_allowed'
		when exists (
			select from public.memberships m join auth.users u on u.id = m.user_id
			where m.program_id = program and m.role = wanted and m.deactivated_at is null and lower(u.email) = lower(trim(address))
		) then 'already_member'
	end;
	if refused is not null then
		perform private.audit(program, 'invitation.sent', null, 'refused', jsonb_build_object('role', wanted, 'why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	select * into made from private.make_invitation(program, address, person_name, wanted);
	perform private.enqueue_mail('invitation:' || made.id, 'invitation', lower(trim(address)),
		jsonb_build_object('token', made.token, 'program', (select p.name from public.programs p where p.id = program)), program);
	return jsonb_build_object('ok', made.id);
end $$;

/** Takes an invitation back. `{ ok }`, or `{ refused }`: not_allowed, not_open (taken up or taken back already). */
create function public.withdraw_invitation(invitation uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	i public.invitations;
	refused text;
begin
	select * into i from public.invitations x where x.id = invitation for update;
	refused := case
		when (i.program_id = any (array(select private.my_programs('admin')))) is not true then 'not_allowed'
		when i.accepted_at is not null or i.withdrawn_at is not null then 'not_open'
	end;
	if refused is not null then
		perform private.audit(i.program_id, 'invitation.withdrawn', i.id, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	update public.invitations x set withdrawn_at = now() where x.id = i.id;
	perform private.audit(i.program_id, 'invitation.withdrawn', i.id);
	return '{"ok":true}';
end $$;

/** What a link invites to: `{ program, role, name, email, state }` (state: open, accepted, withdrawn, expired), or null. */
create function public.invitation_by_token(token text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('program', p.name, 'role', i.role, 'name', i.name, 'email', i.email, 'state', case
		when i.accepted_at is not null then 'accepted' when i.withdrawn_at is not null then 'withdrawn'
		when i.expires_at < now() then 'expired' else 'open' end)
	from public.invitations i join public.programs p on p.id = i.program_id
	where i.token_hash = private.token_hash(token)
$$;

/*
 * Takes up an invitation, as the person signed in with its address. `{ ok: program }`, or `{ refused }`: unknown, accepted,
 * withdrawn, expired, other_address.
 */
create function public.redeem_invitation(token text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	i public.invitations;
	refused text;
begin
	select * into i from public.invitations x where x.token_hash = private.token_hash(token) for update;
	refused := case
		when i.id is null then 'unknown'
		when i.accepted_at is not null then 'accepted'
		when i.withdrawn_at is not null then 'withdrawn'
		when i.expires_at < now() then 'expired'
		when i.email is distinct from (select lower(u.email) from auth.users u where u.id = auth.uid()) then 'other_address'
	end;
	-- A made-up token is nothing that could be refused: anybody could fill the audit with them.
	if refused = 'unknown' then return jsonb_build_object('refused', refused); end if;
	if refused is not null then
		perform private.audit(i.program_id, 'invitation.accepted', i.id, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	update public.invitations x set accepted_at = now() where x.id = i.id;
	insert into public.people (user_id, name) values (auth.uid(), i.name) on conflict (user_id) do nothing;
	insert into public.memberships (program_id, user_id, role) values (i.program_id, auth.uid(), i.role)
		on conflict (program_id, user_id, role) do update set deactivated_at = null;
	-- Their staff session begins with this press, however long ago they signed in.
	insert into private.staff_sessions as s (session_id, user_id)
		select private.my_session(), auth.uid() where private.my_session() is not null
		on conflict (session_id) do update set seen_at = now();
	perform private.audit(i.program_id, 'invitation.accepted', i.id, 'done', jsonb_build_object('role', i.role));
	return jsonb_build_object('ok', i.program_id);
end $$;

/** Whether somebody else is an admin of the program: the last one stays. */
create function private.has_other_admin(program uuid, person uuid) returns boolean
language sql stable set search_path = '' as $$
	select exists (select from public.memberships m
		where m.program_id = program and m.role = 'admin' and m.deactivated_at is null and m.user_id <> person)
$$;

/*
 * Gives a member this role alone, or with null none: deactivated. `{ ok }`, or `{ refused }`: not_allowed, not_a_member,
 * last_admin. Sessions and their rights end with the membership: each request asks anew.
 */
create function public.set_member_role(program uuid, person uuid, wanted public.membership_role) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	refused text;
	event constant text := case when wanted is null then 'member.deactivated' else 'member.role_changed' end;
	details constant jsonb := jsonb_strip_nulls(jsonb_build_object('role', wanted));
begin
	-- Two admins who take each other's role away at once: one of them is refused.
	perform pg_advisory_xact_lock(hashtext('members of ' || program));
	refused := case
		when not (program = any (array(select private.my_programs('admin')))) then 'not_allowed'
		when not exists (select from public.memberships m where m.program_id = program and m.user_id = person) then 'not_a_member'
		when wanted is distinct from 'admin' and exists (select from public.memberships m where m.program_id = program
			and m.user_id = person and m.role = 'admin' and m.deactivated_at is null)
			and not private.has_other_admin(program, person) then 'last_admin'
	end;
	if refused is not null then
		perform private.audit(program, event, person, 'refused', details || jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	update public.memberships m set deactivated_at = now()
		where m.program_id = program and m.user_id = person and m.deactivated_at is null and m.role is distinct from wanted;
	if wanted is not null then
		insert into public.memberships (program_id, user_id, role) values (program, person, wanted)
			on conflict (program_id, user_id, role) do update set deactivated_at = null;
	end if;
	-- Who has left covers for nobody.
	if wanted is null then
		update public.absences a set cover_id = null where a.program_id = program and a.cover_id = person;
		-- Nor do they come back by an older invitation.
		perform private.withdraw_invitations(program, (select lower(u.email) from auth.users u where u.id = person));
	end if;
	perform private.audit(program, event, person, 'done', details);
	return '{"ok":true}';
end $$;

/*
 * Says that a member is away until a day, or with null back again; for oneself, or by an admin. `{ ok }`, or `{ refused }`:
 * not_allowed, past, no_cover (the cover is no active colleague, or is away too).
 */
create function public.set_away(program uuid, person uuid, last_day date, cover uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	refused text;
	today constant date := (select (now() at time zone p.time_zone)::date from public.programs p where p.id = program);
begin
	refused := case
		when not ((person = auth.uid() and program = any (array(select private.my_staff_programs())))
			or program = any (array(select private.my_programs('admin')))) then 'not_allowed'
		when not exists (select from public.memberships m
			where m.program_id = program and m.user_id = person and m.deactivated_at is null) then 'not_allowed'
		when last_day < today then 'past'
		when cover is not null and (cover = person
			or not exists (select from public.memberships m
				where m.program_id = program and m.user_id = cover and m.deactivated_at is null)
			or exists (select from public.absences a
				where a.program_id = program and a.user_id = cover and a.until >= today)) then 'no_cover'
	end;
	if refused is not null then
		perform private.audit(program, 'member.away', person, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	if last_day is null then
		delete from public.absences a where a.program_id = program and a.user_id = person;
	else
		insert into public.absences as a (program_id, user_id, until, cover_id) values (program, person, last_day, cover)
			on conflict (program_id, user_id) do update set until = excluded.until, cover_id = excluded.cover_id;
	end if;
	perform private.audit(program, 'member.away', person, 'done', jsonb_strip_nulls(jsonb_build_object('until', last_day)));
	return '{"ok":true}';
end $$;

/*
 * The members of a program, for its admins, or null: `[{ id, name, email, roles, away_until, cover_id, since }]`, `roles`
 * empty for those who are deactivated; the active ones first, then by name.
 */
create function public.program_members(program uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select case when program = any (array(select private.my_programs('admin'))) then (
		select coalesce(jsonb_agg(jsonb_build_object('id', m.user_id, 'name', coalesce(h.name, u.email), 'email', u.email,
			'roles', m.roles, 'away_until', a.until, 'cover_id', a.cover_id, 'since', m.since)
			order by m.roles = '{}', coalesce(h.name, u.email)), '[]')
		from (
			select x.user_id, min(x.created_at) as since,
				coalesce(array_agg(x.role order by x.role) filter (where x.deactivated_at is null), '{}') as roles
			from public.memberships x where x.program_id = program group by x.user_id
		) m
		join auth.users u on u.id = m.user_id
		left join public.people h on h.user_id = m.user_id
		left join public.absences a on a.program_id = program and a.user_id = m.user_id
			and a.until >= (select (now() at time zone p.time_zone)::date from public.programs p where p.id = program)
	) end
$$;

/*
 * Who works in a program at present, for its staff, or null: `[{ id, name, away_until, cover_id }]`, by name. Addresses and
 * roles are for admins.
 */
create function public.program_colleagues(program uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select case when program = any (array(select private.my_staff_programs())) then (
		select coalesce(jsonb_agg(jsonb_build_object('id', m.user_id, 'name', coalesce(h.name, u.email),
			'away_until', a.until, 'cover_id', a.cover_id) order by coalesce(h.name, u.email)), '[]')
		from (select distinct x.user_id from public.memberships x where x.program_id = program and x.deactivated_at is null) m
		join auth.users u on u.id = m.user_id
		left join public.people h on h.user_id = m.user_id
		left join public.absences a on a.program_id = program and a.user_id = m.user_id
			and a.until >= (select (now() at time zone p.time_zone)::date from public.programs p where p.id = program)
	) end
$$;

/** Who is signed in: `{ id, email, name, programs: [{ id, slug, name, time_zone, roles }] }`, or null. */
create function public.whoami() returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('id', u.id, 'email', u.email, 'name', h.name, 'programs', (
		select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name, 'time_zone', p.time_zone,
			'roles', m.roles) order by p.name), '[]')
		from (select x.program_id, array_agg(x.role order by x.role) as roles from public.memberships x
			where x.user_id = u.id and x.deactivated_at is null group by 1) m
		join public.programs p on p.id = m.program_id))
	from auth.users u left join public.people h on h.user_id = u.id
	where u.id = auth.uid()
$$;

grant execute on function public.invite_member, public.withdraw_invitation, public.redeem_invitation, public.set_member_role,
	public.set_away, public.program_members, public.program_colleagues, public.whoami to authenticated;
grant execute on function public.invitation_by_token to anon, authenticated;

/** The first admin of a program, from the operator's machine: the token of the link. */
create function public.invite_first_admin(program_slug text, address text, person_name text) returns text
language plpgsql security definer set search_path = '' as $$
declare
	program uuid;
	made record;
begin
	select p.id into program from public.programs p where p.slug = program_slug;
	if program is null then return null; end if;
	select * into made from private.make_invitation(program, address, person_name, 'admin');
	return made.token;
end $$;
grant execute on function public.invite_first_admin to service_role;
