-- Signing in: how often codes are asked for and guessed, and how long a staff page may lie idle. Auth itself counts nothing.

-- No passwords: whatever is set on an account, beforehand or later, opens nothing.
create function private.blank_password() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	new.encrypted_password := null;
	return new;
end $$;
create trigger blank_password before insert or update of encrypted_password on auth.users
	for each row when (new.encrypted_password is not null) execute function private.blank_password();

-- By keyed hashes, made in the Worker, of the address and of where the request came from: neither is kept.
create table private.sign_in_codes (
	address_hash text primary key check (address_hash ~ '^[0-9a-f]{64}$'),
	sent_at timestamptz not null,
	guesses integer not null default 0,
	-- The hour in which codes were sent, and how many.
	since timestamptz not null,
	sends integer not null
);
create table private.sign_in_clients (
	client_hash text primary key check (client_hash ~ '^[0-9a-f]{64}$'),
	since timestamptz not null,
	sends integer not null default 0,
	guesses integer not null default 0
);

/*
 * Whether a code may be sent to an address: 'ok', or 'wait' after five in an hour to one address, thirty for one client (a
 * ward shares one), or a second within half a minute.
 */
create function public.begin_sign_in(address_hash text, client_hash text) returns text
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	code private.sign_in_codes;
	client private.sign_in_clients;
begin
	insert into private.sign_in_clients as c (client_hash, since, sends) values (client_hash, now(), 1)
		on conflict on constraint sign_in_clients_pkey do update set
			since = case when c.since < now() - interval '1 hour' then now() else c.since end,
			sends = case when c.since < now() - interval '1 hour' then 1 else c.sends + 1 end,
			guesses = case when c.since < now() - interval '1 hour' then 0 else c.guesses end
		returning * into client;
	if client.sends > 30 then return 'wait'; end if;
	-- Two first codes at once: there is no row yet that could be locked.
	perform pg_advisory_xact_lock(hashtextextended(address_hash, 0));
	select * into code from private.sign_in_codes s where s.address_hash = begin_sign_in.address_hash for update;
	-- A code that has been guessed at too often may be replaced at once.
	if found and ((code.sent_at > now() - interval '30 seconds' and code.guesses < 5)
		or (code.since > now() - interval '1 hour' and code.sends >= 5)) then return 'wait'; end if;
	insert into private.sign_in_codes as s (address_hash, sent_at, since, sends) values (address_hash, now(), now(), 1)
		on conflict on constraint sign_in_codes_pkey do update set
			sent_at = now(), guesses = 0,
			since = case when s.since < now() - interval '1 hour' then now() else s.since end,
			sends = case when s.since < now() - interval '1 hour' then 1 else s.sends + 1 end;
	return 'ok';
end $$;

/*
 * Counts a guess before Auth is asked: 'ok'; 'expired' where no code was sent in the last 30 minutes or it was used;
 * 'too_many' after five guesses at one code, or sixty an hour by one client.
 */
create function public.count_guess(address_hash text, client_hash text) returns text
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	counted integer;
	by_client integer;
begin
	insert into private.sign_in_clients as c (client_hash, since, guesses) values (client_hash, now(), 1)
		on conflict on constraint sign_in_clients_pkey do update set
			since = case when c.since < now() - interval '1 hour' then now() else c.since end,
			sends = case when c.since < now() - interval '1 hour' then 0 else c.sends end,
			guesses = case when c.since < now() - interval '1 hour' then 1 else c.guesses + 1 end
		returning c.guesses into by_client;
	update private.sign_in_codes s set guesses = s.guesses + 1
		where s.address_hash = count_guess.address_hash and s.sent_at > now() - interval '30 minutes'
		returning s.guesses into counted;
	return case when counted is null then 'expired' when counted > 5 or by_client > 60 then 'too_many' else 'ok' end;
end $$;

/** A code that has been used is gone. */
create function public.forget_code(address_hash text) returns void
language sql security definer set search_path = '' as $$
	update private.sign_in_codes s set sent_at = '-infinity' where s.address_hash = forget_code.address_hash
$$;
grant execute on function public.begin_sign_in, public.count_guess, public.forget_code to service_role;

-- Staff pages close after half an hour without a request. The session begins at sign-in; one that is not here is over.
create table private.staff_sessions (
	session_id uuid primary key,
	user_id uuid not null references auth.users on delete cascade,
	seen_at timestamptz not null default now()
);

/** The session's id in the caller's token. */
create function private.my_session() returns uuid
language sql stable set search_path = '' as $$ select (auth.jwt() ->> 'session_id')::uuid $$;

create function public.begin_session() returns void
language sql security definer set search_path = '' as $$
	insert into private.staff_sessions (session_id, user_id)
	select private.my_session(), auth.uid() where private.my_session() is not null and auth.uid() is not null
	on conflict (session_id) do nothing
$$;

/** Notes that a staff page was asked for: false where the session has been idle for half an hour, or is not known. */
create function public.touch_session() returns boolean
language sql security definer set search_path = '' as $$
	with seen as (
		update private.staff_sessions s set seen_at = now()
		where s.session_id = private.my_session() and s.user_id = auth.uid() and s.seen_at > now() - interval '30 minutes'
		returning 1
	)
	select exists (select from seen)
$$;
/** Ends the staff session of the caller's token, or all that are theirs. */
create function public.end_session(everywhere boolean) returns void
language sql security definer set search_path = '' as $$
	delete from private.staff_sessions s
	where s.user_id = auth.uid() and (everywhere or s.session_id = private.my_session())
$$;
grant execute on function public.begin_session, public.touch_session, public.end_session to authenticated;

/** Each night: codes and sessions that are over are forgotten. */
create function public.purge_sign_in() returns void
language sql security definer set search_path = '' as $$
	delete from private.sign_in_codes s where s.since < now() - interval '1 day';
	delete from private.sign_in_clients c where c.since < now() - interval '1 day';
	delete from private.staff_sessions s where s.seen_at < now() - interval '1 day';
$$;
grant execute on function public.purge_sign_in to service_role;
