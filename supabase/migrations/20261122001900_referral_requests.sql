-- The request on its way: drafts, requests whose sender has not proved the address yet, and sending, which is one step.

-- What somebody has typed so far. Before the address is proved it is sealed under a secret in their cookie and idle for half an
-- hour at most; afterwards it is the person's own for 14 days.
create table private.referral_drafts (
	id uuid primary key,
	key_hash text check (key_hash ~ '^[0-9a-f]{64}$'),
	owner_id uuid references auth.users on delete cascade,
	contents private.sealed not null,
	version integer not null default 1,
	touched_at timestamptz not null default now(),
	created_at timestamptz not null default now(),
	check ((key_hash is null) <> (owner_id is null))
);
create index referral_drafts_of_owner on private.referral_drafts (owner_id) where owner_id is not null;

-- Drafts that became referrals: so that whoever posts one twice is told of the referral it has become.
create table private.sent_drafts (
	id uuid primary key,
	key_hash text,
	owner_id uuid,
	-- Of the mailed link that sent it.
	token_hash bytea unique,
	sent_at timestamptz not null default now()
);

-- Sent before the address was proved: seen by nobody, kept for 72 hours.
create table private.unconfirmed_referrals (
	id uuid primary key,
	email text not null check (email = lower(email) and length(email) between 3 and 254),
	-- SHA-256 of the token in the mailed link.
	token_hash bytea not null unique,
	-- What `private.accept_referral` takes.
	request jsonb not null check (octet_length(request::text) <= 100000),
	kept_until timestamptz not null default now() + interval '72 hours'
);
create index unconfirmed_referrals_of on private.unconfirmed_referrals (email);

-- How often something was done in the present hour, by a keyed hash of who.
create table private.uses (
	what text not null,
	who_hash text not null check (who_hash ~ '^[0-9a-f]{64}$'),
	since timestamptz not null,
	count integer not null,
	primary key (what, who_hash)
);

/** Counts a use; false once there are more than `most` within an hour. */
create function private.count_use(what text, who_hash text, most integer) returns boolean
language sql volatile set search_path = '' as $$
	insert into private.uses as u (what, who_hash, since, count) values (what, who_hash, now(), 1)
	on conflict (what, who_hash) do update set
		since = case when u.since < now() - interval '1 hour' then now() else u.since end,
		count = case when u.since < now() - interval '1 hour' then 1 else u.count + 1 end
	returning u.count <= most
$$;

/** Whether a draft may still be opened, by the secret's hash or by its owner. */
create function private.is_draft_open(d private.referral_drafts, key_hash text) returns boolean
language sql stable set search_path = '' as $$
	select case when d.owner_id is null then d.key_hash = key_hash and d.touched_at > now() - interval '30 minutes'
		else d.owner_id = auth.uid() and d.touched_at > now() - interval '14 days' end
$$;

/*
 * Begins a draft, for a visitor with the hash of their secret, for somebody signed in as their own. False where this client has
 * begun too many within the hour, or the id is taken.
 */
create function public.begin_draft(draft uuid, key_hash text, contents text, client_hash text) returns boolean
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	if not private.count_use('draft', client_hash, 60) then return false; end if;
	insert into private.referral_drafts (id, key_hash, owner_id, contents)
	values (draft, case when auth.uid() is null then key_hash end, auth.uid(), contents)
	on conflict on constraint referral_drafts_pkey do nothing;
	return found;
end $$;

