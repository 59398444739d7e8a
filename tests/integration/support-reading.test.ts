/* What each may read of a proposal and of a support, column by column; each reading is written down once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aMatch,
	aProposal,
	aReferral,
	anAddress,
	day,
	forgetPrograms,
	move,
	sealedText,
	zoneAtNoon,
	type Referral
} from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { aMeeting, aSupervisorOf, aSupport, auditedOf, readSupport, save } from '../factories/support.ts';
import { asUser, aUser, sql, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;

beforeAll(async () => {
	program = await aProgram('support-reading', { timeZone: zoneAtNoon() });
	elsewhere = await aProgram('support-reading-elsewhere');
	coordinator = await aMember(program, 'coordinator');
});
afterAll(() => forgetPrograms(program, elsewhere));

const sorted = (value: object) => Object.keys(value).toSorted();
/** What is sealed of a referral and of its match. */
async function sealedOf({ id }: Referral): Promise<Record<string, string>> {
	const [row] = await sql<Record<string, string>[]>`
		select d.client, d.contact, d.goals, d.safety, d.referrer, m.initials, m.plan from private.referral_details d
		join private.referral_matches m using (referral_id) where d.referral_id = ${id} and m.ended_at is null`;
	return row!;
}
/** Which of the sealed values are anywhere in what was answered. */
const seen = (sealed: Record<string, string>, answer: unknown) =>
	Object.keys(sealed)
		.filter((column) => JSON.stringify(answer).includes(sealed[column]!))
		.toSorted();

describe('a proposal', () => {
	const FIRST = [
		...['area', 'goals', 'id', 'is_opened', 'language_codes', 'match_id', 'program', 'program_id', 'proposed_at'],
		...['reference', 'said_yes_at', 'version']
	];
	const read = async (user: User, { reference }: Referral, opening = false) =>
		(await asUser(user).rpc('read_proposal', { reference, opening })).data as Record<string, unknown> | null;
	const aCase = async () => {
		const worker = await aMember(program, 'worker');
		const referral = await aReferral(program, {
			state: 'match_proposed',
			worker,
			referrer_email: anAddress(),
			language_codes: ['pa']
		});
		return { worker, referral, sealed: await sealedOf(referral) };
	};

	test('is need, languages and area at first, and nothing else, however often it is looked at', async () => {
		const { worker, referral, sealed } = await aCase();
		for (let look = 0; look < 2; look++) {
			const data = (await read(worker, referral))!;
			expect(sorted(data)).toEqual(FIRST.toSorted());
			expect(seen(sealed, data)).toEqual(['goals']);
			expect(data).toMatchObject({ is_opened: false, language_codes: ['pa'], said_yes_at: null });
			expect(sorted(data.program as object)).toEqual(['home_visits', 'personal_numbers']);
		}
		expect((await eventsAbout(referral.id)).map(({ event, details }) => [event, details])).toEqual([
			['work.proposal_read', { opened: false }],
			['work.proposal_read', { opened: false }]
		]);
	});

	test('is the initials, what helps to meet safely and the plan, too, once it is opened; never more', async () => {
		const { worker, referral, sealed } = await aCase();
		const opened = (await read(worker, referral, true))!;
		expect(sorted(opened)).toEqual([...FIRST, 'initials', 'plan', 'safety'].toSorted());
		expect(seen(sealed, opened)).toEqual(['goals', 'initials', 'plan', 'safety']);
		expect(await read(worker, referral), 'and stays open').toEqual(opened);
		expect((await eventsAbout(referral.id)).map(({ details }) => details)).toEqual([
			{ opened: true },
			{ opened: true }
		]);
		const whole = JSON.stringify(opened);
		for (const hidden of ['client', 'contact', 'referrer', 'clinic.example', 'team', 'age_band', 'consented'])
			expect(whole).not.toContain(hidden);
	});

	test('is nothing to anybody else, nor to a worker whose it was; each try is written down once', async () => {
		const { worker, referral } = await aCase();
		const left = await aMember(program, 'worker');
		await aMatch(referral.id, left, { state: 'match_proposed', ended_at: '2026-11-01T00:00Z' });
		const others = [
			left,
			await aSupervisorOf(program, worker),
			await aMember(program, 'worker'),
			await aMember(program, 'coordinator'),
			await aMember(elsewhere, 'admin'),
			await aUser()
		];
		for (const user of others) {
			expect(await read(user, referral, true)).toBeNull();
			expect(await auditedOf(user)).toEqual(['work.proposal_read refused']);
		}
		const [match] = await sql`select opened_at from private.referral_matches
			where referral_id = ${referral.id} and ended_at is null`;
		expect(match, 'nor opened by them').toEqual({ opened_at: null });
		await move(asUser(worker), referral, 'worker_no');
		expect(await read(worker, referral)).toBeNull();
	});

	test('shows nothing of a support that runs to the worker who is asked to take over', async () => {
		const support = await aSupport(program);
		const next = await aMember(program, 'worker');
		await save(support.db, support.referral, { kind: 'goal', mark: 'a_bit' });
		await move(asUser(coordinator), support.referral, 'propose', aProposal(next));
		expect(sorted((await read(next, support.referral))!)).toEqual(FIRST.toSorted());
		expect(await readSupport(asUser(next), support.referral)).toBeNull();
		expect(await read(support.worker, support.referral), 'nor the proposal to whoever supports').toBeNull();
	});
});

