/* The audit as admins page through it, and sealed values that pass under another key. */
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
	move,
	sealedText,
	somebody
} from '../factories/referral.ts';
import { asAnonymous, asService, asUser, aUser, sql, type Client, type User } from '../support/database.ts';

const programs: Program[] = [];
afterAll(() => forgetPrograms(...programs));
async function anEmptyProgram(): Promise<Program> {
	const program = await aProgram('audit');
	programs.push(program);
	return program;
}

interface Line {
	id: number;
	event: string;
	outcome: string;
	actor: string | null;
	actor_id: string | null;
	subject_reference: string | null;
	subject_name: string | null;
	details: Record<string, unknown>;
}
const page = async (db: Client, program: Program, filters: Record<string, Json> = {}) =>
	(await db.rpc('audit_page', { program: program.id, filters })).data as unknown as Line[];

describe('a page of the audit', () => {
	let program: Program;
	let admin: { db: Client; user: User };
	let coordinator: { db: Client; user: User };
	beforeEach(async () => {
		program = await anEmptyProgram();
		[admin, coordinator] = [await somebody(program, 'admin'), await somebody(program, 'coordinator')];
		await sql`insert into public.people (user_id, name) values (${coordinator.user.id}, 'Sam Sample')`;
	});

	test('is filtered by event, outcome, who and which referral', async () => {
		const [one, other] = [await aReferral(program), await aReferral(program)];
		const stranger = await aUser();
		await move(coordinator.db, one, 'acknowledge');
		await move(coordinator.db, one, 'acknowledge');
		await asUser(stranger).rpc('read_referral', { reference: other.reference });
		await coordinator.db.rpc('read_referral', { reference: other.reference });
		await admin.db.rpc('set_member_role', { program: program.id, person: coordinator.user.id, wanted: 'coordinator' });
		const told = async (filters: Record<string, Json> = {}) =>
			(await page(admin.db, program, filters)).map(({ event, outcome }) => `${event} ${outcome}`);
		const all = [
			'member.role_changed done',
			'referral.read done',
			'referral.read refused',
			'referral.moved refused',
			'referral.moved done'
		];
		expect(await told(), 'the newest first').toEqual(all);
		expect(await told({ event: 'referral.read' })).toEqual(['referral.read done', 'referral.read refused']);
		expect(await told({ outcome: 'refused' })).toEqual(['referral.read refused', 'referral.moved refused']);
		expect(await told({ actor: stranger.id })).toEqual(['referral.read refused']);
		expect(await told({ reference: one.reference })).toEqual(['referral.moved refused', 'referral.moved done']);
		expect(await told({ reference: one.reference, outcome: 'done', actor: coordinator.user.id })).toEqual([
			'referral.moved done'
		]);
		expect(await told({ reference: 'PS-2222-222' })).toEqual([]);
		expect((await page(admin.db, program, { event: 'referral.moved' }))[0]).toMatchObject({
			actor: 'Sam Sample',
			actor_id: coordinator.user.id,
			subject_reference: one.reference,
			subject_name: null,
			details: { event: 'acknowledge', why: 'not_possible' }
		});
		expect((await page(admin.db, program))[0]).toMatchObject({ subject_name: 'Sam Sample', subject_reference: null });
	});

	test('is followed by the next', async () => {
		await sql`insert into public.audit_events (program_id, event, details)
			select ${program.id}, 'member.away', jsonb_build_object('n', n) from generate_series(1, 120) n`;
		const seen: unknown[] = [];
		let before: number | null = null;
		for (const size of [51, 51, 20]) {
			const lines = await page(admin.db, program, { before });
			expect(lines).toHaveLength(size);
			const shown = lines.slice(0, 50);
			seen.push(...shown.map(({ details }) => details.n));
			before = shown.at(-1)!.id;
		}
		expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n));
	});

	test('is one’s own program’s', async () => {
		const elsewhere = await anEmptyProgram();
		await sql`insert into public.audit_events (program_id, event) values (${elsewhere.id}, 'member.away')`;
		expect(await page(admin.db, elsewhere)).toEqual([]);
		expect(await page(coordinator.db, program)).toEqual([]);
		expect(await page(asUser(await aMember(elsewhere, 'admin')), elsewhere)).toHaveLength(1);
	});
});

