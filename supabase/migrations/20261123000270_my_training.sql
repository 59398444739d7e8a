-- One's own place in trainings: signed in, or by a link from a mail.

-- An application that is not sent yet, under the id that it will have.
create table private.application_drafts (
	id uuid primary key,
	cohort_id uuid not null references public.cohorts on delete cascade,
	person_id uuid not null references auth.users on delete cascade,
	contents private.sealed not null,
	saved_at timestamptz not null default now(),
	unique (cohort_id, person_id)
);
create index application_drafts_by_person on private.application_drafts (person_id);
alter table private.application_drafts enable row level security;

/** One's own draft for a cohort: `{ id, contents, saved_at }`, or null. */
create function public.my_application(cohort uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('id', d.id, 'contents', d.contents, 'saved_at', d.saved_at)
	from private.application_drafts d where d.cohort_id = cohort and d.person_id = auth.uid()
$$;

/*
 * Keeps one's draft: `{ ok: id }`; `{ use: id }`: there is one under another id, for which `contents` must be sealed; `{ refused }`:
 * unknown (no such cohort, it takes no applications, or it has theirs already: a page that was left open brings no draft back).
 */
create function public.save_application(cohort uuid, draft uuid, contents text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	kept uuid;
begin
	if auth.uid() is null or not exists (select from public.cohorts c where c.id = cohort and c.kind = 'application'
		and c.announced_at is not null) or exists (select from public.enrolments e where e.cohort_id = cohort and e.person_id = auth.uid()
			and e.state in ('applied', 'waitlisted', 'offered', 'enrolled', 'completed', 'not_completed'))
		then return '{"refused":"unknown"}'; end if;
	insert into private.application_drafts (id, cohort_id, person_id, contents) values (draft, cohort, auth.uid(), contents)
		on conflict do nothing returning id into kept;
	if kept is null then
		update private.application_drafts d set contents = save_application.contents, saved_at = now()
			where d.id = draft and d.cohort_id = cohort and d.person_id = auth.uid() returning d.id into kept;
	end if;
	if kept is not null then return jsonb_build_object('ok', kept); end if;
	select d.id into kept from private.application_drafts d where d.cohort_id = cohort and d.person_id = auth.uid();
	-- An id that is somebody else's.
	if kept is null then return '{"refused":"unknown"}'; end if;
	return jsonb_build_object('use', kept);
end $$;

/** Throws one's draft away; true where there was one. */
create function public.drop_application(cohort uuid) returns boolean
language sql security definer set search_path = '' as $$
	with gone as (delete from private.application_drafts d where d.cohort_id = cohort and d.person_id = auth.uid() returning 1)
	select exists (select from gone)
$$;
grant execute on function public.my_application, public.save_application, public.drop_application to authenticated;

/** One's place in line, from 1 on; null for who is not in it. Planned once for all of a roster, as `first_class`. */
create function private.place_in_line(e public.enrolments) returns integer
language plpgsql stable set search_path = '' as $$
begin
	return case when e.state = 'waitlisted' then (select count(*) from public.enrolments x
		where x.cohort_id = e.cohort_id and x.state = 'waitlisted' and x.line_number <= e.line_number) end;
end $$;

/*
 * What a place in line has meant: of the program's last ten trainings that had a line and have begun, in how many so many people or more
 * were offered a seat from it. `{ trainings, reached }`
 */
create function private.usual_chance(e public.enrolments, place integer) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('trainings', count(*), 'reached', count(*) filter (where t.offered >= place)) from (
		select (select count(distinct v.enrolment_id) from public.enrolments x join private.enrolment_events v on v.enrolment_id = x.id
			where x.cohort_id = c.id and v.event = 'offer' and v.from_state = 'waitlisted') as offered
		from public.cohorts c
		where c.program_id = e.program_id and c.id <> e.cohort_id and c.state in ('running', 'finished') and exists (
			select from public.enrolments x join private.enrolment_events v on v.enrolment_id = x.id
			where x.cohort_id = c.id and v.to_state = 'waitlisted')
		order by private.first_class(c.id) desc nulls last limit 10) t
$$;

/*
 * What somebody sees of their own place: `{ id, version, state, offered_until, place, usual, certificate, practicum_hours, training,
 * joining, meetings, messages }`. Nothing that says who they are.
 */
create function private.my_place(e public.enrolments) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('id', e.id, 'version', e.version, 'state', e.state, 'offered_until', e.offered_until,
		'place', l.place, 'usual', case when l.place is not null then private.usual_chance(e, l.place) end,
		'certificate', (select k.number from private.certificates k where k.enrolment_id = e.id and k.revoked_at is null),
		'practicum_hours', e.practicum_hours, 'training', private.training_card(c),
		'joining', case when e.state in ('enrolled', 'completed', 'not_completed') then c.joining else '' end,
		'meetings', private.meetings(c.id),
		'messages', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'words', g.words, 'sent_at', g.sent_at)
				order by g.sent_at desc), '[]')
			from private.cohort_message_readers r join private.cohort_messages g on g.id = r.message_id where r.enrolment_id = e.id))
	from public.cohorts c, lateral (select private.place_in_line(e) as place) l where c.id = e.cohort_id
$$;

/*
 * Everything of the signed-in person: `{ places: [as my_place, and `details` and `answer`, sealed], drafts: [{ id, slug, title, saved_at }] }`,
 * what comes next first.
 */
create function public.my_enrolments() returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'places', (select coalesce(jsonb_agg(private.my_place(e) || jsonb_build_object('details', d.details,
				'answer', case when e.state = 'declined' then d.answer end)
				order by e.state in ('applied', 'waitlisted', 'offered', 'enrolled') desc, private.first_class(e.cohort_id), e.created_at), '[]')
			from public.enrolments e left join private.enrolment_details d on d.enrolment_id = e.id
			where e.person_id = auth.uid() or e.person_id is null and e.email = private.my_email()),
		'drafts', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'slug', c.slug, 'title', c.title, 'saved_at', d.saved_at)
				order by d.saved_at desc), '[]')
			from private.application_drafts d join public.cohorts c on c.id = d.cohort_id where d.person_id = auth.uid()))
$$;

/** A new link to one's own place: its token; null for one that is not one's own. */
create function public.make_enrolment_link(enrolment uuid) returns text
language sql security definer set search_path = '' as $$
	select private.new_enrolment_link(e.id) from public.enrolments e
	where e.id = enrolment and 'person' = any (private.enrolment_parts(e))
$$;
grant execute on function public.my_enrolments, public.make_enrolment_link to authenticated;

/** One's place by a link: as `my_place`, or null for a link that leads nowhere any more. */
create function public.enrolment_by_link(token text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select private.my_place(e) from private.enrolment_links l join public.enrolments e on e.id = l.enrolment_id
	where l.token_hash = private.token_hash(token)
$$;

/** Moves an enrolment by its person's link: see `walk_enrolment`. `{ refused: not_found }` for a link that leads nowhere. */
create function public.move_enrolment_by_link(token text, event text, version integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	enrolment constant uuid := (select l.enrolment_id from private.enrolment_links l where l.token_hash = private.token_hash(token));
begin
	if enrolment is null then return '{"refused":"not_found"}'; end if;
	return private.walk_enrolment(enrolment, event, version, '{person}');
end $$;
grant execute on function public.enrolment_by_link, public.move_enrolment_by_link to anon, authenticated;
