-- Import: one call loads a batch of places, each whole or not at all, and says of every row what became of it.

/** Words as a slug of at most so many characters; '' where they have no Latin letter or digit. */
create function private.as_slug(words text, longest integer) returns text
language sql immutable set search_path = '' as $$
	select trim(both '-' from left(trim(both '-' from regexp_replace(private.fold(words), '[^a-z0-9]+', '-', 'g')), longest))
$$;

/** A slug nobody else has: the words, else the words and the neighbourhood, else the words and the external id. */
create function private.free_slug(name text, neighbourhood text, external_id text) returns text
language plpgsql stable set search_path = '' as $$
declare
	-- Names without a Latin letter or digit fall back on the external id.
	base constant text := coalesce(nullif(private.as_slug(name, 80), ''), private.as_slug(external_id, 80));
	candidate text;
begin
	foreach candidate in array array[
		base, private.as_slug(base || '-' || coalesce(neighbourhood, 'vancouver'), 120), private.as_slug(base || '-' || external_id, 120)
	] loop
		if not exists (select from public.locations l where l.slug = candidate) then return candidate; end if;
	end loop;
	return base || '-' || left(md5(external_id), 12);
end $$;

create function private.organization_id(program uuid, organization text, site text) returns uuid
language sql set search_path = '' as $$
	insert into public.organizations as o (program_id, name, website) values (program, organization, site)
	on conflict (program_id, name) do update set website = coalesce(excluded.website, o.website)
	returning id
$$;

/** Puts hours (`[{ freq, byday, opens_at, closes_at, holidays, by_appointment }]`) in the place of those that were there. */
create function private.replace_schedules(location uuid, service_at_location uuid, hours jsonb) returns void
language sql set search_path = '' as $$
	delete from public.schedules s where s.location_id = location or s.service_at_location_id = service_at_location;
	insert into public.schedules (location_id, service_at_location_id, freq, byday, opens_at, closes_at, holidays, by_appointment)
	select location, service_at_location, h.freq, h.byday, h.opens_at, h.closes_at, h.holidays, coalesce(h.by_appointment, false)
	from jsonb_to_recordset(coalesce(hours, '[]')) h
		(freq text, byday text, opens_at time, closes_at time, holidays text, by_appointment boolean)
$$;

create function private.import_location(program uuid, place jsonb) returns uuid
language plpgsql set search_path = '' as $$
declare
	location uuid;
	was text;
	hood record;
	lat constant double precision := (place ->> 'latitude')::float8;
	lng constant double precision := (place ->> 'longitude')::float8;
begin
	select n.id, n.slug into hood from public.neighbourhoods n
		where n.slug = place ->> 'neighbourhood'
			or (place ->> 'neighbourhood' is null and n.outline operator(pg_catalog.@>) point(lng, lat))
		order by n.id limit 1;
	if place ->> 'neighbourhood' is not null and hood.id is null then
		raise exception 'neighbourhood: there is no neighbourhood “%”.', place ->> 'neighbourhood' using errcode = '22023';
	end if;
	select l.id, l.status into location, was from public.locations l
		where l.program_id = program and l.external_id = place ->> 'place_id';
	-- Before the location may become confidential.
	delete from public.addresses a where a.location_id = location;

	insert into public.locations as l (
		program_id, organization_id, external_id, slug, name, alternate_name, location_type, latitude, longitude,
		neighbourhood_id, transportation, hours_note, confidential, status, sample, confirmed_on, confirmed_by, source, licence,
		content_hash)
	values (
		program, private.organization_id(program, place ->> 'organization', place ->> 'organization_url'),
		place ->> 'place_id', private.free_slug(place ->> 'name', hood.slug, place ->> 'place_id'), place ->> 'name',
		place ->> 'alternate_name', place ->> 'location_type', lat, lng, hood.id, place ->> 'how_to_find', place ->> 'hours_note',
		(place ->> 'confidential')::boolean, place ->> 'status', (place ->> 'sample')::boolean, (place ->> 'confirmed_on')::date,
		place ->> 'confirmed_by', place ->> 'source', place ->> 'licence', md5(place::text))
	on conflict (program_id, external_id) do update set
		organization_id = excluded.organization_id, name = excluded.name, alternate_name = excluded.alternate_name,
		location_type = excluded.location_type, latitude = excluded.latitude, longitude = excluded.longitude,
		neighbourhood_id = excluded.neighbourhood_id, transportation = excluded.transportation, hours_note = excluded.hours_note,
		confidential = excluded.confidential, status = excluded.status, sample = excluded.sample,
		confirmed_on = excluded.confirmed_on, confirmed_by = excluded.confirmed_by, source = excluded.source,
		licence = excluded.licence, content_hash = excluded.content_hash, updated_at = now()
	returning l.id into location;

	-- What is offered at a place that is no longer shown isn't shown either, and comes back with it.
	update public.services s set status = case when place ->> 'status' = 'withdrawn' then 'inactive' else 'active' end
	from public.service_at_locations a
	where a.service_id = s.id and a.location_id = location and s.status in ('active', 'inactive')
		and was is distinct from place ->> 'status';

	if place ->> 'address' is not null then
		insert into public.addresses (location_id, address_1, city, state_province, postal_code)
		values (location, place ->> 'address', place ->> 'city', place ->> 'province', place ->> 'postal_code');
	end if;
	delete from public.accessibility x where x.location_id = location;
	if coalesce(place ->> 'wheelchair', place ->> 'washroom', place ->> 'accessibility_note') is not null then
		insert into public.accessibility (location_id, description, wheelchair, washroom)
		values (location, place ->> 'accessibility_note', place ->> 'wheelchair', (place ->> 'washroom')::boolean);
	end if;
	perform private.replace_schedules(location, null, place -> 'hours');
	return location;
