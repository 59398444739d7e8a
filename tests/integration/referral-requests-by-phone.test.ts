/* A request that came by phone, written down by a coordinator. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMember, aProgram, asMember, type Program } from '../factories/program.ts';
import { anAddress, aRequest, forgetPrograms, mailAbout, rowOf, somebody, timelineOf } from '../factories/referral.ts';
import { eventsAbout } from '../factories/staff.ts';
import { asUser, aUser, sql, type Client, type User } from '../support/database.ts';

let program: Program;
let elsewhere: Program;
let team: string;
let coordinator: { db: Client; user: User };

beforeAll(async () => {
	program = await aProgram('phoned');
	elsewhere = await aProgram('phoned-elsewhere');
	coordinator = await somebody(program, 'coordinator');
	const [row] = await sql<{ id: string }[]>`
		insert into public.teams (program_id, name) values (${program.id}, 'Sample Team') returning id`;
	team = row!.id;
});
afterAll(() => forgetPrograms(program, elsewhere));

describe('a request by phone', () => {
	const enter = async (db: Client, given: { id?: string; email?: string | null; where?: Program } = {}) => {
		const { id = randomUUID(), email = null, where = program } = given;
		const request = aRequest({ team_id: team });
		const { data } = await db.rpc('enter_referral', {
			referral: id,
			program: where.id,
			email: email as string,
			request
		});
		return { id, answer: data as { ok?: string; refused?: string } };
	};

	test('is acknowledged by being entered, and belongs to whoever did', async () => {
		const email = anAddress();
		const { id, answer } = await enter(coordinator.db, { email });
		const row = await rowOf(id);
		expect(answer).toEqual({ ok: row.reference });
		expect(row).toMatchObject({
			state: 'triage',
			version: 2,
			source: 'phone',
			coordinator_id: coordinator.user.id,
			referrer_email: email,
			needs_home: false
		});
		expect(await timelineOf(row)).toMatchObject([
			{ event: 'submit', actor: 'coordinator' },
			{ event: 'acknowledge', actor: 'coordinator' }
		]);
		expect(await mailAbout(row.reference)).toEqual([`referral_news ${email}`]);
	});

	test('needs no address', async () => {
		const { id, answer } = await enter(coordinator.db);
		expect(await rowOf(id)).toMatchObject({ state: 'triage', referrer_email: null, has_listed_domain: false });
		expect(await mailAbout(answer.ok!)).toEqual([]);
	});

	test('entered twice is one', async () => {
		const { id, answer } = await enter(coordinator.db);
		expect((await enter(coordinator.db, { id })).answer).toEqual(answer);
		expect(await rowOf(id)).toMatchObject({ version: 2 });
	});

	test('is not entered under the id of another program’s, nor of one that came by web', async () => {
		const { id } = await enter(await asMember(elsewhere, 'coordinator'), { where: elsewhere });
		expect((await enter(coordinator.db, { id })).answer).toEqual({ refused: 'not_allowed' });
		const web = randomUUID();
		await asUser(await aUser()).rpc('submit_referral', { draft: web, request: aRequest({ team_id: team }) });
		expect((await enter(coordinator.db, { id: web })).answer).toEqual({ refused: 'not_allowed' });
		expect(await rowOf(web)).toMatchObject({ state: 'submitted', source: 'web' });
		expect((await eventsAbout(web)).at(-1)).toMatchObject({ outcome: 'refused', details: { why: 'not_allowed' } });
	});

	test('is entered by coordinators of the program alone, and the attempt is audited', async () => {
		const worker = await aMember(program, 'worker');
		const { id, answer } = await enter(asUser(worker));
		expect([answer, await rowOf(id)]).toEqual([{ refused: 'not_allowed' }, undefined]);
		const audited = await sql`select event, outcome from public.audit_events where actor_id = ${worker.id}`;
		expect([...audited]).toEqual([{ event: 'referral.submitted', outcome: 'refused' }]);
	});
});
