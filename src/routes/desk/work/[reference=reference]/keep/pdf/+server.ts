import { redirect } from '@sveltejs/kit';
import { readKeep } from '$lib/referrals/ending/keep.server';
import { pdfOf } from '$lib/referrals/ending/paper.server';
import type { RequestHandler } from './$types';

/** The page to keep as a PDF; where it has letters that we can't set, its page says how the browser makes one. */
export const GET: RequestHandler = async (event) => {
	const { paper } = await readKeep(event);
	const { searchParams } = event.url;
	const pdf = await pdfOf(paper, searchParams.get('size'), 'to-keep');
	if (pdf) return pdf;
	const query = new URLSearchParams(searchParams);
	query.set('pdf', 'no');
	redirect(303, `/desk/work/${event.params.reference}/keep?${query}`);
};
