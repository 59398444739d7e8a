-- What people in a training are told: by mail where they have an address, else by a call or a letter that staff are asked for. A mail names
-- the training and its times; it leads to a page of that person's own by a link that needs no sign-in.

-- SHA-256 of the token in a link to one's own place.
create table private.enrolment_links (
	token_hash bytea primary key,
	enrolment_id uuid not null references public.enrolments on delete cascade,
	created_at timestamptz not null default now()
);
create index enrolment_links_by_enrolment on private.enrolment_links (enrolment_id);
alter table private.enrolment_links enable row level security;

-- What somebody without an address is still to be told, by a call or a letter.
create table private.enrolment_calls (
	id uuid primary key default gen_random_uuid(),
	enrolment_id uuid not null references public.enrolments on delete cascade,
	-- As the template of the mail that others get.
	kind text not null,
	key text not null,
	data jsonb not null default '{}',
	created_at timestamptz not null default now(),
	told_at timestamptz,
	told_by uuid,
	unique (enrolment_id, key)
);
create index enrolment_calls_open on private.enrolment_calls (enrolment_id) where told_at is null;
alter table private.enrolment_calls enable row level security;

-- What staff have written to all who are in a cohort.
create table private.cohort_messages (
	id uuid primary key,
	cohort_id uuid not null references public.cohorts on delete cascade,
	words text not null check (length(words) between 1 and 1500),
	-- To whom: those who were in one of these.
	states public.enrolment_state[] not null check (cardinality(states) > 0),
	sent_at timestamptz not null default now(),
	sent_by uuid
);
create index cohort_messages_by_cohort on private.cohort_messages (cohort_id, sent_at);
alter table private.cohort_messages enable row level security;

-- To whom it went.
create table private.cohort_message_readers (
	message_id uuid not null references private.cohort_messages on delete cascade,
	enrolment_id uuid not null references public.enrolments on delete cascade,
	primary key (message_id, enrolment_id)
);
create index cohort_message_readers_by_enrolment on private.cohort_message_readers (enrolment_id);
alter table private.cohort_message_readers enable row level security;

-- Who has completed what. It outlives the enrolment, and names nobody.
create table private.certificates (
	number text primary key check (number ~ '^TC-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$'),
	enrolment_id uuid unique references public.enrolments on delete set null,
	program_id uuid not null references public.programs on delete cascade,
	title text not null,
	completed_on date not null,
	revoked_at timestamptz
);
alter table private.certificates enable row level security;

/** Gives whoever has completed a training a certificate, and takes it back from whoever has not after all. */
create function private.settle_certificate(e public.enrolments) returns void
language plpgsql volatile set search_path = '' as $$
declare
	letters text;
	made text;
begin
	update private.certificates k set revoked_at = case when e.state = 'completed' then null else now() end where k.enrolment_id = e.id;
	if found or e.state <> 'completed' then return; end if;
	loop
		letters := private.random_letters(8);
		made := 'TC-' || left(letters, 4) || '-' || right(letters, 4);
		exit when not exists (select from private.certificates k where k.number = made);
	end loop;
	insert into private.certificates (number, enrolment_id, program_id, title, completed_on)
		-- The day of the last class, however late it is ticked.
		select made, e.id, c.program_id, c.title, (least(now(), max(x.ends_at)) at time zone p.time_zone)::date
		from public.cohorts c join public.programs p on p.id = c.program_id
		left join public.classes x on x.cohort_id = c.id and x.cancelled_at is null
		where c.id = e.cohort_id group by c.id, p.id;
end $$;

