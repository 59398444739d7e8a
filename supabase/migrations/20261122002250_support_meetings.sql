-- Meetings of a worker and a peer: planned, checked in to, checked out of. Who does not check out is looked for.

create table private.support_meetings (
	-- Made in the Worker, as what is sealed is bound to it.
	id uuid primary key,
	referral_id uuid not null references public.referrals on delete cascade,
	worker_id uuid not null references auth.users,
	starts_at timestamptz not null,
	ends_at timestamptz not null,
	-- `{ name, address, slug?, note }`: where.
	place private.sealed not null,
	version integer not null default 1,
	checked_in_at timestamptz,
	checked_out_at timestamptz,
	cancelled_at timestamptz,
	-- When coordinators were told that nobody has checked out.
	told_at timestamptz,
	check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
	check (checked_out_at is null or checked_in_at is not null)
);
create index support_meetings_of on private.support_meetings (referral_id, starts_at);
create index support_meetings_of_worker on private.support_meetings (worker_id, starts_at) where cancelled_at is null;
create index support_meetings_under_way on private.support_meetings (ends_at) where checked_in_at is not null and checked_out_at is null
	and cancelled_at is null;

/** Takes off what was planned with the peer by whoever supports them no more; what is under way is looked after until it ends. */
create function private.cancel_meetings(referral uuid) returns void
language sql volatile set search_path = '' as $$
	update private.support_meetings m set cancelled_at = now(), version = m.version + 1
	where m.referral_id = referral and m.checked_in_at is null and m.cancelled_at is null and m.ends_at > now()
		and m.worker_id <> all (private.workers_of(referral))
$$;

/** `{ id, starts_at, ends_at, place, version, checked_in_at, checked_out_at, cancelled_at, worker_id }` */
create function private.meeting_row(m private.support_meetings) returns jsonb
language sql stable set search_path = '' as $$
	select to_jsonb(m) - '{referral_id,told_at}'::text[]
$$;

/*
 * Plans a meeting of one's own with a peer (`expected` 0), or moves it: `{ ok: version }`, or `{ refused }`: not_found, not_possible,
 * stale, past (it begins before now), too_far (in more than 92 days), overlap (one's own meeting at that time), too_long.
 */
