import { requirePerson } from '$lib/people/guard.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ person: await requirePerson(event) });
