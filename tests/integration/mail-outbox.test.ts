/* The outbox: what is written is sent once, or tried again, or put aside where its program's admins see it. */
import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drainOutbox, type DrainOptions, type Send } from '../../src/lib/mail/drain.server.ts';
import { aMember, aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, asService, asUser, aUser, ownerSql, sql } from '../support/database.ts';

const siteUrl = 'https://bearings.example';
const TOKEN = 'ab'.repeat(16);

// What an earlier file left behind would be sent by these drains.
beforeEach(() => sql`delete from private.outbox`);
afterEach(() => {
	vi.restoreAllMocks();
});

const addressOf = (n: number) => `person-${n}@people.example`;

async function enqueue(to: string, given: { key?: string; program?: Program; data?: Record<string, string> } = {}) {
	const { key = randomUUID(), program = null, data = { token: TOKEN, program: 'Sample' } } = given;
	await ownerSql`select private.enqueue_mail(${key}, 'invitation', ${to}, ${sql.json(data)}, ${program?.id ?? null})`;
	const [row] = await sql<{ id: string }[]>`select id from private.outbox where dedupe_key = ${key}`;
	return row!.id;
}

async function enqueueMany(count: number): Promise<string[]> {
	const addresses = Array.from({ length: count }, (_, n) => addressOf(n));
	await ownerSql`
		select private.enqueue_mail('many:' || a, 'invitation', a, ${sql.json({ token: TOKEN, program: 'Sample' })})
		from unnest(${addresses}::text[]) a`;
	return addresses;
}

/** A transport that keeps to whom it has sent, in order; `fails` says whether this attempt, from 1, does. */
function aTransport(fails: (to: string, attempt: number) => boolean = () => false) {
	const sentTo: string[] = [];
	const attempts = new Map<string, number>();
	const send: Send = async ({ to }) => {
		const attempt = (attempts.get(to) ?? 0) + 1;
		attempts.set(to, attempt);
		// A wait on the wire, so that others get their turn.
		await new Promise((resolve) => setTimeout(resolve, 1));
		if (fails(to, attempt)) {
			if (attempt % 2) return { sent: false, forGood: false, why: 'E_RATE_LIMIT_EXCEEDED' };
			throw new Error('the line was cut');
		}
		sentTo.push(to);
		return { sent: true };
	};
	return { send, sentTo, attempts };
}

const drain = (send: Send, options: Partial<DrainOptions> = {}) =>
	drainOutbox(asService(), send, { siteUrl, ...options });

/** Lets the time pass until the next try. */
const pullForward = () => sql`update private.outbox set next_try_at = now() where sent_at is null`;

const rowOf = async (id: string) => (await sql`select * from private.outbox where id = ${id}`)[0]!;

describe('writing', () => {
	it('keeps a message once for each key, however often and from wherever it is written', async () => {
		await Promise.all(Array.from({ length: 10 }, () => enqueue('a@people.example', { key: 'referral:1:sent' })));
		await enqueue('b@people.example', { key: 'referral:1:sent' });
		await enqueue('a@people.example', { key: 'referral:2:sent' });
		const rows = await sql`select to_address from private.outbox order by dedupe_key`;
		expect(rows.map(({ to_address }) => to_address as string)).toEqual(['a@people.example', 'a@people.example']);
	});

	it('is undone with the transaction that it tells of', async () => {
		await expect(
			ownerSql.begin(async (tx) => {
				await tx`select private.enqueue_mail('undone', 'invitation', 'a@people.example', '{}')`;
				throw new Error('undone');
			})
		).rejects.toThrow('undone');
		expect(await sql`select from private.outbox`).toHaveLength(0);
	});
});

