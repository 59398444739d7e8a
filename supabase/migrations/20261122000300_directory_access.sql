-- Who reads and who writes the directory (DESIGN §4): everybody reads what is published, editors write their own.

grant select on
	public.neighbourhoods, public.organizations, public.locations, public.addresses, public.services,
	public.service_at_locations, public.phones, public.urls, public.schedules, public.languages, public.accessibility,
	public.cost_options, public.required_documents, public.taxonomies, public.taxonomy_terms, public.attributes,
	public.statutory_holidays
	to anon, authenticated;
grant insert, update, delete on
	public.organizations, public.locations, public.addresses, public.services, public.service_at_locations,
	public.phones, public.urls, public.schedules, public.languages, public.accessibility, public.cost_options,
	public.required_documents, public.attributes
	to authenticated;
grant all on
	public.neighbourhoods, public.organizations, public.locations, public.addresses, public.services,
	public.service_at_locations, public.phones, public.urls, public.schedules, public.languages, public.accessibility,
	public.cost_options, public.required_documents, public.taxonomies, public.taxonomy_terms, public.attributes,
	public.statutory_holidays
	to service_role;

alter table public.neighbourhoods enable row level security;
alter table public.organizations enable row level security;
alter table public.locations enable row level security;
alter table public.addresses enable row level security;
alter table public.services enable row level security;
alter table public.service_at_locations enable row level security;
alter table public.phones enable row level security;
alter table public.urls enable row level security;
alter table public.schedules enable row level security;
alter table public.languages enable row level security;
alter table public.accessibility enable row level security;
alter table public.cost_options enable row level security;
alter table public.required_documents enable row level security;
alter table public.taxonomies enable row level security;
alter table public.taxonomy_terms enable row level security;
alter table public.attributes enable row level security;
alter table public.statutory_holidays enable row level security;

create policy "Everybody reads neighbourhoods" on public.neighbourhoods for select to anon, authenticated using (true);
create policy "Everybody reads taxonomies" on public.taxonomies for select to anon, authenticated using (true);
create policy "Everybody reads taxonomy terms" on public.taxonomy_terms for select to anon, authenticated using (true);
create policy "Everybody reads statutory holidays" on public.statutory_holidays for select to anon, authenticated using (true);
create policy "Everybody reads organizations" on public.organizations for select to anon, authenticated using (true);

create policy "Everybody reads published locations" on public.locations for select to anon, authenticated
	using (status = 'published');

create policy "Everybody reads active services" on public.services for select to anon, authenticated
	using (status = 'active');

create policy "Editors read and write their programs' organizations" on public.organizations for all to authenticated
	using (program_id = any (array(select private.my_programs('editor'))))
	with check (program_id = any (array(select private.my_programs('editor'))));
create policy "Editors read and write their programs' locations" on public.locations for all to authenticated
	using (program_id = any (array(select private.my_programs('editor'))))
	with check (program_id = any (array(select private.my_programs('editor'))));
create policy "Editors read and write their programs' services" on public.services for all to authenticated
	using (program_id = any (array(select private.my_programs('editor'))))
	with check (program_id = any (array(select private.my_programs('editor'))));

-- Parts of a location or a service follow it: whoever reads the whole reads the part, whoever edits it edits the part.
create function private.may_edit_location(location uuid) returns boolean
language sql stable security definer set search_path = '' as $$
	select exists (
		select from public.locations l
		where l.id = location and l.program_id = any (array(select private.my_programs('editor')))
	)
$$;
create function private.may_edit_service(service uuid) returns boolean
language sql stable security definer set search_path = '' as $$
	select exists (
		select from public.services s
		where s.id = service and s.program_id = any (array(select private.my_programs('editor')))
	)
$$;
create function private.may_edit_service_at_location(service_at_location uuid) returns boolean
language sql stable security definer set search_path = '' as $$
	select exists (
		select from public.service_at_locations a
		where a.id = service_at_location
			and private.may_edit_location(a.location_id) and private.may_edit_service(a.service_id)
	)
$$;
grant execute on function
	private.may_edit_location, private.may_edit_service, private.may_edit_service_at_location to authenticated;

-- One policy a command, so that reading never calls a function for each row.
do $$
declare
	part record;
	reads constant jsonb := jsonb_build_object(
		'location_id', 'exists (select from public.locations l where l.id = location_id)',
		'service_id', 'exists (select from public.services s where s.id = service_id)',
		'service_at_location_id', 'exists (select from public.service_at_locations a where a.id = service_at_location_id)'
	);
	edits constant jsonb := jsonb_build_object(
		'location_id', 'private.may_edit_location(location_id)',
		'service_id', 'private.may_edit_service(service_id)',
		'service_at_location_id', 'private.may_edit_service_at_location(service_at_location_id)'
	);
	readable text;
	editable text;
begin
	for part in
		select * from (values
			('addresses', array['location_id'], ' and '),
			('accessibility', array['location_id'], ' and '),
			('service_at_locations', array['location_id', 'service_id'], ' and '),
			('phones', array['location_id', 'service_id'], ' or '),
			('schedules', array['location_id', 'service_at_location_id'], ' or '),
			('urls', array['service_id'], ' and '),
			('languages', array['service_id'], ' and '),
			('cost_options', array['service_id'], ' and '),
			('required_documents', array['service_id'], ' and '),
			('attributes', array['service_id'], ' and ')
		) as parts (name, wholes, joined)
	loop
		select string_agg(reads ->> whole, part.joined), string_agg(edits ->> whole, part.joined)
			into readable, editable from unnest(part.wholes) whole;
		execute format('create policy "Whoever reads the whole reads its %1$s" on public.%1$I
			for select to anon, authenticated using (%2$s)', part.name, readable);
		execute format('create policy "Whoever edits the whole adds its %1$s" on public.%1$I
			for insert to authenticated with check (%2$s)', part.name, editable);
		execute format('create policy "Whoever edits the whole changes its %1$s" on public.%1$I
			for update to authenticated using (%2$s) with check (%2$s)', part.name, editable);
		execute format('create policy "Whoever edits the whole removes its %1$s" on public.%1$I
			for delete to authenticated using (%2$s)', part.name, editable);
	end loop;
end $$;
