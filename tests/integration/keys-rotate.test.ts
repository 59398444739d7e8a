/* Sealing anew: every value opens with the new key alone, what people do meanwhile stays, and what doesn't open is left and counted. */
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sealAnew } from '../../scripts/support/seal-anew.ts';
import { readKeyring, seal, unseal, type Keyring } from '../../src/lib/server/seal.ts';
import { aProgram, type Program } from '../factories/program.ts';
import { aReferral, forgetPrograms } from '../factories/referral.ts';
import { aMeeting, aSupport, save } from '../factories/support.ts';
import { aCohort, anEnrolment } from '../factories/training.ts';
import { asService, asUser, aUser, keys, sql, url } from '../support/database.ts';

const OLD = `rotate1.${'11'.repeat(32)}`;
const NEW = `rotate2.${'22'.repeat(32)}`;
const old = readKeyring(OLD);
const both = readKeyring(`${NEW}-${OLD}`);
const fresh = readKeyring(NEW);

const programs: Program[] = [];
afterAll(() => forgetPrograms(...programs));

// What other files have left behind is under keys that nobody has.
beforeEach(async () => {
	await sql`delete from private.referral_details`;
	await sql`update private.referral_events set words = null`;
	await sql`delete from private.referral_drafts`;
	await sql`delete from private.unconfirmed_referrals`;
	await sql`update private.referral_matches set initials = null, plan = null`;
	for (const table of [
		'support_entries',
		'support_meetings',
		'feedback',
		'enrolment_details',
		'enrolment_notes',
		'application_drafts'
	])
		await sql`delete from ${sql(`private.${table}`)}`;
});

const COLUMNS = ['client', 'contact', 'goals', 'safety', 'referrer'] as const;
type Column = (typeof COLUMNS)[number];
const said = (column: Column, id: string) => ({ [column]: `what is said of ${id}` });

async function sealedDetails(id: string, keyring: Keyring): Promise<Record<Column, string>> {
	const seals = COLUMNS.map(async (column) => [column, await seal(keyring, detailAt(id, column), said(column, id))]);
	return Object.fromEntries(await Promise.all(seals)) as Record<Column, string>;
}
const detailAt = (row: string, column: string) => ({ table: 'referral_details', row, column });
const draftAt = (row: string) => ({ table: 'referral_drafts', row, column: 'contents' });
const wordsAt = (row: string) => ({ table: 'referral_events', row, column: 'words' });

/** A referral whose details are sealed with the old key; its id. */
async function anOldReferral(): Promise<string> {
	const program = await aProgram('rotate');
	programs.push(program);
	const { id } = await aReferral(program);
	await sql`update private.referral_details set ${sql(await sealedDetails(id, old))} where referral_id = ${id}`;
	return id;
}

const detailsOf = async (id: string): Promise<Record<Column, string>> => {
	const [row] = await sql<Record<Column, string>[]>`
		select ${sql(COLUMNS)} from private.referral_details where referral_id = ${id}`;
	return row!;
};
const setClient = (id: string, client: string) =>
	sql`update private.referral_details set client = ${client} where referral_id = ${id}`;

const target = { url, client: asService() };
const rotate = (keyring = both, batch?: number) => sealAnew(target, keyring, undefined, batch);

/** The service's client, which does something else first when this value is to be replaced. */
function interrupted(id: string, field: string, first: () => Promise<unknown>) {
	const { client } = target;
	let isDone = false;
	const rpc = async (name: string, given: Record<string, unknown>) => {
		if (!isDone && name === 'replace_sealed' && given.id === id && given.field === field) {
			isDone = true;
			await first();
		}
		return client.rpc(name as 'replace_sealed', given as never);
	};
	return { url, client: { rpc } as unknown as typeof client };
}

