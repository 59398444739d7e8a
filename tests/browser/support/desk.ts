/** A program of its own for a test, with staff who sign in as everybody does, and requests that reach it, sealed as the Worker seals. */
import { randomUUID } from 'node:crypto';
import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import postgres from 'postgres';
import { LOCAL_SEAL_KEYS } from '../../../scripts/support/everything.ts';
import type { Enums } from '../../../src/lib/server/database.types.ts';
import { readKeyring, seal } from '../../../src/lib/server/seal.ts';
import { anAccount } from './database.ts';
import { phone } from './devices.ts';
import { signInQuietly } from './sign-in.ts';
import { words } from './words.ts';

const keys = readKeyring(process.env.SEAL_KEYS?.trim() || LOCAL_SEAL_KEYS);

export interface Colleague {
	id: string;
	email: string;
	name: string;
}

export interface Request {
	id: string;
	reference: string;
	/** The referrer's; null for one that was written down from a phone call. */
	email: string | null;
}

interface Given {
	client?: string;
	goals?: string[];
	safety?: string;
	email?: string | null;
	contact?: { via: 'team' | 'client'; phone: string; email: string; safe: string[] };
	second?: string;
	needsHome?: boolean;
	/** What likely duplicates share. */
	hashes?: { kind: string; hash: string }[];
}

export class Desk {
	readonly sql = postgres(process.env.DATABASE_URL!, { max: 2, onnotice: () => {} });
	readonly slug = `desk-${randomUUID().slice(0, 8)}`;
	id = '';
	areaId = '';

	async open(): Promise<this> {
		// So many codes an hour go to one client, and all tests are one.
		await this.sql`delete from private.sign_in_clients`;
		const [program] = await this.sql<{ id: string }[]>`
			insert into public.programs (slug, name) values (${this.slug}, ${`Programme ${this.slug}`}) returning id`;
		this.id = program!.id;
		const [area] = await this.sql<{ id: string }[]>`
			insert into public.areas (program_id, name) values (${this.id}, 'Kitsilano') returning id`;
		this.areaId = area!.id;
		await this.sql`insert into public.work_domains (program_id, domain) values (${this.id}, 'clinic.example')`;
		return this;
	}

	/** The program stays: the audit names it. Nothing of it is left to find. */
	async close(): Promise<void> {
		await this.sql`update public.memberships set deactivated_at = now() where program_id = ${this.id}`;
		await this.sql.end({ timeout: 2 });
	}

	/** Somebody with this role; the name is theirs alone, so that a page can be searched for it. */
	async person(first: string, role: Enums<'membership_role'> = 'coordinator'): Promise<Colleague> {
		const name = `${first} ${randomUUID().slice(0, 6)}`;
		return { ...(await anAccount(this.sql, { program: this.slug, role, name })), name };
	}

	/** A request that has just come in by the website, or, without an address, was written down and taken up. */
	async request(given: Given = {}): Promise<Request> {
		const id = randomUUID();
		const email = given.email === undefined ? `${randomUUID()}@clinic.example` : given.email;
		const sealed = async (column: string, value: unknown) =>
			seal(keys, { table: 'referral_details', row: id, column }, value);
		const request = {
			area_id: this.areaId,
			second_email: given.second ?? null,
			age_band: '25_34',
			language_codes: ['en', 'pa'],
			consented_on: '2026-11-03',
			client: await sealed('client', { name: given.client ?? 'Robin Sample' }),
			contact: await sealed('contact', given.contact ?? { via: 'team', phone: '', email: '', safe: [] }),
			goals: await sealed('goals', given.goals ?? ['Get to know my new neighbourhood']),
			safety: await sealed('safety', { text: given.safety ?? '' }),
			referrer: await sealed('referrer', {
				name: 'Alex Referrer',
				phone: '604-555-0142',
				team: 'Harbour Team',
				second_name: given.second ? 'Kim Second' : ''
			}),
			hashes: given.hashes ?? []
		};
		const [row] = await this.sql<{ reference: string }[]>`
			select (private.accept_referral(${id}, ${email}, ${this.sql.json(request)}, ${email === null ? 'phone' : 'web'},
				${this.id})).reference`;
		if (given.needsHome) await this.sql`update public.referrals set needs_home = true where id = ${id}`;
		return { id, reference: row!.reference, email };
	}

