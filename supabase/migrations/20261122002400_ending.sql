-- Ending well: closing steps, each settled with words, and reminders while there is time left.

/*
 * Settles a closing step, or with `settled` null opens it again. Set aside, or done but for looking back and the achievement, it takes
 * words; `feelings` done names one other support in them, or `call` asks for a coordinator's call. `{ ok: version of the words }`, or
 * `{ refused }`: not_found, not_possible (no ending has begun, no such step), words, or what `save_support_entry` refuses (stale with
 * the `entry`).
 *
 * @param given `{ entry_id, expected, words (sealed), call, has_other (support, named in the words) }`
 */
create function public.settle_closing_step(referral uuid, step text, settled text, given jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	r public.referrals;
	saved jsonb := '{"ok":0}';
	refused text;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	refused := case
		when not private.my_parts(r) && '{coordinator,worker}' then 'not_found'
		when r.state <> 'ending' or not exists (select from private.referral_closing_steps s
			where s.referral_id = r.id and s.step = settle_closing_step.step) then 'not_possible'
		-- Nobody is left alone with what it is like.
		when step = 'feelings' and settled = 'done' and not coalesce((given->>'call')::boolean, false)
			and not coalesce((given->>'has_other')::boolean, false) then 'words'
		when given->>'words' is null and (settled = 'set_aside' or settled = 'done' and step not in ('look_back', 'achievement')) then 'words'
	end;
	if refused is null and given->>'words' is not null then
		saved := public.save_support_entry(r.id, (given->>'entry_id')::uuid, coalesce((given->>'expected')::integer, 0),
			jsonb_build_object('kind', 'step', 'step', step, 'words', given->>'words'));
		if saved ? 'refused' then return saved; end if;
	end if;
	if refused is null then
		update private.referral_closing_steps s set settled = settle_closing_step.settled,
			settled_at = case when settled is not null then now() end, settled_by = case when settled is not null then auth.uid() end
			where s.referral_id = r.id and s.step = settle_closing_step.step;
		if coalesce((given->>'call')::boolean, false) and step = 'feelings' and 'call' <> all (r.asked_for) then
			perform public.move_referral(r.id, 'ask_call', r.version);
		end if;
	end if;
	perform private.audit(r.program_id, 'referral.step_settled', r.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('step', left(step, 40), 'why', refused)));
	return case when refused is null then saved else jsonb_build_object('refused', refused) end;
end $$;
grant execute on function public.settle_closing_step to authenticated;

create table private.ending_reminders (
	referral_id uuid not null references public.referrals on delete cascade,
	ends_on date not null,
	days integer not null check (days in (28, 14, 7)),
	primary key (referral_id, ends_on, days)
);
/*
 * Each night: whoever supports, or coordinators where they have left, is told 28, 14 and 7 days before an end that was agreed on, each
 * once, and how many visits are planned until then. How many ends.
 */
create function public.remind_endings() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	due record;
	told integer := 0;
begin
	for due in
		select r.id, r.program_id, r.reference, r.ends_on, m.worker_id, left_over,
			case when left_over <= 7 then 7 when left_over <= 14 then 14 else 28 end as days,
			(select count(*) from private.support_meetings x where x.referral_id = r.id and x.worker_id = m.worker_id
				and x.cancelled_at is null and x.starts_at > now()
				and x.starts_at < (r.ends_on + 1)::timestamp at time zone (select p.time_zone from public.programs p where p.id = r.program_id))
				as visits
		from public.referrals r
		join private.referral_matches m on m.referral_id = r.id and m.ended_at is null
		cross join lateral (select r.ends_on - private.program_today(r.program_id) as left_over) x
		where r.state = 'ending' and left_over between 0 and 28
	loop
		continue when exists (select from private.ending_reminders x where x.referral_id = due.id and x.ends_on = due.ends_on
			and x.days <= due.days);
		insert into private.ending_reminders (referral_id, ends_on, days) values (due.id, due.ends_on, due.days);
		perform private.enqueue_mail('ending_near:' || due.id || ':' || due.ends_on || ':' || due.days || ':' || u.id, 'ending_near', u.email,
			jsonb_build_object('reference', due.reference, 'days', due.left_over, 'visits', due.visits), due.program_id)
		from auth.users u where u.id = any (case when private.has_role(due.program_id, due.worker_id, 'worker') then array[due.worker_id]
			else private.coordinators_here(due.program_id) end);
		told := told + 1;
	end loop;
	return told;
end $$;
grant execute on function public.remind_endings to service_role;
