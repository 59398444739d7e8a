/* Reading a referral: as a coordinator, as the referrer, and looking one up. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import {
	aHash,
	anAddress,
	aProposal,
	aReferral,
	day,
	forgetPrograms,
	move,
	sealedText,
	type Referral
} from '../factories/referral.ts';
import { asUser, aUser, sql, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let coordinator: User;

beforeAll(async () => {
	[program, elsewhere] = [await aProgram('referral-reading'), await aProgram('referral-reading-elsewhere')];
	coordinator = await aMember(program, 'coordinator');
});
afterAll(() => forgetPrograms(program, elsewhere));

interface Read {
	place_in_line: number | null;
	duplicates: { reference: string; shares: string[] }[];
	moves: { event: string; requires: string[] }[];
	timeline: { event: string; words: string | null; actor_name: string | null }[];
	sealed: Record<string, string>;
	correction: { is_mine: boolean } | null;
}
async function read(referral: Referral, user = coordinator): Promise<Read> {
	const { data } = await asUser(user).rpc('read_referral', { reference: referral.reference });
	return data as unknown as Read;
}

describe('a coordinator', () => {
	test('reads all that is sealed, as it is stored', async () => {
		const referral = await aReferral(program, { state: 'triage' });
		const [stored] = await sql`select client, contact, goals, safety, referrer from private.referral_details
			where referral_id = ${referral.id}`;
		expect((await read(referral)).sealed).toEqual(stored);
	});

	test('is offered what they may do now, and no correction that is not asked or their own', async () => {
		const referral = await aReferral(program, { state: 'triage' });
		const offered = async (user = coordinator) =>
			(await read(referral, user)).moves.map(({ event }) => event).toSorted();
		const always = ['ask', 'decline', 'propose', 'redirect', 'waitlist', 'withdraw'];
		expect(await offered()).toEqual([...always, 'ask_correction'].toSorted());
		await move(asUser(coordinator), referral, 'ask_correction', { words: sealedText() });
		expect(await offered()).toEqual([...always, 'drop_correction'].toSorted());
		expect(await read(referral)).toMatchObject({ correction: { is_mine: true } });
		const colleague = await aMember(program, 'admin');
		expect(await offered(colleague)).toEqual([...always, 'confirm_correction', 'drop_correction'].toSorted());
		const closed = await aReferral(program, { state: 'declined' });
		expect((await read(closed)).moves.map(({ event }) => event)).toContain('reopen');
		await sql`update public.referrals set closed_at = now() - interval '31 days' where id = ${closed.id}`;
		expect((await read(closed)).moves.map(({ event }) => event)).not.toContain('reopen');
	});

	test('is told of likely duplicates in the program: by name, telephone or address, not by initials', async () => {
		const [name, phone, initials, email] = [aHash(), aHash(), aHash(), aHash()];
		const referral = await aReferral(program, {
			hashes: [
				{ kind: 'name', hash: name },
				{ kind: 'phone', hash: phone },
				{ kind: 'initials', hash: initials },
				{ kind: 'email', hash: email }
			]
		});
		expect((await read(referral)).duplicates).toEqual([]);
		const twice = await aReferral(program, {
			submitted_at: '2026-11-01T00:00Z',
			hashes: [
				{ kind: 'name', hash: name },
				{ kind: 'phone', hash: phone }
			]
		});
		const once = await aReferral(program, {
			submitted_at: '2026-10-01T00:00Z',
			hashes: [{ kind: 'email', hash: email }]
		});
		await aReferral(program, { hashes: [{ kind: 'initials', hash: initials }] });
		await aReferral(program, { hashes: [{ kind: 'phone', hash: name }] });
		// However many there are elsewhere.
		for (let n = 0; n < 25; n++) await aReferral(elsewhere, { hashes: [{ kind: 'name', hash: name }] });
		expect((await read(referral)).duplicates.map(({ reference, shares }) => ({ reference, shares }))).toEqual([
			{ reference: twice.reference, shares: ['name', 'phone'] },
			{ reference: once.reference, shares: ['email'] }
		]);
	});

	test('finds referrals of the program by exact hashes and by a referrer’s address', async () => {
		const [hash, email] = [aHash(), anAddress()];
		const byHash = await aReferral(program, {
			submitted_at: '2026-11-02T00:00Z',
			hashes: [{ kind: 'initials', hash }]
		});
		const byEmail = await aReferral(program, { submitted_at: '2026-11-01T00:00Z', referrer_email: email });
		await aReferral(elsewhere, { referrer_email: email, hashes: [{ kind: 'initials', hash }] });
		const user = await aMember(program, 'coordinator');
		const search = async (hashes: string[], address?: string) => {
			const given = { program: program.id, hashes, ...(address ? { email: address } : {}) };
			const { data } = await asUser(user).rpc('search_referrals', given);
			return (data as { reference: string }[]).map(({ reference }) => reference);
		};
		expect(await search([hash])).toEqual([byHash.reference]);
		expect(await search([], ` ${email.toUpperCase()} `)).toEqual([byEmail.reference]);
		expect(await search([aHash(), hash], email)).toEqual([byHash.reference, byEmail.reference]);
		expect(await search([aHash()])).toEqual([]);
		const audited = await sql`select details from public.audit_events where actor_id = ${user.id} order by id`;
		expect(audited.map(({ details }) => details as object)).toEqual([
			{ found: 1 },
			{ found: 1 },
			{ found: 2 },
			{ found: 0 }
		]);
	});
});

describe('a request of one’s own', () => {
	test('is read by its referrer and the second contact, each reading written down once', async () => {
		const emails = [anAddress(), anAddress()] as const;
		const own = await aReferral(program, { state: 'declined', referrer_email: emails[0], second_email: emails[1] });
		for (const email of emails) {
			const user = await aUser({ email });
			const { data } = await asUser(user).rpc('read_my_referral', { reference: own.reference });
			expect(data).toMatchObject({
				reference: own.reference,
				state: 'declined',
				sealed: { client: expect.stringMatching(/^s1\./) }
			});
			expect(Object.keys((data as { sealed: object }).sealed)).toEqual(['goals', 'client']);
			const audited = await sql`select event, outcome, details from public.audit_events where actor_id = ${user.id}`;
			expect([...audited]).toEqual([{ event: 'referral.read', outcome: 'done', details: { as: 'referrer' } }]);
			expect(
				(await asUser(user).rpc('read_referral', { reference: own.reference })).data,
				'not as staff do'
			).toBeNull();
		}
	});

	test('tells its referrer nothing that staff say to one another', async () => {
		const email = anAddress();
		const own = await aReferral(program, {
			state: 'triage',
			referrer_email: email,
			hashes: [{ kind: 'phone', hash: aHash() }]
		});
		const staff = asUser(coordinator);
		const said = { note: sealedText(), correction: sealedText(), question: sealedText() };
		await staff.rpc('note_referral', { referral: own.id, event_id: randomUUID(), words: said.note });
		const moves: [string, Record<string, Json>][] = [
			['ask_correction', { words: said.correction }],
			['drop_correction', {}],
			['propose', aProposal(await aMember(program, 'worker'))],
			['peer_no', { for_peer: true }],
			['ask', { words: said.question }]
		];
		for (const [event, given] of moves) expect(await move(staff, own, event, given), event).toHaveProperty('ok');
		const { data } = await asUser(await aUser({ email })).rpc('read_my_referral', { reference: own.reference });
		const { timeline, moves: possible } = data as { timeline: { event: string; words: string }[]; moves: string[] };
		expect(timeline).toMatchObject([{ event: 'ask', words: said.question }]);
		expect(possible).toEqual(['answer', 'withdraw']);
		const text = JSON.stringify(data);
		for (const hidden of [said.note, said.correction, 'actor_name', 'duplicates', 'coordinator_id', 'hash'])
			expect(text).not.toContain(hidden);
	});

	test('tells of a match that came to nothing, not by whose no, and nothing of how a support goes on', async () => {
		const email = anAddress();
		const [first, next] = [await aMember(program, 'worker'), await aMember(program, 'worker')];
		const own = await aReferral(program, {
			state: 'matched',
			worker: first,
			cameFrom: 'triage',
			referrer_email: email
		});
		const staff = asUser(coordinator);
		const referrer = asUser(await aUser({ email }));
		const readMine = async () =>
			(await referrer.rpc('read_my_referral', { reference: own.reference })).data as unknown as {
				timeline: { event: string; actor: string }[];
				moves: string[];
			};
		await move(asUser(first), own, 'worker_no', { reason: 'knows_them' });
		expect((await readMine()).timeline).toEqual([
			expect.objectContaining({ event: 'unmatched', actor: 'coordinator', from: 'matched', to: 'triage' })
		]);
		expect(JSON.stringify(await readMine())).not.toMatch(/_no|knows_them|reason|for_peer|actor_name/);
		expect((await readMine()).moves).toEqual(['withdraw']);
		await move(staff, own, 'propose', aProposal(next));
		await move(asUser(next), own, 'worker_yes');
		await move(staff, own, 'peer_yes', { for_peer: true });
		const today = await day(program, 0);
		const goesOn: [string, Record<string, Json>][] = [
			['begin', { first_met_on: today }],
			['ask_handover', {}],
			['settle_handover', {}],
			['ask_call', {}],
			['settle_call', {}],
			['pause', {}],
			['resume', {}],
			['propose', aProposal(first)]
		];
		await sql`update private.referral_matches set knows_them = false where referral_id = ${own.id}`;
		for (const [event, given] of goesOn) expect(await move(staff, own, event, given), event).toHaveProperty('ok');
		expect((await readMine()).timeline.map(({ event }) => event)).toEqual(['unmatched', 'peer_yes', 'begin']);
		expect((await readMine()).moves, 'somebody supports them').toEqual([]);
		const { moves } = await read(own);
		expect(moves.map(({ event }) => event).toSorted()).toEqual(['ask_correction', 'peer_no', 'peer_yes', 'take_back']);
	});
});

test('a reference or an id that nobody has is answered as one that is not one’s own, and nothing is written', async () => {
	const admin = await aMember(program, 'admin');
	const db = asUser(admin);
	const id = randomUUID();
	const answers = [
		await db.rpc('read_referral', { reference: 'PS-2222-222' }),
		await db.rpc('read_my_referral', { reference: 'PS-2222-222' }),
		await db.rpc('export_referral', { reference: 'PS-2222-222' }),
		await db.rpc('assign_referral', { referral: id, expected: 1, coordinator: coordinator.id }),
		await db.rpc('rehome_referral', { referral: id, expected: 1, program: elsewhere.id }),
		await db.rpc('note_referral', { referral: id, event_id: randomUUID(), words: sealedText() }),
		await db.rpc('erase_referral', { referral: id, expected: 1 }),
		await db.rpc('settle_closing_step', { referral: id, step: 'thanks', settled: 'done' }),
		await db.rpc('acknowledge_referrals', { referrals: [id] })
	];
	expect(answers.map(({ data }) => data)).toEqual([
		null,
		null,
		null,
		...Array<object>(5).fill({ refused: 'not_found' }),
		{ done: 0, refused: 0 }
	]);
	expect(await sql`select from public.audit_events where actor_id = ${admin.id}`).toHaveLength(0);
});