create function public.plan_meeting(referral uuid, meeting uuid, expected integer, starts_at timestamptz, ends_at timestamptz, place text)
returns jsonb language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	r public.referrals;
	m private.support_meetings;
	-- The form of a new meeting sent again, perhaps after going back to it: what it says now counts.
	is_sent_twice boolean;
	refused text;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	-- Two meetings that are planned at once: the second sees the first.
	perform pg_advisory_xact_lock(hashtextextended(auth.uid()::text, 4));
	select * into m from private.support_meetings x where x.id = meeting;
	is_sent_twice := coalesce(expected = 0 and m.version = 1, false);
	refused := case
		when not private.supports(r) or m.id is not null and (m.referral_id <> r.id or m.worker_id <> auth.uid()) then 'not_found'
		when not private.is_running(r) and r.state <> 'matched' then 'not_possible'
		when not is_sent_twice and (m.version <> expected or m.id is null and expected <> 0) then 'stale'
		when m.checked_in_at is not null or m.cancelled_at is not null then 'not_possible'
		when ends_at <= starts_at or ends_at > starts_at + interval '12 hours' then 'too_long'
		when starts_at < now() - interval '15 minutes' then 'past'
		when starts_at > now() + interval '92 days' then 'too_far'
		when exists (select from private.support_meetings x where x.worker_id = auth.uid() and x.id <> meeting and x.cancelled_at is null
			and x.checked_out_at is null and (x.starts_at, x.ends_at) overlaps (starts_at, ends_at)) then 'overlap'
	end;
	if refused is not null then
		perform private.audit(r.program_id, 'support.meeting_planned', r.id, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	insert into private.support_meetings as x (id, referral_id, worker_id, starts_at, ends_at, place)
		values (meeting, r.id, auth.uid(), starts_at, ends_at, place)
		on conflict on constraint support_meetings_pkey do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
			place = excluded.place, version = x.version + case when is_sent_twice then 0 else 1 end;
	perform private.audit(r.program_id, 'support.meeting_planned', r.id);
	return jsonb_build_object('ok', expected + 1);
end $$;

/*
 * Says of one's own meeting that it begins (`in`; of one that is over, that it took place), that all is well after it (`out`), or that it
 * is off (`cancel`); a coordinator may say `out` and `cancel` for a worker. Said twice, it is said once. `{ ok: version }`, or `{ refused }`: not_found, not_possible, too_early
 * (to begin: more than an hour before).
 */
create function public.mark_meeting(meeting uuid, what text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	m private.support_meetings;
	refused text;
begin
	select * into m from private.support_meetings x where x.id = meeting for update;
	if m.id is null then return '{"refused":"not_found"}'; end if;
	select * into r from public.referrals x where x.id = m.referral_id;
	refused := case
		when not (m.worker_id = auth.uid() and private.has_role(r.program_id, auth.uid(), 'worker')
			or what in ('out', 'cancel') and coalesce(r.program_id = any (array(select private.my_programs('coordinator'))), false))
			then 'not_found'
		when what = 'in' and m.cancelled_at is null and m.checked_out_at is null and m.starts_at > now() + interval '1 hour' then 'too_early'
		when what is null or not (what = 'in' and m.cancelled_at is null and m.checked_out_at is null and private.supports(r)
			or what = 'out' and m.checked_in_at is not null
			or what = 'cancel' and m.checked_in_at is null) then 'not_possible'
	end;
	if refused is not null then
		perform private.audit(r.program_id, 'support.meeting_marked', r.id, 'refused',
			jsonb_build_object('what', left(what, 10), 'why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	update private.support_meetings x set version = x.version + 1,
		checked_in_at = case when what = 'in' then coalesce(x.checked_in_at, now()) else x.checked_in_at end,
		checked_out_at = case when what = 'out' or what = 'in' and x.ends_at < now() and x.checked_in_at is null then coalesce(x.checked_out_at, now()) else x.checked_out_at end,
		cancelled_at = case when what = 'cancel' then coalesce(x.cancelled_at, now()) else x.cancelled_at end
		where x.id = m.id returning * into m;
	perform private.audit(r.program_id, 'support.meeting_marked', r.id, 'done', jsonb_build_object('what', what));
	return jsonb_build_object('ok', m.version);
end $$;

/*
 * Meetings of a program that somebody should look after now, for its coordinators and for supervisors of the workers: begun and not
 * ended half an hour after they should have, the longest due first. `[{ id, reference, worker_id, worker, starts_at, ends_at,
 * checked_in_at }]`
 */
create function public.late_meetings(program uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'reference', r.reference, 'worker_id', m.worker_id,
		'worker', coalesce(p.name, u.email), 'phone', coalesce(w.phone, ''), 'starts_at', m.starts_at, 'ends_at', m.ends_at, 'checked_in_at', m.checked_in_at)
		order by m.ends_at), '[]')
	from private.support_meetings m
	join public.referrals r on r.id = m.referral_id
	join auth.users u on u.id = m.worker_id
	left join public.people p on p.user_id = m.worker_id
	left join public.workers w on w.program_id = r.program_id and w.user_id = m.worker_id
	where m.checked_in_at is not null and m.checked_out_at is null and m.cancelled_at is null
		and m.ends_at < now() - interval '30 minutes' and r.program_id = late_meetings.program
		and (program = any (array(select private.my_programs('coordinator')))
			or (r.program_id, m.worker_id) in (select s.program_id, s.worker_id from private.my_supervised() s))
$$;
grant execute on function public.plan_meeting, public.mark_meeting, public.late_meetings to authenticated;

/*
 * Every few minutes: the coordinators who are here and the worker's supervisors are told, once a meeting, that nobody has checked out
 * of it. How many meetings.
 */
create function public.tell_late_meetings() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	m private.support_meetings;
	r public.referrals;
	told integer := 0;
begin
	for m in update private.support_meetings x set told_at = now()
		where x.checked_in_at is not null and x.checked_out_at is null and x.cancelled_at is null and x.told_at is null
			and x.ends_at < now() - interval '30 minutes' returning x.*
	loop
		select * into r from public.referrals x where x.id = m.referral_id;
		perform private.enqueue_mail('meeting_late:' || m.id || ':' || u.id, 'meeting_late', u.email,
			jsonb_build_object('reference', r.reference), r.program_id)
		from auth.users u where u.id = any (private.coordinators_here(r.program_id)) or exists (select from public.supervisions s
			where s.program_id = r.program_id and s.worker_id = m.worker_id and s.supervisor_id = u.id
				and private.has_role(s.program_id, s.supervisor_id, 'supervisor'));
		perform private.audit(r.program_id, 'support.meeting_late', r.id);
		told := told + 1;
	end loop;
	return told;
end $$;
grant execute on function public.tell_late_meetings to service_role;
