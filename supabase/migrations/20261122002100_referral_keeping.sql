-- What time does to referrals: they escalate, and are forgotten; what one may have of them, and other keys for what is sealed.

/*
 * Every few minutes: what nobody has acknowledged in its working hours goes to the program's coordinators and admins, in one
 * message, at most one an hour. How many referrals.
 */
create function public.escalate_referrals() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	late record;
	told integer := 0;
	batch constant text := gen_random_uuid()::text;
begin
	-- Two crons at once: the second finds the first one's digest.
	perform pg_advisory_xact_lock(hashtext('escalate referrals'));
	for late in
		with due as (
			update public.referrals r set escalated_at = now(), attention_on = least(r.attention_on, private.program_today(r.program_id))
			where r.state = 'submitted' and r.escalated_at is null and r.acknowledge_by < now()
				and not exists (select from private.outbox o where o.program_id = r.program_id and o.template = 'referral_digest'
					and o.created_at > now() - interval '1 hour')
			returning r.id, r.program_id, r.reference
		)
		select d.program_id, array_agg(d.reference order by d.reference) as refs, count(*)::integer as n,
			count(private.audit(d.program_id, 'referral.escalated', d.id)) from due d group by d.program_id
	loop
		told := told + late.n;
		perform private.enqueue_mail('referral_digest:' || batch || ':' || u.id, 'referral_digest', u.email,
			jsonb_build_object('references', to_jsonb(late.refs[:50]), 'count', late.n), late.program_id)
		from (select distinct m.user_id from public.memberships m where m.program_id = late.program_id
			and m.deactivated_at is null and m.role in ('coordinator', 'admin')) x
		join auth.users u on u.id = x.user_id;
	end loop;
	return told;
end $$;

/** The messages about a referral: of each event and meeting, of its end, and the one that asked for the address to be proved. */
create function private.mail_about(referral uuid) returns setof uuid
language plpgsql stable set search_path = '' as $$
begin
	return query select o.id from private.outbox o join private.referral_events e
		on e.referral_id = referral and o.dedupe_key like '%:' || e.id || ':%'
	union
	select o.id from private.outbox o join private.support_meetings m
		on m.referral_id = referral and o.dedupe_key like 'meeting_late:' || m.id || ':%'
	union
	select o.id from private.outbox o where o.dedupe_key like 'referral_kept:' || referral || ':%'
		or o.dedupe_key like 'ending_near:' || referral || ':%';
end $$;

/** Takes away all that is sealed of a referral, and whose it was; the rest stays for statistics. */
create function private.erase_referral(r public.referrals) returns void
language plpgsql volatile set search_path = '' as $$
begin
	delete from private.referral_details d where d.referral_id = r.id;
	-- Mail of the last month names whom it went to.
	delete from private.outbox o where o.id in (select private.mail_about(r.id));
	delete from private.referral_hashes h where h.referral_id = r.id;
	update private.referral_events e set words = null where e.referral_id = r.id;
	update private.referral_matches m set initials = null, plan = null where m.referral_id = r.id;
	delete from private.support_entries e where e.referral_id = r.id;
	delete from private.support_meetings m where m.referral_id = r.id;
	delete from private.feedback_links l where l.referral_id = r.id;
	update public.referrals x set referrer_email = null, second_email = null, erased_at = now(), version = x.version + 1,
		-- A correction that was asked for still waits for its second person.
		attention_on = case when x.has_correction then x.attention_on end where x.id = r.id;
	perform private.audit(r.program_id, 'referral.erased', r.id);
end $$;