describe('sending', () => {
	it('renders the template, and empties the data once it is sent', async () => {
		const id = await enqueue('a@people.example');
		const messages: Parameters<Send>[0][] = [];
		const counts = await drain(async (message) => {
			messages.push(message);
			return { sent: true };
		});
		expect(counts).toEqual({ sent: 1, unsent: 0, aside: 0 });
		expect(messages).toMatchObject([{ to: 'a@people.example', subject: 'An invitation from Bearings' }]);
		expect(messages[0]!.text).toContain(`${siteUrl}/invitations/${TOKEN}`);
		expect(messages[0]!.html).toContain(`${siteUrl}/invitations/${TOKEN}`);
		expect(await rowOf(id)).toMatchObject({ data: {}, lease: null, last_error: null, sent_at: expect.any(Date) });
		expect(await drain(aTransport().send)).toEqual({ sent: 0, unsent: 0, aside: 0 });
	});

	it.each([2, 10])('sends each of 200 messages exactly once with %i at work at once', async (workers) => {
		const addresses = await enqueueMany(200);
		const { send, sentTo } = aTransport();
		const counts = await Promise.all(Array.from({ length: workers }, () => drain(send, { rounds: 100 })));
		expect(sentTo.toSorted()).toEqual(addresses.toSorted());
		expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(200);
		expect(counts.filter(({ sent }) => sent > 0).length).toBeGreaterThan(1);
	});

	it('would send some twice if they were read and not claimed', async () => {
		const addresses = await enqueueMany(40);
		const { send, sentTo } = aTransport();
		const unclaimed = async () => {
			const due = await sql<{ id: string; to: string }[]>`
				select id, to_address as to from private.outbox where sent_at is null`;
			for (const { id, to } of due) {
				await send({ to, subject: '', text: '', html: '' });
				await sql`update private.outbox set sent_at = now() where id = ${id}`;
			}
		};
		await Promise.all([unclaimed(), unclaimed()]);
		expect(sentTo.length).toBeGreaterThan(addresses.length);
	});

	it('loses none when half of all attempts fail', async () => {
		const addresses = await enqueueMany(50);
		const tossed = (to: string, attempt: number) =>
			createHash('sha256').update(`${to} ${attempt}`).digest()[0]! % 2 === 0;
		const { send, sentTo, attempts } = aTransport(tossed);
		for (let pass = 0; pass < 8; pass++) {
			await Promise.all([drain(send, { rounds: 10 }), drain(send, { rounds: 10 })]);
			await pullForward();
		}
		const aside = await sql`select to_address from private.outbox where set_aside_at is not null`;
		const kept = [...sentTo, ...aside.map(({ to_address }) => to_address as string)];
		expect(kept.toSorted()).toEqual(addresses.toSorted());
		expect(aside.length).toBeLessThan(3);
		expect([...attempts.values()].reduce((sum, n) => sum + n)).toBeGreaterThan(75);
	});

	it('goes on with the others when one can’t be written, and says of it which part, not what', async () => {
		const bad = await enqueue('bad@people.example', { data: { token: 'a secret <token>', program: 'Sample' } });
		await enqueue('good@people.example');
		const { send, sentTo } = aTransport();
		expect(await drain(send)).toEqual({ sent: 1, unsent: 0, aside: 1 });
		expect(sentTo).toEqual(['good@people.example']);
		expect(await rowOf(bad)).toMatchObject({
			set_aside_at: expect.any(Date),
			last_error: 'The data for invitation is at fault: token.'
		});
	});

	it('puts aside at once what is refused for good', async () => {
		const id = await enqueue('a@people.example');
		const refuse: Send = async () => ({ sent: false, forGood: true, why: 'E_RECIPIENT_SUPPRESSED' });
		expect(await drain(refuse)).toEqual({ sent: 0, unsent: 0, aside: 1 });
		expect(await rowOf(id)).toMatchObject({ tries: 1, last_error: 'E_RECIPIENT_SUPPRESSED' });
		await pullForward();
		expect(await drain(refuse)).toEqual({ sent: 0, unsent: 0, aside: 0 });
	});

	it('leaves what it has not begun when its claim is nearly over', async () => {
		await enqueueMany(20);
		let seconds = 0;
		const clock = { now: () => new Date(seconds * 1000) };
		const { send, sentTo } = aTransport();
		const slowly: Send = async (message) => {
			seconds += 6;
			return send(message);
		};
		const { sent } = await drain(slowly, { clock });
		expect(sent).toBeGreaterThan(4);
		expect(sent).toBeLessThan(15);
		await sql`update private.outbox set leased_until = now() - interval '1 second' where sent_at is null`;
		await drain(send);
		expect(new Set(sentTo).size).toBe(20);
		expect(sentTo).toHaveLength(20);
	});
});

