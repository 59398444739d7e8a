import { redirect } from '@sveltejs/kit';
import { readLetter } from '$lib/referrals/ending/letter-paper.server';
import { pdfOf } from '$lib/referrals/ending/paper.server';
import { supportPage } from '$lib/referrals/support/support-page.server';
import { staffAddress } from '$lib/people/address';
import type { RequestHandler } from './$types';

/** The letter as a PDF; where it has letters that we can't set, its page says how the browser makes one. */
export const GET: RequestHandler = async (event) => {
	const { paper } = await readLetter(event);
	const pdf = await pdfOf(paper, event.url.searchParams.get('size'), 'letter');
	if (pdf) return pdf;
	const { person, program } = await supportPage(event);
	const page = staffAddress(`/desk/work/${event.params.reference}/letter/paper`, {
		program: program.slug,
		several: person.programs.length > 1
	});
	redirect(303, `${page}${page.includes('?') ? '&' : '?'}pdf=no`);
};
