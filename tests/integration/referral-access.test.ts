/* Every function of referrals × everybody who may knock: who is let in, who is refused, and what is written down of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aHash,
	anAddress,
	aReferral,
	aRequest,
	forgetPrograms,
	sealedText,
	type Referral
} from '../factories/referral.ts';
import { aCaller, CALLERS, type Caller } from '../factories/staff.ts';
import { asService, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;
let worker: User;
let referral: Referral;
let ending: Referral;
let closed: Referral;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('referral-access'), await aProgram('referral-access-elsewhere')];
	coordinator = await aMember(program, 'coordinator');
	worker = await aMember(program, 'worker');
});
beforeEach(async () => {
	referral = await aReferral(program, { referrer_email: anAddress() });
	ending = await aReferral(program, { state: 'ending', worker });
	closed = await aReferral(program, { state: 'completed' });
});
afterAll(() => forgetPrograms(program, elsewhere));

const COORDINATORS: Caller[] = ['a coordinator', 'an admin'];
const isNobody = (caller: Caller) => caller === 'somebody not signed in';

/** What a function answers to whom, and what the audit says of it. */
interface Door {
	call: (db: Client) => PromiseLike<{ data: unknown; error: { code: string } | null }>;
	for: readonly Caller[];
	/** To those it is not for. */
	refusal: unknown;
	/** The audit event, done or refused; none of lists, which are empty for those who may not. */
	event?: string;
	/** What is written where it is done, if it is not that event once. */
	done?: string[];
}
const NOT_ALLOWED = { refused: 'not_allowed' };
const NOT_FOUND = { refused: 'not_found' };
const none = null as unknown as string;

