/** Supports in every state, with the people they concern, as the site itself would have written them. */
import { randomUUID } from 'node:crypto';
import { addDays, dateIn } from '../../../src/lib/directory/local-time.ts';
import type {
	ClosingStep,
	EntryContents,
	EntryKind,
	Plan,
	Place
} from '../../../src/lib/referrals/support/contents.ts';
import { LOCAL_SEAL_KEYS } from '../../../scripts/support/everything.ts';
import { readKeyring, seal } from '../../../src/lib/server/seal.ts';
import { Desk, type Colleague, type Request } from './desk.ts';

const keys = readKeyring(process.env.SEAL_KEYS?.trim() || LOCAL_SEAL_KEYS);

/** Where the demonstration's programs are, and where a new one is unless it says. */
export const today = (): string => dateIn('America/Vancouver', new Date());

export type SupportState = 'match_proposed' | 'matched' | 'active' | 'paused' | 'ending' | 'completed' | 'ended_early';

export interface Support extends Request {
	matchId: string;
	client: string;
	initials: string;
}

export const LIBRARY: Place = { slug: '', name: 'The Hillside Library', address: '100 Sample Street, Vancouver' };
export const PLAN: Plan = {
	place: LIBRARY,
	when: 'Tuesday at two, by the front desk',
	call: { name: 'Noor on duty', phone: '604-555-0177' },
	check_in: 'Text the duty number when you arrive and when you leave.'
};

interface Given {
	client?: string;
	initials?: string;
	goals?: string[];
	safety?: string;
	plan?: Partial<Plan>;
	worker?: Colleague;
	/** Where it stands at `match_proposed`: the worker has said yes already. */
	saidYes?: true;
	/** Days from today. */
	metOn?: number;
	endsOn?: number;
	contact?: { via: 'team' | 'client'; phone: string; email: string; safe: string[] };
}

/** A program with everybody whom a support concerns. Each signs in as everybody does: `phoneOf(browser, supports.worker)`. */
export class Supports extends Desk {
	worker!: Colleague;
	/** Another worker, whom nobody supervises. */
	other!: Colleague;
	/** Supervises `worker`. */
	supervisor!: Colleague;
	coordinator!: Colleague;

	override async open(): Promise<this> {
		await super.open();
		await this.sql`update public.referral_settings set duty_name = 'Noor on duty', duty_phone = '604-555-0177'
			where program_id = ${this.id}`;
		this.coordinator = await this.person('Noor');
		this.worker = await this.person('Devon', 'worker');
		this.other = await this.person('Ash', 'worker');
		this.supervisor = await this.person('Sam', 'supervisor');
		for (const { id } of [this.worker, this.other])
			await this
				.sql`insert into public.workers (program_id, user_id, cap, language_codes) values (${this.id}, ${id}, 50, '{en}')`;
		await this.sql`insert into public.supervisions (program_id, worker_id, supervisor_id)
			values (${this.id}, ${this.worker.id}, ${this.supervisor.id})`;
		return this;
	}

	/** A referral in this state, by the moves that lead there. */
	async support(state: SupportState, given: Given = {}): Promise<Support> {
		const client = given.client ?? 'Robin Sample';
		const initials = given.initials ?? 'RS';
		const worker = given.worker ?? this.worker;
		const { goals, safety, contact } = given;
		const request = await this.taken(this.coordinator, { client, goals, safety, contact });
		const support = { ...request, client, initials, matchId: randomUUID() };
		await this.propose(support, worker, given.plan);
		if (state === 'match_proposed') {
			if (given.saidYes) await this.move(request, worker.email, 'worker_yes');
			return support;
		}
		await this.move(request, worker.email, 'worker_yes');
		await this.move(request, this.coordinator.email, 'peer_yes');
		if (state === 'matched') return support;
		await this.move(request, worker.email, 'begin', { first_met_on: addDays(today(), given.metOn ?? -2) });
		if (state === 'active') return support;
		if (state === 'paused') await this.move(request, worker.email, 'pause');
		if (state === 'ended_early')
			await this.move(request, this.coordinator.email, 'end_early', { reason: 'moved_away' });
		if (state === 'ending' || state === 'completed') {
			const end_on = addDays(today(), given.endsOn ?? 28);
			await this.move(request, worker.email, 'begin_ending', { reason: 'goal_reached', end_on });
		}
		if (state === 'completed') {
			await this.sql`update private.referral_closing_steps set settled = 'done', settled_at = now()
				where referral_id = ${request.id}`;
			await this.move(request, worker.email, 'complete');
		}
		return support;
	}

