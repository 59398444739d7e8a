/** What people in trainings are told, and the functions of the database as their callers see them. */
import type { Json } from '../../src/lib/server/database.types.ts';
import type { Client } from '../support/database.ts';
import { sql } from '../support/database.ts';

/** Calls a function of the database and gives its answer; an error is one of the test. */
export async function ask<Answer = Record<string, Json>>(
	db: Client,
	name: string,
	given: Record<string, unknown> = {}
): Promise<Answer> {
	const { data, error } = await db.rpc(name as 'whoami', given as never);
	if (error) throw new Error(`${name}: ${error.code}: ${error.message}`);
	return data as unknown as Answer;
}

export interface Told {
	kind: string;
	data: Record<string, unknown>;
}

/** The mails to somebody in a training, the oldest first. */
export const mailsOf = async (enrolment: string): Promise<(Told & { to: string })[]> => [
	...(await sql<(Told & { to: string })[]>`
		select template as kind, data, to_address as to from private.outbox
		where dedupe_key like ${`enrolment:${enrolment}:%`} order by created_at, ctid`)
];

/** What somebody without an address is still to be told. */
export const callsOf = async (enrolment: string): Promise<(Told & { id: string })[]> => [
	...(await sql<(Told & { id: string })[]>`
		select id, kind, data from private.enrolment_calls where enrolment_id = ${enrolment} and told_at is null
		order by created_at, ctid`)
];

/** The templates alone, by mail and by calls. */
export const toldOf = async (enrolment: string): Promise<{ mails: string[]; calls: string[] }> => ({
	mails: (await mailsOf(enrolment)).map(({ kind }) => kind),
	calls: (await callsOf(enrolment)).map(({ kind }) => kind)
});

/** The mails of interest to an address, the oldest first. */
export const interestMails = async (address: string): Promise<Told[]> => [
	...(await sql<Told[]>`
		select template as kind, data from private.outbox
		where to_address = ${address} and dedupe_key like 'interest:%' order by created_at, ctid`)
];