describe('sealing anew', () => {
	test('reaches what is sealed wherever it is kept, and leaves what lies under a visitor’s own secret', async () => {
		const referral = await anOldReferral();
		const [event, draft, visitors, kept] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
		const words = await seal(old, wordsAt(event), { text: 'a question' });
		await sql`insert into private.referral_events (id, referral_id, event, to_state, actor, words)
			values (${event}, ${referral}, 'note', 'triage', 'coordinator', ${words})`;
		const owner = await aUser();
		await sql`insert into private.referral_drafts (id, owner_id, contents)
			values (${draft}, ${owner.id}, ${await seal(old, draftAt(draft), { you: 'me' })})`;
		const visitorsContents = await seal(old, draftAt(visitors), {}, 'a secret');
		await sql`insert into private.referral_drafts (id, key_hash, contents)
			values (${visitors}, ${'ab'.repeat(32)}, ${visitorsContents})`;
		await sql`insert into private.unconfirmed_referrals (id, email, token_hash, request)
			values (${kept}, 'a@clinic.example', ${randomBytes(32)}, ${sql.json({ ...(await sealedDetails(kept, old)), age_band: '25_34' })})`;

		expect(await rotate()).toEqual({ sealed: 12, broken: new Map(), isDone: true });

		const details = await detailsOf(referral);
		const [{ request }] =
			(await sql`select request from private.unconfirmed_referrals where id = ${kept}`) as never as [
				{ request: Record<Column | 'age_band', string> }
			];
		for (const column of COLUMNS) {
			expect(await unseal(fresh, detailAt(referral, column), details[column])).toEqual(said(column, referral));
			expect(await unseal(fresh, detailAt(kept, column), request[column])).toEqual(said(column, kept));
		}
		expect(request.age_band).toBe('25_34');
		const [line] = await sql<{ words: string }[]>`select words from private.referral_events where id = ${event}`;
		expect(await unseal(fresh, wordsAt(event), line!.words)).toEqual({ text: 'a question' });
		const contents = Object.fromEntries(
			(await sql<{ id: string; contents: string }[]>`select id, contents from private.referral_drafts`).map((row) => [
				row.id,
				row.contents
			])
		);
		expect(await unseal(fresh, draftAt(draft), contents[draft]!)).toEqual({ you: 'me' });
		expect(contents[visitors]).toBe(visitorsContents);
	});

	test('reaches what is sealed of a match, a support, a meeting and an answer, and nothing that is empty', async () => {
		const program = await aProgram('rotate');
		programs.push(program);
		const { referral, worker } = await aSupport(program);
		await sql`delete from private.referral_details where referral_id = ${referral.id}`;
		const [match] = await sql<{ id: string }[]>`
			select id from private.referral_matches where referral_id = ${referral.id}`;
		const [entry, meeting, spoken, silent] = [
			(await save(asUser(worker), referral, { kind: 'goal', mark: 'yes' })).id,
			await aMeeting(referral, worker),
			randomUUID(),
			randomUUID()
		];
		for (const id of [spoken, silent])
			await sql`insert into private.feedback (id, program_id, how, on_paper) values (${id}, ${program.id}, 'good', true)`;
		const values: [table: string, row: string, column: string][] = [
			['referral_matches', match!.id, 'initials'],
			['referral_matches', match!.id, 'plan'],
			['support_entries', entry, 'words'],
			['support_meetings', meeting, 'place'],
			['feedback', spoken, 'better']
		];
		const at = ([table, row, column]: (typeof values)[number]) => ({ table, row, column });
		for (const value of values) {
			const sealed = await seal(old, at(value), { text: value.join(' ') });
			await sql`update ${sql(`private.${value[0]}`)} set ${sql({ [value[2]]: sealed })} where id = ${value[1]}`;
		}

		expect(await rotate(both, 2)).toEqual({ sealed: 5, broken: new Map(), isDone: true });

		for (const value of values) {
			const [row] =
				await sql`select ${sql(value[2])} as value from ${sql(`private.${value[0]}`)} where id = ${value[1]}`;
			expect(await unseal(fresh, at(value), row!.value as string), value.join(' ')).toEqual({ text: value.join(' ') });
		}
		expect((await sql`select better from private.feedback where id = ${silent}`)[0]).toEqual({ better: null });
	});

	test('reaches what people say who sign up for a training, what they are answered, what is noted of them, and drafts', async () => {
		const program = await aProgram('rotate');
		programs.push(program);
		const [cohort, person] = [await aCohort(program), await aUser()];
		const id = await anEnrolment(cohort, 'declined', { person });
		const [note, draft] = [randomUUID(), randomUUID()];
		const at = (table: string, row: string, column: string) => ({ table, row, column });
		const details = at('enrolment_details', id, 'details');
		const answer = at('enrolment_details', id, 'answer');
		const words = at('enrolment_notes', note, 'words');
		const contents = at('application_drafts', draft, 'contents');
		await sql`update private.enrolment_details set details = ${await seal(old, details, 1)}, answer = ${await seal(old, answer, 2)}
			where enrolment_id = ${id}`;
		await sql`insert into private.enrolment_notes (id, enrolment_id, words) values (${note}, ${id}, ${await seal(old, words, 3)})`;
		await sql`insert into private.application_drafts (id, cohort_id, person_id, contents)
			values (${draft}, ${cohort.id}, ${person.id}, ${await seal(old, contents, 4)})`;
		expect(await rotate()).toEqual({ sealed: 4, broken: new Map(), isDone: true });
		const [row] = await sql<Record<'details' | 'answer' | 'words' | 'contents', string>[]>`
			select d.details, d.answer, n.words, a.contents from private.enrolment_details d
			join private.enrolment_notes n on n.enrolment_id = d.enrolment_id, private.application_drafts a
			where d.enrolment_id = ${id} and a.id = ${draft}`;
		const opened = await Promise.all([
			...[unseal(fresh, details, row!.details), unseal(fresh, answer, row!.answer)],
			...[unseal(fresh, words, row!.words), unseal(fresh, contents, row!.contents)]
		]);
		expect(opened).toEqual([1, 2, 3, 4]);
	});

	test('goes on where it was stopped, and finds nothing once it is done', async () => {
		const [one, two] = [await anOldReferral(), await anOldReferral()];
		await sql`update private.referral_details set ${sql(await sealedDetails(one, both))} where referral_id = ${one}`;
		const before = await detailsOf(one);
		expect(await rotate()).toMatchObject({ sealed: 5, isDone: true });
		expect(await detailsOf(one)).toEqual(before);
		expect((await detailsOf(two)).client).toMatch(/^s1\.rotate2\./);
		expect(await rotate()).toEqual({ sealed: 0, broken: new Map(), isDone: true });
	});

	test('leaves what somebody has changed meanwhile, and comes back for it where it is under the old key', async () => {
		const [here, there] = [await anOldReferral(), await anOldReferral()];
		const theirs = await seal(both, detailAt(here, 'client'), 'theirs');
		expect(
			await sealAnew(
				interrupted(here, 'client', () => setClient(here, theirs)),
				both
			)
		).toMatchObject({
			sealed: 9,
			isDone: true
		});
		expect((await detailsOf(here)).client).toBe(theirs);
		await setClient(there, await seal(old, detailAt(there, 'client'), 'before'));
		const late = await seal(old, detailAt(there, 'client'), 'late');
		expect(
			await sealAnew(
				interrupted(there, 'client', () => setClient(there, late)),
				both
			)
		).toMatchObject({
			sealed: 1,
			isDone: true
		});
		expect(await unseal(fresh, detailAt(there, 'client'), (await detailsOf(there)).client)).toBe('late');
	});

	test('passes by what does not open, however much there is of it, and counts it', async () => {
		const referrals = [await anOldReferral(), await anOldReferral(), await anOldReferral(), await anOldReferral()];
		const moved = await seal(old, detailAt(randomUUID(), 'client'), 'of another row');
		const lost = await seal(readKeyring(`rotate0.${'00'.repeat(32)}`), detailAt(referrals[3]!, 'client'), 'lost');
		for (const id of referrals) await setClient(id, id === referrals[3] ? lost : moved);
		expect(await rotate(both, 2)).toEqual({
			sealed: 16,
			broken: new Map([
				['rotate1', 3],
				['rotate0', 1]
			]),
			isDone: true
		});
		for (const id of referrals) expect([moved, lost]).toContain((await detailsOf(id)).client);
	});

	test('gives up where something seals with the old key all the while', async () => {
		const id = await anOldReferral();
		const { client } = target;
		const rpc = async (name: string, given: Record<string, unknown>) => {
			const answer = await client.rpc(name as 'replace_sealed', given as never);
			if (name === 'replace_sealed') await setClient(id, await seal(old, detailAt(id, 'client'), 'again'));
			return answer;
		};
		const site = { url, client: { rpc } as unknown as typeof client };
		expect((await sealAnew(site, both)).isDone).toBe(false);
	});
});

