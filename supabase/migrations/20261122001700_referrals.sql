-- Referrals: what is plain, what is sealed, and what has happened. Rows are written by functions alone (the files after this).

-- What the Worker has sealed: a version, the key's id, and AES-256-GCM's output in base64url. No row can hold plain text.
create domain private.sealed as text check (value ~ '^s1\.[a-z0-9]{1,16}\.[A-Za-z0-9_-]{38,}$' and length(value) <= 100000);

create type public.referral_state as enum ('submitted', 'triage', 'info_needed', 'waitlisted', 'match_proposed', 'matched',
	'active', 'paused', 'ending', 'completed', 'ended_early', 'declined', 'redirected', 'withdrawn', 'entered_in_error');

create table public.referrals (
	-- The id of the draft it was written as, so that sending twice makes one.
	id uuid primary key,
	-- Spoken over the phone: no look-alike letters, not a sequence.
	reference text not null unique check (reference ~ '^PS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}$'),
	program_id uuid not null references public.programs,
	state public.referral_state not null default 'submitted',
	-- The state's place among the states. Row level security lets an index be searched by leakproof operators alone, which equality of
	-- enums is not, and of numbers is.
	state_number smallint not null generated always as (array_position('{submitted,triage,info_needed,waitlisted,match_proposed,
		matched,active,paused,ending,completed,ended_early,declined,redirected,withdrawn,entered_in_error}'::public.referral_state[],
		state)) stored,
	-- Counts changes: a page that acts on an older one is told so.
	version integer not null default 1,
	team_id uuid references public.teams on delete set null,
	area_id uuid references public.areas on delete set null,
	-- Reached the default program because nothing said where it belongs.
	needs_home boolean not null default false,
	-- The referrer's work address, proved, or written down from a phone call; and a second work contact's.
	referrer_email text check (referrer_email = lower(referrer_email) and length(referrer_email) between 3 and 254),
	second_email text check (second_email = lower(second_email) and length(second_email) between 3 and 254),
	has_listed_domain boolean not null default false,
	source text not null default 'web' check (source in ('web', 'phone')),
	coordinator_id uuid references auth.users on delete set null,
	age_band text check (age_band in ('under_19', '19_24', '25_34', '35_44', '45_54', '55_64', '65_plus')),
	language_codes text[] not null default '{}'
		check (cardinality(language_codes) <= 5 and array_to_string(language_codes, ' ') ~ '^([a-z]{2,3}( [a-z]{2,3})*)?$'),
	-- When the client said that they want this.
	consented_on date not null check (consented_on > '2000-01-01'),
	submitted_at timestamptz not null default now(),
	state_since timestamptz not null default now(),
	acknowledge_by timestamptz not null,
	escalated_at timestamptz,
	-- The day on which a coordinator should look at it again; null where nothing is due.
	attention_on date,
	-- Waiting: the day by which the referrer hears of us again, and since when.
	next_word_on date,
	waiting_since timestamptz,
	-- The end that was agreed on.
	ends_on date,
	has_correction boolean not null default false,
	-- What a worker or a peer has asked for in a support that runs, and a coordinator has not yet seen to.
	asked_for text[] not null default '{}' check (asked_for <@ '{handover,call}'::text[]),
	-- The referrer has answered, and nobody has acted on it since.
	is_answered boolean not null default false,
	closed_at timestamptz,
	-- What was sealed is gone; the rest is kept for statistics.
	erased_at timestamptz
)
-- Lists are counted by an index alone, as far as pages are marked by a vacuum: soon after they change, however large the table is.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_scale_factor = 0,
	autovacuum_vacuum_insert_threshold = 1000);
create index referrals_open on public.referrals (program_id, submitted_at, id) where closed_at is null;
create index referrals_open_of_coordinator on public.referrals (coordinator_id, submitted_at, id) where closed_at is null;
create index referrals_open_of_team on public.referrals (team_id, submitted_at, id) where closed_at is null;
create index referrals_of_state on public.referrals (program_id, state_number, state_since, id);
create index referrals_of_coordinator on public.referrals (coordinator_id, program_id, state_number, state_since, id);
create index referrals_of_team on public.referrals (team_id, program_id, state_number, state_since, id) include (coordinator_id);
create index referrals_due on public.referrals (program_id, attention_on, submitted_at, id)
	include (coordinator_id, team_id, has_correction) where attention_on is not null;
create index referrals_due_of_team on public.referrals (team_id, attention_on, submitted_at, id) where attention_on is not null;
create index referrals_of_area on public.referrals (area_id);
create index referrals_waiting on public.referrals (program_id, waiting_since, id) where state = 'waitlisted';
create index referrals_unacknowledged on public.referrals (acknowledge_by) where state = 'submitted' and escalated_at is null;
create index referrals_of_referrer on public.referrals (referrer_email, submitted_at desc);
create index referrals_of_second on public.referrals (second_email, submitted_at desc) where second_email is not null;
create index referrals_closed on public.referrals (closed_at) where closed_at is not null and erased_at is null;