/** `{ contents, version, owned }`, or null where it is not there, not theirs or over. Being read counts as a sign of life. */
create function public.read_draft(draft uuid, key_hash text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	d private.referral_drafts;
begin
	select * into d from private.referral_drafts x where x.id = draft;
	if d.id is null or private.is_draft_open(d, key_hash) is not true then return null; end if;
	-- An owner's 14 days begin with what they last wrote.
	if d.owner_id is null then update private.referral_drafts x set touched_at = now() where x.id = draft; end if;
	return jsonb_build_object('contents', d.contents, 'version', d.version, 'owned', d.owner_id is not null);
end $$;

/** Keeps what was typed, over the version that was read: 'ok', 'stale', or 'gone'. */
create function public.keep_draft(draft uuid, key_hash text, contents text, expected integer) returns text
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	d private.referral_drafts;
begin
	select * into d from private.referral_drafts x where x.id = draft for update;
	if d.id is null or private.is_draft_open(d, key_hash) is not true then return 'gone'; end if;
	if d.version <> expected then return 'stale'; end if;
	update private.referral_drafts x set contents = keep_draft.contents, version = x.version + 1, touched_at = now()
		where x.id = draft;
	return 'ok';
end $$;

/** Makes a visitor's draft the signed-in person's own, sealed anew: false where it is gone or changed meanwhile. */
create function public.own_draft(draft uuid, key_hash text, contents text, expected integer) returns boolean
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	d private.referral_drafts;
begin
	select * into d from private.referral_drafts x where x.id = draft for update;
	if d.id is null or d.owner_id is not null or d.version <> expected or private.is_draft_open(d, key_hash) is not true
		then return false; end if;
	update private.referral_drafts x set contents = own_draft.contents, version = x.version + 1, touched_at = now(),
		key_hash = null, owner_id = auth.uid() where x.id = draft;
	return true;
end $$;

/** Throws a draft away. */
create function public.discard_draft(draft uuid, key_hash text default null) returns void
language sql security definer set search_path = '' as $$
	delete from private.referral_drafts d where d.id = discard_draft.draft and private.is_draft_open(d, discard_draft.key_hash)
$$;

/** Ends a draft that has become a referral. */
create function private.close_draft(draft uuid) returns void
language sql volatile set search_path = '' as $$
	with closed as (delete from private.referral_drafts d where d.id = draft returning d.id, d.key_hash, d.owner_id)
	insert into private.sent_drafts (id, key_hash, owner_id) select c.id, c.key_hash, c.owner_id from closed c
	on conflict (id) do nothing
$$;

/** The reference of the referral that a draft has become, for a day, by the secret's hash or to its owner; else null. */
create function public.draft_sent(draft uuid, key_hash text default null) returns text
language sql stable security definer set search_path = '' as $$
	select r.reference from private.sent_drafts s join public.referrals r on r.id = s.id
	where s.id = draft_sent.draft and s.sent_at > now() - interval '1 day'
		and (s.key_hash = draft_sent.key_hash or s.owner_id = auth.uid())
$$;

/** The signed-in person's own drafts: `[{ id, created_at, touched_at }]`, the newest first. */
create function public.my_drafts() returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'created_at', d.created_at, 'touched_at', d.touched_at)
		order by d.touched_at desc), '[]')
	from private.referral_drafts d where d.owner_id = auth.uid() and d.touched_at > now() - interval '14 days'
$$;

/** Where a request goes: by its team, else by its area, else to the default program, which looks for its home. */
create function private.route_referral(team uuid, area uuid, out program uuid, out coordinator uuid, out needs_home boolean)
language plpgsql stable set search_path = '' as $$
declare
	of_team uuid := (select t.program_id from public.teams t where t.id = team and t.is_active);
	of_area uuid := (select a.program_id from public.areas a where a.id = area and a.is_active);
	candidates uuid[];
begin
	program := coalesce(of_team, of_area, private.default_program());
	needs_home := of_team is null and of_area is null;
	candidates := array(select c.user_id from public.team_coordinators c where c.team_id = team and of_team is not null);
	if candidates = '{}' and of_area = program then
		candidates := array(select c.user_id from public.area_coordinators c where c.area_id = area);
	end if;
	-- Whoever is here, or covers; the one with the fewest that are open.
	select x.present into coordinator
	from (select distinct private.present_coordinator(program, c) as present from unnest(candidates) c) x
	where x.present is not null
	order by (select count(*) from (select from public.referrals r where r.coordinator_id = x.present and r.closed_at is null
		and r.state in ('submitted', 'triage', 'info_needed', 'waitlisted') limit 500) busy), x.present
	limit 1;
