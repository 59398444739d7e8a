-- What admins change of routing. Each answers `{ ok }` or `{ refused }`, and writes its audit event either way.

/** Null where the caller is an admin of the program, else the refusal, which is audited. */
create function private.refuse_unless_admin(program uuid, event text, subject uuid default null) returns jsonb
language plpgsql set search_path = '' as $$
begin
	if coalesce(program = any (array(select private.my_programs('admin'))), false) then return null; end if;
	perform private.audit(program, event, subject, 'refused', '{"why":"not_allowed"}');
	return '{"refused":"not_allowed"}';
end $$;

/** Those of `people` who may act as coordinators of the program. */
create function private.only_coordinators(program uuid, people uuid[]) returns uuid[]
language sql stable set search_path = '' as $$
	select coalesce(array_agg(distinct x), '{}') from unnest(people) x where private.is_coordinator(program, x)
$$;

/*
 * Adds a team, or with `team` changes one of the program's. `{ ok: id }`, or `{ refused }`: not_allowed, not_found,
 * name_taken.
 */
create function public.save_team(program uuid, team uuid, team_name text, team_site text, active boolean, coordinators uuid[])
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
	refused jsonb := private.refuse_unless_admin(program, 'routing.team_saved', team);
	saved uuid;
begin
	if refused is not null then return refused; end if;
	if team is null then
		insert into public.teams (program_id, name, site, is_active) values (program, trim(team_name), trim(team_site), active)
			returning id into saved;
	else
		update public.teams t set name = trim(team_name), site = trim(team_site), is_active = active
			where t.id = team and t.program_id = program returning t.id into saved;
	end if;
	if saved is null then
		perform private.audit(program, 'routing.team_saved', team, 'refused', '{"why":"not_found"}');
		return '{"refused":"not_found"}';
	end if;
	delete from public.team_coordinators c where c.team_id = saved;
	insert into public.team_coordinators (team_id, user_id)
		select saved, x from unnest(private.only_coordinators(program, coordinators)) x;
	perform private.audit(program, 'routing.team_saved', saved, 'done', jsonb_build_object('active', active));
	return jsonb_build_object('ok', saved);
exception when unique_violation then
	perform private.audit(program, 'routing.team_saved', team, 'refused', '{"why":"name_taken"}');
	return '{"refused":"name_taken"}';
end $$;

/** The same of an area. */
create function public.save_area(program uuid, area uuid, area_name text, active boolean, coordinators uuid[])
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
	refused jsonb := private.refuse_unless_admin(program, 'routing.area_saved', area);
	saved uuid;
begin
	if refused is not null then return refused; end if;
	if area is null then
		insert into public.areas (program_id, name, is_active) values (program, trim(area_name), active) returning id into saved;
	else
		update public.areas a set name = trim(area_name), is_active = active
			where a.id = area and a.program_id = program returning a.id into saved;
	end if;
	if saved is null then
		perform private.audit(program, 'routing.area_saved', area, 'refused', '{"why":"not_found"}');
		return '{"refused":"not_found"}';
	end if;
	delete from public.area_coordinators c where c.area_id = saved;
	insert into public.area_coordinators (area_id, user_id)
		select saved, x from unnest(private.only_coordinators(program, coordinators)) x;
	perform private.audit(program, 'routing.area_saved', saved, 'done', jsonb_build_object('active', active));
	return jsonb_build_object('ok', saved);
exception when unique_violation then
	perform private.audit(program, 'routing.area_saved', area, 'refused', '{"why":"name_taken"}');
	return '{"refused":"name_taken"}';
end $$;

/** The program's listed work domains, all of them, in any case. `{ ok }`, or `{ refused: not_allowed }`. */
create function public.set_work_domains(program uuid, domains text[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	refused jsonb := private.refuse_unless_admin(program, 'routing.domains_set', program);
begin
	if refused is not null then return refused; end if;
	delete from public.work_domains d where d.program_id = program;
	insert into public.work_domains (program_id, domain) select distinct program, lower(trim(x)) from unnest(domains) x;
	perform private.audit(program, 'routing.domains_set', program, 'done', jsonb_build_object('count', cardinality(domains)));
	return '{"ok":true}';
end $$;

/*
 * The program's working hours, all of them: `[{ weekday, opens_at, closes_at }]`, which must not overlap. `{ ok }`, or
 * `{ refused }`: not_allowed, overlap.
 */
create function public.set_working_hours(program uuid, hours jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	refused jsonb := private.refuse_unless_admin(program, 'routing.hours_set', program);
begin
	if refused is not null then return refused; end if;
	if exists (
		select from jsonb_array_elements(hours) with ordinality a (shift, n)
		join jsonb_array_elements(hours) with ordinality b (shift, n) on a.n < b.n and a.shift->'weekday' = b.shift->'weekday'
			and ((a.shift->>'opens_at')::time, (a.shift->>'closes_at')::time)
				overlaps ((b.shift->>'opens_at')::time, (b.shift->>'closes_at')::time)
	) then
		perform private.audit(program, 'routing.hours_set', program, 'refused', '{"why":"overlap"}');
		return '{"refused":"overlap"}';
	end if;
	delete from public.working_hours w where w.program_id = program;
	insert into public.working_hours (program_id, weekday, opens_at, closes_at)
		select program, x.weekday, x.opens_at, x.closes_at
		from jsonb_to_recordset(hours) as x (weekday smallint, opens_at time, closes_at time);
	perform private.audit(program, 'routing.hours_set', program);
	return '{"ok":true}';
end $$;

/** The program's settings; both weeks null where the wait can't be said. `{ ok }`, or `{ refused: not_allowed }`. */
create function public.set_referral_settings(
	program uuid, acknowledge_hours integer, weeks_min integer, weeks_max integer, months integer
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
	refused jsonb := private.refuse_unless_admin(program, 'routing.settings_set', program);
begin
	if refused is not null then return refused; end if;
	update public.referral_settings s set acknowledge_within_hours = acknowledge_hours, wait_weeks_min = weeks_min,
		wait_weeks_max = weeks_max, keep_months = months,
		wait_stated_on = case when weeks_min is not null then private.program_today(program) end
		where s.program_id = program;
	perform private.audit(program, 'routing.settings_set', program, 'done', jsonb_build_object(
		'acknowledge_hours', acknowledge_hours, 'keep_months', months));
	return '{"ok":true}';
end $$;

/** How a support is safe in the program, and whom workers call. `{ ok }`, or `{ refused: not_allowed }`. */
create function public.set_support_settings(program uuid, home_visits boolean, personal_numbers boolean, duty_name text, duty_phone text)
returns jsonb language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	refused jsonb := private.refuse_unless_admin(program, 'routing.support_set', program);
begin
	if refused is not null then return refused; end if;
	update public.referral_settings s set home_visits = home_visits, personal_numbers = personal_numbers,
		duty_name = trim(duty_name), duty_phone = trim(duty_phone) where s.program_id = program;
	perform private.audit(program, 'routing.support_set', program, 'done', jsonb_build_object('home_visits', home_visits,
		'personal_numbers', personal_numbers));
	return '{"ok":true}';
end $$;

grant execute on function public.set_support_settings, public.save_team, public.save_area, public.set_work_domains, public.set_working_hours,
	public.set_referral_settings to authenticated;