grant select on public.referrals to authenticated;
revoke all on public.referrals from service_role;
alter table public.referrals enable row level security;
-- A list holds nothing sealed; a detail is read by a function, which writes it down.
create policy "Coordinators read their programs' referrals" on public.referrals for select to authenticated
	using (program_id = any (array(select private.my_programs('coordinator'))));

-- Sealed in the Worker, bound to the table, the row and the column.
create table private.referral_details (
	referral_id uuid primary key references public.referrals on delete cascade,
	-- `{ name }`: the client's name or initials.
	client private.sealed,
	-- `{ via: 'team' | 'client', phone, email, safe: ['call' | 'text' | 'message'] }`
	contact private.sealed,
	-- `['…']`: one to three, in the client's words.
	goals private.sealed,
	-- `{ text }`: what happened, when, what helps.
	safety private.sealed,
	-- `{ name, phone, team, second_name }`: the referrer; `team` where theirs is not listed.
	referrer private.sealed
);

-- Keyed hashes of what is searched for exactly.
create table private.referral_hashes (
	referral_id uuid not null references public.referrals on delete cascade,
	kind text not null check (kind in ('name', 'initials', 'phone', 'email')),
	hash text not null check (hash ~ '^[0-9a-f]{64}$'),
	primary key (referral_id, kind, hash)
);
create index referral_hashes_by_hash on private.referral_hashes (hash, kind, referral_id);

create type public.referral_actor as enum ('referrer', 'coordinator', 'worker', 'system');

-- What has happened, the timeline of a referral.
create table private.referral_events (
	-- Made in the Worker, as what is sealed is bound to it.
	id uuid primary key,
	referral_id uuid not null references public.referrals on delete cascade,
	-- In which order, also within one transaction.
	number bigint generated always as identity,
	at timestamptz not null default now(),
	event text not null check (event ~ '^[a-z_]{1,40}$'),
	from_state public.referral_state,
	to_state public.referral_state not null,
	actor public.referral_actor not null,
	actor_id uuid,
	-- Said by the peer, written down by staff.
	for_peer boolean not null default false,
	reason text check (reason ~ '^[a-z_]{1,40}$'),
	-- The day that was named: of the next word, of the first meeting, of the end.
	day date,
	-- `{ text, who_may_help? }`: the question, the answer, the words that went out, the reason, a note.
	words private.sealed
);
create index referral_events_of on private.referral_events (referral_id, number);

-- A worker proposed for a referral, what both said, and since when they have met. While one supports, another may be proposed: the
-- first goes on until the other has met the peer.
create table private.referral_matches (
	-- Made in the Worker, as what is sealed is bound to it.
	id uuid primary key default gen_random_uuid(),
	referral_id uuid not null references public.referrals on delete cascade,
	worker_id uuid not null references auth.users,
	came_from public.referral_state not null,
	proposed_at timestamptz not null default now(),
	-- `{ initials }`: what a proposed worker reads in place of a name, and tells the people they support apart by.
	initials private.sealed,
	-- `{ place: { name, address, slug }, when, call: { name, phone }, check_in }`: how they meet for the first time.
	plan private.sealed,
	-- When the worker opened what comes after need and area.
	opened_at timestamptz,
	worker_said_yes_at timestamptz,
	peer_said_yes_at timestamptz,
	-- The worker said so, and is not proposed to this peer again.
	knows_them boolean not null default false,
	first_met_on date,
	ended_at timestamptz
);
create unique index referral_matches_running on private.referral_matches (referral_id) where ended_at is null and first_met_on is not null;
create unique index referral_matches_coming on private.referral_matches (referral_id) where ended_at is null and first_met_on is null;
create index referral_matches_of_worker on private.referral_matches (worker_id) where ended_at is null;
create index referral_matches_of on private.referral_matches (referral_id, proposed_at);

-- The steps of ending well, made when the ending begins.
create table private.referral_closing_steps (
	referral_id uuid not null references public.referrals on delete cascade,
	step text not null check (step in ('look_back', 'proud_of', 'can_do_now', 'strengths', 'feelings', 'where_else', 'thanks',
		'achievement')),
	settled text check (settled in ('done', 'set_aside')),
	settled_at timestamptz,
	settled_by uuid,
	primary key (referral_id, step),
	check ((settled is null) = (settled_at is null))
);

-- Asked for by one coordinator, confirmed by another or an admin.
create table private.pending_corrections (
	referral_id uuid primary key references public.referrals on delete cascade,
	asked_by uuid not null,
	asked_at timestamptz not null default now()
);

/** So many random letters and digits, at most 20, of 30 that look like no other. */
create function private.random_letters(count integer) returns text
language plpgsql volatile set search_path = '' as $$
declare
	alphabet constant text := '23456789ABCDEFGHJKMNPQRSTVWXYZ';
	bytes bytea;
	made text;