end $$;

create function private.import_service(program uuid, location uuid, service jsonb, nth integer) returns void
language plpgsql set search_path = '' as $$
declare
	own uuid;
	service_at_location uuid;
begin
	insert into public.services as s (
		program_id, organization_id, external_id, name, description, email, eligibility_description, referral_required, content_hash, status)
	select program, l.organization_id, service ->> 'service_id', service ->> 'service', coalesce(service ->> 'description', ''),
		service ->> 'email', service ->> 'audience', (service ->> 'referral')::boolean, md5(service::text),
		case l.status when 'withdrawn' then 'inactive' else 'active' end
	from public.locations l where l.id = location
	on conflict (program_id, external_id) do update set
		organization_id = excluded.organization_id, name = excluded.name, description = excluded.description,
		email = excluded.email, eligibility_description = excluded.eligibility_description,
		referral_required = excluded.referral_required, content_hash = excluded.content_hash, status = excluded.status
	returning s.id into own;
	delete from public.service_at_locations a where a.service_id = own and a.location_id <> location;
	insert into public.service_at_locations as a (service_id, location_id, position) values (own, location, nth)
	on conflict (service_id, location_id) do update set position = excluded.position
	returning a.id into service_at_location;

	delete from public.attributes x where x.service_id = own;
	insert into public.attributes (service_id, taxonomy_term_id, position)
	-- A category that is not in the taxonomy is null here, and refused.
	select own, (select t.id from public.taxonomy_terms t where t.code = c.code), c.nth - 1
	from jsonb_array_elements_text(service -> 'categories') with ordinality c (code, nth);
	delete from public.cost_options c where c.service_id = own;
	if coalesce(service ->> 'free', service ->> 'fees') is not null then
		insert into public.cost_options (service_id, option, amount_description)
		values (own, case (service ->> 'free')::boolean when true then 'free' when false then 'paid' end, service ->> 'fees');
	end if;
	delete from public.required_documents d where d.service_id = own;
	insert into public.required_documents (service_id, document)
	select own, d from jsonb_array_elements_text(coalesce(service -> 'documents', '[]')) d;
	delete from public.languages n where n.service_id = own;
	insert into public.languages (service_id, code)
	select distinct own, n from jsonb_array_elements_text(coalesce(service -> 'languages', '[]')) n;
	delete from public.phones n where n.service_id = own;
	if service ->> 'phone' is not null then
		insert into public.phones (service_id, number, extension, description)
		values (own, service ->> 'phone', service ->> 'extension', service ->> 'phone_note');
	end if;
	delete from public.urls u where u.service_id = own;
	if service ->> 'url' is not null then insert into public.urls (service_id, url) values (own, service ->> 'url'); end if;
	perform private.replace_schedules(null, service_at_location, service -> 'meets');
end $$;

/*
 * Loads places into a program: `records` is `[{ place: {…}, services: [{…}, …] }]` in the words of docs/import-format.md.
 * Gives, a record each, in order: `{ place_id, place: created | updated | unchanged | rejected, services: { service_id:
 * created | updated | unchanged }, reason }`. A dry run does all of it and takes it back. Refused to whoever is neither
 * the service nor an editor of the program.
 */
create function public.import_places(program uuid, records jsonb, dry_run boolean default true) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	entry jsonb;
	report jsonb := '[]';
	outcome jsonb;
	statuses jsonb;
	service record;
	known record;
	status text;
	location uuid;
begin
	if (select auth.role()) is distinct from 'service_role'
		and not program = any (array(select private.my_programs('editor'))) then
		raise exception 'Only editors of this program may import places.' using errcode = '42501';
	end if;
	for entry in select value from jsonb_array_elements(records) loop
		begin
			select l.id, l.content_hash into known from public.locations l
				where l.program_id = program and l.external_id = entry -> 'place' ->> 'place_id';
			location := known.id;
			status := case when known.id is null then 'created'
				when known.content_hash is distinct from md5((entry -> 'place')::text) then 'updated' else 'unchanged' end;
			if status <> 'unchanged' then location := private.import_location(program, entry -> 'place'); end if;
			outcome := jsonb_build_object('place_id', entry -> 'place' -> 'place_id', 'place', status);

			statuses := '{}';
			for service in select value, ordinality from jsonb_array_elements(entry -> 'services') with ordinality loop
				select s.id, s.content_hash into known from public.services s
					where s.program_id = program and s.external_id = service.value ->> 'service_id';
				status := case when known.id is null then 'created'
					when known.content_hash is distinct from md5(service.value::text)
						or not exists (select from public.service_at_locations a where a.service_id = known.id and a.location_id = location)
						then 'updated' else 'unchanged' end;
				if status <> 'unchanged' then
					perform private.import_service(program, location, service.value, service.ordinality::integer);
				end if;
				statuses := statuses || jsonb_build_object(service.value ->> 'service_id', status);
			end loop;
			outcome := outcome || jsonb_build_object('services', statuses);
			if dry_run then raise exception using errcode = 'ZZ000', message = 'dry run'; end if;
		exception
			when sqlstate 'ZZ000' then null;
			when data_exception or integrity_constraint_violation then
				outcome := jsonb_build_object('place_id', entry -> 'place' -> 'place_id', 'place', 'rejected', 'reason', sqlerrm);
		end;
		report := report || outcome;
	end loop;
	return report;
end $$;
grant execute on function public.import_places to authenticated, service_role;
