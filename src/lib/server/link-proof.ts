import { keyedHash } from './keyed-hash';

/**
 * What a mailed sign-in link carries beside Auth's `token_hash`. That hash is made of the address and six digits, so that
 * anybody could make a million of them and try each: only this says that a link was in a mail of ours.
 */
export const linkProof = async (key: string, tokenHash: string): Promise<string> =>
	// 128 bits are enough, and keep the link short.
	(await keyedHash(key, 'sign-in link', tokenHash)).slice(0, 32);
