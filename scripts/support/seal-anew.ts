/** Seals what lies under an older key anew, while people work. */
import { seal, SealBroken, unseal, type Keyring } from '../../src/lib/server/seal.ts';
import { answerOf, type Target } from './target.ts';

type Asked = Pick<Target, 'url' | 'client'>;

export interface SealedAnew {
	sealed: number;
	/** What doesn't open, by the id of the key that it is under. */
	broken: Map<string, number>;
	/** False where there was more of it after each pass: something still seals with an older key. */
	isDone: boolean;
}

interface Value {
	place: string;
	id: string;
	field: string;
	value: string;
}

/** As many as the database gives at most. */
const BATCH = 1000;
/** Requests at once. */
const AT_ONCE = 8;
/** Each begins anew, for what was written behind the one before; the last finds nothing. */
const PASSES = 10;

/**
 * Seals every value that is under another key than the keyring's first anew, where nobody has changed it meanwhile. What doesn't open
 * stays as it is.
 *
 * @param tell is told how many so far, after each full batch
 * @param batch values a request
 * @throws Trouble where the database can't be asked
 */
export async function sealAnew(
	target: Asked,
	keyring: Keyring,
	tell: (sealed: number) => void = () => {},
	batch = BATCH
): Promise<SealedAnew> {
	let sealed = 0;
	for (let pass = 1; ; pass++) {
		const broken = new Map<string, number>();
		let found = 0;
		for (let values = await next(target, keyring, batch); values.length > 0;) {
			const waiting = values.values();
			await Promise.all(
				Array.from({ length: AT_ONCE }, async () => {
					for (const value of waiting) {
						const outcome = await sealOne(target, keyring, value);
						if (outcome === 'broken') broken.set(keyOf(value), (broken.get(keyOf(value)) ?? 0) + 1);
						else found++;
						if (outcome === 'sealed') sealed++;
					}
				})
			);
			if (values.length === batch) tell(sealed);
			values = await next(target, keyring, batch, values.at(-1));
		}
		if (found === 0 || pass === PASSES) return { sealed, broken, isDone: found === 0 };
	}
}

async function next(target: Asked, { current }: Keyring, n: number, last?: Value): Promise<Value[]> {
	const after = last ? { place: last.place, id: last.id, field: last.field } : null;
	return answerOf(await target.client.rpc('sealed_under_other_keys', { key: current, n, after }), target) as Value[];
}

async function sealOne(
	target: Asked,
	keyring: Keyring,
	{ place, id, field, value }: Value
): Promise<'sealed' | 'changed' | 'broken'> {
	// What is kept unconfirmed is bound to where it will be.
	const at = { table: place === 'unconfirmed_referrals' ? 'referral_details' : place, row: id, column: field };
	let fresh: string;
	try {
		fresh = await seal(keyring, at, await unseal(keyring, at, value));
	} catch (error) {
		if (error instanceof SealBroken) return 'broken';
		throw error;
	}
	const answer = await target.client.rpc('replace_sealed', { place, id, field, was: value, sealed: fresh });
	return answerOf(answer, target) ? 'sealed' : 'changed';
}

const keyOf = ({ value }: Value) => value.split('.')[1] ?? '';
