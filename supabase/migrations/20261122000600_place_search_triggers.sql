-- Whatever changes a place marks it; at commit each marked place is refreshed once, however many of its rows changed.

create table private.stale_places (location_id uuid primary key);

create function private.refresh_stale_place() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	delete from private.stale_places s where s.location_id = new.location_id;
	perform private.refresh_place(new.location_id);
	return null;
end $$;
create constraint trigger refresh_stale_place after insert on private.stale_places
	deferrable initially deferred for each row execute function private.refresh_stale_place();

/*
 * Marks the places that a changed row belongs to: by its `location_id`, `service_id` or `service_at_location_id`, or, where
 * the trigger's argument says so, by the row's own id in `locations`, `services`, `organizations`, `neighbourhoods`, `terms`.
 */
create function private.mark_stale_places() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	changed jsonb;
	own uuid;
	hood integer;
begin
	-- As JSON: a polygon has no equality.
	if tg_op = 'UPDATE' and to_jsonb(old) = to_jsonb(new) then return null; end if;
	foreach changed in array array_remove(array[
		case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end
	], null) loop
		if tg_argv[0] = 'neighbourhoods' then
			hood := (changed ->> 'id')::integer;
		else
			own := (changed ->> 'id')::uuid;
		end if;
		insert into private.stale_places (location_id)
		select l.id from public.locations l where l.id in (
			select own where tg_argv[0] = 'locations'
			union all select (changed ->> 'location_id')::uuid
			union all select a.location_id from public.service_at_locations a
				where a.service_id = (changed ->> 'service_id')::uuid
					or a.id = (changed ->> 'service_at_location_id')::uuid
			union all select a.location_id from public.service_at_locations a
				where tg_argv[0] = 'services' and a.service_id = own
			union all select o.id from public.locations o
				where tg_argv[0] = 'organizations' and o.organization_id = own
			union all select n.id from public.locations n
				where n.neighbourhood_id = hood
			union all select a.location_id from public.attributes x
				join public.service_at_locations a on a.service_id = x.service_id
				where tg_argv[0] = 'terms' and x.taxonomy_term_id in (
					-- A place is found by the names above its categories too.
					with recursive below as (
						select own as id union select t.id from public.taxonomy_terms t join below b on b.id = t.parent_id
					)
					select b.id from below b
				)
		)
		order by l.id
		on conflict do nothing;
	end loop;
	return null;
end $$;

/*
 * One writer of the directory at a time, until its transaction ends: places share counts and words, and two writers who
 * change the same place in another order would wait for each other. Taken before a statement locks its first row; readers
 * never wait.
 */
create function private.lock_directory() returns trigger
language plpgsql set search_path = '' as $$
begin
	perform pg_advisory_xact_lock(hashtext('private.refresh_place'));
	return null;
end $$;

do $$
declare watched record;
begin
	for watched in
		select * from (values
			('locations', 'locations', 'insert or update'), ('services', 'services', 'update'),
			('organizations', 'organizations', 'update'), ('taxonomy_terms', 'terms', 'update'),
			('neighbourhoods', 'neighbourhoods', 'update'),
			('service_at_locations', '', 'insert or update or delete'), ('addresses', '', 'insert or update or delete'),
			('phones', '', 'insert or update or delete'), ('schedules', '', 'insert or update or delete'),
			('languages', '', 'insert or update or delete'), ('accessibility', '', 'insert or update or delete'),
			('cost_options', '', 'insert or update or delete'), ('attributes', '', 'insert or update or delete')
		) as t (name, argument, events)
	loop
		execute format('create trigger mark_stale_places after %s on public.%I
			for each row execute function private.mark_stale_places(%L)', watched.events, watched.name, watched.argument);
		execute format('create trigger lock_directory before insert or update or delete on public.%I
			for each statement execute function private.lock_directory()', watched.name);
	end loop;
end $$;

create function private.remember_synonym_words() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform private.remember_words(new.term);
	return null;
end $$;
create trigger remember_synonym_words after insert or update on public.search_synonyms
	for each row execute function private.remember_synonym_words();

/*
 * Every night: opening intervals reach as far ahead as they should, and facets and words that no place has any more are
 * dropped.
 * Returns the number of places whose hours were extended.
 */
create function public.refresh_directory() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	refreshed integer := 0;
	place uuid;
begin
	perform pg_advisory_xact_lock(hashtext('private.refresh_place'));
	for place in
		select distinct coalesce(s.location_id, a.location_id)
		from public.schedules s left join public.service_at_locations a on a.id = s.service_at_location_id
	loop
		perform private.refresh_opening_intervals(place);
		refreshed := refreshed + 1;
	end loop;
	delete from private.facet_groups g where g.n = 0;
	-- Words that nothing uses any more would be what a typing mistake is mended to.
	delete from private.search_words;
	perform private.remember_words(private.words_of_place(p.location_id)) from private.place_search p;
	perform private.remember_words(s.term) from public.search_synonyms s;
	return refreshed;
end $$;
grant execute on function public.refresh_directory to service_role;