end $$;

/** Whether an address ends in a work domain that the program lists, or in one below it. */
create function private.has_listed_domain(program uuid, email text) returns boolean
language sql stable set search_path = '' as $$
	select exists (select from public.work_domains d, substring(lower(email) from '@([^@]+)$') host
		where d.program_id = program and (host = d.domain or right(host, length(d.domain) + 1) = '.' || d.domain))
$$;

/** Raises where a request lacks what each must have, or holds plain text in the place of sealed. */
create function private.check_request(request jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
	if request->>'client' is null or request->>'goals' is null or request->>'consented_on' is null then
		raise exception 'a request needs its client, goals and consent' using errcode = '23502';
	end if;
	perform (request->>'client')::private.sealed, (request->>'contact')::private.sealed, (request->>'goals')::private.sealed,
		(request->>'safety')::private.sealed, (request->>'referrer')::private.sealed;
end $$;

/** The sealed columns of a request, and the hashes to find it by. */
create function private.keep_details(referral uuid, request jsonb) returns void
language sql volatile set search_path = '' as $$
	insert into private.referral_details (referral_id, client, contact, goals, safety, referrer)
	values (referral, request->>'client', request->>'contact', request->>'goals', request->>'safety', request->>'referrer');
	insert into private.referral_hashes (referral_id, kind, hash)
	select distinct referral, h.kind, h.hash from jsonb_to_recordset(request->'hashes') as h (kind text, hash text) limit 20
$$;

/*
 * Makes the referral of a request, once: `{ reference, program }`. `request`: `{ team_id, area_id, second_email, age_band,
 * language_codes, consented_on }` and, sealed, `{ client, contact, goals, safety, referrer }`, and `hashes: [{ kind, hash }]`.
 */
create function private.accept_referral(referral uuid, email text, request jsonb, source text, program uuid default null,
	coordinator uuid default null) returns public.referrals
language plpgsql volatile set search_path = '' as $$
#variable_conflict use_column
declare
	r public.referrals;
	route record;
	team uuid := (select t.id from public.teams t where t.id = (request->>'team_id')::uuid and t.is_active);
	area uuid := (select a.id from public.areas a where a.id = (request->>'area_id')::uuid and a.is_active);
	noted uuid;
begin
	perform private.check_request(request);
	-- Sent twice at once: the second waits and finds the first.
	perform pg_advisory_xact_lock(hashtextextended(referral::text, 1));
	select * into r from public.referrals x where x.id = referral;
	if r.id is not null then return r; end if;
	select * into route from private.route_referral(team, area);
	if accept_referral.program is not null then
		route.needs_home := false;
		route.program := accept_referral.program;
		route.coordinator := accept_referral.coordinator;
	end if;
	insert into public.referrals (id, reference, program_id, team_id, area_id, needs_home, referrer_email, second_email,
		has_listed_domain, source, coordinator_id, age_band, language_codes, consented_on, acknowledge_by, attention_on)
	values (referral, private.new_reference(), route.program, team, area, route.needs_home, lower(email),
		nullif(lower(request->>'second_email'), lower(email)),
		coalesce(private.has_listed_domain(route.program, email), false),
		source, route.coordinator, request->>'age_band',
		array(select jsonb_array_elements_text(coalesce(request->'language_codes', '[]'))), (request->>'consented_on')::date,
		private.add_working_time(route.program, now(), make_interval(hours =>
			(select s.acknowledge_within_hours from public.referral_settings s where s.program_id = route.program))),
		private.program_today(route.program))
	returning * into r;
	perform private.keep_details(referral, request);
	noted := private.note_event(r, 'submit', null, case when source = 'phone' then 'coordinator' else 'referrer' end::public.referral_actor);
	perform private.audit(r.program_id, 'referral.submitted', r.id, 'done', jsonb_build_object('source', source,
		'needs_home', r.needs_home));
	-- What came by phone is acknowledged at once, which the referrer hears of by itself.
	if source = 'web' then
		perform private.tell_referrer(r, 'referral_received', noted);
		perform private.tell_coordinators(r, 'referral_new', noted);
	end if;
	return r;
end $$;

/** The answer to whoever sent it. */
create function private.sent_answer(r public.referrals) returns jsonb
language sql stable set search_path = '' as $$ select jsonb_build_object('ok', r.reference) $$;

/** Sends a request as the signed-in person: `{ ok: reference }`, the same however often; `{ refused }`: too_many, not_found. */
create function public.submit_referral(draft uuid, request jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	email constant text := private.my_email();
	r public.referrals;
begin
	if email is null then return '{"refused":"not_found"}'; end if;
	-- The draft's id is nobody else's to send.
	if exists (select from private.referral_drafts d where d.id = draft and d.owner_id is not null and d.owner_id <> auth.uid())
		then return '{"refused":"not_found"}'; end if;
	if (select count(*) from public.referrals x where x.referrer_email = email and x.submitted_at > now() - interval '1 hour'
		and x.id <> draft) >= 30 then return '{"refused":"too_many"}'; end if;
	r := private.accept_referral(draft, email, request, 'web');
	if r.referrer_email is distinct from email then return '{"refused":"not_found"}'; end if;
	perform private.close_draft(draft);
	delete from private.unconfirmed_referrals u where u.id = draft;
	return private.sent_answer(r);
end $$;

/*
 * Keeps a visitor's request until its address is proved, for 72 hours, and mails the link that proves it: `{ ok: kept_until }`, or
 * `{ refused }`: gone (no such draft), too_many, and `{ sent: true }` where it has been sent already. Kept again, it is changed.
 */
create function public.keep_unconfirmed(draft uuid, key_hash text, address text, request jsonb, client_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	email constant text := lower(trim(address));
	token constant text := private.new_token();
	d private.referral_drafts;
	before private.unconfirmed_referrals;
	kept private.unconfirmed_referrals;
begin
	if exists (select from public.referrals r where r.id = draft and r.referrer_email = email) then return '{"sent":true}'; end if;
	select * into d from private.referral_drafts x where x.id = draft for update;
	if d.id is null or private.is_draft_open(d, key_hash) is not true then return '{"refused":"gone"}'; end if;
	perform private.check_request(request);
	select * into before from private.unconfirmed_referrals u where u.id = draft for update;
	if before.id is null or before.email <> email then
		if not private.count_use('unconfirmed', client_hash, 20) or (select count(*) from private.unconfirmed_referrals u
			where u.email = email and u.kept_until > now()) >= 3 then return '{"refused":"too_many"}'; end if;
	end if;
	insert into private.unconfirmed_referrals as u (id, email, token_hash, request)
		values (draft, email, private.token_hash(token), request)
		on conflict on constraint unconfirmed_referrals_pkey do update set request = excluded.request, email = excluded.email,
			token_hash = case when u.email = excluded.email then u.token_hash else excluded.token_hash end
		returning * into kept;
	if kept.token_hash = private.token_hash(token) then
		perform private.enqueue_mail('referral_kept:' || draft || ':' || encode(kept.token_hash, 'hex'), 'referral_kept', email,
			jsonb_build_object('token', token));
	end if;
	return jsonb_build_object('ok', kept.kept_until);
end $$;

/** What a mailed link would send: `{ state }`: open, or unknown (sent, discarded or over). */
create function public.unconfirmed_by_token(token text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('state', case when exists (select from private.unconfirmed_referrals u
		where u.token_hash = private.token_hash(unconfirmed_by_token.token) and u.kept_until > now()) then 'open' else 'unknown' end)
$$;

/*
 * Sends what is kept, by the link's token, which was mailed to its address: `{ ok: reference, acknowledge_by, time_zone }` or
 * `{ refused: unknown }`.
 */
create function public.send_unconfirmed(token text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	u private.unconfirmed_referrals;
	r public.referrals;
begin
	delete from private.unconfirmed_referrals x
		where x.token_hash = private.token_hash(token) and x.kept_until > now() returning * into u;
	if u.id is null then
		-- Pressed again within the day, it says the same.
		select x.* into r from private.sent_drafts s join public.referrals x on x.id = s.id
			where s.token_hash = private.token_hash(token) and s.sent_at > now() - interval '1 day';
		if r.id is null then return '{"refused":"unknown"}'; end if;
	else
		r := private.accept_referral(u.id, u.email, u.request, 'web');
		-- Another's request that has the same id is none of theirs.
		if r.referrer_email is distinct from u.email then return '{"refused":"unknown"}'; end if;
		perform private.close_draft(u.id);
		insert into private.sent_drafts as s (id, token_hash) values (u.id, u.token_hash)
			on conflict (id) do update set token_hash = excluded.token_hash;
	end if;
	return private.sent_answer(r) || jsonb_build_object('acknowledge_by', r.acknowledge_by,
		'time_zone', (select p.time_zone from public.programs p where p.id = r.program_id));
end $$;

/** What is kept for the signed-in person's address: `[{ id, kept_until }]`. */
create function public.my_unconfirmed() returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'kept_until', u.kept_until) order by u.kept_until), '[]')
	from private.unconfirmed_referrals u where u.email = private.my_email() and u.kept_until > now()
$$;

/** Sends what is kept, or throws it away, as the signed-in person whose address it is: as `send_unconfirmed`. */
create function public.settle_unconfirmed(draft uuid, send boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	u private.unconfirmed_referrals;
	r public.referrals;
begin
	delete from private.unconfirmed_referrals x
		where x.id = draft and x.email = private.my_email() and x.kept_until > now() returning * into u;
	if u.id is null then return '{"refused":"unknown"}'; end if;
	if not send then
		delete from private.referral_drafts d where d.id = u.id;
		return '{"ok":true}';
	end if;
	r := private.accept_referral(u.id, u.email, u.request, 'web');
	if r.referrer_email is distinct from u.email then return '{"refused":"unknown"}'; end if;
	perform private.close_draft(u.id);
	return private.sent_answer(r);
end $$;

/*
 * A request that came by phone, written down by a coordinator, acknowledged by that: `{ ok: reference }`, or
 * `{ refused: not_allowed }`. `email` is null where the caller gave none.
 */
create function public.enter_referral(referral uuid, program uuid, email text, request jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
begin
	if coalesce(program = any (array(select private.my_programs('coordinator'))), false) is not true then
		perform private.audit(program, 'referral.submitted', null, 'refused', '{"why":"not_allowed"}');
		return '{"refused":"not_allowed"}';
	end if;
	r := private.accept_referral(referral, email, request, 'phone', program, auth.uid());
	if r.program_id <> program or r.source <> 'phone' then return '{"refused":"not_allowed"}'; end if;
	if r.state = 'submitted' and r.version = 1 then
		perform public.move_referral(r.id, 'acknowledge', r.version);
	end if;
	return private.sent_answer(r);
end $$;

/** Every few minutes: drafts and kept requests that are over are forgotten. */
create function public.purge_requests() returns void
language sql security definer set search_path = '' as $$
	delete from private.referral_drafts d where d.owner_id is null and d.touched_at < now() - interval '30 minutes'
		or d.touched_at < now() - interval '14 days';
	delete from private.unconfirmed_referrals u where u.kept_until < now();
	delete from private.sent_drafts s where s.sent_at < now() - interval '1 day';
	delete from private.uses u where u.since < now() - interval '1 day';
$$;

grant execute on function public.begin_draft, public.read_draft, public.draft_sent, public.keep_draft, public.discard_draft,
	public.keep_unconfirmed, public.unconfirmed_by_token, public.send_unconfirmed to anon, authenticated;
grant execute on function public.own_draft, public.my_drafts, public.submit_referral, public.my_unconfirmed,
	public.settle_unconfirmed, public.enter_referral to authenticated;
grant execute on function public.purge_requests to service_role;
