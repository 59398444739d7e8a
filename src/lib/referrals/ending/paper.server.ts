/** Answers a paper as a PDF. The fonts are files beside the Worker, not in it, read when one is first set. */
import headingFont from '@expo-google-fonts/noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf?url';
import textFont from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf?url';
import strongFont from '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf?url';
import { read } from '$app/server';
import { PRIVATE_CACHE } from '$lib/server/headers';
import { paperSize, type Paper } from './paper';
import { canSet, readFonts, setPaper, type PaperFonts } from './paper-pdf';

const bytes = async (file: string) => new Uint8Array(await read(file).arrayBuffer());

let kept: Promise<PaperFonts> | undefined;

function fonts(): Promise<PaperFonts> {
	kept ??= Promise.all([bytes(textFont), bytes(strongFont), bytes(headingFont)]).then(([text, strong, heading]) =>
		readFonts({ text, strong, heading })
	);
	// What went wrong once is tried again.
	kept.catch(() => (kept = undefined));
	return kept;
}

/** Null where it has letters that can't be set. The file's name tells nothing of whose it is. */
export async function pdfOf(paper: Paper, size: string | null, name: 'letter' | 'to-keep'): Promise<Response | null> {
	const present = await fonts();
	if (!canSet(paper, present)) return null;
	return new Response(await setPaper(paper, present, paperSize(size)), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="${name}.pdf"`,
			'cache-control': PRIVATE_CACHE,
			'x-robots-tag': 'noindex'
		}
	});
}
