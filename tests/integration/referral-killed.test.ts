/* A request whose sender, or whose connection, is killed in the middle of sending it: all of it is there or nothing. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { aProgram, type Program } from '../factories/program.ts';
import { anAddress, aRequest, forgetPrograms } from '../factories/referral.ts';
import { asUser, aUser, sql, type User } from '../support/database.ts';

let program: Program;
let team: string;
beforeAll(async () => {
	program = await aProgram('killed');
	const [row] = await sql<{ id: string }[]>`
		insert into public.teams (program_id, name) values (${program.id}, 'A team') returning id`;
	team = row!.id;
});
afterAll(() => forgetPrograms(program));

const NOTHING = { referrals: 0, details: 0, hashes: 0, events: 0, audited: 0, mails: 0 };
const ALL = { referrals: 1, details: 1, hashes: 1, events: 1, audited: 1, mails: 1 };

/** How many rows there are of a referral, table by table. */
async function rowsOf(id: string, { email }: User) {
	const [row] = await sql`
		select (select count(*)::int from public.referrals r where r.id = ${id}) as referrals,
			(select count(*)::int from private.referral_details d where d.referral_id = ${id}) as details,
			(select count(*)::int from private.referral_hashes h where h.referral_id = ${id}) as hashes,
			(select count(*)::int from private.referral_events e where e.referral_id = ${id}) as events,
			(select count(*)::int from public.audit_events a where a.subject_id = ${id}) as audited,
			(select count(*)::int from private.outbox o where o.to_address = ${email}) as mails`;
	return row;
}

/** A process of its own that sends as the person, as REST would. */
function aSender(user: User, draft: string, request: object): ChildProcess {
	const code = `
		import postgres from 'postgres';
		const [url, user, draft, request] = process.argv.slice(1);
		const sql = postgres(url, { max: 1 });
		await sql.begin(async (tx) => {
			await tx\`select set_config('request.jwt.claim.sub', \${user}, true),
				set_config('request.jwt.claims', \${JSON.stringify({ sub: user })}, true)\`;
			await tx\`set local role authenticated\`;
			await tx\`select public.submit_referral(\${draft}, \${tx.json(JSON.parse(request))})\`;
		});
		await sql.end();`;
	const given = [inject('supabase').databaseUrl, user.id, draft, JSON.stringify(request)];
	return spawn(process.execPath, ['--input-type=module', '-e', code, ...given], { stdio: 'ignore' });
}

/** The backend that waits for a lock which `holder` has. */
async function waiterFor(holder: number): Promise<number> {
	for (let tries = 0; tries < 1000; tries++) {
		const [row] = await sql<{ pid: number }[]>`
			select a.pid from pg_stat_activity a where ${holder}::integer = any (pg_blocking_pids(a.pid))`;
		if (row) return row.pid;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error('Nobody waited.');
}

async function untilGone(pid: number): Promise<void> {
	for (let tries = 0; tries < 1000; tries++) {
		const [row] = await sql`select from pg_stat_activity where pid = ${pid}`;
		if (!row) return;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error('It is still there.');
}

test.each([
	['the sender, by kill -9', async (sender: ChildProcess) => void sender.kill('SIGKILL')],
	[
		'the connection',
		async (_sender: ChildProcess, pid: number) => void (await sql`select pg_terminate_backend(${pid}::integer)`)
	]
])('%s killed before the end, nothing of the request is there; sent again, all of it is', async (_what, kill) => {
	const user = await aUser({ email: anAddress() });
	const [draft, request] = [randomUUID(), aRequest({ team_id: team })];
	const sender = aSender(user, draft, request);
	const ended = once(sender, 'exit');
	let waiter = 0;
	await sql.begin(async (tx) => {
		const [{ pid }] = (await tx`select pg_backend_pid() as pid`) as unknown as [{ pid: number }];
		// Everything but the mail is written by then.
		await tx`lock table private.outbox in exclusive mode`;
		waiter = await waiterFor(pid);
		await kill(sender, waiter);
		await ended;
	});
	await untilGone(waiter);
	expect(await rowsOf(draft, user)).toEqual(NOTHING);

	const { data } = await asUser(user).rpc('submit_referral', { draft, request });
	expect(data).toEqual({ ok: expect.stringMatching(/^PS-/) });
	expect(await rowsOf(draft, user)).toEqual(ALL);
});