describe('a support', () => {
	const COLUMNS = [
		...['age_band', 'area', 'asked_for', 'closed_at', 'consented_on', 'ends_on', 'entries', 'first_met_on', 'id'],
		...['initials', 'is_coming', 'is_erased', 'is_running', 'language_codes', 'match_id', 'meetings', 'moves', 'part'],
		...['plan', 'program', 'program_id', 'reference', 'sealed', 'state', 'state_since', 'steps', 'team', 'timeline'],
		...['version', 'worker']
	];
	const NOTE = { kind: 'note', on_day: '2026-11-20' };
	/** A support with what happened before it, a handover on its way, and something of each from both workers. */
	async function aWhole() {
		const support = await aSupport(program, { referrer_email: anAddress() });
		const { referral } = support;
		const [next, lead] = [await aMember(program, 'worker'), asUser(coordinator)];
		await lead.rpc('note_referral', { referral: referral.id, event_id: crypto.randomUUID(), words: sealedText() });
		const note = await save(support.db, referral, NOTE);
		const goal = await save(support.db, referral, { kind: 'goal', mark: 'a_bit' });
		const leads = await save(lead, referral, NOTE);
		const meeting = await aMeeting(referral, support.worker);
		await move(lead, referral, 'propose', aProposal(next));
		await move(asUser(next), referral, 'worker_yes');
		await move(lead, referral, 'peer_yes');
		return { ...support, next, note: note.id, goal: goal.id, leads: leads.id, meeting };
	}
	type Whole = Awaited<ReturnType<typeof aWhole>>;
	const shown = async (user: User, { referral }: Whole) => {
		const data = await readSupport(asUser(user), referral);
		if (!data) return null;
		expect(sorted(data)).toEqual(COLUMNS.toSorted());
		expect(sorted(data.sealed as object)).toEqual(['client', 'contact', 'goals', 'referrer', 'safety']);
		return {
			part: data.part,
			worker: data.worker.id,
			is_coming: data.is_coming,
			entries: data.entries.map(({ id }) => id),
			meetings: data.meetings.map(({ id }) => id),
			moves: data.moves
		};
	};

	test('is read by its worker, the coming one, their supervisors and coordinators, each as far as their part goes', async () => {
		const whole = await aWhole();
		const { worker, next, note, goal, leads, meeting } = whole;
		const runs = { worker: worker.id, is_coming: false };
		expect(await shown(worker, whole)).toEqual({
			...{ ...runs, part: 'worker', entries: [note, goal], meetings: [meeting] },
			moves: []
		});
		expect(await shown(next, whole), 'no other worker’s notes').toEqual({
			...{ part: 'worker', worker: next.id, is_coming: true, entries: [goal], meetings: [] },
			moves: ['begin', 'worker_no']
		});
		const all = { entries: [note, goal, leads], meetings: [meeting] };
		expect(await shown(coordinator, whole)).toEqual({
			...{ ...runs, ...all, part: 'coordinator' },
			moves: ['ask_correction', 'begin', 'peer_no', 'take_back']
		});
		expect(await shown(await aSupervisorOf(program, worker), whole)).toEqual({
			...{ ...runs, part: 'supervisor', entries: [note, goal], meetings: [meeting] },
			moves: []
		});
		expect(await shown(await aSupervisorOf(program, next), whole), 'no other worker’s notes').toEqual({
			...{ part: 'supervisor', worker: next.id, is_coming: true, entries: [goal], meetings: [] },
			moves: []
		});
	});

	test('is nothing to anybody else, and each reading or try is written down once', async () => {
		const whole = await aWhole();
		const former = await aMember(program, 'worker');
		await aMatch(whole.referral.id, former, { state: 'active', ended_at: '2026-11-01T00:00Z' });
		const gone = await aSupervisorOf(program, whole.worker);
		await sql`update public.memberships set deactivated_at = now() where user_id = ${gone.id}`;
		const others = [
			former,
			gone,
			await aMember(program, 'worker'),
			await aMember(program, 'supervisor'),
			await aMember(program, 'editor'),
			await aMember(elsewhere, 'admin'),
			await aSupervisorOf(elsewhere, whole.worker),
			await aUser({
				email: (await sql`select referrer_email from public.referrals where id = ${whole.referral.id}`)[0]!
					.referrer_email as string
			})
		];
		for (const user of others) {
			expect(await shown(user, whole)).toBeNull();
			expect(await auditedOf(user)).toEqual(['support.read refused']);
		}
		const reader = await aSupervisorOf(program, whole.worker);
		await shown(reader, whole);
		expect(await auditedOf(reader)).toEqual(['support.read done']);
	});

	test('tells nothing of what happened before they were matched', async () => {
		const { worker, referral } = await aWhole();
		await sql`insert into private.referral_events (id, referral_id, event, to_state, actor, words)
			select gen_random_uuid(), ${referral.id}, e, 'triage', 'coordinator', ${sealedText()}
			from unnest('{ask,answer,decline,note,assign,waitlist,ask_correction,propose,worker_no,peer_no}'::text[]) e`;
		await sql`update public.referrals set state = 'active' where id = ${referral.id}`;
		await sql`delete from private.referral_matches where referral_id = ${referral.id} and first_met_on is null`;
		await move(asUser(worker), referral, 'pause');
		const data = (await readSupport(asUser(worker), referral))!;
		expect(data.timeline.map(({ event }) => event)).toEqual(['pause']);
		expect(JSON.stringify(data.timeline)).not.toContain('s1.');
	});

	test('is the coordinators’ alone once it has ended, and whoever supported can change nothing', async () => {
		const { referral, worker, db } = await aSupport(program);
		const supervisor = await aSupervisorOf(program, worker);
		const note = await save(db, referral, NOTE);
		await move(asUser(coordinator), referral, 'end_early', { reason: 'moved_away' });
		for (const user of [worker, supervisor]) expect(await readSupport(asUser(user), referral)).toBeNull();
		expect(await readSupport(asUser(coordinator), referral)).toMatchObject({
			is_running: false,
			entries: [{ id: note.id }],
			worker: { id: worker.id }
		});
		expect(await save(db, referral, NOTE)).toMatchObject({ refused: 'not_found' });
		expect(await save(asUser(coordinator), referral, NOTE)).toMatchObject({ refused: 'not_possible' });
	});

	test('is none before both have said yes, even to coordinators', async () => {
		const worker = await aMember(program, 'worker');
		const referral = await aReferral(program, { state: 'match_proposed', worker });
		for (const user of [worker, coordinator]) expect(await readSupport(asUser(user), referral)).toBeNull();
		await move(asUser(worker), referral, 'worker_yes');
		expect(await readSupport(asUser(worker), referral)).toBeNull();
		await move(asUser(coordinator), referral, 'peer_yes');
		expect(await readSupport(asUser(worker), referral)).toMatchObject({ part: 'worker', is_coming: true });
	});
});

