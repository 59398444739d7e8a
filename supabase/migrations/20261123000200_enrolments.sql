-- Enrolments: one person in one cohort. Seats are handed out under the lock of the cohort's row, in the order of confirmation, and
-- never one too many.

create type public.enrolment_state as enum ('applied', 'waitlisted', 'offered', 'enrolled', 'declined', 'expired', 'withdrawn',
	'completed', 'not_completed');
create type public.enrolment_actor as enum ('person', 'coordinator', 'system');

create sequence private.line_numbers;

create table public.enrolments (
	id uuid primary key,
	cohort_id uuid not null,
	program_id uuid not null,
	-- Who it is of; null for somebody without an address, whom staff have entered.
	person_id uuid references auth.users on delete set null,
	email text check (length(email) between 3 and 254 and email = lower(email)),
	state public.enrolment_state not null,
	-- The order in which people came: who has a smaller one is offered a seat sooner.
	line_number bigint not null,
	offered_until timestamptz,
	missed_offers integer not null default 0,
	created_at timestamptz not null default now(),
	version integer not null default 1,
	foreign key (cohort_id, program_id) references public.cohorts (id, program_id) on delete cascade,
	check ((state = 'offered') = (offered_until is not null)),
	constraint enrolments_one_each unique (cohort_id, person_id),
	constraint enrolments_one_an_address unique (cohort_id, email)
);
create index enrolments_in_line on public.enrolments (cohort_id, state, line_number);
create index enrolments_by_person on public.enrolments (person_id);
create index enrolments_offers on public.enrolments (offered_until) where state = 'offered';
create index enrolments_by_program on public.enrolments (program_id);

-- Name, how to reach them, what they need to take part: one sealed value.
create table private.enrolment_details (
	enrolment_id uuid primary key references public.enrolments on delete cascade,
	details private.sealed not null
);
alter table private.enrolment_details enable row level security;

create table private.enrolment_events (
	id uuid primary key default gen_random_uuid(),
	enrolment_id uuid not null references public.enrolments on delete cascade,
	event text not null,
	from_state public.enrolment_state,
	to_state public.enrolment_state not null,
	actor public.enrolment_actor not null,
	actor_id uuid,
	at timestamptz not null default clock_timestamp()
);
create index enrolment_events_by_enrolment on private.enrolment_events (enrolment_id, at);
alter table private.enrolment_events enable row level security;

-- An address is read by the functions that say so in the audit.
grant select (id, cohort_id, program_id, person_id, state, line_number, offered_until, missed_offers, created_at, version)
	on public.enrolments to authenticated;
grant all on public.enrolments to service_role;
alter table public.enrolments enable row level security;
create policy "People read their own" on public.enrolments for select to authenticated using (person_id = (select auth.uid()));
create policy "Coordinators read their program's" on public.enrolments for select to authenticated
	using (program_id = any (array(select private.my_programs('coordinator'))));

-- The state machine as rows; what is not a row is refused. Signing up and applying have a function of their own.
create table private.enrolment_transitions (
	from_state public.enrolment_state not null,
	event text not null,
	to_state public.enrolment_state not null,
	actor public.enrolment_actor not null,
	-- What must be true: seat (one is free), standing (the offer still stands: no class has been), begun (the first class has been).
	requires text[] not null default '{}',
	primary key (from_state, event, actor)
);
alter table private.enrolment_transitions enable row level security;
insert into private.enrolment_transitions (from_state, event, to_state, actor, requires) values
	('applied', 'offer', 'offered', 'coordinator', '{seat}'),
	('applied', 'waitlist', 'waitlisted', 'coordinator', '{}'),
	('applied', 'decline', 'declined', 'coordinator', '{}'),
	('waitlisted', 'decline', 'declined', 'coordinator', '{}'),
	('declined', 'reconsider', 'applied', 'coordinator', '{}'),
	('enrolled', 'complete', 'completed', 'coordinator', '{begun}'),
	('enrolled', 'not_complete', 'not_completed', 'coordinator', '{begun}'),
	('completed', 'not_complete', 'not_completed', 'coordinator', '{}'),
	('not_completed', 'complete', 'completed', 'coordinator', '{}');
