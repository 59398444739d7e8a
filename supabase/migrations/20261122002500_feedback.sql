-- Three questions afterwards: how was it, was it helpful, what could be better. An answer is bound to nobody: not to the referral, not
-- to the worker; and answers are read in groups of five, so that none can be told by what came new.

create table private.feedback_links (
	-- SHA-256 of the token in the link.
	token_hash bytea primary key,
	referral_id uuid not null unique references public.referrals on delete cascade,
	expires_at timestamptz not null default now() + interval '90 days'
);

create table private.feedback (
	-- Made in the Worker, as what is sealed is bound to it; of the link's token, so that the same form sent twice makes one.
	id uuid primary key,
	program_id uuid not null references public.programs on delete cascade,
	how text check (how in ('very_good', 'good', 'mixed', 'not_good')),
	helpful text check (helpful in ('yes', 'partly', 'no')),
	-- `{ text }`: what could be better.
	better private.sealed,
	-- Whoever writes paper down knows what stands there: it makes no group for those that came by a link.
	on_paper boolean not null,
	-- The group of at least five it is read in; null until there is one. No day, no order within the group.
	batch integer,
	check (num_nonnulls(how, helpful, better) > 0)
);
create index feedback_by_program on private.feedback (program_id, batch);

/** Whether the signed-in person may ask for answers and see them: a coordinator who supports nobody here, nor did within a year. */
create function private.reads_feedback(program uuid) returns boolean
language sql stable set search_path = '' as $$
	select coalesce(program = any (array(select private.my_programs('coordinator'))), false)
		and not private.has_role(program, auth.uid(), 'worker')
		and not exists (select from private.referral_matches m join public.referrals r on r.id = m.referral_id
			where m.worker_id = auth.uid() and r.program_id = program and m.first_met_on is not null
				and coalesce(m.ended_at, now()) > now() - interval '1 year')
$$;
create function public.may_read_feedback(program uuid) returns boolean
language sql stable security definer set search_path = '' as $$ select private.reads_feedback(program) $$;
grant execute on function public.may_read_feedback to authenticated;

/*
 * A link to the three questions for the peer of a referral that ends or has ended, by a coordinator; one made before is no good any
 * more. `{ ok: token }`, or `{ refused }`: not_found, not_possible.
 */
