-- Requests whose sender has not proved the address yet: kept, seen by nobody, sent by the mailed link or by the person.

/*
 * Keeps a visitor's request until its address is proved, for 72 hours, and mails the link that proves it: `{ ok: kept_until }`, or
 * `{ refused }`: gone (no such draft), too_many (an hour: 5 for an address, 20 by a client), and `{ sent: true }` where it has been sent
 * already. Kept again, it is changed.
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
	is_allowed boolean;
begin
	if exists (select from public.referrals r where r.id = draft and r.referrer_email = email) then return '{"sent":true}'; end if;
	select * into d from private.referral_drafts x where x.id = draft for update;
	if d.id is null or private.is_draft_open(d, key_hash) is not true then return '{"refused":"gone"}'; end if;
	perform private.check_request(request);
	select * into before from private.unconfirmed_referrals u where u.id = draft for update;
	if before.id is null or before.email <> email then
		-- A client's limit first: what it is refused does not count against the address.
		is_allowed := private.count_use('unconfirmed', client_hash, 20);
		-- Each of them is a mail, which the address may not have asked for; as many as codes.
		if is_allowed then
			is_allowed := private.count_use('unconfirmed_for', encode(private.token_hash(email), 'hex'), 5);
		end if;
		if not is_allowed then
			perform private.audit_refusal(private.program_for(request), null, '{"why":"too_many"}');
			return '{"refused":"too_many"}';
		end if;
	end if;
	insert into private.unconfirmed_referrals as u (id, key_hash, email, token_hash, request)
		values (draft, d.key_hash, email, private.token_hash(token), request)
		on conflict on constraint unconfirmed_referrals_pkey do update set request = excluded.request, email = excluded.email,
			key_hash = excluded.key_hash,
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
	if r.referrer_email is distinct from u.email then
		perform private.audit_refusal(r.program_id, r.id, '{"why":"not_found"}');
		return '{"refused":"unknown"}';
	end if;
	perform private.close_draft(u.id);
	return private.sent_answer(r);
end $$;

grant execute on function public.keep_unconfirmed, public.unconfirmed_by_token, public.send_unconfirmed to anon, authenticated;
grant execute on function public.my_unconfirmed, public.settle_unconfirmed to authenticated;
