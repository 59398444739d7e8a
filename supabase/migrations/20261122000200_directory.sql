-- The directory, in the names of Open Referral HSDS 3.1. On screen a location with the services at it is a place.

create table public.neighbourhoods (
	id integer generated always as identity primary key,
	slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
	name text not null check (length(name) between 1 and 200),
	alternate_names text[] not null default '{}',
	description text not null default '' check (length(description) <= 2000),
	latitude double precision not null check (latitude between -90 and 90),
	longitude double precision not null check (longitude between -180 and 180),
	-- Longitude first, as Postgres's points are x, y.
	outline polygon not null
);

create table public.organizations (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs,
	name text not null check (length(name) between 1 and 200),
	website text check (website ~ '^https?://' and length(website) <= 500),
	unique (program_id, name),
	-- For keys that hold a place and who runs it to one program.
	unique (id, program_id)
);

create table public.locations (
	id uuid primary key default gen_random_uuid(),
	-- A short number for the map's compact points.
	number integer generated always as identity unique,
	program_id uuid not null references public.programs,
	organization_id uuid not null,
	external_id text not null check (external_id ~ '^[a-z0-9][a-z0-9-]*$' and length(external_id) <= 100),
	slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
	name text not null check (length(name) between 1 and 200),
	alternate_name text check (length(alternate_name) <= 200),
	location_type text not null default 'physical' check (location_type in ('physical', 'postal', 'virtual')),
	latitude double precision check (latitude between -90 and 90),
	longitude double precision check (longitude between -180 and 180),
	neighbourhood_id integer references public.neighbourhoods,
	-- HSDS `transportation`: the door, the floor, what it is beside.
	transportation text check (length(transportation) <= 500),
	hours_note text check (length(hours_note) <= 500),
	confidential boolean not null default false,
	status text not null default 'published' check (status in ('published', 'withdrawn')),
	-- Invented for the demonstration: marked on screen, never open, never exported.
	sample boolean not null default false,
	confirmed_on date,
	confirmed_by text check (confirmed_by in ('phone', 'visit', 'website', 'open_data', 'organization')),
	source text check (length(source) <= 300),
	licence text check (length(licence) <= 100),
	-- Of the imported record, so that loading the same file again changes nothing.
	content_hash text,
	updated_at timestamptz not null default now(),
	unique (program_id, external_id),
	unique (id, confidential),
	check ((latitude is null) = (longitude is null)),
	-- A neighbourhood or the way to the door would give it away.
	check (not confidential or num_nonnulls(latitude, neighbourhood_id, transportation) = 0),
	foreign key (organization_id, program_id) references public.organizations (id, program_id)
);
create index locations_by_neighbourhood on public.locations (neighbourhood_id);
create index locations_by_organization on public.locations (organization_id);

create table public.addresses (
	id uuid primary key default gen_random_uuid(),
	location_id uuid not null,
	-- With the key below: a confidential place can have no address, whoever writes it.
	confidential boolean not null generated always as (false) stored,
	address_1 text not null check (length(address_1) between 1 and 200),
	city text not null default 'Vancouver' check (length(city) <= 100),
	state_province text not null default 'BC' check (length(state_province) <= 100),
	postal_code text check (length(postal_code) <= 20),
	country text not null default 'CA' check (length(country) = 2),
	address_type text not null default 'physical' check (address_type in ('physical', 'postal', 'virtual')),
	foreign key (location_id, confidential) references public.locations (id, confidential) on delete cascade
);
create index addresses_by_location on public.addresses (location_id);

create table public.services (
	id uuid primary key default gen_random_uuid(),
	program_id uuid not null references public.programs,
	organization_id uuid not null,
	external_id text not null check (external_id ~ '^[a-z0-9][a-z0-9-]*$' and length(external_id) <= 100),
	name text not null check (length(name) between 1 and 200),
	description text not null default '' check (length(description) <= 2000),
	email text check (length(email) <= 254),
	status text not null default 'active' check (status in ('active', 'inactive', 'defunct', 'temporarily closed')),
	eligibility_description text check (length(eligibility_description) <= 500),
	-- Null: nobody has confirmed either.
	referral_required boolean,
	content_hash text,
	unique (program_id, external_id),
	foreign key (organization_id, program_id) references public.organizations (id, program_id)
);
create index services_by_organization on public.services (organization_id);

create table public.service_at_locations (
	id uuid primary key default gen_random_uuid(),
	service_id uuid not null references public.services on delete cascade,
	location_id uuid not null references public.locations on delete cascade,
	-- The order in which the place names its services.
	position smallint not null default 0,
	unique (service_id, location_id)
);
create index service_at_locations_by_location on public.service_at_locations (location_id);

