-- Who wants to be told when a training is announced: by an address that was proved by a link, for a year.

create table private.training_interest (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs on delete cascade,
	-- Of one area, and of trainings that are for all; or of any.
	area_id uuid references public.areas on delete cascade,
	email text not null check (length(email) between 3 and 254 and email = lower(email)),
	confirmed_at timestamptz,
	-- Until when it is kept: a week while it is not confirmed, then a year.
	kept_until timestamptz not null default now() + interval '7 days',
	-- When it was last asked whether it still holds.
	asked_again_at timestamptz,
	constraint training_interest_once unique nulls not distinct (program_id, area_id, email)
);
create index training_interest_kept on private.training_interest (kept_until);
alter table private.training_interest enable row level security;

-- SHA-256 of the token in a link that confirms, goes on, or stops.
create table private.interest_links (
	token_hash bytea primary key,
	interest_id uuid not null references private.training_interest on delete cascade
);
create index interest_links_by_interest on private.interest_links (interest_id);
alter table private.interest_links enable row level security;

/** How many wait to be told of a program's trainings, of those in an area where one is given. */
create function private.interested(program uuid, area uuid) returns integer
language sql stable set search_path = '' as $$
	select count(distinct i.email)::integer from private.training_interest i
	where i.program_id = program and i.confirmed_at is not null and i.kept_until > now()
		and (i.area_id is null or area is null or i.area_id = area)
$$;

/** Programs and areas that one can be told of: `[{ slug, name, areas: [{ id, name }] }]`. */
create function public.interest_choices() returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('slug', p.slug, 'name', p.name, 'areas',
		(select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.name), '[]')
			from public.areas a where a.program_id = p.id and a.is_active)) order by p.is_default desc, p.name), '[]')
	from public.programs p
$$;

/** Mails a wish's own link, once for each `key`. */
create function private.tell_interest(i private.training_interest, template text, key text, data jsonb default '{}') returns void
language plpgsql volatile set search_path = '' as $$
declare
	token constant text := private.new_token();
	mail_key constant text := 'interest:' || i.id || ':' || key;
begin
	if exists (select from private.outbox o where o.dedupe_key = mail_key) then return; end if;
	insert into private.interest_links (token_hash, interest_id) values (private.token_hash(token), i.id);
	perform private.enqueue_mail(mail_key, template, i.email, jsonb_build_object('token', token, 'program',
		(select p.name from public.programs p where p.id = i.program_id)) || data, i.program_id);
end $$;

/*
 * Asks to be told, as anybody: a mail with a link goes to the address, whether or not it is known. `{ ok }`, the same for everybody;
 * `{ refused }`: unknown (no such program or area), too_many (from this client, or to this address, within the hour).
 */
