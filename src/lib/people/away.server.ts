import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import type { Supabase } from '$lib/server/supabase';
import * as people from './people.server';
import { Away } from './schemas';
import { refusalInWords } from './words';

const FIELDS: Partial<Record<string, 'until' | 'cover'>> = { past: 'until', no_cover: 'cover' };

/** Writes down what the form about time away says; the failed form where it can't be, null where it was done. */
export async function saveAway(request: Request, db: Supabase, program: string, person: string) {
	const form = await superValidate(request, zod4(Away));
	if (!form.valid) return fail(400, { away: form });
	const refused = await people.setAway(db, program, person, form.data);
	if (!refused) return null;
	setError(form, FIELDS[refused] ?? '', refusalInWords(refused));
	return fail(400, { away: form });
}

/** The form as it opens: what was typed before its writer was signed out, else what holds now. */
export const awayForm = (
	now: { away_until: string | null; cover_id: string | null } | undefined,
	typed: FormData | null
) =>
	superValidate(typed ?? { until: now?.away_until ?? '', cover: now?.cover_id ?? '' }, zod4(Away), { errors: false });