/** Erases a referral that is closed, for an admin: `{ ok }`, or `{ refused }`: not_found, stale, still_open, not_possible. */
create function public.erase_referral(referral uuid, expected integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	refused text;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	refused := case
		when (r.program_id = any (array(select private.my_programs('admin')))) is not true then 'not_found'
		when r.version is distinct from expected then 'stale'
		when r.erased_at is not null then 'not_possible'
		-- Somebody may be looked for.
		when r.closed_at is null or exists (select from private.support_meetings m where m.referral_id = r.id
			and m.checked_in_at is not null and m.checked_out_at is null and m.cancelled_at is null) then 'still_open'
	end;
	if refused is not null then
		perform private.audit(r.program_id, 'referral.erased', r.id, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	perform private.erase_referral(r);
	return '{"ok":true}';
end $$;

/** Each night: referrals that were closed longer ago than their program keeps them are erased, 500 at a time. How many. */
create function public.erase_old_referrals() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	erased integer := 0;
begin
	for r in select x.* from public.referrals x join public.referral_settings s on s.program_id = x.program_id
		where x.erased_at is null and x.closed_at < now() - make_interval(months => s.keep_months)
			-- A bound for the index: nearly all that is closed is still kept.
			and x.closed_at < now() - make_interval(months => (select min(y.keep_months) from public.referral_settings y))
		order by x.closed_at limit 500 for update of x skip locked
	loop
		perform private.erase_referral(r);
		erased := erased + 1;
	end loop;
	return erased;
end $$;

/** Everything that is held about a referral, for an admin, or null; audited. Sealed values are as they are stored. */
create function public.export_referral(reference text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
begin
	select * into r from public.referrals x where x.reference = export_referral.reference;
	if r.id is null then return null; end if;
	if (r.program_id = any (array(select private.my_programs('admin')))) is not true then
		perform private.audit(r.program_id, 'referral.exported', r.id, 'refused');
		return null;
	end if;
	perform private.audit(r.program_id, 'referral.exported', r.id);
	return jsonb_build_object('referral', to_jsonb(r) - 'state_number',
		'program', (select p.name from public.programs p where p.id = r.program_id),
		'team', (select t.name from public.teams t where t.id = r.team_id),
		'area', (select a.name from public.areas a where a.id = r.area_id),
		'sealed', private.sealed_details(r.id),
		'timeline', private.timeline(r.id),
		'matches', (select coalesce(jsonb_agg(to_jsonb(m) order by m.proposed_at), '[]') from private.referral_matches m
			where m.referral_id = r.id),
		'closing_steps', (select coalesce(jsonb_agg(to_jsonb(s) order by s.step), '[]') from private.referral_closing_steps s
			where s.referral_id = r.id),
		'support', (select coalesce(jsonb_agg(private.entry_row(e) order by e.number), '[]') from private.support_entries e
			where e.referral_id = r.id),
		'meetings', (select coalesce(jsonb_agg(to_jsonb(m) order by m.starts_at), '[]') from private.support_meetings m
			where m.referral_id = r.id),
		'correction', (select to_jsonb(c) - 'referral_id' from private.pending_corrections c where c.referral_id = r.id),
		'searchable_by', (select coalesce(jsonb_agg(distinct h.kind), '[]') from private.referral_hashes h where h.referral_id = r.id),
		'mail', (select coalesce(jsonb_agg(jsonb_build_object('template', o.template, 'to', o.to_address, 'written_at', o.created_at,
			'sent_at', o.sent_at) order by o.created_at), '[]') from private.outbox o
			where o.id in (select private.mail_about(r.id))),
		'audit', (select coalesce(jsonb_agg(jsonb_build_object('at', a.at, 'event', a.event, 'outcome', a.outcome,
			'actor_id', a.actor_id, 'details', a.details) order by a.id), '[]') from public.audit_events a where a.subject_id = r.id));
end $$;

/*
 * A page of a program's audit, the newest first, for its admins: `[{ id, at, event, outcome, actor, subject_reference, subject_name,
 * details }]`, at most 50 and one more where there is more. `filters`: `{ before, event, outcome, actor, reference }`.
 */
create function public.audit_page(program uuid, filters jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	conditions constant text := 'e.program_id = $1'
		|| case when filters->>'before' is not null then ' and e.id < $2' else '' end
		|| case when filters->>'event' is not null then ' and e.event = $3' else '' end
		|| case when filters->>'outcome' is not null then ' and e.outcome = $4' else '' end
		|| case when filters->>'actor' is not null then ' and e.actor_id = $5' else '' end
		|| case when filters->>'reference' is not null then ' and e.subject_id = $6' else '' end;
	page public.audit_events[];
begin
	execute format('select array(select e from public.audit_events e where %s order by e.id desc limit 51)', conditions)
		into page
		using program, (filters->>'before')::bigint, filters->>'event', filters->>'outcome', (filters->>'actor')::uuid,
			(select x.id from public.referrals x where x.reference = filters->>'reference');
	return (
		select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'at', a.at, 'event', a.event, 'outcome', a.outcome,
			'actor_id', a.actor_id, 'actor', p.name, 'subject_id', a.subject_id, 'subject_reference', r.reference,
			'subject_name', s.name, 'details', a.details) order by a.id desc), '[]')
		from unnest(page) a
		left join public.people p on p.user_id = a.actor_id
		left join public.referrals r on r.id = a.subject_id
		left join public.people s on s.user_id = a.subject_id
	);
end $$;
grant execute on function public.erase_referral, public.export_referral, public.audit_page to authenticated;

/*
 * Sealed values that are under another key than this one, at most `n`, in an order of their own: `[{ place, id, field, value }]`.
 * `after`: the last of those before. `place` is the table that the value is bound to, but for what is kept unconfirmed, which is
 * bound to `referral_details` as it will be. What lies under a visitor's secret is not there: nobody else can open it.
 */
create function public.sealed_under_other_keys(key text, n integer, after jsonb default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	places constant text[] := '{referral_details,referral_events,referral_drafts,unconfirmed_referrals,referral_matches,support_entries,
		support_meetings,feedback,enrolment_details,enrolment_notes,application_drafts}';
	-- Of each place from an id on, along its primary key.
	queries constant text[] := array[
		$q$select d.referral_id as id, f.field, f.value from private.referral_details d, lateral (values ('client', d.client),
			('contact', d.contact), ('goals', d.goals), ('safety', d.safety), ('referrer', d.referrer)) f (field, value)
			where d.referral_id >= $1$q$,
		$q$select e.id, 'words' as field, e.words as value from private.referral_events e where e.id >= $1$q$,
		$q$select d.id, 'contents' as field, d.contents as value from private.referral_drafts d
			where d.id >= $1 and d.owner_id is not null$q$,
		$q$select u.id, f.field, u.request->>f.field as value from private.unconfirmed_referrals u,
			lateral (values ('client'), ('contact'), ('goals'), ('safety'), ('referrer')) f (field) where u.id >= $1$q$,
		$q$select m.id, f.field, f.value from private.referral_matches m, lateral (values ('initials', m.initials), ('plan', m.plan))
			f (field, value) where m.id >= $1$q$,
		$q$select e.id, 'words' as field, e.words as value from private.support_entries e where e.id >= $1$q$,
		$q$select m.id, 'place' as field, m.place as value from private.support_meetings m where m.id >= $1$q$,
		$q$select f.id, 'better' as field, f.better as value from private.feedback f where f.id >= $1$q$,
		$q$select d.enrolment_id as id, f.field, f.value from private.enrolment_details d, lateral (values ('details', d.details),
			('answer', d.answer)) f (field, value) where d.enrolment_id >= $1$q$,
		$q$select n.id, 'words' as field, n.words as value from private.enrolment_notes n where n.id >= $1$q$,
		$q$select d.id, 'contents' as field, d.contents as value from private.application_drafts d where d.id >= $1$q$];
	most constant integer := least(greatest(n, 1), 1000);
	begins constant integer := coalesce(array_position(places, after->>'place'), 1);
	found_values jsonb := '[]';
	more jsonb;
begin
	for number in begins .. cardinality(places) loop
		execute format('select coalesce(jsonb_agg(jsonb_build_object(''place'', %L, ''id'', x.id, ''field'', x.field, ''value'', x.value)
				order by x.id, x.field), ''[]'')
			from (select * from (%s) y where split_part(y.value, ''.'', 2) <> $2 and (y.id, y.field) > ($1, $3)
				order by y.id, y.field limit $4) x', places[number], queries[number])
			into more
			using case when number = begins and after is not null then (after->>'id')::uuid
					else '00000000-0000-0000-0000-000000000000' end,
				key, case when number = begins and after is not null then after->>'field' else '' end,
				most - jsonb_array_length(found_values);
		found_values := found_values || more;
		exit when jsonb_array_length(found_values) = most;
	end loop;
	return found_values;