begin
	loop
		-- 240 is the last multiple of 30 in a byte: what is above would make some letters likelier.
		bytes := extensions.gen_random_bytes(64);
		select string_agg(substr(alphabet, get_byte(bytes, n) % 30 + 1, 1), '' order by n) into made
		from (select n from generate_series(0, 63) n where get_byte(bytes, n) < 240 limit count) usable;
		if length(made) = count then return made; end if;
	end loop;
end $$;

/** A reference that nobody has yet. */
create function private.new_reference() returns text
language plpgsql volatile set search_path = '' as $$
declare
	letters text;
	made text;
begin
	loop
		letters := private.random_letters(7);
		made := 'PS-' || left(letters, 4) || '-' || right(letters, 3);
		if not exists (select from public.referrals r where r.reference = made) then return made; end if;
	end loop;
end $$;

/** The address of the person who is signed in. */
create function private.my_email() returns text
language sql stable security definer set search_path = '' as $$
	select lower(u.email) from auth.users u where u.id = auth.uid()
$$;

/** As whom the signed-in person stands to a referral; empty for strangers. */
create function private.my_parts(r public.referrals) returns public.referral_actor[]
language sql stable security definer set search_path = '' as $$
	select array_remove(array[
		case when r.program_id = any (array(select private.my_programs('coordinator'))) then 'coordinator' end,
		case when private.my_email() in (r.referrer_email, r.second_email) then 'referrer' end,
		case when exists (
			select from private.referral_matches m
			where m.referral_id = r.id and m.ended_at is null and m.worker_id = auth.uid()
				-- While another is proposed, the one who supports has no say in that.
				and (m.first_met_on is null or r.state not in ('match_proposed', 'matched'))
				and private.has_role(r.program_id, m.worker_id, 'worker')) then 'worker' end
	], null)::public.referral_actor[]
$$;

/** The day on which a coordinator should look at a referral again, once it has come into this state. */
create function private.attention_after(program uuid, new_state public.referral_state, next_word date, ends_on date default null)
returns date
language sql stable set search_path = '' as $$
	select case new_state
		when 'submitted' then private.program_today(program)
		when 'triage' then private.program_today(program)
		when 'info_needed' then private.program_today(program) + 7
		when 'waitlisted' then next_word
		-- The word that was promised falls due whatever comes of the match.
		when 'match_proposed' then least(private.program_today(program) + 3, next_word)
		when 'matched' then private.program_today(program) + 7
		when 'ending' then ends_on
	end
$$;

/** Writes one line of a referral's timeline. */
create function private.note_event(r public.referrals, event text, from_state public.referral_state,
	actor public.referral_actor, given jsonb default '{}', day date default null) returns uuid
language sql volatile set search_path = '' as $$
	insert into private.referral_events (id, referral_id, event, from_state, to_state, actor, actor_id, for_peer, reason, day, words)
	values (coalesce((given->>'event_id')::uuid, gen_random_uuid()), r.id, event, from_state, r.state, actor, auth.uid(),
		coalesce((given->>'for_peer')::boolean, false), given->>'reason', day, given->>'words')
	returning id
$$;

/** Tells the referrer and the second contact by mail: the reference and a link, no word of the client. */
create function private.tell_referrer(r public.referrals, template text, event_id uuid) returns void
language sql volatile set search_path = '' as $$
	-- By the address's hash, as a key has room for no long one.
	select private.enqueue_mail(template || ':' || event_id || ':' || encode(private.token_hash(x.address), 'hex'), template, x.address,
		jsonb_build_object('reference', r.reference), r.program_id)
	from (select distinct unnest(array[r.referrer_email, r.second_email]) as address) x where x.address is not null
$$;

/** The coordinators of a program who are not away; all of them where everybody is. */
create function private.coordinators_here(program uuid) returns uuid[]
language sql stable set search_path = '' as $$
	with all_of_them as (
		select m.user_id, exists (select from public.absences a where a.program_id = program and a.user_id = m.user_id
			and a.until >= private.program_today(program)) as is_away
		from public.memberships m
		where m.program_id = program and m.deactivated_at is null and m.role = 'coordinator'
	), admins as (
		select m.user_id from public.memberships m
		where m.program_id = program and m.deactivated_at is null and m.role = 'admin'
	)
	select coalesce(
		(select array_agg(user_id) from all_of_them where not is_away),
		(select array_agg(user_id) from all_of_them),
		(select array_agg(user_id) from admins), '{}')
$$;

/** Tells whoever coordinates it by mail, or where nobody does all coordinators who are not away. */
create function private.tell_coordinators(r public.referrals, template text, event_id uuid) returns void
language sql volatile set search_path = '' as $$
	select private.enqueue_mail(template || ':' || event_id || ':' || u.id, template, u.email,
		jsonb_build_object('reference', r.reference), r.program_id)
	from auth.users u where u.id = any (
		case when private.present_coordinator(r.program_id, r.coordinator_id) is not null
			then array[private.present_coordinator(r.program_id, r.coordinator_id)]
			else private.coordinators_here(r.program_id) end)
$$;
