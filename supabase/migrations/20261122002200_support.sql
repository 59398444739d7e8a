-- The support itself: the first conversation, goals, places explored together, notes, and the words of the closing steps. One table,
-- as all of it is sealed and kept alike; read by functions that write the audit.

create table private.support_entries (
	-- Made in the Worker, as what is sealed is bound to it.
	id uuid primary key,
	number bigint generated always as identity,
	referral_id uuid not null references public.referrals on delete cascade,
	kind text not null check (kind in ('conversation', 'goal', 'place', 'note', 'step', 'letter')),
	step text check (step in ('look_back', 'proud_of', 'can_do_now', 'strengths', 'feelings', 'where_else', 'thanks', 'achievement')),
	-- How a goal or a place stands, as the peer says.
	mark text,
	-- When the note is of, when the place was visited, when they talked.
	on_day date,
	words private.sealed not null,
	author_id uuid,
	-- Counts changes: two who edit the same are told.
	version integer not null default 1,
	created_at timestamptz not null default now(),
	changed_at timestamptz not null default now(),
	-- Taken away, and can be put back as long as the support runs.
	removed_at timestamptz,
	check ((kind = 'step') = (step is not null)),
	check (case kind
		when 'goal' then coalesce(mark in ('not_yet', 'a_bit', 'yes'), false)
		when 'place' then coalesce(mark in ('want_to_go', 'been', 'liked', 'not_for_me'), false)
		else mark is null end),
	check (kind not in ('note', 'conversation') or on_day is not null)
);
create index support_entries_of on private.support_entries (referral_id, number);
create unique index support_entries_one_each on private.support_entries (referral_id, kind, coalesce(step, ''))
	where kind in ('conversation', 'step', 'letter');

-- How a goal or a place came to stand as it does: what one looks back on.
create table private.support_marks (
	entry_id uuid not null references private.support_entries on delete cascade,
	number bigint generated always as identity,
	mark text not null,
	on_day date not null,
	primary key (entry_id, number)
);

/** Whether the signed-in person supports the peer of a referral: they have met, or both have said yes and they are about to. */
create function private.supports(r public.referrals) returns boolean
language sql stable set search_path = '' as $$
	select private.has_role(r.program_id, auth.uid(), 'worker') and exists (
		select from private.referral_matches m where m.referral_id = r.id and m.worker_id = auth.uid() and m.ended_at is null
			and (m.first_met_on is not null or r.state = 'matched'))
$$;

/** Whether the signed-in person supervises somebody who supports the peer of a referral. */
create function private.supervises(r public.referrals) returns boolean
language sql stable set search_path = '' as $$
	select exists (
		select from private.referral_matches m join private.my_supervised() s on s.worker_id = m.worker_id
		where m.referral_id = r.id and m.ended_at is null and s.program_id = r.program_id
			and (m.first_met_on is not null or r.state = 'matched'))
$$;

/** As whom the signed-in person sees a support: worker, coordinator, supervisor, or null for nobody. */
create function private.support_part(r public.referrals) returns text
language sql stable set search_path = '' as $$
	select case
		when private.supports(r) then 'worker'
		when r.program_id = any (array(select private.my_programs('coordinator'))) then 'coordinator'
		when private.supervises(r) then 'supervisor'
	end
$$;

/** Whether a support runs: somebody has met the peer, and it has not ended. */
create function private.is_running(r public.referrals) returns boolean
language sql stable set search_path = '' as $$
	select r.state in ('active', 'paused', 'ending') or r.state in ('match_proposed', 'matched') and exists (
		select from private.referral_matches m where m.referral_id = r.id and m.ended_at is null and m.first_met_on is not null)
$$;

/*
 * Why the signed-in person may not change a support, audited, or null where they may: not_found (nobody's business of theirs),
 * not_possible (none runs, or it was erased).
 */
create function private.refuse_support(r public.referrals, event text, details jsonb default '{}') returns text
language plpgsql volatile set search_path = '' as $$
declare
	refused constant text := case
		when coalesce(private.support_part(r), 'supervisor') = 'supervisor' then 'not_found'
		when r.erased_at is not null or not private.is_running(r) then 'not_possible'
	end;
begin
	if refused is not null then
		perform private.audit(r.program_id, event, r.id, 'refused', details || jsonb_build_object('why', refused));
	end if;
	return refused;
end $$;

/** The most entries of a kind in one support. */
create function private.most_entries(kind text) returns integer
language sql immutable set search_path = '' as $$
	select case kind when 'goal' then 12 when 'place' then 200 when 'note' then 1000 else 8 end
$$;

/*
 * Writes an entry of a support, a new one (`expected` 0) or another version of one: `{ ok: version }`, or `{ refused }`: not_found,
 * not_possible, stale (with the `entry` as it is now, whose words were written meanwhile), past or too_far (its day), too_many.
 *
 * @param entry made by whoever writes, so that the same form sent twice makes one
 * @param given `{ kind, step, mark, on_day, words (sealed) }`
 */