	/** Asks a worker, as a coordinator does; of a support that runs, for a handover. */
	async propose(support: Support, worker: Colleague, plan: Partial<Plan> = {}): Promise<void> {
		const { matchId, initials } = support;
		await this.move(support, this.coordinator.email, 'propose', await aProposal(matchId, worker, initials, plan));
	}

	/** An entry, as its author would write it; its id. */
	entry<Kind extends EntryKind>(
		support: Request,
		kind: Kind,
		contents: EntryContents<Kind>,
		{ by = this.worker, ...plain }: Partial<EntryGiven> = {}
	): Promise<string> {
		return anEntry(this, support, kind, contents, { by, ...plain });
	}

	/** A meeting that begins and ends so many minutes from now, in the past as well; its id. */
	meeting(support: Request, { by = this.worker, ...given }: Partial<MeetingGiven> & MeetingTimes): Promise<string> {
		return aMeeting(this, support, { by, ...given });
	}
}

/** What a coordinator's question to a worker brings. */
export async function aProposal(
	match_id: string,
	worker: Pick<Colleague, 'id'>,
	initials = 'RS',
	plan: Partial<Plan> = {}
): Promise<Record<string, string>> {
	const at = (column: string) => ({ table: 'referral_matches', row: match_id, column });
	return {
		worker: worker.id,
		match_id,
		initials: await seal(keys, at('initials'), { initials }),
		plan: await seal(keys, at('plan'), { ...PLAN, ...plan })
	};
}

interface EntryGiven {
	by: Pick<Colleague, 'id'>;
	mark?: string;
	on_day?: string;
	step?: ClosingStep;
}

export async function anEntry<Kind extends EntryKind>(
	{ sql }: Desk,
	support: Request,
	kind: Kind,
	contents: EntryContents<Kind>,
	{ by, ...plain }: EntryGiven
): Promise<string> {
	const id = randomUUID();
	const words = await seal(keys, { table: 'support_entries', row: id, column: 'words' }, contents);
	const needsDay = kind === 'note' || kind === 'conversation';
	const given = { kind, ...(needsDay && { on_day: today() }), ...plain, words };
	await sql.begin(async (tx) => {
		// What somebody does in the database, as the site does it for them.
		await tx`select set_config('request.jwt.claim.sub', ${by.id}, true)`;
		const [row] = await tx<{ answer: { refused?: string } }[]>`
			select public.save_support_entry(${support.id}, ${id}, 0, ${tx.json(given)}) as answer`;
		if (row!.answer.refused) throw new Error(`An entry was refused: ${row!.answer.refused}`);
	});
	return id;
}

interface MeetingTimes {
	from: number;
	to: number;
}
interface MeetingGiven extends MeetingTimes {
	by: Pick<Colleague, 'id'>;
	isBegun?: boolean;
}

export async function aMeeting(
	{ sql }: Desk,
	support: Request,
	{ from, to, by, isBegun = false }: MeetingGiven
): Promise<string> {
	const id = randomUUID();
	const at = { table: 'support_meetings', row: id, column: 'place' };
	const place = await seal(keys, at, { place: LIBRARY, note: 'By the front desk' });
	await sql`
		insert into private.support_meetings (id, referral_id, worker_id, starts_at, ends_at, place, checked_in_at)
		values (${id}, ${support.id}, ${by.id}, now() + ${from} * interval '1 minute', now() + ${to} * interval '1 minute', ${place},
			case when ${isBegun} then now() + ${from} * interval '1 minute' end)`;
	return id;
}

/** The address of a support's page, or of one below it. */
export const work = ({ reference }: Request, page?: string): string =>
	`/desk/work/${reference}${page ? `/${page}` : ''}`;
/** The address at which a worker is asked. */
export const asked = ({ reference }: Request): string => `/desk/work/asked/${reference}`;
