/** Somebody's own requests, brought into each state by the moves that lead there. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { LOCAL_SEAL_KEYS } from '../../../scripts/support/everything.ts';
import { addDays } from '../../../src/lib/directory/local-time.ts';
import type { State } from '../../../src/lib/referrals/states.ts';
import { readKeyring, seal } from '../../../src/lib/server/seal.ts';
import { Desk, type Colleague, type Request } from './desk.ts';
import { aProposal } from './supports.ts';
import { words } from './words.ts';

type Move = readonly [
	who: 'referrer' | 'first' | 'second' | 'worker',
	event: string,
	given?: Record<string, string>,
	text?: string
];

export const QUESTION = 'Which evenings suit them? Please call 604-555-0100 if that is easier.';
export const NO_WORDS = 'Thank you for asking us. No worker is free at present.';
export const HELP = 'What there is near: https://bearings.example/neighbourhoods/kitsilano';

const keys = readKeyring(process.env.SEAL_KEYS?.trim() || LOCAL_SEAL_KEYS);
const today = new Date().toISOString().slice(0, 10);
const taken: readonly Move[] = [['first', 'acknowledge']];
const matched: readonly Move[] = [...taken, ['first', 'propose'], ['worker', 'worker_yes'], ['first', 'peer_yes']];
const active: readonly Move[] = [...matched, ['worker', 'begin', { first_met_on: addDays(today, -2) }]];
const ending: readonly Move[] = [
	...active,
	['worker', 'begin_ending', { reason: 'goal_reached', end_on: addDays(today, 40) }]
];
/** By when we write again. */
export const SOON = addDays(today, 60);
const no = { words: NO_WORDS, help: HELP };

/** How a request comes into each state. */
const LIFE: Record<State, readonly Move[]> = {
	submitted: [],
	triage: taken,
	info_needed: [...taken, ['first', 'ask', {}, QUESTION]],
	waitlisted: [...taken, ['first', 'waitlist', { next_word_on: SOON }]],
	match_proposed: [...taken, ['first', 'propose']],
	matched,
	active,
	paused: [...active, ['worker', 'pause']],
	ending,
	completed: [...ending, ['worker', 'complete']],
	ended_early: [...active, ['first', 'end_early', { reason: 'moved_away' }]],
	declined: [...taken, ['first', 'decline', { reason: 'no_worker_free', help: no.help }, no.words]],
	redirected: [...taken, ['first', 'redirect', { reason: 'other_service', help: no.help }, no.words]],
	withdrawn: [['referrer', 'withdraw']],
	entered_in_error: [
		['first', 'ask_correction', {}, 'Sent twice.'],
		['second', 'confirm_correction']
	]
};

/** A program whose staff move somebody's requests. */
export class MyDesk extends Desk {
	private staff: Record<'first' | 'second' | 'worker', string> = { first: '', second: '', worker: '' };
	/** Supports everybody who is supported. */
	worker!: Colleague;
	/** Of that worker. */
	supervisor!: Colleague;

	override async open(): Promise<this> {
		await super.open();
		// Many people sign in from this one machine.
		await this.sql`delete from private.sign_in_clients`;
		await this.sql`update public.referral_settings set wait_weeks_min = 4, wait_weeks_max = 8, wait_stated_on = ${today}
			where program_id = ${this.id}`;
		const [first, second] = [await this.person('Noor'), await this.person('Eli')];
		this.worker = await this.person('Devon', 'worker');
		this.supervisor = await this.person('Sam', 'supervisor');
		await this.sql`insert into public.workers (program_id, user_id, cap) values (${this.id}, ${this.worker.id}, 50)`;
		await this.sql`insert into public.supervisions (program_id, worker_id, supervisor_id)
			values (${this.id}, ${this.worker.id}, ${this.supervisor.id})`;
		this.staff = { first: first.email, second: second.email, worker: this.worker.email };
		return this;
	}

	/** A request of this referrer's in this state. */
	async mine(
		state: State,
		given: { email: string; second?: string; client?: string; goals?: string[] }
	): Promise<Request> {
		const request = await this.request(given);
		for (const [who, event, plain, text] of LIFE[state]) {
			if (event === 'complete') await this.closed(request);
			const by = who === 'referrer' ? given.email : this.staff[who];
			const proposal = event === 'propose' ? await aProposal(randomUUID(), this.worker) : {};
			await this.move(request, by, event, { ...plain, ...proposal }, text);
		}
		// What a test looks for comes after this.
		await this.sql`delete from private.outbox where program_id = ${this.id}`;
		return request;
	}

	/** Its closing steps are done. */
	async closed({ id }: Request): Promise<void> {
		await this
			.sql`update private.referral_closing_steps set settled = 'done', settled_at = now() where referral_id = ${id}`;
	}

	/** As a coordinator moves it while somebody looks at its page. */
	moves(request: Request, event: string, given: Record<string, string> = {}, text?: string): Promise<void> {
		return this.move(request, this.staff.first, event, given, text);
	}

	/** A request that is kept for an address which is not proved yet, for so long; the mailed link's token. */
	async kept(email: string, time = '72 hours'): Promise<{ id: string; token: string }> {
		const id = randomUUID();
		const token = randomBytes(16).toString('hex');
		const sealed = (column: string, value: unknown) =>
			seal(keys, { table: 'referral_details', row: id, column }, value);
		const request = {
			area_id: this.areaId,
			consented_on: '2026-11-03',
			client: await sealed('client', { name: 'Robin Sample' }),
			goals: await sealed('goals', ['Get to know my new neighbourhood'])
		};
		await this.sql`
			insert into private.unconfirmed_referrals (id, email, token_hash, request, kept_until)
			values (${id}, ${email}, private.token_hash(${token}), ${this.sql.json(request)}, now() + ${time}::interval)`;
		return { id, token };
	}

	/** A draft of somebody who has signed in once. */
	async draft(email: string): Promise<string> {
		const id = randomUUID();
		await this.sql`
			insert into private.referral_drafts (id, owner_id, contents, created_at, touched_at)
			select ${id}, id, ${`s1.k1.${'A'.repeat(60)}`}, now() - interval '2 days', now() - interval '2 days'
			from auth.users where email = ${email}`;
		return id;
	}

	/** Which mails were written to an address, whether they have gone out yet or wait behind others. */
	async mailsTo(email: string): Promise<string[]> {
		const rows = await this.sql<{ template: string }[]>`
			select template from private.outbox where to_address = ${email} order by created_at`;
		return rows.map(({ template }) => template);
	}

	/** How it stands. */
	async stateOf({ id }: { id: string }): Promise<State | undefined> {
		const [row] = await this.sql<{ state: State }[]>`select state from public.referrals where id = ${id}`;
		return row?.state;
	}
}

export const aReferrer = (): string => `${randomUUID()}@clinic.example`;

export const main = (page: Page) => page.getByRole('main');

/** The address of a request's page, or of the slip. */
export const at = ({ reference }: Request, page: '' | '/slip' = ''): string => `/my/referrals/${reference}${page}`;

export const press = (page: Page, name: Parameters<typeof words>[0]): Promise<void> =>
	page.getByRole('button', { name: words(name) }).click();