describe('a crash between sending and marking', () => {
	it('has the message sent again, but not before the claim is over', async () => {
		const id = await enqueue('a@people.example');
		const { data: claimed } = await asService().rpc('claim_outbox', { n: 10, lease_seconds: 60 });
		expect(claimed).toMatchObject([{ id, to_address: 'a@people.example', template: 'invitation' }]);
		const { send, sentTo } = aTransport();
		await drain(send);
		expect(sentTo).toEqual([]);
		await sql`update private.outbox set leased_until = now() - interval '1 second' where id = ${id}`;
		await drain(send);
		expect(sentTo).toEqual(['a@people.example']);
		const late = await asService().rpc('mark_sent', { message: id, claim: claimed![0]!.lease });
		expect(late.data).toBe(false);
	});

	it('is told of by id alone where another has claimed it meanwhile', async () => {
		const id = await enqueue('a@people.example');
		const log = vi.spyOn(console, 'error').mockImplementation(() => {});
		await drain(async () => {
			await sql`update private.outbox set lease = gen_random_uuid() where id = ${id}`;
			return { sent: true };
		});
		expect((await rowOf(id)).sent_at).toBeNull();
		expect(log.mock.calls).toEqual([[JSON.stringify({ problem: 'mail not marked', message: id, status: 200 })]]);
	});
});

describe('what can’t be sent', () => {
	const failing = () => aTransport(() => true).send;

	/** Tries eight times, and gives the minutes between. */
	async function exhaust(id: string): Promise<number[]> {
		const send = failing();
		const waits: number[] = [];
		for (let attempt = 1; attempt <= 8; attempt++) {
			expect(await drain(send)).toEqual({ sent: 0, unsent: 1, aside: 0 });
			const [row] = await sql<{ wait: number }[]>`
				select round(extract(epoch from next_try_at - now()) / 60)::integer as wait from private.outbox where id = ${id}`;
			waits.push(row!.wait);
			await pullForward();
		}
		return waits;
	}

	it('is tried again after 1, 2, 4 … minutes, and put aside after eight tries', async () => {
		const id = await enqueue('a@people.example');
		expect(await exhaust(id)).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
		expect(await rowOf(id)).toMatchObject({ tries: 8, set_aside_at: expect.any(Date), last_error: 'sending failed' });
		const { send, sentTo } = aTransport();
		await drain(send);
		expect(sentTo).toEqual([]);
	});

	it('is not tried before its time', async () => {
		await enqueue('a@people.example');
		await drain(failing());
		expect(await drain(failing())).toEqual({ sent: 0, unsent: 0, aside: 0 });
	});

	it('is shown to the admins of its program, and to nobody else', async () => {
		const [program, other] = [await aProgram('mail'), await aProgram('mail-other')];
		const id = await enqueue('a@people.example', { program });
		await exhaust(id);
		const seenBy = async (client: ReturnType<typeof asUser>) => (await client.rpc('mail_set_aside')).data;
		expect(await seenBy(await asMember(program, 'admin'))).toEqual([
			{ id, template: 'invitation', to: 'a@people.example', since: expect.any(String), error: 'sending failed' }
		]);
		for (const role of ['coordinator', 'supervisor', 'worker', 'editor'] as const)
			expect(await seenBy(await asMember(program, role)), role).toEqual([]);
		expect(await seenBy(asUser(await aMember.deactivated(program, 'admin')))).toEqual([]);
		expect(await seenBy(await asMember(other, 'admin'))).toEqual([]);
		expect(await seenBy(asUser(await aUser()))).toEqual([]);
		expect((await asAnonymous().rpc('mail_set_aside')).error?.code).toBe('42501');
		await forgetProgram(program);
		await forgetProgram(other);
	});

	it('is tried again when an admin says so, which is audited', async () => {
		const [program, other] = [await aProgram('mail'), await aProgram('mail-other')];
		const id = await enqueue('a@people.example', { program });
		await exhaust(id);
		const retry = async (client: ReturnType<typeof asUser>) => (await client.rpc('retry_mail', { message: id })).data;
		expect(await retry(await asMember(program, 'coordinator'))).toBe(false);
		expect(await retry(await asMember(other, 'admin'))).toBe(false);
		expect((await asAnonymous().rpc('retry_mail', { message: id })).error?.code).toBe('42501');
		const admin = await aMember(program, 'admin');
		expect(await retry(asUser(admin))).toBe(true);
		expect(await retry(asUser(admin))).toBe(false);
		const { send, sentTo } = aTransport();
		await drain(send);
		expect(sentTo).toEqual(['a@people.example']);
		const events =
			await sql`select event, program_id, outcome, actor_id = ${admin.id} as by_admin from public.audit_events
				where subject_id = ${id} order by id`;
		const retried = { event: 'mail.retried', program_id: program.id };
		expect([...events]).toEqual([
			{ ...retried, outcome: 'refused', by_admin: false },
			{ ...retried, outcome: 'refused', by_admin: false },
			{ ...retried, outcome: 'done', by_admin: true }
		]);
		await forgetProgram(program);
		await forgetProgram(other);
	});
});

