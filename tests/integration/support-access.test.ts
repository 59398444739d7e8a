/* Every function of workers, supports, feedback and the report × everybody who may knock: who is let in, and what is written down. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { aReferral, forgetPrograms, sealedText, type Referral } from '../factories/referral.ts';
import { aCaller, CALLERS, type Caller } from '../factories/staff.ts';
import { aMeeting, auditedOf, aSupport, minutesOn, save, type Support } from '../factories/support.ts';
import { asService, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let worker: User;
let support: Support;
let meeting: string;
let late: string;
let ended: Referral;
let proposed: Referral;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('support-access'), await aProgram('support-access-elsewhere')];
	worker = await aMember(program, 'worker');
	proposed = await aReferral(program, { state: 'match_proposed', worker });
	ended = await aReferral(program, { state: 'completed' });
	support = await aSupport(program);
	meeting = await aMeeting(support.referral, support.worker);
	late = await aMeeting(support.referral, support.worker, { start: -120, checkedIn: true });
});
afterAll(() => forgetPrograms(program, elsewhere));

interface Door {
	call: (db: Client) => PromiseLike<{ data: unknown; error: { code: string } | null }>;
	for: readonly Caller[];
	/** To those it is not for. */
	refusal: unknown;
	/** The audit event of a refusal, and of what is done unless `done` says otherwise. */
	event?: string;
	done?: string[];
}
const COORDINATORS: Caller[] = ['a coordinator', 'an admin'];
const NOT_ALLOWED = { refused: 'not_allowed' };
const NOT_FOUND = { refused: 'not_found' };

