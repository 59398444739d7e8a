-- One referral, opened: by a coordinator of its program, or by whoever sent it. Each reading, and each that is refused, is audited.

/** What the signed-in person may do with a referral now: `[{ event, requires }]`. */
create function private.possible_moves(r public.referrals) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(distinct jsonb_build_object('event', t.event, 'requires', t.requires)), '[]')
	from private.referral_transitions t
	where t.from_state = r.state and t.actor = any (private.my_parts(r))
		and not (t.event = 'ask_correction' and r.has_correction)
		-- Nothing sealed is added to what was erased.
		and not ('words' = any (t.requires) and r.erased_at is not null)
		and not (t.event in ('confirm_correction', 'drop_correction') and not r.has_correction)
		-- What can't be given, but has to be so.
		and private.unmet(r, t.event, array(select x from unnest(t.requires) x
			where x in ('within_30_days', 'correction', 'asked_handover', 'asked_call', 'nobody_yet')), '{}') is null
$$;

/** Other referrals of the program that share a name in full, a telephone number or an address: `[row and shares]`. */
create function private.likely_duplicates(r public.referrals) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(private.list_row(o) || jsonb_build_object('shares', x.shares) order by o.submitted_at desc), '[]')
	from (
		select h.referral_id, array_agg(distinct h.kind order by h.kind) as shares
		from private.referral_hashes mine
		join private.referral_hashes h on h.hash = mine.hash and h.kind = mine.kind and h.referral_id <> mine.referral_id
		where mine.referral_id = r.id and mine.kind in ('name', 'phone', 'email')
			and exists (select from public.referrals p where p.id = h.referral_id and p.program_id = r.program_id)
		group by h.referral_id limit 20
	) x
	join public.referrals o on o.id = x.referral_id
$$;

/** Who may coordinate a program's referrals: `[{ id, name, away_until }]`, by name. */
create function private.coordinators_of(program uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', m.user_id, 'name', coalesce(p.name, u.email), 'away_until', a.until)
		order by coalesce(p.name, u.email)), '[]')
	from (select distinct x.user_id from public.memberships x where x.program_id = program and x.deactivated_at is null
		and x.role in ('coordinator', 'admin')) m
	join auth.users u on u.id = m.user_id
	left join public.people p on p.user_id = m.user_id
	left join public.absences a on a.program_id = program and a.user_id = m.user_id and a.until >= private.program_today(program)
$$;

create function private.timeline(referral uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'event', e.event, 'from', e.from_state, 'to', e.to_state, 'at', e.at,
		'actor', e.actor, 'actor_name', p.name, 'for_peer', e.for_peer, 'reason', e.reason, 'day', e.day, 'words', e.words)
		order by e.number), '[]')
	from private.referral_events e left join public.people p on p.user_id = e.actor_id
	where e.referral_id = referral
$$;

create function private.sealed_details(referral uuid) returns jsonb
language sql stable set search_path = '' as $$
	select to_jsonb(d) - 'referral_id' from private.referral_details d where d.referral_id = referral
$$;

/*
 * All of a referral that a coordinator decides by, or null where there is none for them; the reading, or its refusal, is audited.
 * `row, { program_id, referrer_email, second_email, second_has_listed_domain, age_band, language_codes, consented_on, acknowledge_by,
 * closed_at, erased_at, place_in_line, coordinator (a name), coordinators, sealed: { client, contact, goals, safety, referrer },
 * timeline, moves, duplicates, ends_on, matches (those that are not over): [{ worker: { id, name }, proposed_at, worker_said_yes_at, peer_said_yes_at,
 * first_met_on }], correction: { by, at, is_mine } | null }`
 */