describe('what is under another key', () => {
	interface Sealed {
		place: string;
		id: string;
		field: string;
		value: string;
	}
	const others = async (key: string, n = 1000) =>
		(await asService().rpc('sealed_under_other_keys', { key, n })).data as unknown as Sealed[];
	const replace = async ({ place, id, field, value }: Sealed, sealed = sealedText('k2')) => {
		const { data, error } = await asService().rpc('replace_sealed', { place, id, field, was: value, sealed });
		return error ? error.code : data;
	};
	/** The sealed values of what was made here. */
	const ofThese = async (key: string, ids: string[]) => (await others(key)).filter(({ id }) => ids.includes(id));

	let program: Program;
	beforeAll(async () => {
		program = await anEmptyProgram();
		// What other files have left behind is not this one's to count.
		await sql`delete from private.referral_drafts`;
		await sql`delete from private.unconfirmed_referrals`;
	});

	/** One of each place: details, a line of a timeline, a person's draft, a request that is kept; and a visitor's draft. */
	async function oneOfEach() {
		const coordinator = await somebody(program, 'coordinator');
		const referral = await aReferral(program);
		const [event, draft, visitors] = [randomUUID(), randomUUID(), randomUUID()];
		await coordinator.db.rpc('note_referral', { referral: referral.id, event_id: event, words: sealedText() });
		const given = { key_hash: aHash(), contents: sealedText(), client_hash: aHash() };
		await coordinator.db.rpc('begin_draft', { draft, ...given });
		await asAnonymous().rpc('begin_draft', { draft: visitors, ...given });
		await asAnonymous().rpc('keep_unconfirmed', {
			draft: visitors,
			key_hash: given.key_hash,
			client_hash: given.client_hash,
			address: anAddress(),
			request: aRequest({ safety: null })
		});
		return { referral: referral.id, event, draft, visitors };
	}

	test('is found wherever it is kept, but for what is under a visitor’s own secret', async () => {
		const made = await oneOfEach();
		const found = await ofThese('k2', Object.values(made));
		const details = ['client', 'contact', 'goals', 'referrer', 'safety'].map(
			(field) => `referral_details ${made.referral} ${field}`
		);
		const kept = ['client', 'contact', 'goals', 'referrer'].map(
			(field) => `unconfirmed_referrals ${made.visitors} ${field}`
		);
		expect(found.map(({ place, id, field }) => `${place} ${id} ${field}`).toSorted()).toEqual(
			[...details, ...kept, `referral_events ${made.event} words`, `referral_drafts ${made.draft} contents`].toSorted()
		);
		expect(await ofThese('k1', Object.values(made))).toEqual([]);
	});

	test('is found a few at a time, each once, across the places', async () => {
		const ids = Object.values(await oneOfEach());
		const whole = await others('k2');
		const seen: Sealed[] = [];
		for (;;) {
			const last = seen.at(-1);
			const after = last ? { place: last.place, id: last.id, field: last.field } : null;
			const { data } = await asService().rpc('sealed_under_other_keys', { key: 'k2', n: 3, after });
			const some = data as unknown as Sealed[];
			seen.push(...some);
			expect(some.length).toBeLessThanOrEqual(3);
			if (some.length < 3) break;
		}
		expect(seen).toEqual(whole);
		expect(seen.filter(({ id }) => ids.includes(id))).toHaveLength(11);
	});

	test('is replaced where it is still what it was, and then no longer found', async () => {
		const ids = Object.values(await oneOfEach());
		const found = await ofThese('k2', ids);
		for (const each of found) expect(await replace(each), each.place).toBe(true);
		expect(await ofThese('k2', ids)).toEqual([]);
		for (const each of found) expect(await replace(each), 'it has changed meanwhile').toBe(false);
		expect(await ofThese('k1', ids)).toHaveLength(found.length);
	});

	test('is replaced once by two at the same moment', async () => {
		const [one] = await ofThese('k2', Object.values(await oneOfEach()));
		const answers = await Promise.all([replace(one!), replace(one!), replace(one!)]);
		expect(answers.toSorted()).toEqual([false, false, true]);
	});

	test('is replaced by nothing that is not sealed, and nowhere else', async () => {
		const [one] = await ofThese('k2', Object.values(await oneOfEach()));
		expect(await replace(one!, 'plain text')).toBe('23514');
		expect(await replace({ ...one!, id: randomUUID() })).toBe(false);
		for (const [place, field] of [
			['referrals', 'reference'],
			['referral_details', 'referral_id'],
			['referral_events', 'reason'],
			['unconfirmed_referrals', 'email'],
			['referral_details', 'client = null; --']
		] as const)
			expect(await replace({ ...one!, place, field })).toBe(false);
	});
});