create function public.make_feedback_link(referral uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	r public.referrals;
	token constant text := private.new_token();
	refused text;
begin
	select * into r from public.referrals x where x.id = referral for update;
	if r.id is null then return '{"refused":"not_found"}'; end if;
	refused := case
		-- Whoever supports somebody holds no peer's link, whatever else they are.
		when not private.reads_feedback(r.program_id) then 'not_found'
		when r.state not in ('ending', 'completed', 'ended_early') or r.erased_at is not null then 'not_possible'
	end;
	perform private.audit(r.program_id, 'feedback.link_made', r.id, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	delete from private.feedback_links l where l.referral_id = r.id;
	insert into private.feedback_links (token_hash, referral_id) values (private.token_hash(token), r.id);
	return jsonb_build_object('ok', token);
end $$;

/** Whether a link can be answered, and whose program asks: `{ program }`, or null for one that was used, has run out, or never was. */
create function public.feedback_by_token(token text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('program', p.name) from private.feedback_links l
	join public.referrals r on r.id = l.referral_id join public.programs p on p.id = r.program_id
	where l.token_hash = private.token_hash(token) and l.expires_at > now()
$$;

/** Keeps an answer, and makes a group of those that wait, of its own kind, as soon as there are five. */
create function private.keep_feedback(program uuid, answer uuid, given jsonb, on_paper boolean) returns void
language plpgsql volatile set search_path = '' as $$
begin
	perform pg_advisory_xact_lock(hashtextextended(program::text, 5));
	insert into private.feedback (id, program_id, how, helpful, better, on_paper)
		values (answer, program, given->>'how', given->>'helpful', given->>'better', on_paper) on conflict (id) do nothing;
	if (select count(*) from private.feedback f
		where f.program_id = program and f.batch is null and f.on_paper = keep_feedback.on_paper) >= 5 then
		update private.feedback f set batch = (select coalesce(max(g.batch), 0) + 1 from private.feedback g where g.program_id = program)
			where f.program_id = program and f.batch is null and f.on_paper = keep_feedback.on_paper;
	end if;
end $$;

/*
 * Answers by a link, which is then no good any more: `{ ok }`, or `{ refused }`: unknown, empty, too_many (from this client within the
 * hour). `given`: `{ how, helpful, better (sealed) }`.
 */
create function public.answer_feedback(token text, answer uuid, given jsonb, client_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	program uuid;
begin
	if coalesce(given->>'how', given->>'helpful', given->>'better') is null then return '{"refused":"empty"}'; end if;
	if not private.count_use('feedback', client_hash, 60) then return '{"refused":"too_many"}'; end if;
	delete from private.feedback_links l using public.referrals r
		where l.token_hash = private.token_hash(token) and l.expires_at > now() and r.id = l.referral_id returning r.program_id into program;
	-- Sent twice: it is there already.
	if program is null then
		return case when exists (select from private.feedback f where f.id = answer) then '{"ok":true}'::jsonb else '{"refused":"unknown"}' end;
	end if;
	perform private.keep_feedback(program, answer, given, false);
	return '{"ok":true}';
end $$;
grant execute on function public.feedback_by_token, public.answer_feedback to anon, authenticated;

/** Writes down an answer that came on paper: `{ ok }`, or `{ refused }`: not_allowed, empty. */
create function public.enter_feedback(program uuid, answer uuid, given jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	refused constant text := case when not private.reads_feedback(program) then 'not_allowed'
		when coalesce(given->>'how', given->>'helpful', given->>'better') is null then 'empty' end;
begin
	perform private.audit(program, 'feedback.entered', null, case when refused is null then 'done' else 'refused' end,
		jsonb_strip_nulls(jsonb_build_object('why', refused)));
	if refused is not null then return jsonb_build_object('refused', refused); end if;
	perform private.keep_feedback(program, answer, given, true);
	return '{"ok":true}';
end $$;

/*
 * Counts of people as they may be shown, where their sum may be known: null in place of one to four; and where the sum would tell what
 * that hides (fewer than five together, or one each, or four each), in place of the next smallest, too, or of a nought where there is
 * no larger one.
 */
create function private.without_few(counts integer[]) returns setof integer
language sql immutable set search_path = '' as $$
	with few as (
		select sum(y) as people, count(*) as n from unnest(counts) y where y between 1 and 4
	), beside as (
		select z.m from unnest(counts) with ordinality z (y, m), few
		where (few.people < 5 or few.people in (few.n, 4 * few.n)) and (z.y >= 5 or z.y = 0 and few.people >= 5)
		order by z.y = 0, z.y, z.m limit 1
	)
	select case when u.x between 1 and 4 or u.n = (select b.m from beside b) then null else u.x end
	from unnest(counts) with ordinality u (x, n) order by u.n
$$;

/** How many chose what of a question, `[{ choice, people }]`, small groups hidden. */
create function private.feedback_counts(program uuid, question text, choices text[]) returns jsonb
language sql stable set search_path = '' as $$
	with counted as (
		select x.choice, x.n, (select count(*)::integer from private.feedback f where f.program_id = program and f.batch is not null
			and case question when 'how' then f.how else f.helpful end = x.choice) as people
		from unnest(choices) with ordinality x (choice, n)
	)
	select jsonb_agg(jsonb_build_object('choice', c.choice, 'people', w.people) order by c.n)
	from counted c
	join private.without_few(array(select x.people from counted x order by x.n)) with ordinality w (people, n) on w.n = c.n
$$;

/*
 * What peers have said, in groups of five or more; null for those who may not read it. Audited.
 * `{ answers (how many are read here), how: [{ choice, people }], helpful: [{ choice, people }], better: [{ id, words (sealed) }] }`;
 * `people` is null for one to four; and where that would tell one of them, of another choice, too. Words in no order.
 */
create function public.feedback_report(program uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	if not private.reads_feedback(program) then
		perform private.audit(program, 'feedback.read', null, 'refused');
		return null;
	end if;
	perform private.audit(program, 'feedback.read', null);
	return jsonb_build_object(
		'answers', (select count(*) from private.feedback f where f.program_id = program and f.batch is not null),
		'how', private.feedback_counts(program, 'how', '{very_good,good,mixed,not_good}'),
		'helpful', private.feedback_counts(program, 'helpful', '{yes,partly,no}'),
		'better', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'words', f.better) order by f.id), '[]')
			from private.feedback f where f.program_id = program and f.batch is not null and f.better is not null));
end $$;

grant execute on function public.make_feedback_link, public.enter_feedback, public.feedback_report to authenticated;