describe('the outbox itself', () => {
	it('is claimed, marked and purged by the server alone', async () => {
		const program = await aProgram('mail');
		const id = await enqueue('a@people.example', { program });
		const clients = {
			anon: asAnonymous(),
			authenticated: asUser(await aUser()),
			admin: await asMember(program, 'admin')
		};
		for (const [who, client] of Object.entries(clients)) {
			const answers = await Promise.all([
				client.rpc('claim_outbox', { n: 1, lease_seconds: 1 }),
				client.rpc('mark_sent', { message: id, claim: id }),
				client.rpc('mark_unsent', { message: id, claim: id, error: 'x', for_good: true }),
				client.rpc('purge_outbox')
			]);
			expect(
				answers.map(({ error }) => error?.code),
				who
			).toEqual(['42501', '42501', '42501', '42501']);
		}
		expect(await rowOf(id)).toMatchObject({ tries: 0, lease: null });
		await forgetProgram(program);
	});

	it('gives no more than it is asked for, and a hundred at most', async () => {
		await enqueueMany(120);
		const claim = async (n: number) => (await asService().rpc('claim_outbox', { n, lease_seconds: 60 })).data?.length;
		expect(await claim(5)).toBe(5);
		expect(await claim(1000)).toBe(100);
	});

	it('forgets each night what was sent a month ago', async () => {
		const [old, recent, waiting] = [
			await enqueue(addressOf(1)),
			await enqueue(addressOf(2)),
			await enqueue(addressOf(3))
		];
		await sql`update private.outbox set sent_at = now() - interval '31 days' where id = ${old}`;
		await sql`update private.outbox set sent_at = now() - interval '29 days' where id = ${recent}`;
		await sql`update private.outbox set created_at = now() - interval '90 days' where id = ${waiting}`;
		expect((await asService().rpc('purge_outbox')).data).toBe(1);
		const left = await sql`select id from private.outbox`;
		expect(left.map(({ id }) => id as string).toSorted()).toEqual([recent, waiting].toSorted());
	});
});