-- What people do themselves a coordinator may do for them, when they ring or write.
insert into private.enrolment_transitions (from_state, event, to_state, actor, requires)
select t.from_state::public.enrolment_state, t.event, t.to_state::public.enrolment_state, a.actor, t.requires::text[]
from (values
	('applied', 'withdraw', 'withdrawn', '{}'),
	('waitlisted', 'withdraw', 'withdrawn', '{}'),
	('offered', 'accept', 'enrolled', '{standing}'),
	('offered', 'withdraw', 'withdrawn', '{}'),
	('enrolled', 'withdraw', 'withdrawn', '{}')
) t (from_state, event, to_state, requires), unnest('{person,coordinator}'::public.enrolment_actor[]) a (actor);

/** Seats that nobody else may have: taken, or offered. */
create function private.seats_taken(cohort uuid) returns integer
language sql stable set search_path = '' as $$
	select count(*)::integer from public.enrolments e
	where e.cohort_id = cohort and e.state in ('enrolled', 'offered', 'completed', 'not_completed')
$$;

/** Writes a step of an enrolment down, under the lock of its cohort. */
create function private.step_enrolment(e public.enrolments, event text, leads_to public.enrolment_state, actor public.enrolment_actor,
	until timestamptz default null, missed integer default null) returns public.enrolments
language plpgsql volatile set search_path = '' as $$
declare
	after_it public.enrolments;
begin
	update public.enrolments x set state = leads_to, offered_until = until, missed_offers = coalesce(missed, x.missed_offers),
		version = x.version + 1 where x.id = e.id returning * into after_it;
	insert into private.enrolment_events (enrolment_id, event, from_state, to_state, actor, actor_id)
		values (e.id, step_enrolment.event, e.state, leads_to, step_enrolment.actor, auth.uid());
	return after_it;
end $$;

/** Until when an offer made now would stand: never into the first class. */
create function private.offer_until(c public.cohorts) returns timestamptz
language sql stable set search_path = '' as $$
	select least(clock_timestamp() + make_interval(days => c.offer_days), private.first_class(c.id))
$$;

/*
 * Offers every free seat to the next in line, while signing up is open or has closed and no class has been. Under the lock of the
 * cohort's row. `passed`: who has just missed an offer; they keep their place, and others come first this time. How many.
 */
create function private.offer_seats(c public.cohorts, passed uuid[] default '{}') returns integer
language plpgsql volatile set search_path = '' as $$
declare
	e public.enrolments;
	offered integer := 0;
begin
	if c.state not in ('open', 'closed') or private.first_class(c.id) <= clock_timestamp() then return 0; end if;
	for e in select * from public.enrolments x where x.cohort_id = c.id and x.state = 'waitlisted'
		order by x.id = any (passed), x.line_number limit greatest(c.capacity - private.seats_taken(c.id), 0)
	loop
		perform private.step_enrolment(e, 'offer', 'offered', 'system', private.offer_until(c));
		offered := offered + 1;
	end loop;
	return offered;
end $$;

/*
 * Lets the offers of a cohort run out whose time is over, and offers the seats to the next. Who misses one offer keeps their place in
 * line; who misses two is asked no more. Under the lock of the cohort's row. How many ran out.
 */
create function private.expire_offers(c public.cohorts) returns integer
language plpgsql volatile set search_path = '' as $$
declare
	e public.enrolments;
	passed uuid[] := '{}';
begin
	for e in select * from public.enrolments x
		where x.cohort_id = c.id and x.state = 'offered' and x.offered_until <= clock_timestamp() order by x.line_number
	loop
		perform private.step_enrolment(e, 'expire',
			case when e.missed_offers = 0 then 'waitlisted' else 'expired' end::public.enrolment_state, 'system', null, e.missed_offers + 1);
		passed := passed || e.id;
	end loop;
	perform private.offer_seats(c, passed);
	return cardinality(passed);
end $$;

/** Every few minutes: offers whose time is over, and seats that nobody was offered, go to the next in line. How many ran out. */
create function public.expire_offers() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	cohort uuid;
	expired integer := 0;
begin
	for cohort in
		select e.cohort_id from public.enrolments e where e.state = 'offered' and e.offered_until <= clock_timestamp()
		union
		-- Seats that are free for another reason than somebody's leaving: a class was moved, a row was erased.
		select x.id from public.cohorts x where x.state in ('open', 'closed') and private.seats_taken(x.id) < x.capacity
			and exists (select from public.enrolments e where e.cohort_id = x.id and e.state = 'waitlisted')
		order by 1
	loop
		select * into c from public.cohorts x where x.id = cohort for update;
		expired := expired + private.expire_offers(c);
	end loop;
	return expired;