create function public.read_referral(reference text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
begin
	select * into r from public.referrals x where x.reference = read_referral.reference;
	if r.id is null then return null; end if;
	if not 'coordinator' = any (private.my_parts(r)) then
		perform private.audit(r.program_id, 'referral.read', r.id, 'refused');
		return null;
	end if;
	perform private.audit(r.program_id, 'referral.read', r.id, 'done', '{"as":"coordinator"}');
	return private.list_row(r) || jsonb_build_object('program_id', r.program_id, 'referrer_email', r.referrer_email,
		'second_email', r.second_email, 'second_has_listed_domain', private.has_listed_domain(r.program_id, r.second_email),
		'age_band', r.age_band, 'language_codes', r.language_codes, 'consented_on', r.consented_on,
		'acknowledge_by', r.acknowledge_by, 'closed_at', r.closed_at, 'erased_at', r.erased_at,
		'coordinator', (select coalesce(p.name, u.email) from auth.users u left join public.people p on p.user_id = u.id
			where u.id = r.coordinator_id),
		'coordinators', private.coordinators_of(r.program_id),
		'place_in_line', case when r.state = 'waitlisted' then (select count(*) + 1 from public.referrals w
			where w.program_id = r.program_id and w.state = 'waitlisted' and (w.waiting_since, w.id) < (r.waiting_since, r.id)) end,
		'sealed', private.sealed_details(r.id), 'timeline', private.timeline(r.id), 'moves', private.possible_moves(r),
		'duplicates', private.likely_duplicates(r), 'ends_on', r.ends_on,
		'matches', (select coalesce(jsonb_agg(jsonb_build_object('proposed_at', m.proposed_at, 'worker_said_yes_at', m.worker_said_yes_at,
			'peer_said_yes_at', m.peer_said_yes_at, 'first_met_on', m.first_met_on,
			'worker', jsonb_build_object('id', u.id, 'name', coalesce(p.name, u.email))) order by m.first_met_on nulls last), '[]')
			from private.referral_matches m join auth.users u on u.id = m.worker_id left join public.people p on p.user_id = u.id
			where m.referral_id = r.id and m.ended_at is null),
		'correction', (select jsonb_build_object('by', p.name, 'at', c.asked_at, 'is_mine', c.asked_by = auth.uid())
			from private.pending_corrections c left join public.people p on p.user_id = c.asked_by where c.referral_id = r.id));
end $$;

/*
 * One of the signed-in person's own, or null; audited. What staff write to one another is not in it.
 * `{ id, reference, state, version, submitted_at, state_since, next_word_on, acknowledge_by, program, time_zone, team, addresses, wait,
 * sealed: { client, goals }, timeline, moves }`; `addresses`: where we write to. In the timeline, `unmatched` is a no of either.
 */
create function public.read_my_referral(reference text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	line jsonb;
begin
	select * into r from public.referrals x where x.reference = read_my_referral.reference and x.erased_at is null;
	if r.id is null then return null; end if;
	if not 'referrer' = any (private.my_parts(r)) then
		perform private.audit(r.program_id, 'referral.read', r.id, 'refused');
		return null;
	end if;
	perform private.audit(r.program_id, 'referral.read', r.id, 'done', '{"as":"referrer"}');
	select coalesce(jsonb_agg(case
		when e->>'event' in ('ask', 'answer', 'decline', 'redirect', 'waitlist', 'keep_waiting', 'withdraw') then e
		-- A match that was told of has come to nothing; not by whose no.
		when e->>'event' in ('worker_no', 'peer_no', 'take_back') then e - 'words' - 'reason' - 'for_peer' || '{"event":"unmatched","actor":"coordinator"}'
		else e - 'words' - 'reason' - 'for_peer' end - 'actor_name' order by n), '[]') into line
	from jsonb_array_elements(private.timeline(r.id)) with ordinality as x (e, n)
	where case
		when e->>'event' in ('worker_yes', 'peer_yes') then e->>'to' = 'matched'
		when e->>'event' in ('worker_no', 'peer_no', 'take_back') then e->>'from' = 'matched'
		else e->>'event' not in ('note', 'assign', 'rehome', 'ask_correction', 'drop_correction', 'propose', 'ask_handover',
			'settle_handover', 'ask_call', 'settle_call', 'pause', 'resume') end;
	return (select jsonb_build_object('id', r.id, 'reference', r.reference, 'state', r.state, 'version', r.version,
		'submitted_at', r.submitted_at, 'state_since', r.state_since, 'next_word_on', r.next_word_on,
		'acknowledge_by', r.acknowledge_by, 'program', p.name, 'time_zone', p.time_zone,
		'team', (select t.name from public.teams t where t.id = r.team_id),
		'addresses', to_jsonb(array_remove(array[r.referrer_email, r.second_email], null)),
		'wait', (select jsonb_build_object('min', s.wait_weeks_min, 'max', s.wait_weeks_max, 'stated_on', s.wait_stated_on)
			from public.referral_settings s where s.program_id = r.program_id and s.wait_weeks_min is not null),
		'sealed', jsonb_build_object('client', d.client, 'goals', d.goals), 'timeline', line,
		'moves', (select coalesce(jsonb_agg(distinct t.event), '[]') from private.referral_transitions t
			where t.from_state = r.state and t.actor = 'referrer'
				and private.unmet(r, t.event, array_remove(t.requires, 'words'), '{}') is null))
		from public.programs p left join private.referral_details d on d.referral_id = r.id where p.id = r.program_id);
end $$;

grant execute on function public.read_referral, public.read_my_referral to authenticated;
