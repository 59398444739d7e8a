-- The pages about trainings that everybody reads.

/**
 * News, of a program's trainings or of one, the newest first: `[{ id, title, body, posted_at, changed_at, program, time_zone, slug, training }]`;
 * `slug` and `training`, its title, are null for what is about all of them.
 */
create function private.training_news(cohort uuid, most integer, with_samples boolean default true) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'title', n.title, 'body', n.body, 'posted_at', n.posted_at,
		'changed_at', n.changed_at, 'program', n.program, 'time_zone', n.time_zone, 'slug', n.slug, 'training', n.training)
		order by n.posted_at desc), '[]')
	from (select t.*, p.name as program, p.time_zone, c.slug, c.title as training from public.training_posts t
		join public.programs p on p.id = t.program_id left join public.cohorts c on c.id = t.cohort_id
		where (cohort is null or t.cohort_id = cohort) and (t.cohort_id is null or c.announced_at is not null)
			and (with_samples or not t.is_sample)
		order by t.posted_at desc limit most) n
$$;

/**
 * The trainings that are ahead or run, those that begin first before others; the last that has ended; news; trainings of other
 * organizations: `{ ahead: [card], last: { title, ended_at, time_zone } or null, news, links: [{ id, title, organization, url, note }] }`.
 */
create function public.trainings() returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'ahead', (select coalesce(jsonb_agg(t.card order by t.card->>'starts_at', t.card->>'title'), '[]') from (
			select private.training_card(c) as card from public.cohorts c
			where c.announced_at is not null and c.state in ('announced', 'open', 'closed', 'running')) t),
		'last', (select jsonb_build_object('title', c.title, 'ended_at', max(x.ends_at), 'time_zone', p.time_zone)
			from public.cohorts c join public.programs p on p.id = c.program_id
			join public.classes x on x.cohort_id = c.id and x.cancelled_at is null
			where c.state = 'finished' and c.announced_at is not null group by c.id, p.id order by max(x.ends_at) desc limit 1),
		'news', private.training_news(null, 10),
		'links', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'title', k.title, 'organization', k.organization,
			'url', k.url, 'note', k.note) order by k.title), '[]') from public.training_links k))
$$;

/**
 * One training, whatever became of it, or null: its card with `id, is_sample, about, who_for, cost, support, practicum_hours`, each of its `meetings`,
 * its `questions` (`[{ id, kind, label, hint, is_required, options, longest }]`) and `news`.
 */
create function public.training(slug text) returns jsonb
language sql stable security definer set search_path = '' as $$
	select private.training_card(c) || jsonb_build_object('id', c.id, 'is_sample', c.is_sample, 'about', c.about, 'who_for', c.who_for, 'cost', c.cost,
		'support', c.support, 'practicum_hours', c.practicum_hours, 'offer_days', c.offer_days, 'meetings', private.meetings(c.id),
		'questions', private.questions(c.id), 'news', private.training_news(c.id, 50))
	from public.cohorts c where c.slug = training.slug and c.announced_at is not null
$$;

/**
 * What feeds of trainings hold: `{ trainings: [card, and id, announced_at, meetings], news }`, all that have been announced and have a class in
 * the last ninety days or ahead, or were announced within them; the latest first. Nothing that is invented leaves this way.
 */
create function public.training_feed() returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'trainings', (select coalesce(jsonb_agg(private.training_card(c) || jsonb_build_object('id', c.id, 'announced_at', c.announced_at,
				'meetings', private.meetings(c.id)) order by c.announced_at desc), '[]')
			from public.cohorts c where c.announced_at is not null and not c.is_sample
				and (c.announced_at > now() - interval '90 days' or exists (select from public.classes x
					where x.cohort_id = c.id and x.ends_at > now() - interval '90 days'))),
		'news', private.training_news(null, 50, false))
$$;
grant execute on function public.trainings, public.training, public.training_feed to anon, authenticated;
