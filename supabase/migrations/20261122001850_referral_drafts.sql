-- Requests before they are sent: drafts, and those whose sender has not proved the address yet.

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
	-- The draft's, so that the browser that sent it is told of it after the draft is over.
	key_hash text,
	email text not null check (email = lower(email) and length(email) between 3 and 254),
	-- SHA-256 of the token in the mailed link.
	token_hash bytea not null unique,
	-- What `private.accept_referral` takes.
	request jsonb not null check (octet_length(request::text) <= 100000),
	kept_until timestamptz not null default now() + interval '72 hours'
);
create index unconfirmed_referrals_of on private.unconfirmed_referrals (email);

-- How often something was done in the present hour, by a hash of who.
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

/** Whether the request of a draft is kept until its address is proved, by the secret's hash or to whose address it is. */
create function public.draft_kept(draft uuid, key_hash text default null) returns boolean
language sql stable security definer set search_path = '' as $$
	select exists (select from private.unconfirmed_referrals u where u.id = draft_kept.draft and u.kept_until > now()
		and (u.key_hash = draft_kept.key_hash or u.email = private.my_email()))
$$;

/** The signed-in person's own drafts: `[{ id, created_at, touched_at }]`, the newest first. */
create function public.my_drafts() returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'created_at', d.created_at, 'touched_at', d.touched_at)
		order by d.touched_at desc), '[]')
	from private.referral_drafts d where d.owner_id = auth.uid() and d.touched_at > now() - interval '14 days'
$$;

/** Every few minutes: drafts and kept requests that are over are forgotten. */
create function public.purge_requests() returns void
language sql security definer set search_path = '' as $$
	delete from private.referral_drafts d where d.owner_id is null and d.touched_at < now() - interval '30 minutes'
		or d.touched_at < now() - interval '14 days';
	delete from private.unconfirmed_referrals u where u.kept_until < now();
	delete from private.sent_drafts s where s.sent_at < now() - interval '1 day';
	delete from private.uses u where u.since < now() - interval '1 day';
$$;

grant execute on function public.begin_draft, public.read_draft, public.draft_sent, public.draft_kept, public.keep_draft,
	public.discard_draft to anon, authenticated;
grant execute on function public.own_draft, public.my_drafts to authenticated;
grant execute on function public.purge_requests to service_role;