	/** Moves a request as its referrer or as a colleague would. `text`: what they write. */
	async move(request: Request, email: string, event: string, given: Record<string, string> = {}, text?: string) {
		const event_id = randomUUID();
		const at = { table: 'referral_events', row: event_id, column: 'words' };
		const whole = {
			event_id,
			...given,
			...(text && { words: await seal(keys, at, { text, who_may_help: given.help }) })
		};
		await this.sql.begin(async (tx) => {
			await tx`insert into auth.users (id, aud, role, email, email_confirmed_at)
				select gen_random_uuid(), 'authenticated', 'authenticated', ${email}, now()
				where not exists (select from auth.users where email = ${email})`;
			await tx`select set_config('request.jwt.claim.sub', id::text, true) from auth.users where email = ${email}`;
			const [answer] = await tx<{ move_referral: { refused?: string } }[]>`
				select public.move_referral(${request.id}, ${event}, (select version from public.referrals where id = ${request.id}),
					${tx.json(whole)})`;
			expect(answer!.move_referral.refused, event).toBeUndefined();
		});
	}

	/** A request that a colleague has taken up. */
	async taken(by: Colleague, given: Given = {}): Promise<Request> {
		const request = await this.request(given);
		await this.move(request, by.email, 'acknowledge');
		return request;
	}

	/** A day so many days ahead, as the program has it: `2026-11-22`. */
	async day(ahead: number): Promise<string> {
		const [row] = await this.sql<{ day: string }[]>`
			select (private.program_today(${this.id}) + ${ahead}::integer)::text as day`;
		return row!.day;
	}

	/** The events on a request's timeline, the oldest first. */
	async timeline(request: Request): Promise<string[]> {
		const rows = await this.sql<{ event: string }[]>`
			select event from private.referral_events where referral_id = ${request.id} order by number`;
		return rows.map(({ event }) => event);
	}

	/** What the audit holds of it: `event outcome`. */
	async audit(request: Request): Promise<string[]> {
		const rows = await this.sql<{ event: string; outcome: string }[]>`
			select event, outcome from public.audit_events where subject_id = ${request.id} order by id`;
		return rows.map(({ event, outcome }) => `${event} ${outcome}`);
	}
}

/** The address of a request's page, or of one below it. */
export const at = ({ reference }: Request, page?: string): string =>
	`/desk/referrals/${reference}${page ? `/${page}` : ''}`;

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

/** A phone of somebody's own, signed in. */
export async function phoneOf(browser: Browser, who: Colleague, javaScriptEnabled = false): Promise<Page> {
	const storageState = sessions.get(who.id);
	const context = await browser.newContext({ ...phone, javaScriptEnabled, storageState, reducedMotion: 'reduce' });
	const page = await context.newPage();
	if (storageState) return page;
	await signInQuietly(context.request, who.email);
	sessions.set(who.id, await context.storageState());
	return page;
}

type Key = Parameters<typeof words>[0];

/** What somebody does on a page and reads there, by the words on the screen. */
export const press = (page: Page, name: Key) =>
	page
		.getByRole('main')
		.getByRole('button', { name: words(name), exact: true })
		.click();
export const follow = (page: Page, name: Key) =>
	page
		.getByRole('main')
		.getByRole('link', { name: words(name), exact: true })
		.click();
export const box = (page: Page, label: Key): Locator => page.getByRole('textbox', { name: words(label) });
export const said = (page: Page, name: Key) => expect(page.getByRole('status')).toContainText(words(name));
export const told = (page: Page, name: Key) => expect(page.getByRole('alert')).toContainText(words(name));
