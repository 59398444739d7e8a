-- Mail leaves by an outbox: written in the transaction of what it tells of, claimed by whoever drains it, sent once unless a
-- crash falls between sending and marking.

create table private.outbox (
	id uuid primary key default gen_random_uuid(),
	-- The same thing is told once, however often it is written.
	dedupe_key text not null unique check (length(dedupe_key) between 1 and 200),
	-- Whose admins see it when it can't be delivered.
	program_id uuid,
	template text not null check (template ~ '^[a-z_]+$' and length(template) <= 60),
	to_address text not null check (length(to_address) between 3 and 254),
	-- What the template needs; emptied once it is sent, as it may hold a token.
	data jsonb not null default '{}' check (octet_length(data::text) <= 8000),
	created_at timestamptz not null default now(),
	next_try_at timestamptz not null default now(),
	tries integer not null default 0,
	-- Who has claimed it, and until when nobody else may.
	lease uuid,
	leased_until timestamptz,
	sent_at timestamptz,
	set_aside_at timestamptz,
	last_error text check (length(last_error) <= 300)
);
create index outbox_due on private.outbox (next_try_at) where sent_at is null and set_aside_at is null;
create index outbox_set_aside on private.outbox (program_id, set_aside_at) where set_aside_at is not null;
-- Whether a program's coordinators have had a digest within the hour.
create index outbox_digests on private.outbox (program_id, created_at) where template = 'referral_digest';

/** Writes a message, unless one with this key was written before. */
create function private.enqueue_mail(key text, template text, to_address text, data jsonb, program uuid default null)
returns void language sql set search_path = '' as $$
	insert into private.outbox (dedupe_key, template, to_address, data, program_id)
	values (key, template, to_address, data, program)
	on conflict (dedupe_key) do nothing
$$;

/** Up to `n` messages that are due, kept from others for as long as the lease lasts. */
create function public.claim_outbox(n integer, lease_seconds integer)
returns table (id uuid, lease uuid, template text, to_address text, data jsonb)
language sql security definer set search_path = '' as $$
	update private.outbox o
	set lease = gen_random_uuid(), leased_until = now() + make_interval(secs => least(greatest(lease_seconds, 1), 3600)),
		tries = o.tries + 1
	where o.id in (
		select d.id from private.outbox d
		where d.sent_at is null and d.set_aside_at is null and d.next_try_at <= now()
			and (d.leased_until is null or d.leased_until < now())
		order by d.next_try_at
		for update skip locked
		limit least(greatest(n, 1), 100)
	)
	returning o.id, o.lease, o.template, o.to_address, o.data
$$;

/** Marks a claimed message as sent; false where the claim has passed to another. */
create function public.mark_sent(message uuid, claim uuid) returns boolean
language sql security definer set search_path = '' as $$
	with marked as (
		update private.outbox o set sent_at = now(), data = '{}', lease = null, leased_until = null, last_error = null
		where o.id = message and o.lease = claim and o.sent_at is null returning 1
	)
	select exists (select from marked)
$$;

/*
 * Marks a claimed message as not sent: tried again after 1, 2, 4 … minutes, at most six hours; after eight tries, or where
 * trying again is no use, it is put aside for staff to see.
 */
create function public.mark_unsent(message uuid, claim uuid, error text, for_good boolean) returns boolean
language sql security definer set search_path = '' as $$
	with marked as (
		update private.outbox o set
			lease = null, leased_until = null, last_error = left(error, 300),
			next_try_at = now() + least(interval '1 minute' * power(2, o.tries - 1), interval '6 hours'),
			set_aside_at = case when for_good or o.tries >= 8 then now() end
		where o.id = message and o.lease = claim and o.sent_at is null returning 1
	)
	select exists (select from marked)
$$;
grant execute on function public.claim_outbox, public.mark_sent, public.mark_unsent to service_role;

/** What could not be delivered, for admins: `[{ id, template, to, since, error }]`, the newest first. */
create function public.mail_set_aside() returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'template', o.template, 'to', o.to_address,
		'since', o.created_at, 'error', o.last_error) order by o.set_aside_at desc), '[]')
	from private.outbox o
	where o.set_aside_at is not null and o.program_id = any (array(select private.my_programs('admin')))
$$;

/** Tries a message that was put aside again; false where it is not there or not one's own program's. */
create function public.retry_mail(message uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
	owner uuid;
	allowed boolean;
begin
	select o.program_id into owner from private.outbox o where o.id = message and o.set_aside_at is not null for update;
	if owner is null then return false; end if;
	allowed := coalesce(owner = any (array(select private.my_programs('admin'))), false);
	if allowed then
		update private.outbox o set set_aside_at = null, tries = 0, next_try_at = now() where o.id = message;
	end if;
	perform private.audit(owner, 'mail.retried', message, case when allowed then 'done' else 'refused' end);
	return allowed;
end $$;
grant execute on function public.mail_set_aside, public.retry_mail to authenticated;

/** Each night: what was sent, or put aside, a month ago is forgotten. */
create function public.purge_outbox() returns integer
language sql security definer set search_path = '' as $$
	with gone as (delete from private.outbox o where coalesce(o.sent_at, o.set_aside_at) < now() - interval '30 days' returning 1)
	select count(*)::integer from gone
$$;
grant execute on function public.purge_outbox to service_role;
