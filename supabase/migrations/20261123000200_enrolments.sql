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
	-- Of an application: whether it is looked at again, and what is decided and not yet sent.
	is_shortlisted boolean not null default false,
	decision text check (decision is null or decision in ('offer', 'waitlist', 'decline') and state = 'applied'),
	practicum_hours numeric(6, 2) not null default 0 check (practicum_hours between 0 and 2000),
	created_at timestamptz not null default now(),
	version integer not null default 1,
	foreign key (cohort_id, program_id) references public.cohorts (id, program_id) on delete cascade,
	check ((state = 'offered') = (offered_until is not null)),
	constraint enrolments_one_each unique (cohort_id, person_id),
	constraint enrolments_one_an_address unique (cohort_id, email)
);
create index enrolments_in_line on public.enrolments (cohort_id, state, line_number);
create index enrolments_by_person on public.enrolments (person_id);
-- Whom staff have entered, by the address that they may prove.
create index enrolments_unclaimed on public.enrolments (email) where person_id is null;
create index enrolments_offers on public.enrolments (offered_until) where state = 'offered';
create index enrolments_by_program on public.enrolments (program_id);

-- Whoever deletes their account leaves no address behind.
create function private.forget_address() returns trigger
language plpgsql set search_path = '' as $$
begin
	new.email := null;
	return new;
end $$;
create trigger forget_address before update of person_id on public.enrolments
	for each row when (old.person_id is not null and new.person_id is null) execute function private.forget_address();

-- Name, how to reach them, what they need to take part, what they answered: one sealed value. And the program's words with a no.
create table private.enrolment_details (
	enrolment_id uuid primary key references public.enrolments on delete cascade,
	details private.sealed not null,
	answer private.sealed
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

-- An address is read by the functions that say so in the audit; what is decided is not told before it is sent.
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

/** Seats that nobody else may have: taken, or offered. Planned once, as `first_class`. */
create function private.seats_taken(cohort uuid) returns integer
language plpgsql stable set search_path = '' as $$
begin
	return (select count(*) from public.enrolments e
		where e.cohort_id = cohort and e.state in ('enrolled', 'offered', 'completed', 'not_completed'));
end $$;

/** Writes a step of an enrolment down, under the lock of its cohort, and what is to be told of it, but for one that `is_quiet`. */
create function private.step_enrolment(e public.enrolments, event text, leads_to public.enrolment_state, actor public.enrolment_actor,
	until timestamptz default null, missed integer default null, is_quiet boolean default false) returns public.enrolments
language plpgsql volatile set search_path = '' as $$
declare
	after_it public.enrolments;
	step uuid;
begin
	update public.enrolments x set state = leads_to, offered_until = until, missed_offers = coalesce(missed, x.missed_offers),
		decision = null, version = x.version + 1 where x.id = e.id returning * into after_it;
	insert into private.enrolment_events (enrolment_id, event, from_state, to_state, actor, actor_id)
		values (e.id, step_enrolment.event, e.state, leads_to, step_enrolment.actor, auth.uid()) returning id into step;
	if leads_to = 'completed' or e.state = 'completed' then perform private.settle_certificate(after_it); end if;
	-- Nobody is called about an offer that stands no more.
	if e.state = 'offered' then
		update private.enrolment_calls k set told_at = now() where k.enrolment_id = e.id and k.kind = 'training_offer' and k.told_at is null;
	end if;
	if not is_quiet then perform private.tell_step(after_it, event, actor, step); end if;
	return after_it;
end $$;

/**
 * Until when an offer made now would stand: where the first class is near, until the day before it or for half of the time that is left,
 * so that others can still be asked.
 */
create function private.offer_until(c public.cohorts) returns timestamptz
language sql stable set search_path = '' as $$
	select least(t.present + make_interval(days => c.offer_days),
		greatest(t.first - interval '1 day', t.present + (t.first - t.present) / 2))
	from (select clock_timestamp() as present, private.first_class(c.id) as first) t
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
 * line, while there is one: until the first class. Who misses two is asked no more. They are told once it is known whose turn is next: who
 * is alone in line is asked again. Under the lock of the cohort's row. How many ran out.
 */
create function private.expire_offers(c public.cohorts) returns integer
language plpgsql volatile set search_path = '' as $$
declare
	e public.enrolments;
	passed uuid[] := '{}';
	begun constant boolean := coalesce(private.first_class(c.id) <= clock_timestamp(), false);
begin
	for e in select * from public.enrolments x
		where x.cohort_id = c.id and x.state = 'offered' and x.offered_until <= clock_timestamp() order by x.line_number
	loop
		perform private.step_enrolment(e, 'expire',
			case when e.missed_offers = 0 and not begun then 'waitlisted' else 'expired' end::public.enrolment_state, 'system', null, e.missed_offers + 1, true);
		passed := passed || e.id;
	end loop;
	perform private.offer_seats(c, passed);
	for e in select * from public.enrolments x where x.id = any (passed) and x.state in ('waitlisted', 'expired') order by x.line_number loop
		perform private.tell_enrolment(e, case e.state when 'waitlisted' then 'training_offer_passed' else 'training_offer_over' end,
			'passed:' || e.version);
	end loop;
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
grant execute on function public.expire_offers to service_role;