const DOORS: Record<string, Door> = {
	save_team: {
		call: (db) =>
			db.rpc('save_team', {
				program: program.id,
				team: none,
				team_name: randomUUID(),
				team_site: '',
				active: true,
				coordinators: []
			}),
		for: ['an admin'],
		refusal: NOT_ALLOWED,
		event: 'routing.team_saved'
	},
	save_area: {
		call: (db) =>
			db.rpc('save_area', { program: program.id, area: none, area_name: randomUUID(), active: true, coordinators: [] }),
		for: ['an admin'],
		refusal: NOT_ALLOWED,
		event: 'routing.area_saved'
	},
	set_work_domains: {
		call: (db) => db.rpc('set_work_domains', { program: program.id, domains: ['clinic.example'] }),
		for: ['an admin'],
		refusal: NOT_ALLOWED,
		event: 'routing.domains_set'
	},
	set_working_hours: {
		call: (db) =>
			db.rpc('set_working_hours', {
				program: program.id,
				hours: [{ weekday: 1, opens_at: '09:00', closes_at: '12:00' }]
			}),
		for: ['an admin'],
		refusal: NOT_ALLOWED,
		event: 'routing.hours_set'
	},
	set_referral_settings: {
		call: (db) =>
			db.rpc('set_referral_settings', {
				program: program.id,
				acknowledge_hours: 8,
				weeks_min: 1,
				weeks_max: 2,
				months: 24
			}),
		for: ['an admin'],
		refusal: NOT_ALLOWED,
		event: 'routing.settings_set'
	},
	move_referral: {
		call: (db) => db.rpc('move_referral', { referral: referral.id, event: 'acknowledge', expected: 1 }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'referral.moved'
	},
	settle_closing_step: {
		call: (db) => db.rpc('settle_closing_step', { referral: ending.id, step: 'look_back', settled: 'done' }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'referral.step_settled'
	},
	enter_referral: {
		call: (db) =>
			db.rpc('enter_referral', { referral: randomUUID(), program: program.id, email: none, request: aRequest() }),
		for: COORDINATORS,
		refusal: NOT_ALLOWED,
		event: 'referral.submitted',
		done: ['referral.submitted', 'referral.moved']
	},
	inbox: {
		call: (db) => db.rpc('inbox', { program: program.id, filters: { view: 'open' } }),
		for: COORDINATORS,
		refusal: []
	},
	inbox_counts: {
		call: (db) => db.rpc('inbox_counts', { program: program.id }),
		for: COORDINATORS,
		refusal: null
	},
	read_referral: {
		call: (db) => db.rpc('read_referral', { reference: referral.reference }),
		for: COORDINATORS,
		refusal: null,
		event: 'referral.read'
	},
	read_my_referral: {
		call: (db) => db.rpc('read_my_referral', { reference: referral.reference }),
		for: [],
		refusal: null,
		event: 'referral.read'
	},
	my_referrals: { call: (db) => db.rpc('my_referrals'), for: [], refusal: [] },
	search_referrals: {
		call: (db) => db.rpc('search_referrals', { program: program.id, hashes: [aHash()] }),
		for: COORDINATORS,
		refusal: null,
		event: 'referral.searched'
	},
	assign_referral: {
		call: (db) => db.rpc('assign_referral', { referral: referral.id, expected: 1, coordinator: coordinator.id }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'referral.assigned'
	},
	rehome_referral: {
		call: (db) => db.rpc('rehome_referral', { referral: referral.id, expected: 1, program: elsewhere.id }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'referral.rehomed',
		// Each program's audit says it.
		done: ['referral.rehomed', 'referral.rehomed']
	},
	note_referral: {
		call: (db) => db.rpc('note_referral', { referral: referral.id, event_id: randomUUID(), words: sealedText() }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'referral.noted'
	},
	acknowledge_referrals: {
		call: (db) => db.rpc('acknowledge_referrals', { referrals: [referral.id] }),
		for: COORDINATORS,
		refusal: { done: 0, refused: 1 },
		event: 'referral.moved'
	},
	erase_referral: {
		call: (db) => db.rpc('erase_referral', { referral: closed.id, expected: 1 }),
		for: ['an admin'],
		refusal: NOT_FOUND,
		event: 'referral.erased'
	},
	export_referral: {
		call: (db) => db.rpc('export_referral', { reference: referral.reference }),
		for: ['an admin'],
		refusal: null,
		event: 'referral.exported'
	},
	audit_page: {
		call: (db) => db.rpc('audit_page', { program: program.id, filters: {} }),
		for: ['an admin'],
		refusal: []
	}
};

describe.each(Object.entries(DOORS))('%s', (_name, door) => {
	test.each(CALLERS)('%s', async (caller) => {
		const { db, user } = await aCaller(caller, program, elsewhere);
		const { data, error } = await door.call(db);
		if (isNobody(caller)) return expect(error?.code).toBe('42501');
		expect(error).toBeNull();
		const isAllowed = door.for.includes(caller);
		if (isAllowed) expect(data).not.toEqual(door.refusal);
		else expect(data).toEqual(door.refusal);
		const audited = await sql`select event, outcome from public.audit_events where actor_id = ${user!.id} order by id`;
		const events = isAllowed && door.done ? door.done : door.event ? [door.event] : [];
		expect([...audited]).toEqual(events.map((event) => ({ event, outcome: isAllowed ? 'done' : 'refused' })));
	});

	test('the service', async () => {
		expect((await door.call(asService())).error?.code).toBe('42501');
	});
});

const BY_CRON: Record<string, Record<string, Json>> = {
	purge_requests: {},
	escalate_referrals: {},
	tell_late_meetings: {},
	remind_endings: {},
	erase_old_referrals: {},
	sealed_under_other_keys: { key: 'k1', n: 1 },
	replace_sealed: { place: 'referral_events', id: randomUUID(), field: 'words', was: '', sealed: sealedText() }
};
test.each(CALLERS)('what the service does is not for %s', async (caller) => {
	const { db } = await aCaller(caller, program, elsewhere);
	for (const [name, given] of Object.entries(BY_CRON))
		expect((await db.rpc(name as 'purge_requests', given as never)).error?.code, name).toBe('42501');
});