/** Whether a certificate's number is good: `{ program, title, completed_on }`, or null. It says nothing of whose it is. */
create function public.verify_certificate(number text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('program', p.name, 'title', k.title, 'completed_on', k.completed_on)
	from private.certificates k join public.programs p on p.id = k.program_id
	where k.number = verify_certificate.number and k.revoked_at is null
$$;
grant execute on function public.verify_certificate to anon, authenticated;

/** A new link to somebody's own place: its token. */
create function private.new_enrolment_link(enrolment uuid) returns text
language plpgsql volatile set search_path = '' as $$
declare
	token constant text := private.new_token();
begin
	insert into private.enrolment_links (token_hash, enrolment_id) values (private.token_hash(token), enrolment);
	return token;
end $$;

/*
 * Tells somebody in a training something, once for each `key`: by mail, or by a call that staff are asked for. `kind` is the template; its
 * data are `{ token, title, time_zone, starts_at }` and what is given beside.
 */
create function private.tell_enrolment(e public.enrolments, kind text, key text, data jsonb default '{}') returns void
language plpgsql volatile set search_path = '' as $$
declare
	mail_key constant text := 'enrolment:' || e.id || ':' || key;
begin
	if e.email is null then
		insert into private.enrolment_calls (enrolment_id, kind, key, data) values (e.id, kind, key, data)
			on conflict do nothing;
	elsif not exists (select from private.outbox o where o.dedupe_key = mail_key) then
		perform private.enqueue_mail(mail_key, kind, e.email, (select jsonb_build_object('token', private.new_enrolment_link(e.id),
				'title', c.title, 'time_zone', p.time_zone, 'starts_at', private.first_class(c.id)) || data
			from public.cohorts c join public.programs p on p.id = c.program_id where c.id = e.cohort_id), e.program_id);
	end if;
end $$;

/** What is told of a step. Whoever has no address and rings is told by whoever writes it down. */
create function private.tell_step(e public.enrolments, event text, actor public.enrolment_actor, step uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
	kind constant text := case
		when event in ('sign_up', 'enter', 'accept') and e.state = 'enrolled' then 'training_seat'
		when event in ('sign_up', 'enter') and e.state = 'waitlisted' then 'training_line'
		when event in ('apply', 'enter') then 'training_applied'
		when event = 'offer' then 'training_offer'
		when event in ('waitlist', 'decline') then 'training_news'
		when event = 'withdraw' then 'training_left'
		when event = 'complete' then 'training_completed'
	end;
begin
	if kind is null or e.email is null and actor <> 'system' and event in ('enter', 'accept', 'withdraw') then return; end if;
	perform private.tell_enrolment(e, kind, 'step:' || step, case when kind = 'training_offer'
		then jsonb_build_object('until', e.offered_until) else '{}' end);
end $$;

/** Tells everybody in a cohort who is in one of these states. How many. */
create function private.tell_cohort(cohort uuid, states public.enrolment_state[], kind text, key text, data jsonb default '{}') returns integer
language plpgsql volatile set search_path = '' as $$
declare
	e public.enrolments;
	told integer := 0;
begin
	for e in select * from public.enrolments x where x.cohort_id = cohort and x.state = any (states) order by x.line_number loop
		perform private.tell_enrolment(e, kind, key, data);
		told := told + 1;
	end loop;
	return told;
end $$;

/*
 * Reminds those who have a seat: of the first class a week ahead, of every class a day ahead, and again where it was moved to another time.
 * Who has just been given their seat has just been told. How many.
 */
create function public.remind_classes() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	due record;
	reminded integer := 0;
begin
	-- Nobody is called about a class that has begun.
	update private.enrolment_calls k set told_at = now()
		where k.kind = 'training_soon' and k.told_at is null and (k.data->>'starts_at')::timestamptz <= now();
	for due in
		select e as enrolment, t.starts_at, t.key
		from (
			select x.cohort_id, x.starts_at, w.most, 'soon:' || w.named || ':' || x.id || ':' || extract(epoch from x.starts_at)::bigint as key
			from (values ('week', interval '6 days', interval '7 days'), ('day', interval '1 hour', interval '24 hours')) w (named, least, most)
			join public.classes x on x.starts_at between now() + w.least and now() + w.most and x.cancelled_at is null
			join public.cohorts c on c.id = x.cohort_id and c.state in ('announced', 'open', 'closed', 'running')
			where w.named = 'day' or x.starts_at = private.first_class(c.id)
		) t
		join public.enrolments e on e.cohort_id = t.cohort_id and e.state = 'enrolled'
		where not exists (select from private.outbox o where o.dedupe_key = 'enrolment:' || e.id || ':' || t.key)
			and not exists (select from private.enrolment_calls k where k.enrolment_id = e.id and k.key = t.key)
			and not exists (select from private.enrolment_events v where v.enrolment_id = e.id and v.to_state = 'enrolled'
				and v.at > t.starts_at - t.most)
		order by e.cohort_id, e.line_number
	loop
		perform private.tell_enrolment(due.enrolment, 'training_soon', due.key, jsonb_build_object('starts_at', due.starts_at));
		reminded := reminded + 1;
	end loop;
	return reminded;
end $$;
grant execute on function public.remind_classes to service_role;
