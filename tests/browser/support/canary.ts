/** Words that nobody else uses, and where they turn up: in the database, and in what a browser shows of where it is. */
import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { Sql } from './database.ts';

/** A word of letters alone, so that it is not taken for something else. */
export const aCanary = (): string =>
	`canary${[...randomUUID().replaceAll('-', '')].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('')}`;

/** A number that nobody has (604 555 01xx), in the digits that are stored and hashed. */
export const aNumber = (): string => `60455501${String(Math.floor(Math.random() * 90) + 10)}`;

export interface Trail {
	addresses: string[];
	titles: string[];
	/** Names and values of what answers say beside their pages, cookies too. */
	headers: string[];
}

/** Notes where a page goes. */
export function follow(page: Page, { addresses, titles, headers }: Trail): void {
	page.on('request', (request) => addresses.push(request.url()));
	page.on('response', (response) => {
		void response.allHeaders().then(
			(all) => headers.push(JSON.stringify(all)),
			() => {}
		);
	});
	page.on('load', (loaded) => {
		void loaded.title().then(
			(title) => titles.push(title),
			() => {}
		);
	});
}

/** Every value of every column of every table, but for sealed text, which is opened nowhere but in the Worker. */
export async function foundIn(sql: Sql, needles: readonly string[]): Promise<string[]> {
	const columns = await sql<{ schema: string; name: string; column: string }[]>`
		select n.nspname as schema, c.relname as name, a.attname as column
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
		where c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
			and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
			and has_table_privilege(c.oid, 'select')`;
	expect(columns.length).toBeGreaterThan(200);
	const found: string[] = [];
	for (const { schema, name, column } of columns) {
		const [hit] = await sql`select from ${sql(schema)}.${sql(name)}
			where ${sql(column)}::text ilike any (${needles.map((needle) => `%${needle}%`)}) limit 1`;
		if (hit) found.push(`${schema}.${name}.${column}`);
	}
	return found;
}

/**
 * Lets writing on a request's timeline, or into a table of its support, fail while this works, in a way that nobody expects: the
 * database quotes these words. No other request is touched.
 */
export async function whileItFails<T>(
	sql: Sql,
	reference: string,
	words: string,
	work: () => Promise<T>,
	table: 'private.referral_events' | 'private.support_entries' = 'private.referral_events'
): Promise<T> {
	const name = `fails_${reference.replaceAll('-', '_').toLowerCase()}`;
	const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
	await sql.unsafe(`
		create function private.${name}() returns trigger language plpgsql as $$ begin
			if new.referral_id = (select id from public.referrals where reference = ${literal(reference)}) then
				raise exception using errcode = 'XX000', message = ${literal(`cannot write "${words}"`)}, detail = ${literal(words)};
			end if;
			return new;
		end $$;
		create trigger ${name} before insert on ${table} for each row execute function private.${name}()`);
	try {
		return await work();
	} finally {
		await sql.unsafe(`drop trigger ${name} on ${table}; drop function private.${name}()`);
	}
}
