/* What is written of a support: the first conversation, goals, places, notes, the words of closing steps, the letter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/lib/server/database.types.ts';
import { aMember, aProgram, type Program } from '../factories/program.ts';
import { aMatch, aReferral, day, forgetPrograms, move, sealedText, STATES, zoneAtNoon } from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { aSupervisorOf, aSupport, auditedOf, readSupport, save, type Support } from '../factories/support.ts';
import { asUser, sql, type Client } from '../support/database.ts';

let program: Program;
let coordinator: Client;
let today: string;

beforeAll(async () => {
	program = await aProgram('entries', { timeZone: zoneAtNoon() });
	coordinator = asUser(await aMember(program, 'coordinator'));
	today = await day(program, 0);
});
afterAll(() => forgetPrograms(program));

const entriesOf = async ({ db, referral }: Support) => (await readSupport(db, referral))!.entries;
const remove = async ({ referral }: Support, entry: string, expected: number, removed: boolean, db: Client) =>
	(await db.rpc('remove_support_entry', { referral: referral.id, entry, expected, removed })).data;

const KINDS: [kind: string, given: Record<string, Json>][] = [
	['conversation', { on_day: '2026-11-20' }],
	['goal', { mark: 'not_yet' }],
	['place', { mark: 'want_to_go' }],
	['note', { on_day: '2026-11-20' }],
	['step', { step: 'proud_of' }],
	['letter', {}]
];

describe.each(KINDS)('a %s', (kind, given) => {
	test('is written, changed and read as it was sealed, with who and which version', async () => {
		const support = await aSupport(program);
		const words = [sealedText(), sealedText()] as const;
		const first = await save(support.db, support.referral, { kind, ...given, words: words[0] });
		expect(first).toMatchObject({ ok: 1 });
		const second = await save(
			support.db,
			support.referral,
			{ kind, ...given, words: words[1] },
			{ ...first, expected: 1 }
		);
		expect(second).toMatchObject({ ok: 2 });
		expect(await entriesOf(support)).toEqual([
			expect.objectContaining({
				id: first.id,
				kind,
				words: words[1],
				version: 2,
				is_mine: true,
				removed: false,
				...given
			})
		]);
		expect((await eventsAbout(support.referral.id)).filter(({ event }) => event === 'support.saved')).toMatchObject([
			{ outcome: 'done', details: { kind } },
			{ outcome: 'done', details: { kind } }
		]);
	});

	test('sent twice is one, and what it says the second time counts', async () => {
		const support = await aSupport(program);
		const first = await save(support.db, support.referral, { kind, ...given });
		const words = sealedText();
		expect(await save(support.db, support.referral, { kind, ...given, words }, first)).toMatchObject({ ok: 1 });
		expect(await entriesOf(support)).toMatchObject([{ id: first.id, words, version: 1 }]);
	});

	test('over another’s change is stale, and comes with what is there now', async () => {
		const support = await aSupport(program);
		const { id } = await save(support.db, support.referral, { kind, ...given });
		const theirs = sealedText();
		const author = kind === 'note' ? support.db : coordinator;
		await save(author, support.referral, { kind, ...given, words: theirs }, { id, expected: 1 });
		for (const expected of [1, 0, 3]) {
			const answer = await save(support.db, support.referral, { kind, ...given }, { id, expected });
			expect(answer).toMatchObject({ refused: 'stale', entry: { id, words: theirs, version: 2 } });
		}
		expect(await entriesOf(support)).toMatchObject([{ words: theirs, version: 2 }]);
	});

	test('is nothing that the database takes plain, or with a mark, step or day that is not its own', async () => {
		const support = await aSupport(program);
		const wrong: Record<string, Json>[] = [
			{ words: 'We went to the library.' },
			{ words: null },
			{ mark: 'perhaps' },
			{ step: kind === 'step' ? 'dance' : 'thanks' },
			{ step: kind === 'step' ? null : 'proud_of' },
			{ kind: 'diary' },
			{ kind: null },
			...('mark' in given ? [{ mark: null }, { mark: kind === 'goal' ? 'been' : 'a_bit' }] : []),
			...('on_day' in given ? [{ on_day: null }] : [])
		];
		for (const one of wrong)
			await expect(save(support.db, support.referral, { kind, ...given, ...one }), JSON.stringify(one)).rejects.toThrow(
				/23514|23502/
			);
		expect(await entriesOf(support)).toEqual([]);
	});
});

test.each([
	['conversation', {}],
	['letter', {}],
	['step', { step: 'thanks' }]
])('of a %s there is one: whoever begins second is told of the first', async (kind, given) => {
	const support = await aSupport(program);
	const all = { kind, on_day: kind === 'conversation' ? today : null, ...given };
	const first = await save(support.db, support.referral, all);
	const second = await save(coordinator, support.referral, all);
	expect(second).toMatchObject({ refused: 'stale', entry: { id: first.id, version: 1, is_mine: false } });
	expect(
		await save(coordinator, support.referral, all, { id: second.id, expected: 1 }),
		'sealed for another'
	).toMatchObject({
		refused: 'stale'
	});
	expect(await save(coordinator, support.referral, all, { id: first.id, expected: 1 })).toMatchObject({ ok: 2 });
	expect(await entriesOf(support)).toHaveLength(1);
});

test('two people who begin the letter at the same moment: one does', async () => {
	const support = await aSupport(program);
	const answers = await Promise.all(
		[support.db, coordinator, support.db, coordinator].map((db) => save(db, support.referral, { kind: 'letter' }))
	);
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.filter(({ refused }) => refused === 'stale')).toHaveLength(3);
});

test('a goal’s marks are kept as they came, each with its day, and once where nothing changed', async () => {
	const support = await aSupport(program);
	const days = [await day(program, -20), await day(program, -10)];
	const goal = await save(support.db, support.referral, { kind: 'goal', mark: 'not_yet', on_day: days[0]! });
	const marked: [mark: string, on_day: string | null][] = [
		['a_bit', days[1]!],
		['a_bit', null],
		['yes', null]
	];
	for (const [n, [mark, on_day]] of marked.entries())
		await save(support.db, support.referral, { kind: 'goal', mark, on_day }, { ...goal, expected: n + 1 });
	expect((await entriesOf(support))[0]).toMatchObject({
		mark: 'yes',
		marks: [
			{ mark: 'not_yet', on_day: days[0] },
			{ mark: 'a_bit', on_day: days[1] },
			{ mark: 'yes', on_day: today }
		]
	});
});

test.each([
	[-367, 'past'],
	[-366, undefined],
	[0, undefined],
	[1, 'too_far']
])('the day of a note is within a year until today: %i days from it', async (offset, refused) => {
	const support = await aSupport(program);
	const answer = await save(support.db, support.referral, { kind: 'note', on_day: await day(program, offset) });
	expect(answer).toMatchObject(refused ? { refused } : { ok: 1 });
	const [audited] = await eventsAbout(support.referral.id);
	expect(audited).toMatchObject({ event: 'support.saved', details: refused ? { why: refused } : {} });
});

test.each([
	['goal', { mark: 'not_yet' }, 12],
	['place', { mark: 'been' }, 200],
	['note', { on_day: '2026-11-20' }, 1000]
])('there are so many of a %s at most, not counting what was taken away', async (kind, given, most) => {
	const support = await aSupport(program);
	const { id } = await save(support.db, support.referral, { kind, ...given });
	await sql`insert into private.support_entries (id, referral_id, kind, mark, on_day, words, author_id)
		select gen_random_uuid(), e.referral_id, e.kind, e.mark, e.on_day, e.words, e.author_id
		from private.support_entries e, generate_series(2, ${most}) where e.id = ${id}`;
	expect(await save(support.db, support.referral, { kind, ...given })).toMatchObject({ refused: 'too_many' });
	expect(await save(support.db, support.referral, { kind, ...given }, { id, expected: 1 })).toMatchObject({ ok: 2 });
	expect(await remove(support, id, 2, true, support.db)).toEqual({ ok: 3 });
	expect(await save(support.db, support.referral, { kind, ...given })).toMatchObject({ ok: 1 });
});

describe('taking away', () => {
	test('can be undone, over the version that was read, by the worker or a coordinator', async () => {
		const support = await aSupport(program);
		const { id } = await save(support.db, support.referral, { kind: 'place', mark: 'liked' });
		expect(await remove(support, id, 1, true, coordinator)).toEqual({ ok: 2 });
		expect(await remove(support, id, 1, true, support.db)).toEqual({ refused: 'stale' });
		expect(await entriesOf(support)).toMatchObject([{ id, removed: true }]);
		expect(await remove(support, id, 2, false, support.db)).toEqual({ ok: 3 });
		expect(await entriesOf(support)).toMatchObject([{ id, removed: false }]);
	});

	test('is for goals, places and notes, of this support', async () => {
		const [support, other] = [await aSupport(program), await aSupport(program)];
		const { id: letter } = await save(support.db, support.referral, { kind: 'letter' });
		const { id: goal } = await save(other.db, other.referral, { kind: 'goal', mark: 'yes' });
		for (const id of [letter, goal])
			expect(await remove(support, id, 1, true, support.db)).toEqual({ refused: 'not_found' });
		expect(
			await save(support.db, support.referral, { kind: 'goal', mark: 'yes' }, { id: goal, expected: 1 })
		).toMatchObject({ refused: 'not_possible' });
	});
});

test('a note is its author’s alone: nobody else changes it, nor learns of it by trying', async () => {
	const support = await aSupport(program);
	const note = await save(coordinator, support.referral, { kind: 'note', on_day: today });
	for (const expected of [0, 1, 2]) {
		const answer = await save(support.db, support.referral, { kind: 'note', on_day: today }, { ...note, expected });
		expect(answer).toEqual({ id: note.id, refused: 'not_possible' });
	}
	expect(await remove(support, note.id, 1, true, support.db)).toEqual({ refused: 'not_found' });
	const theirs = await save(support.db, support.referral, { kind: 'note', on_day: today });
	expect(
		await save(coordinator, support.referral, { kind: 'note', on_day: today }, { ...theirs, expected: 1 })
	).toMatchObject({ refused: 'not_possible' });
	expect(await remove(support, theirs.id, 1, true, coordinator), 'but a coordinator may take it away').toEqual({
		ok: 2
	});
});

describe('a support takes entries', () => {
	test.each(STATES)('while it runs: %s', async (state) => {
		const worker = await aMember(program, 'worker');
		const referral = await aReferral(program, { state, worker });
		const takes = ['active', 'paused', 'ending'].includes(state);
		const answer = await save(coordinator, referral, { kind: 'goal', mark: 'yes' });
		expect(answer).toMatchObject(takes ? { ok: 1 } : { refused: 'not_possible' });
		expect(await eventsAbout(referral.id)).toMatchObject([
			takes ? { outcome: 'done' } : { outcome: 'refused', details: { kind: 'goal', why: 'not_possible' } }
		]);
	});

	test('while another worker is asked', async () => {
		for (const state of ['match_proposed', 'matched'] as const) {
			const referral = await aReferral(program, { state, cameFrom: 'active' });
			const runs = await aMember(program, 'worker');
			await aMatch(referral.id, runs, { state: 'active' });
			expect(await save(asUser(runs), referral, { kind: 'goal', mark: 'yes' })).toMatchObject({ ok: 1 });
		}
	});

	test('not by a supervisor, who reads', async () => {
		const support = await aSupport(program);
		const supervisor = await aSupervisorOf(program, support.worker);
		const { id } = await save(support.db, support.referral, { kind: 'goal', mark: 'yes' });
		expect(await save(asUser(supervisor), support.referral, { kind: 'goal', mark: 'yes' })).toMatchObject({
			refused: 'not_found'
		});
		expect(await remove(support, id, 1, true, asUser(supervisor))).toEqual({ refused: 'not_found' });
		expect(await auditedOf(supervisor)).toEqual(['support.saved refused', 'support.removed refused']);
	});

	test('not once it was erased, which takes all of them along', async () => {
		const support = await aSupport(program);
		await save(support.db, support.referral, { kind: 'goal', mark: 'yes' });
		const admin = asUser(await aMember(program, 'admin'));
		await move(coordinator, support.referral, 'end_early', { reason: 'other' });
		await admin.rpc('erase_referral', { referral: support.referral.id, expected: 2 });
		const left = await sql`select from private.support_entries where referral_id = ${support.referral.id}`;
		expect(left).toHaveLength(0);
		// As it would stand if it were opened again by hand.
		await sql`update public.referrals set state = 'active' where id = ${support.referral.id}`;
		expect(await save(coordinator, support.referral, { kind: 'letter' })).toMatchObject({ refused: 'not_possible' });
	});
});
