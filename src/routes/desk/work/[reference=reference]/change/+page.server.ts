import { fail, redirect } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { drainSoon } from '$lib/mail/outbox.server';
import { staffAddress } from '$lib/people/address';
import { forgetTyped, typedBefore } from '$lib/people/kept-form.server';
import * as desk from '$lib/referrals/desk.server';
import { openForm } from '$lib/referrals/desk-page.server';
import {
	hasHappened,
	leave,
	leaveIfGone,
	over,
	supportAddress,
	supportPage
} from '$lib/referrals/support/support-page.server';
import { ChangeForm, MOVES, type SupportMove } from '$lib/referrals/support/work-schemas';
import type { Support } from '$lib/referrals/support/support.server';
import type { MoveRefusal } from '$lib/referrals/refusal-words';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program, support } = await supportPage(event);
	const possible = MOVES.filter((move) => support.moves.includes(move));
	const opening = possible.length === 1 ? { what: possible[0]! } : {};
	const opened = await openForm(event, support, zod4(ChangeForm), opening);
	const { what } = opened.form.data;
	if ((await typedBefore(event)) && (await isSent(support, opened.form.data))) await leave(event, { done: what });
	return { program, support, possible, ...opened };
};

const givenOf = ({ whose }: Pick<ChangeForm, 'whose'>): desk.Given => ({ for_peer: whose === 'peer' });

const isSent = (support: Support, typed: ChangeForm): Promise<boolean> =>
	hasHappened(support, typed, typed.what, givenOf(typed));

export const actions: Actions = {
	default: async (event) => {
		await leaveIfGone(event, 'worker_no', (typed) => givenOf({ whose: typed.get('whose') === 'peer' ? 'peer' : '' }));
		const { person, program, support } = await supportPage(event);
		const form = await superValidate(event.request, zod4(ChangeForm));
		if (!form.valid) return fail(400, { form, refused: null as MoveRefusal | null });
		const what = form.data.what as SupportMove;
		const held = { ...form.data, id: support.id };
		const refused = await desk.move(event.locals.personal, held, what, givenOf(form.data));
		if (refused === 'not_found') over([]);
		if (refused && !(await isSent(support, form.data)))
			return fail(refused === 'stale' || refused === 'not_possible' ? 409 : 400, { form, refused });
		drainSoon(event);
		await forgetTyped(event);
		// Whoever will not support them after all sees them no more.
		redirect(
			303,
			what === 'worker_no'
				? staffAddress('/desk/work', { program: program.slug, several: person.programs.length > 1, done: what })
				: await supportAddress(event, { done: what })
		);
	}
};