test('a worker’s work is whom they support and are asked about, audited once a person', async () => {
	const worker = await aMember(program, 'worker');
	const { referral } = await aSupport(program, { worker, state: 'ending' });
	const coming = await aReferral(program, { state: 'matched', worker });
	const asked = await aReferral(program, { state: 'match_proposed', worker });
	await aReferral(program, { state: 'completed' });
	const meeting = await aMeeting(referral, worker);
	await save(asUser(worker), referral, { kind: 'conversation', on_day: await day(program, 0) });
	const { data } = await asUser(worker).rpc('my_work', { program: program.id });
	const work = data as unknown as { proposals: object[]; people: object[] };
	expect(work).toMatchObject({
		proposals: [{ reference: asked.reference, is_opened: false }],
		people: [
			{
				reference: referral.reference,
				...{ is_coming: false, open_steps: 8, has_conversation: true, has_goals: false },
				...{ planned_meetings: 1, next_meeting: { id: meeting } }
			},
			{ reference: coming.reference, is_coming: true, has_conversation: false, next_meeting: null }
		]
	});
	expect(sorted(work.proposals[0]!)).toEqual(
		['area', 'is_opened', 'match_id', 'proposed_at', 'reference', 'said_yes_at'].toSorted()
	);
	expect(seen(await sealedOf(referral), work)).toEqual(['initials']);
	expect(seen(await sealedOf(asked), work), 'nothing of a proposal').toEqual([]);
	const audited = await sql`select event, subject_id from public.audit_events where actor_id = ${worker.id}
		and event = 'work.initials_read'`;
	expect(audited.map(({ subject_id }) => subject_id as string).toSorted()).toEqual([referral.id, coming.id].toSorted());
});
