-- One of each thing that the embedded Supabase has to treat as hosted does. For tests/integration/local-*.test.ts.

create table public.notes (
	id uuid primary key default gen_random_uuid(),
	author_id uuid references auth.users on delete cascade,
	body text not null check (length(body) <= 20),
	slug text unique,
	during tstzrange,
	kept jsonb,
	exclude using gist (during with &&)
);
alter table public.notes enable row level security;
create policy "Everybody reads notes" on public.notes for select using (true);
create policy "People write their own notes" on public.notes for insert to authenticated
	with check (author_id = (select auth.uid()));

-- Everybody may read and write this by default privileges; a migration takes it back, and it stays taken.
create table public.secrets (id int primary key, sealed text);
alter table public.secrets enable row level security;
create policy "Everybody reads secrets" on public.secrets for select using (true);
revoke all on public.secrets from anon, authenticated;
grant select (id) on public.secrets to authenticated;
insert into public.secrets values (1, 'sealed');

create function public.complain(how text) returns void language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = how, message = 'No.', detail = 'Because.', hint = 'Ask again.';
end $$;

create function public.add(a int, b int) returns int language sql immutable set search_path = '' as 'select a + b';
create function public.describe(words text[]) returns jsonb language sql stable set search_path = ''
as $$ select jsonb_build_object('words', to_jsonb(words), 'me', auth.uid(), 'role', auth.role()) $$;
create function public.kind_of(thing jsonb) returns text language sql immutable set search_path = ''
as $$ select jsonb_typeof(thing) $$;
create function public.numbers(upto int) returns table (n int, square int) language sql immutable set search_path = ''
as 'select i, i * i from generate_series(1, upto) i';

insert into storage.buckets (id, name, public) values ('photos', 'photos', false);
create policy "Signed-in people keep photos" on storage.objects for all to authenticated
	using (bucket_id = 'photos') with check (bucket_id = 'photos');
