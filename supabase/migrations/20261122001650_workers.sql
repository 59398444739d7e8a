-- What workers say of themselves: how many people at most, where, in which languages, and what they choose to share. And who
-- supervises whom.

create table public.workers (
	program_id uuid not null references public.programs on delete cascade,
	user_id uuid not null references auth.users on delete cascade,
	-- How many people they support at most.
	cap integer not null default 2 check (cap between 0 and 50),
	-- "Less this week": they are asked about nobody new until this day is over.
	less_until date,
	language_codes text[] not null default '{}'
		check (cardinality(language_codes) <= 10 and array_to_string(language_codes, ' ') ~ '^([a-z]{2,3}( [a-z]{2,3})*)?$'),
	-- What a peer may be told of them.
	about text not null default '' check (length(about) <= 1000),
	-- What they would rather do, or rather not; for coordinators.
	wishes text not null default '' check (length(wishes) <= 1000),
	-- Where they are rung when nobody knows whether they are well; for coordinators and their supervisors.
	phone text not null default '' check (length(phone) <= 40 and (phone = '' or phone ~ '([0-9][^0-9]*){7}')),
	primary key (program_id, user_id)
);
create index workers_by_user on public.workers (user_id);

create table public.worker_areas (
	program_id uuid not null,
	user_id uuid not null,
	area_id uuid not null references public.areas on delete cascade,
	primary key (program_id, user_id, area_id),
	foreign key (program_id, user_id) references public.workers on delete cascade
);
create index worker_areas_by_area on public.worker_areas (area_id);

create table public.supervisions (
	program_id uuid not null references public.programs on delete cascade,
	worker_id uuid not null references auth.users on delete cascade,
	supervisor_id uuid not null references auth.users on delete cascade,
	primary key (program_id, worker_id, supervisor_id),
	check (worker_id <> supervisor_id)
);
create index supervisions_by_supervisor on public.supervisions (supervisor_id);
create index supervisions_by_worker on public.supervisions (worker_id);

/** Whether somebody has a role in a program at present. */
create function private.has_role(program uuid, person uuid, role public.membership_role) returns boolean
language sql stable set search_path = '' as $$
	select exists (select from public.memberships m where m.program_id = program and m.user_id = person
		and m.role = has_role.role and m.deactivated_at is null)
$$;

/** The workers whom the signed-in person supervises. */
create function private.my_supervised() returns table (program_id uuid, worker_id uuid)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query select s.program_id, s.worker_id from public.supervisions s
		where s.supervisor_id = (select auth.uid()) and private.has_role(s.program_id, s.supervisor_id, 'supervisor');
end $$;
grant execute on function private.my_supervised to authenticated;

grant select on public.workers, public.worker_areas, public.supervisions to authenticated;
grant all on public.workers, public.worker_areas, public.supervisions to service_role;
alter table public.workers enable row level security;
alter table public.worker_areas enable row level security;
alter table public.supervisions enable row level security;
create policy "Workers, their supervisors and coordinators read what they say" on public.workers for select to authenticated
	using (user_id = (select auth.uid()) or program_id = any (array(select private.my_programs('coordinator')))
		or (program_id, user_id) in (select s.program_id, s.worker_id from private.my_supervised() s));
create policy "Whoever reads of a worker reads where they work" on public.worker_areas for select to authenticated
	using ((program_id, user_id) in (select w.program_id, w.user_id from public.workers w));
create policy "Workers, supervisors and coordinators read who supervises whom" on public.supervisions for select to authenticated
	using (worker_id = (select auth.uid()) or supervisor_id = (select auth.uid())
		or program_id = any (array(select private.my_programs('coordinator'))));

/*
 * Says of oneself, as a worker: `{ cap, less_until, language_codes, area_ids, about, wishes, phone }`, all of it. `{ ok }`, or `{ refused }`:
 * not_allowed, past and too_far (`less_until`), unknown_area.
 */
create function public.save_worker(program uuid, given jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	today constant date := private.program_today(program);
	until constant date := given->>'less_until';
	areas constant uuid[] := array(select distinct x::uuid from jsonb_array_elements_text(coalesce(given->'area_ids', '[]')) x);
	refused text;
begin
	refused := case
		when (program = any (array(select private.my_programs('worker')))) is not true then 'not_allowed'
		when until < today then 'past'
		when until > today + 92 then 'too_far'
		when exists (select from unnest(areas) x where not exists (
			select from public.areas a where a.id = x and a.program_id = save_worker.program)) then 'unknown_area'
	end;
	if refused is not null then
		perform private.audit(program, 'worker.saved', auth.uid(), 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	insert into public.workers as w (program_id, user_id, cap, less_until, language_codes, about, wishes, phone)
		values (program, auth.uid(), (given->>'cap')::integer, until,
			array(select jsonb_array_elements_text(coalesce(given->'language_codes', '[]'))),
			coalesce(given->>'about', ''), coalesce(given->>'wishes', ''), coalesce(given->>'phone', ''))
		on conflict (program_id, user_id) do update set cap = excluded.cap, less_until = excluded.less_until,
			language_codes = excluded.language_codes, about = excluded.about, wishes = excluded.wishes, phone = excluded.phone;
	delete from public.worker_areas a where a.program_id = program and a.user_id = auth.uid() and a.area_id <> all (areas);
	insert into public.worker_areas (program_id, user_id, area_id) select program, auth.uid(), x from unnest(areas) x
		on conflict do nothing;
	perform private.audit(program, 'worker.saved', auth.uid(), 'done', jsonb_strip_nulls(jsonb_build_object('cap', given->'cap',
		'less_until', until)));
	return '{"ok":true}';
end $$;

/*
 * Says who supervises a worker: all of them, by a coordinator. `{ ok }`, or `{ refused }`: not_allowed, not_a_member (the worker is
 * none, or one of them is no supervisor).
 */
create function public.set_supervisors(program uuid, worker uuid, supervisors uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	refused text;
begin
	refused := case
		when (program = any (array(select private.my_programs('coordinator')))) is not true then 'not_allowed'
		when not private.has_role(program, worker, 'worker') or exists (
			select from unnest(supervisors) x where x = worker or not private.has_role(program, x, 'supervisor')) then 'not_a_member'
	end;
	if refused is not null then
		perform private.audit(program, 'worker.supervisors_set', worker, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	delete from public.supervisions s where s.program_id = program and s.worker_id = worker and s.supervisor_id <> all (supervisors);
	insert into public.supervisions (program_id, worker_id, supervisor_id) select program, worker, x from unnest(supervisors) x
		on conflict do nothing;
	perform private.audit(program, 'worker.supervisors_set', worker, 'done', jsonb_build_object('count', cardinality(supervisors)));
	return '{"ok":true}';
end $$;

/** Whom a program's coordinators may name as supervisors: `[{ id, name }]`, by name; null for others. */
create function public.program_supervisors(program uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select case when program = any (array(select private.my_programs('coordinator'))) then (
		select coalesce(jsonb_agg(jsonb_build_object('id', m.user_id, 'name', coalesce(p.name, u.email))
			order by coalesce(p.name, u.email)), '[]')
		from public.memberships m join auth.users u on u.id = m.user_id left join public.people p on p.user_id = m.user_id
		where m.program_id = program and m.role = 'supervisor' and m.deactivated_at is null)
	end
$$;
grant execute on function public.save_worker, public.set_supervisors, public.program_supervisors to authenticated;
