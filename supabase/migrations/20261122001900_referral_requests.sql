-- Sending a request, which is one step: where it goes, and the referral that is made of it.

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

/** The program that a request would reach. */
create function private.program_for(request jsonb) returns uuid
language sql stable set search_path = '' as $$
	select x.program from private.route_referral((request->>'team_id')::uuid, (request->>'area_id')::uuid) x
$$;

/** Writes down that the signed-in person was refused to send a request: for each reason once an hour, as nobody may fill the audit. */
create function private.audit_refusal(program uuid, referral uuid, why jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	if auth.uid() is null then return; end if;
	if private.count_use('refused_' || (why->>'why'), encode(private.token_hash(auth.uid()::text), 'hex'), 1) then
		perform private.audit(program, 'referral.submitted', referral, 'refused', why);
	end if;
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
	then
		perform private.audit_refusal(private.program_for(request), null, '{"why":"not_found"}');
		return '{"refused":"not_found"}';
	end if;
	if (select count(*) from public.referrals x where x.referrer_email = email and x.submitted_at > now() - interval '1 hour'
		and x.id <> draft) >= 30
	then
		perform private.audit_refusal(private.program_for(request), null, '{"why":"too_many"}');
		return '{"refused":"too_many"}';
	end if;
	r := private.accept_referral(draft, email, request, 'web');
	if r.referrer_email is distinct from email then
		perform private.audit_refusal(r.program_id, r.id, '{"why":"not_found"}');
		return '{"refused":"not_found"}';
	end if;
	perform private.close_draft(draft);
	delete from private.unconfirmed_referrals u where u.id = draft;
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
	if r.program_id <> program or r.source <> 'phone' then
		perform private.audit(program, 'referral.submitted', referral, 'refused', '{"why":"not_allowed"}');
		return '{"refused":"not_allowed"}';
	end if;
	if r.state = 'submitted' and r.version = 1 then
		perform public.move_referral(r.id, 'acknowledge', r.version);
	end if;
	return private.sent_answer(r);
end $$;

grant execute on function public.submit_referral, public.enter_referral to authenticated;