create function public.save_support_entry(referral uuid, entry uuid, expected integer, given jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	e private.support_entries;
	refused text;
	day constant date := given->>'on_day';
	today date;
	-- The form of a new entry sent again, perhaps after going back to it: what it says now counts.
	is_sent_twice boolean;
	details constant jsonb := jsonb_strip_nulls(jsonb_build_object('kind', left(given->>'kind', 20), 'step', left(given->>'step', 20)));
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	refused := private.refuse_support(r, 'support.saved', details);
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	today := private.program_today(r.program_id);
	select * into e from private.support_entries x where x.id = entry;
	-- Of kinds there is one of, whoever begins second is told of the first.
	if e.id is null and given->>'kind' in ('conversation', 'step', 'letter') then
		select * into e from private.support_entries x
			where x.referral_id = r.id and x.kind = given->>'kind' and x.step is not distinct from given->>'step';
	end if;
	is_sent_twice := coalesce(expected = 0 and e.id = entry and e.version = 1 and e.author_id = auth.uid(), false);
	refused := case
		when e.id is not null and (e.referral_id <> r.id or e.kind is distinct from given->>'kind'
			or e.step is distinct from given->>'step' or e.kind = 'note' and e.author_id is distinct from auth.uid()) then 'not_possible'
		-- What is sealed for one entry opens in no other.
		when e.id is not null and (e.id <> entry or e.version <> expected and not is_sent_twice) then 'stale'
		when day > today then 'too_far'
		when day < today - 366 then 'past'
		when e.id is null and (select count(*) from private.support_entries x where x.referral_id = r.id and x.kind = given->>'kind'
			and x.removed_at is null) >= private.most_entries(given->>'kind') then 'too_many'
	end;
	if refused is not null then
		perform private.audit(r.program_id, 'support.saved', r.id, 'refused', details || jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused)
			|| case when refused = 'stale' then jsonb_build_object('entry', private.entry_row(e)) else '{}' end;
	end if;
	if e.id is null then
		insert into private.support_entries (id, referral_id, kind, step, mark, on_day, words, author_id)
			values (entry, r.id, given->>'kind', given->>'step', given->>'mark', day, given->>'words', auth.uid());
	else
		update private.support_entries x set mark = given->>'mark', on_day = day, words = given->>'words', author_id = auth.uid(),
			version = x.version + case when is_sent_twice then 0 else 1 end, changed_at = now() where x.id = e.id;
	end if;
	if given->>'mark' is distinct from e.mark then
		insert into private.support_marks (entry_id, mark, on_day) values (entry, given->>'mark', coalesce(day, today));
	end if;
	perform private.audit(r.program_id, 'support.saved', r.id, 'done', details);
	return jsonb_build_object('ok', case when is_sent_twice then e.version else coalesce(e.version, 0) + 1 end);
end $$;

/** Takes an entry away, or puts it back: `{ ok: version }`, or `{ refused }`: not_found, not_possible, stale. */
create function public.remove_support_entry(referral uuid, entry uuid, expected integer, removed boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	e private.support_entries;
	refused text;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	refused := private.refuse_support(r, 'support.removed');
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	select * into e from private.support_entries x where x.id = entry and x.referral_id = r.id;
	refused := case
		when e.id is null or e.kind not in ('goal', 'place', 'note')
			or e.kind = 'note' and e.author_id <> auth.uid() and private.support_part(r) = 'worker' then 'not_found'
		when e.version is distinct from expected then 'stale'
	end;
	if refused is not null then
		perform private.audit(r.program_id, 'support.removed', r.id, 'refused', jsonb_build_object('why', refused));
		return jsonb_build_object('refused', refused);
	end if;
	update private.support_entries x set removed_at = case when removed then now() end, version = x.version + 1, changed_at = now()
		where x.id = e.id;
	perform private.audit(r.program_id, 'support.removed', r.id, 'done', jsonb_build_object('kind', e.kind, 'removed', removed));
	return jsonb_build_object('ok', e.version + 1);
end $$;

/** One entry as it is shown: `{ id, kind, step, mark, on_day, words, version, created_at, changed_at, removed, author, is_mine, marks }`. */
create function private.entry_row(e private.support_entries) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('id', e.id, 'kind', e.kind, 'step', e.step, 'mark', e.mark, 'on_day', e.on_day, 'words', e.words,
		'version', e.version, 'created_at', e.created_at, 'changed_at', e.changed_at, 'removed', e.removed_at is not null,
		'author', (select p.name from public.people p where p.user_id = e.author_id), 'is_mine', e.author_id = auth.uid(),
		'marks', (select coalesce(jsonb_agg(jsonb_build_object('mark', k.mark, 'on_day', k.on_day) order by k.number), '[]')
			from private.support_marks k where k.entry_id = e.id))
$$;

grant execute on function public.save_support_entry, public.remove_support_entry to authenticated;