end $$;

/*
 * Signs the signed-in person up for a cohort, or applies, as the cohort has it: `{ ok: state, id }`, with `again: true` where they are
 * in it already, and nothing changes. A seat where one is free and nobody waits for it, else a place in line. Or `{ refused }`: unknown,
 * not_open, closed, cancelled, begun, full (nobody can be seated), declined (the program has said no). `{ use: id }`: they have been in
 * it before, and come back under that id, for which `details` must be sealed.
 */
create function public.sign_up(cohort uuid, enrolment uuid, details text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	-- Why not.
	why text;
	leads_to public.enrolment_state;
begin
	-- Whoever signs up for the same cohort waits here: the order of this lock is the order of the line.
	select * into c from public.cohorts x where x.id = cohort and x.announced_at is not null for update;
	if auth.uid() is null or c.id is null then return '{"refused":"unknown"}'; end if;
	if c.state = 'announced' and c.opens_at <= clock_timestamp() then c.state := 'open'; end if;
	select * into e from public.enrolments x where x.cohort_id = c.id and x.person_id = auth.uid();
	if e.id is null then
		-- Whoever has proved an address may have been entered under it by staff, and has theirs from now on.
		update public.enrolments x set person_id = auth.uid() where x.cohort_id = c.id and x.person_id is null
			and x.email = private.my_email() returning * into e;
	end if;
	if e.state in ('applied', 'waitlisted', 'offered', 'enrolled', 'completed', 'not_completed') then
		return jsonb_build_object('ok', e.state, 'id', e.id, 'again', true);
	end if;
	why := case
		when c.state = 'cancelled' then 'cancelled'
		when c.state in ('running', 'finished') or private.first_class(c.id) <= clock_timestamp() then 'begun'
		when c.state = 'closed' or c.closes_at <= clock_timestamp() then 'closed'
		when c.state <> 'open' then 'not_open'
		when e.state = 'declined' then 'declined'
		when c.capacity = 0 then 'full'
	end;
	if why is not null then return jsonb_build_object('refused', why); end if;
	if e.id <> enrolment then return jsonb_build_object('use', e.id); end if;
	leads_to := case
		when c.kind = 'application' then 'applied'
		when private.seats_taken(c.id) < c.capacity and not exists (select from public.enrolments x
			where x.cohort_id = c.id and x.state = 'waitlisted') then 'enrolled'
		else 'waitlisted'
	end;
	insert into public.enrolments as x (id, cohort_id, program_id, person_id, email, state, line_number)
		-- An address may have been somebody else's before.
		values (enrolment, c.id, c.program_id, auth.uid(), case when not exists (select from public.enrolments y
			where y.cohort_id = c.id and y.email = private.my_email() and y.id <> enrolment) then private.my_email() end, leads_to,
			nextval('private.line_numbers'))
		-- Somebody comes back: at the end of the line.
		on conflict (id) do update set state = excluded.state, line_number = excluded.line_number, email = excluded.email,
			missed_offers = 0, version = x.version + 1
			where x.id = e.id;
	if not found then return '{"refused":"unknown"}'; end if;
	insert into private.enrolment_details as d (enrolment_id, details) values (enrolment, sign_up.details)
		on conflict (enrolment_id) do update set details = excluded.details;
	insert into private.enrolment_events (enrolment_id, event, from_state, to_state, actor, actor_id)
		values (enrolment, case when c.kind = 'application' then 'apply' else 'sign_up' end, e.state, leads_to, 'person', auth.uid());
	return jsonb_build_object('ok', leads_to, 'id', enrolment);
end $$;

/** As whom the signed-in person stands to an enrolment; empty for strangers. */
create function private.enrolment_parts(e public.enrolments) returns public.enrolment_actor[]
language sql stable set search_path = '' as $$
	select array_remove(array[
		case when e.person_id = auth.uid() then 'person' end,
		case when e.program_id = any (array(select private.my_programs('coordinator'))) then 'coordinator' end
	]::public.enrolment_actor[], null)
$$;

/*
 * Moves an enrolment along a transition: `{ ok: state, version }`, or `{ refused, state, version }`: stale (`version` is not the
 * present one), not_possible, too_late (the offer has run out), full, not_begun; `{ refused: not_found }` for strangers, audited. A seat
 * that becomes free is offered to the next in line at once. Whoever leaves may do so over an offer that has just run out.
 */
create function public.move_enrolment(enrolment uuid, event text, version integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
	e public.enrolments;
	t private.enrolment_transitions;
	parts public.enrolment_actor[];
	refused text;
	expected integer := version;
	leaves boolean;
begin
	select x.* into c from public.cohorts x where x.id = (select y.cohort_id from public.enrolments y where y.id = enrolment) for update;
	select * into e from public.enrolments x where x.id = enrolment;
	parts := private.enrolment_parts(e);
	if e.id is null or parts = '{}' then
		if e.id is not null then
			perform private.audit(e.program_id, 'enrolment.moved', e.id, 'refused', jsonb_build_object('event', left(event, 40)));
		end if;
		return '{"refused":"not_found"}';
	end if;
	-- The clock does not wait for whoever lets offers run out.
	if e.state = 'offered' and e.offered_until <= clock_timestamp() then
		perform private.expire_offers(c);
		refused := case when event = 'accept' then 'too_late' end;
		leaves := event = 'withdraw' and e.version = version;
		select * into e from public.enrolments x where x.id = enrolment;
		-- Whoever wants to leave may, all the same, and from the line as well.
		if leaves then expected := e.version; end if;
	end if;
	select * into t from private.enrolment_transitions x
		where x.from_state = e.state and x.event = move_enrolment.event and x.actor = any (parts) order by x.actor limit 1;
	refused := case
		when refused is not null then refused
		when e.version is distinct from expected then 'stale'
		when t.event is null or c.state = 'cancelled' and event <> 'withdraw' then 'not_possible'
		when 'seat' = any (t.requires) and private.seats_taken(c.id) >= c.capacity then 'full'
		when 'seat' = any (t.requires) and (c.state not in ('open', 'closed') or private.first_class(c.id) <= clock_timestamp())
			then 'not_possible'
		when 'standing' = any (t.requires) and private.first_class(c.id) <= clock_timestamp() then 'too_late'
		when 'begun' = any (t.requires) and (private.first_class(c.id) <= clock_timestamp()) is not true then 'not_begun'
	end;
	if refused is not null then
		perform private.audit(e.program_id, 'enrolment.moved', e.id, 'refused', jsonb_build_object('event', left(event, 40), 'why', refused));
		return jsonb_build_object('refused', refused, 'state', e.state, 'version', e.version);
	end if;
	e := private.step_enrolment(e, event, t.to_state, t.actor, case when t.to_state = 'offered' then private.offer_until(c) end);
	if t.actor = 'coordinator' then
		perform private.audit(e.program_id, 'enrolment.moved', e.id, 'done', jsonb_build_object('event', event));
	end if;
	if t.from_state in ('offered', 'enrolled') and t.to_state = 'withdrawn' or t.to_state = 'waitlisted' then
		perform private.offer_seats(c);
		select * into e from public.enrolments x where x.id = enrolment;
	end if;
	return jsonb_build_object('ok', e.state, 'version', e.version);
end $$;

/*
 * Sets how many seats a cohort has, by a coordinator: `{ ok: offered }`, how many were offered a seat for it; `{ refused }`: not_allowed,
 * capacity (not 0 to 1000). More seats go to the line; fewer never unseat anyone.
 */
create function public.set_capacity(cohort uuid, capacity integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	c public.cohorts;
begin
	select * into c from public.cohorts x where x.id = cohort
		and x.program_id = any (array(select private.my_programs('coordinator'))) for update;
	if c.id is null then
		select * into c from public.cohorts x where x.id = cohort;
		if c.id is not null then perform private.audit(c.program_id, 'cohort.capacity_set', c.id, 'refused'); end if;
		return '{"refused":"not_allowed"}';
	end if;
	if (set_capacity.capacity between 0 and 1000) is not true then return '{"refused":"capacity"}'; end if;
	update public.cohorts x set capacity = set_capacity.capacity, version = x.version + 1 where x.id = c.id returning * into c;
	perform private.audit(c.program_id, 'cohort.capacity_set', c.id, 'done', jsonb_build_object('capacity', c.capacity));
	return jsonb_build_object('ok', private.offer_seats(c));
end $$;

grant execute on function public.sign_up, public.move_enrolment, public.set_capacity to authenticated;
grant execute on function public.expire_offers to service_role;
