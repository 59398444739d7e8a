import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { staffAddress } from '$lib/people/address';
import { staff } from '$lib/people/staff.server';
import * as desk from '$lib/referrals/desk.server';
import { Held } from '$lib/referrals/desk-schemas';
import { readProposal } from '$lib/referrals/support/work.server';
import { brokenIn } from '$lib/server/opened';
import type { Actions, PageServerLoad } from './$types';

/** The worker, and what they may see; a question that is not open any more is null. */
async function asked(event: RequestEvent<{ reference: string }>, opening = false) {
	const { person, program } = await staff(event, 'worker');
	const proposal = await readProposal(event.locals.personal, event.params.reference, opening, brokenIn(event));
	return { person, program: person.programs.find(({ id }) => id === proposal?.program_id) ?? program, proposal };
}

export const load: PageServerLoad = async (event) => {
	const { program, proposal } = await asked(event);
	return { program, proposal, form: crypto.randomUUID() };
};

/** An answer leads back to the list, which says what was done. */
async function after(event: RequestEvent<{ reference: string }>, done: string): Promise<never> {
	const { person, program } = await staff(event, 'worker');
	drainSoon(event);
	redirect(303, staffAddress('/desk/work', { program: program.slug, several: person.programs.length > 1, done }));
}

const answer =
	(move: 'worker_yes' | 'worker_no', reason?: 'knows_them') => async (event: RequestEvent<{ reference: string }>) => {
		await staff(event, 'worker');
		const { data, valid } = await superValidate(event.request, zod4(Held));
		const refused = valid ? await desk.move(event.locals.personal, data, move, { reason }) : 'stale';
		if (!refused) {
			return after(event, move === 'worker_yes' ? 'yes' : (reason ?? 'no'));
		}
		// Said twice, it is said once: whoever said yes already has said it.
		const { proposal } = await asked(event);
		if (move === 'worker_yes' && proposal?.said_yes_at) return after(event, 'yes');
		return fail(409, { refused });
	};

export const actions: Actions = {
	more: async (event) => {
		await asked(event, true);
		const { person, program } = await staff(event, 'worker');
		redirect(303, staffAddress(event.url.pathname, { program: program.slug, several: person.programs.length > 1 }));
	},
	yes: answer('worker_yes'),
	knows: answer('worker_no', 'knows_them'),
	no: answer('worker_no')
};