end $$;

/** Puts a value that was sealed anew in the place of the one it was: false where that has changed or gone meanwhile. */
create function public.replace_sealed(place text, id uuid, field text, was text, sealed text) returns boolean
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	checked constant private.sealed := sealed;
	replaced integer;
begin
	if place = 'referral_details' and field in ('client', 'contact', 'goals', 'safety', 'referrer') then
		execute format('update private.referral_details set %I = $1 where referral_id = $2 and %1$I = $3', field) using checked, id, was;
	elsif (place, field) in (('referral_events', 'words'), ('referral_drafts', 'contents'), ('referral_matches', 'initials'),
		('referral_matches', 'plan'), ('support_entries', 'words'), ('support_meetings', 'place'), ('feedback', 'better'),
		('enrolment_notes', 'words'), ('application_drafts', 'contents')) then
		execute format('update private.%I set %I = $1 where id = $2 and %2$I = $3', place, field) using checked, id, was;
	elsif place = 'enrolment_details' and field in ('details', 'answer') then
		execute format('update private.enrolment_details set %I = $1 where enrolment_id = $2 and %1$I = $3', field) using checked, id, was;
	elsif place = 'unconfirmed_referrals' and field in ('client', 'contact', 'goals', 'safety', 'referrer') then
		execute 'update private.unconfirmed_referrals set request = jsonb_set(request, array[$4], to_jsonb($1::text))
			where id = $2 and request->>$4 = $3' using checked, id, was, field;
	else
		return false;
	end if;
	-- Execute says nothing of what it found.
	get diagnostics replaced = row_count;
	return replaced = 1;
end $$;
grant execute on function public.escalate_referrals, public.erase_old_referrals, public.sealed_under_other_keys,
	public.replace_sealed to service_role;