describe('npm run keys:rotate', () => {
	const run = async (args: string[], seals?: string) => {
		const env = { ...process.env, SUPABASE_URL: url, SUPABASE_SECRET_KEY: keys.secret, SEAL_KEYS: seals };
		const script = promisify(execFile)(process.execPath, ['scripts/keys-rotate.ts', ...args], { env });
		return script.then(
			({ stdout }) => ({ code: 0, said: stdout }),
			({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, said: stdout + stderr })
		);
	};

	test('makes a key that can be put first', async () => {
		const { code, said: printed } = await run(['--new']);
		const [entry] = /k\d{10}\.[0-9a-f]{64}/.exec(printed)!;
		expect(code).toBe(0);
		expect(readKeyring(`${entry}-${OLD}`).keys.size).toBe(2);
	});

	test('says how many it sealed and when the old key may go, and never a value', async () => {
		const id = await anOldReferral();
		const done = await run([], `${NEW}-${OLD}`);
		expect(done).toMatchObject({ code: 0, said: expect.stringContaining('5 values sealed anew with rotate2') });
		expect(done.said).toContain('take rotate1 out of SEAL_KEYS');
		await setClient(id, await seal(old, detailAt(randomUUID(), 'client'), 'Bob'));
		const broken = await run([], `${NEW}-${OLD}`);
		expect(broken).toMatchObject({ code: 1, said: expect.stringContaining('One value under rotate1') });
		expect(broken.said).toContain('Take no key out');
		expect(done.said + broken.said).not.toMatch(/s1\.|Bob|said of|[0-9a-f]{64}/);
	});

	test.each([
		['without keys', [], undefined, 'Set SEAL_KEYS'],
		['with malformed ones', [], 'rotate1.11', 'not of the form'],
		['with an option that it does not know', ['--now'], NEW, '--new']
	])('says what is missing %s', async (_how, args, seals, sentence) => {
		expect(await run(args, seals)).toMatchObject({ code: 1, said: expect.stringContaining(sentence) });
	});
});