create table public.phones (
	id uuid primary key default gen_random_uuid(),
	location_id uuid references public.locations on delete cascade,
	service_id uuid references public.services on delete cascade,
	number text not null check (length(number) between 3 and 40),
	extension text check (length(extension) <= 10),
	description text check (length(description) <= 200),
	check (num_nonnulls(location_id, service_id) = 1)
);
create index phones_by_location on public.phones (location_id);
create index phones_by_service on public.phones (service_id);

create table public.urls (
	id uuid primary key default gen_random_uuid(),
	service_id uuid not null references public.services on delete cascade,
	label text check (length(label) <= 200),
	url text not null check (url ~ '^https?://' and length(url) <= 500)
);
create index urls_by_service on public.urls (service_id);

-- RRULE fields (RFC 5545), as HSDS has them: WEEKLY with `MO,TU`, MONTHLY with `2TU` or `-1SU`.
create table public.schedules (
	id uuid primary key default gen_random_uuid(),
	location_id uuid references public.locations on delete cascade,
	service_at_location_id uuid references public.service_at_locations on delete cascade,
	freq text check (freq in ('WEEKLY', 'MONTHLY')),
	"interval" smallint not null default 1 check ("interval" = 1),
	byday text check (byday ~ '^(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$'),
	opens_at time,
	-- Not after `opens_at`: it closes on the next day. Equal: it stays open for 24 hours.
	closes_at time,
	valid_from date,
	valid_to date,
	-- On a British Columbia statutory holiday; null: not known.
	holidays text check (holidays in ('closed', 'open')),
	by_appointment boolean not null default false,
	check (num_nonnulls(location_id, service_at_location_id) = 1),
	check (by_appointment or num_nulls(freq, byday, opens_at, closes_at) = 0),
	check (freq is distinct from 'WEEKLY' or byday !~ '[0-9]'),
	check (valid_to >= valid_from)
);
create index schedules_by_location on public.schedules (location_id);
create index schedules_by_service_at_location on public.schedules (service_at_location_id);

create table public.languages (
	id uuid primary key default gen_random_uuid(),
	service_id uuid not null references public.services on delete cascade,
	code text not null check (code ~ '^[a-z]{2,3}$'),
	unique (service_id, code)
);

create table public.accessibility (
	id uuid primary key default gen_random_uuid(),
	location_id uuid not null unique references public.locations on delete cascade,
	description text check (length(description) <= 500),
	wheelchair text check (wheelchair in ('yes', 'limited', 'no')),
	washroom boolean
);

create table public.cost_options (
	id uuid primary key default gen_random_uuid(),
	service_id uuid not null references public.services on delete cascade,
	option text check (option in ('free', 'paid')),
	amount_description text check (length(amount_description) <= 500),
	check (num_nonnulls(option, amount_description) > 0)
);
create index cost_options_by_service on public.cost_options (service_id);

create table public.required_documents (
	id uuid primary key default gen_random_uuid(),
	service_id uuid not null references public.services on delete cascade,
	document text not null check (length(document) between 1 and 200)
);
create index required_documents_by_service on public.required_documents (service_id);

create table public.taxonomies (
	id uuid primary key default gen_random_uuid(),
	name text not null unique check (length(name) <= 200),
	description text not null default '' check (length(description) <= 2000)
);

create table public.taxonomy_terms (
	id uuid primary key default gen_random_uuid(),
	-- A short number: places keep theirs in an integer array.
	number integer generated always as identity unique,
	taxonomy_id uuid not null references public.taxonomies on delete cascade,
	code text not null unique check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 100),
	name text not null check (length(name) between 1 and 200),
	description text not null default '' check (length(description) <= 500),
	parent_id uuid references public.taxonomy_terms on delete cascade,
	icon text not null check (icon ~ '^[a-z0-9-]+$'),
	-- The order in which a newcomer meets them.
	position smallint not null default 0
);

create table public.attributes (
	id uuid primary key default gen_random_uuid(),
	service_id uuid not null references public.services on delete cascade,
	taxonomy_term_id uuid not null references public.taxonomy_terms on delete cascade,
	-- The service's main category has 0.
	position smallint not null default 0,
	unique (service_id, taxonomy_term_id)
);
create index attributes_by_term on public.attributes (taxonomy_term_id);

create table public.statutory_holidays (
	observed_on date primary key,
	name text not null check (length(name) between 1 and 100)
);
