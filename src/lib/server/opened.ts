/** Opening what is sealed for a page that stands without it: one value that does not open is said to be broken, and the rest is shown. */
import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { keyring } from './keyring';
import { logFailure } from './log';
import { SealBroken, unseal, type SealedAt } from './seal';

/** What can't be opened with the keys that are here. */
export const BROKEN = 'broken';
/** Null where there is nothing. */
export type Opened<T> = T | typeof BROKEN | null;

/** Told of what does not open; the error names the column, never a value. */
export type OnBroken = (error: SealBroken) => void;

/** Logs what does not open, under the request's id. */
export const brokenIn =
	({ locals, route }: Pick<RequestEvent, 'locals' | 'route'>): OnBroken =>
	(broken) =>
		logFailure(locals.requestId, route.id, broken);

/** Null where there is nothing. */
export async function opened<T>(open: () => Promise<T | null>, onBroken: OnBroken): Promise<Opened<T>> {
	try {
		return await open();
	} catch (error) {
		if (!(error instanceof SealBroken)) throw error;
		onBroken(error);
		return BROKEN;
	}
}

/** A sealed value of a shape; what opens and is of no shape we know is broken, too. */
export async function openSealed<T>(
	schema: z.ZodType<T>,
	at: SealedAt,
	sealed: string | null,
	onBroken: OnBroken
): Promise<Opened<T>> {
	if (sealed === null) return null;
	return opened(async () => {
		const { data } = schema.safeParse(await unseal(keyring(), at, sealed));
		if (data === undefined) throw new SealBroken(`A sealed value of ${at.table}.${at.column} has another shape.`);
		return data;
	}, onBroken);
}
