/** A request as the database takes it: what is plain, what is sealed for the referral's row, and the hashes it is found by. */
import { hashKey, keyring } from '$lib/server/keyring';
import { keyedHash } from '$lib/server/keyed-hash';
import { seal, unseal } from '$lib/server/seal';
import type { Json } from '$lib/server/database.types';
import { goalsOf, type WholeDraft } from './request';
import { emailKey, nameKey, phoneKey, searchKeys, type SearchKey } from './search-keys';

/** What is sealed of a referral: the columns of `private.referral_details`. */
export interface Details {
	client: { name: string };
	contact: { via: 'team' | 'client'; phone: string; email: string; safe: string[] };
	goals: string[];
	safety: { text: string };
	/** `team` where theirs is not listed. */
	referrer: { name: string; phone: string; team: string; second_name: string };
}
export type DetailColumn = keyof Details;

/** What is sealed of an event on the timeline. */
export interface EventWords {
	text: string;
	/** Who else may help: with a no. */
	who_may_help?: string;
}

const detailAt = (referral: string, column: DetailColumn) => ({ table: 'referral_details', row: referral, column });
const wordsAt = (event: string) => ({ table: 'referral_events', row: event, column: 'words' });

const hashed = async ({ kind, value }: SearchKey) => ({
	kind,
	hash: await keyedHash(hashKey(), `referral ${kind}`, value)
});

/** The hashes of what somebody searches for. */
export const searchHashes = async (typed: string): Promise<string[]> =>
	(await Promise.all(searchKeys(typed).map(hashed))).map(({ hash }) => hash);

/**
 * Seals a request for the referral that it becomes.
 *
 * @param referral the row's id, which is the draft's
 */
export async function sealRequest(
	referral: string,
	{ you, team, client, safety }: Pick<WholeDraft, 'you' | 'team' | 'client' | 'safety'>
): Promise<Json> {
	const direct = safety.via === 'client';
	const details: Details = {
		client: { name: client.name },
		contact: {
			via: safety.via,
			phone: direct ? safety.phone : '',
			email: direct ? safety.email : '',
			safe: direct ? safety.safe : []
		},
		goals: goalsOf(client),
		safety: { text: safety.safety },
		referrer: { name: you.name, phone: you.phone, team: team ? '' : you.team, second_name: you.second_name }
	};
	const columns = Object.keys(details) as DetailColumn[];
	const sealed = await Promise.all(
		columns.map(async (column) => [column, await seal(keyring(), detailAt(referral, column), details[column])] as const)
	);
	const keys = [nameKey(client.name), phoneKey(details.contact.phone), emailKey(details.contact.email)];
	return {
		...Object.fromEntries(sealed),
		team_id: team?.id ?? null,
		area_id: client.area_id || null,
		second_email: you.second_email || null,
		age_band: client.age_band || null,
		language_codes: client.languages,
		consented_on: client.consented_on,
		hashes: await Promise.all(keys.filter((key) => key !== null).map(hashed))
	};
}

/** Opens the sealed columns that are there. @throws SealBroken */
export async function openDetails(
	referral: string,
	sealed: Partial<Record<DetailColumn, string | null>>
): Promise<Partial<Details>> {
	const opened = await Promise.all(
		(Object.entries(sealed) as [DetailColumn, string | null][])
			.filter((entry): entry is [DetailColumn, string] => entry[1] !== null)
			.map(async ([column, value]) => [column, await unseal(keyring(), detailAt(referral, column), value)] as const)
	);
	return Object.fromEntries(opened) as Partial<Details>;
}

/** Seals the words of an event that is to be written under this id. */
export const sealWords = (event: string, words: EventWords): Promise<string> => seal(keyring(), wordsAt(event), words);

/** @throws SealBroken */
export const openWords = async (event: string, sealed: string): Promise<EventWords> =>
	(await unseal(keyring(), wordsAt(event), sealed)) as EventWords;