const DOORS: Record<string, Door> = {
	set_support_settings: {
		call: (db) =>
			db.rpc('set_support_settings', {
				program: program.id,
				home_visits: false,
				personal_numbers: false,
				duty_name: 'Robin',
				duty_phone: '604 555 0100'
			}),
		for: ['an admin'],
		refusal: NOT_ALLOWED,
		event: 'routing.support_set'
	},
	save_worker: {
		call: (db) => db.rpc('save_worker', { program: program.id, given: { cap: 1 } }),
		for: ['a worker'],
		refusal: NOT_ALLOWED,
		event: 'worker.saved'
	},
	set_supervisors: {
		call: (db) => db.rpc('set_supervisors', { program: program.id, worker: worker.id, supervisors: [] }),
		for: COORDINATORS,
		refusal: NOT_ALLOWED,
		event: 'worker.supervisors_set'
	},
	program_supervisors: {
		call: (db) => db.rpc('program_supervisors', { program: program.id }),
		for: COORDINATORS,
		refusal: null
	},
	program_workers: {
		call: (db) => db.rpc('program_workers', { program: program.id }),
		for: ['a supervisor', ...COORDINATORS],
		refusal: null
	},
	worker_matches: {
		call: (db) => db.rpc('worker_matches', { program: program.id, worker: support.worker.id }),
		for: COORDINATORS,
		refusal: null
	},
	late_meetings: {
		call: (db) => db.rpc('late_meetings', { program: program.id }),
		for: COORDINATORS,
		refusal: []
	},
	call_sheet: {
		call: (db) => db.rpc('call_sheet', { program: program.id, worker: support.worker.id }),
		for: COORDINATORS,
		refusal: null,
		event: 'work.call_sheet_read'
	},
	match_candidates: {
		call: (db) => db.rpc('match_candidates', { referral: proposed.id }),
		for: COORDINATORS,
		refusal: null,
		event: 'work.candidates_read',
		done: []
	},
	my_work: {
		call: (db) => db.rpc('my_work', { program: program.id }),
		for: ['a worker'],
		refusal: null,
		event: 'work.listed',
		done: []
	},
	read_proposal: {
		call: (db) => db.rpc('read_proposal', { reference: proposed.reference, opening: true }),
		for: [],
		refusal: null,
		event: 'work.proposal_read'
	},
	read_support: {
		call: (db) => db.rpc('read_support', { reference: support.referral.reference }),
		for: COORDINATORS,
		refusal: null,
		event: 'support.read'
	},
	save_support_entry: {
		call: (db) =>
			db.rpc('save_support_entry', {
				referral: support.referral.id,
				entry: randomUUID(),
				expected: 0,
				given: { kind: 'place', mark: 'liked', words: sealedText() }
			}),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'support.saved'
	},
	remove_support_entry: {
		call: async (db) => {
			const { id: entry } = await save(support.db, support.referral, { kind: 'goal', mark: 'not_yet' });
			const taken = await db.rpc('remove_support_entry', {
				referral: support.referral.id,
				entry,
				expected: 1,
				removed: true
			});
			await sql`delete from private.support_entries where id = ${entry}`;
			return taken;
		},
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'support.removed'
	},
	plan_meeting: {
		call: (db) =>
			db.rpc('plan_meeting', {
				referral: support.referral.id,
				meeting: randomUUID(),
				expected: 0,
				starts_at: minutesOn(300),
				ends_at: minutesOn(360),
				place: sealedText()
			}),
		for: [],
		refusal: NOT_FOUND,
		event: 'support.meeting_planned'
	},
	'mark_meeting, out': {
		call: (db) => db.rpc('mark_meeting', { meeting: late, what: 'out' }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'support.meeting_marked'
	},
	'mark_meeting, cancel': {
		call: (db) => db.rpc('mark_meeting', { meeting, what: 'cancel' }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'support.meeting_marked'
	},
	'mark_meeting, in': {
		call: (db) => db.rpc('mark_meeting', { meeting, what: 'in' }),
		for: [],
		refusal: NOT_FOUND,
		event: 'support.meeting_marked'
	},
	make_feedback_link: {
		call: (db) => db.rpc('make_feedback_link', { referral: ended.id }),
		for: COORDINATORS,
		refusal: NOT_FOUND,
		event: 'feedback.link_made'
	},
	enter_feedback: {
		call: (db) => db.rpc('enter_feedback', { program: program.id, answer: randomUUID(), given: { how: 'good' } }),
		for: COORDINATORS,
		refusal: NOT_ALLOWED,
		event: 'feedback.entered'
	},
	feedback_report: {
		call: (db) => db.rpc('feedback_report', { program: program.id }),
		for: COORDINATORS,
		refusal: null,
		event: 'feedback.read'
	},
	program_report: {
		call: (db) => db.rpc('program_report', { program: program.id, year: 2026, by_what: 'month' }),
		for: COORDINATORS,
		refusal: null,
		event: 'report.read'
	}
};

describe.each(Object.entries(DOORS))('%s', (_name, door) => {
	test.each(CALLERS)('%s', async (caller) => {
		const { db, user } = await aCaller(caller, program, elsewhere);
		const { data, error } = await door.call(db);
		if (caller === 'somebody not signed in') return expect(error?.code).toBe('42501');
		expect(error).toBeNull();
		const isAllowed = door.for.includes(caller);
		if (isAllowed) expect(data).not.toEqual(door.refusal);
		else expect(data).toEqual(door.refusal);
		const done = door.done ?? (door.event ? [door.event] : []);
		expect(await auditedOf(user!)).toEqual(
			isAllowed ? done.map((event) => `${event} done`) : door.event ? [`${door.event} refused`] : []
		);
	});

	test('the service', async () => {
		expect((await door.call(asService())).error?.code).toBe('42501');
	});
});

test('what is not there is not found, and nothing is written down', async () => {
	const { db, user } = await aCaller('an admin', program, elsewhere);
	const referral = randomUUID();
	const given = { referral, expected: 0 };
	const at = { starts_at: minutesOn(60), ends_at: minutesOn(90), place: sealedText() };
	const answers = [
		await db.rpc('read_proposal', { reference: 'PS-2222-222' }),
		await db.rpc('read_support', { reference: 'PS-2222-222' }),
		await db.rpc('match_candidates', { referral }),
		await db.rpc('save_support_entry', { ...given, entry: randomUUID(), given: { kind: 'note' } }),
		await db.rpc('remove_support_entry', { ...given, entry: randomUUID(), removed: true }),
		await db.rpc('plan_meeting', { ...given, meeting: randomUUID(), ...at }),
		await db.rpc('mark_meeting', { meeting: randomUUID(), what: 'out' }),
		await db.rpc('make_feedback_link', { referral })
	];
	expect(answers.map(({ data }) => data)).toEqual([null, null, null, ...Array<object>(5).fill(NOT_FOUND)]);
	expect(await auditedOf(user!)).toEqual([]);
});
