import { z } from 'zod';
import { asTyped } from '$lib/forms/as-typed';
import { m } from '$lib/paraglide/messages';
import { numberInWords } from '$lib/ui/number';

const MOST = 2000;

/** An answer to our question. */
export const Answer = z.object({
	/** The id under which it is sealed: posted twice, it is one. */
	event_id: z.guid(),
	/** The version of the request that the person has seen. */
	version: z.number().int().positive(),
	answer: z
		.string()
		.overwrite(asTyped)
		.min(1, { error: () => m.mine_answer_empty() })
		.refine((text) => text.length <= MOST, {
			error: ({ input }) => m.mine_answer_long({ count: numberInWords(String(input).length) })
		})
});

/** To take the request back. */
export const Withdraw = z.object({ version: z.number().int().positive() });