create function public.ask_to_be_told(program_slug text, area uuid, address text, client_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	i private.training_interest;
	known constant text := lower(trim(address));
	program constant uuid := (select p.id from public.programs p where p.slug = program_slug);
begin
	if program is null or area is not null and not exists (select from public.areas a where a.id = area and a.program_id = program) then
		return '{"refused":"unknown"}';
	end if;
	if not private.count_use('interest', client_hash, 30) then return '{"refused":"too_many"}'; end if;
	if not private.count_use('interest_for', encode(private.token_hash(known), 'hex'), 5) then return '{"refused":"too_many"}'; end if;
	insert into private.training_interest as x (program_id, area_id, email) values (program, area, known)
		on conflict on constraint training_interest_once do update
			-- One that is over, and not yet forgotten, is new.
			set kept_until = case when x.confirmed_at is null or x.kept_until <= now() then now() + interval '7 days' else x.kept_until end,
				confirmed_at = case when x.kept_until > now() then x.confirmed_at end,
				asked_again_at = case when x.kept_until > now() then x.asked_again_at end
		returning * into i;
	perform private.tell_interest(i, case when i.confirmed_at is null then 'interest_confirm' else 'interest_known' end,
		'asked:' || gen_random_uuid());
	return '{"ok":true}';
end $$;

/** What a link is about: `{ program, area, is_confirmed, kept_until, time_zone }`, or null for one that is about nothing any more. */
create function public.interest_by_link(token text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('program', p.name, 'area', (select a.name from public.areas a where a.id = i.area_id),
		'is_confirmed', i.confirmed_at is not null, 'kept_until', i.kept_until, 'time_zone', p.time_zone)
	from private.interest_links l join private.training_interest i on i.id = l.interest_id join public.programs p on p.id = i.program_id
	where l.token_hash = private.token_hash(token) and i.kept_until > now()
$$;

/** Confirms a wish, or lets it go on for another year: until when, or null for a link that is about nothing any more. */
create function public.confirm_interest(token text) returns timestamptz
language sql security definer set search_path = '' as $$
	update private.training_interest i set confirmed_at = coalesce(i.confirmed_at, now()), kept_until = now() + interval '1 year',
		asked_again_at = null
	from private.interest_links l where l.token_hash = private.token_hash(token) and i.id = l.interest_id and i.kept_until > now()
	returning i.kept_until
$$;

/**
 * Ends all that the address of a link waits for in its program, and forgets it: a mail tells of one wish, and whoever ends that expects no
 * other. A link that is about nothing any more is as good.
 */
create function public.stop_interest(token text) returns void
language sql security definer set search_path = '' as $$
	delete from private.training_interest i using private.training_interest linked, private.interest_links l
	where l.token_hash = private.token_hash(token) and linked.id = l.interest_id
		and i.program_id = linked.program_id and i.email = linked.email
$$;
grant execute on function public.interest_choices, public.ask_to_be_told, public.interest_by_link, public.confirm_interest,
	public.stop_interest to anon, authenticated;

/** Tells everybody who waits for it that a training is announced, each address once. */
create function private.announce(c public.cohorts) returns void
language plpgsql volatile set search_path = '' as $$
declare
	i private.training_interest;
begin
	for i in select distinct on (x.email) x.* from private.training_interest x
		where x.program_id = c.program_id and x.confirmed_at is not null and x.kept_until > now()
			and (x.area_id is null or c.area_id is null or x.area_id = c.area_id)
		order by x.email, x.confirmed_at
	loop
		perform private.tell_interest(i, 'interest_announced', 'announced:' || c.id, jsonb_build_object('title', c.title, 'slug', c.slug));
	end loop;
end $$;

/*
 * Each night: asks those whose year is nearly over whether it still holds, two weeks before, and forgets what is over. `{ asked, forgotten }`
 */
create function public.tend_interest() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	i private.training_interest;
	asked integer := 0;
	forgotten integer;
begin
	for i in update private.training_interest x set asked_again_at = now()
		where x.confirmed_at is not null and x.asked_again_at is null and x.kept_until between now() and now() + interval '14 days' returning x.*
	loop
		perform private.tell_interest(i, 'interest_again', 'again:' || i.kept_until);
		asked := asked + 1;
	end loop;
	delete from private.training_interest x where x.kept_until <= now();
	get diagnostics forgotten = row_count;
	return jsonb_build_object('asked', asked, 'forgotten', forgotten);
end $$;

/*
 * Each night: forgets who was in a cohort two years after its last class, at most 500 at a time, and drafts that nobody has touched for ninety
 * days. How many people. Certificates stay, without whose they are.
 */
create function public.erase_enrolments() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	gone integer;
begin
	delete from private.application_drafts d where d.saved_at < now() - interval '90 days';
	delete from public.enrolments e where e.id in (
		select y.id from public.enrolments y join public.cohorts c on c.id = y.cohort_id
		where coalesce((select max(x.ends_at) from public.classes x where x.cohort_id = c.id), c.created_at) < now() - interval '2 years'
		order by y.line_number limit 500);
	get diagnostics gone = row_count;
	return gone;
end $$;
grant execute on function public.tend_interest, public.erase_enrolments to service_role;
