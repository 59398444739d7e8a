/* Who waits to be told: by an address that was proved, of a program and an area, for a year, and once for each training. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aProgram, type Program } from '../factories/program.ts';
import { aCohort, forgetTrainings } from '../factories/training.ts';
import { asAnonymous, asService, sql } from '../support/database.ts';

let program: Program;
let other: Program;
const areas: string[] = [];

beforeAll(async () => {
	program = await aProgram('interest');
	other = await aProgram('interest-other');
	for (const name of ['Kitsilano', 'Fairview']) {
		const [row] = await sql<{ id: string }[]>`
			insert into public.areas (program_id, name) values (${program.id}, ${name}) returning id`;
		areas.push(row!.id);
	}
});
afterAll(() => forgetTrainings(program, other));

const anAddress = () => `${randomUUID()}@people.example`;
const aClient = () => randomBytes(32).toString('hex');

async function ask(address: string, given: { slug?: string; area?: string | null; client?: string } = {}) {
	const { slug: program_slug = program.slug, area = null, client: client_hash = aClient() } = given;
	const { data, error } = await asAnonymous().rpc('ask_to_be_told', {
		...{ program_slug, address, client_hash },
		area: area as string
	});
	if (error) throw new Error(error.message);
	return data as { ok?: true; refused?: string };
}

interface Mail {
	template: string;
	data: { token: string; title?: string };
}
const mailTo = async (address: string): Promise<Mail[]> => [
	...(await sql<
		Mail[]
	>`select template, data from private.outbox where to_address = ${address} order by created_at, id`)
];
const told = async (address: string) =>
	(await mailTo(address)).filter(({ template }) => template === 'interest_announced').length;

/** Somebody who has said yes. */
async function somebody(given: { slug?: string; area?: string | null; address?: string } = {}): Promise<string> {
	const { address = anAddress() } = given;
	await ask(address, given);
	const { token } = (await mailTo(address)).at(-1)!.data;
	await asAnonymous().rpc('confirm_interest', { token });
	return address;
}

async function announce(area: string | null = null): Promise<string> {
	const { id } = await aCohort(program);
	await sql`update public.cohorts set area_id = ${area} where id = ${id}`;
	await sql`select private.announce(c) from public.cohorts c where c.id = ${id}`;
	return id;
}

test('nobody is told who has not said yes by the link', async () => {
	const address = anAddress();
	expect(await ask(` ${address.toUpperCase()} `)).toEqual({ ok: true });
	await announce();
	expect((await mailTo(address)).map(({ template }) => template)).toEqual(['interest_confirm']);
});

test('whoever asks is answered the same, known or not', async () => {
	const address = await somebody();
	expect(await ask(address)).toEqual(await ask(anAddress()));
	expect((await mailTo(address)).map(({ template }) => template)).toEqual(['interest_confirm', 'interest_known']);
	const rows = await sql`select from private.training_interest where email = ${address}`;
	expect(rows).toHaveLength(1);
});

test('a training is told of once to each address, however often it was left and however often it is announced', async () => {
	const address = anAddress();
	for (const area of [null, ...areas]) await somebody({ address, area });
	const id = await announce();
	await sql`select private.announce(c) from public.cohorts c where c.id = ${id}`;
	expect(await told(address)).toBe(1);
});

test('of one area, of those that are for all, and of no other program', async () => {
	const [here, there] = [await somebody({ area: areas[0]! }), await somebody({ area: areas[1]! })];
	const [anywhere, elsewhere] = [await somebody(), await somebody({ slug: other.slug })];
	await announce(areas[0]!);
	expect(await Promise.all([here, there, anywhere, elsewhere].map(told))).toEqual([1, 0, 1, 0]);
	await announce(null);
	expect(await Promise.all([here, there, anywhere, elsewhere].map(told))).toEqual([2, 1, 2, 0]);
});

test('one press ends all that the address waits for in this program, and nothing in another', async () => {
	const address = anAddress();
	for (const area of [null, ...areas]) await somebody({ address, area });
	await somebody({ address, slug: other.slug });
	const { token } = (await mailTo(address))[0]!.data;
	await asAnonymous().rpc('stop_interest', { token });
	const left = await sql`select program_id from private.training_interest where email = ${address}`;
	expect([...left]).toEqual([{ program_id: other.id }]);
});

test('any of the links ends it, and what was announced after that is told to nobody', async () => {
	const address = await somebody();
	await announce();
	const { token } = (await mailTo(address)).find(({ template }) => template === 'interest_announced')!.data;
	const stop = () => asAnonymous().rpc('stop_interest', { token });
	expect((await stop()).error).toBeNull();
	expect((await stop()).error, 'once more is as good').toBeNull();
	await announce();
	expect(await told(address)).toBe(1);
	expect((await asAnonymous().rpc('interest_by_link', { token })).data).toBeNull();
	expect((await asAnonymous().rpc('confirm_interest', { token })).data).toBeNull();
});

test('before the year is over they are asked again, once; without an answer they are forgotten', async () => {
	const [keeps, silent, unproved] = [await somebody(), await somebody(), anAddress()];
	await ask(unproved);
	const soon = (address: string, days: number) =>
		sql`update private.training_interest set kept_until = now() + make_interval(days => ${days}) where email = ${address}`;
	for (const address of [keeps, silent]) await soon(address, 13);
	for (let night = 0; night < 2; night++) await asService().rpc('tend_interest');
	const again = async (address: string) =>
		(await mailTo(address)).filter(({ template }) => template === 'interest_again');
	for (const address of [keeps, silent]) expect(await again(address)).toHaveLength(1);

	await asAnonymous().rpc('confirm_interest', { token: (await again(keeps))[0]!.data.token });
	await soon(silent, -1);
	await soon(unproved, -1);
	await announce();
	expect(await told(silent), 'over is over, before it is swept').toBe(0);
	await asService().rpc('tend_interest');
	const left = await sql<{ email: string; days: number }[]>`
		select email, round(extract(epoch from kept_until - now()) / 86400)::integer as days
		from private.training_interest where email in ${sql([keeps, silent, unproved])}`;
	expect([...left]).toEqual([{ email: keeps, days: 365 }]);
	await soon(keeps, 13);
	await asService().rpc('tend_interest');
	expect(await again(keeps), 'and the next year again').toHaveLength(2);
});

test('what is not there is refused, and too many', async () => {
	expect(await ask(anAddress(), { slug: 'no-such-program' })).toEqual({ refused: 'unknown' });
	expect(await ask(anAddress(), { area: randomUUID() })).toEqual({ refused: 'unknown' });
	expect(await ask(anAddress(), { slug: other.slug, area: areas[0]! })).toEqual({ refused: 'unknown' });
	const address = anAddress();
	for (let n = 0; n < 5; n++) expect(await ask(address)).toEqual({ ok: true });
	expect(await ask(address)).toEqual({ refused: 'too_many' });
	expect(await mailTo(address)).toHaveLength(5);
	const client = aClient();
	for (let n = 0; n < 30; n++) await ask(anAddress(), { client });
	expect(await ask(anAddress(), { client })).toEqual({ refused: 'too_many' });
});
