/** Sets a paper as a PDF: tagged, with its fonts in it, and with nothing in its metadata that a stranger should read. */
import { create, type Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import { textsOf, type Paper, type PaperItem, type PaperSize } from './paper';

const FACES = ['text', 'strong', 'heading'] as const;
type Face = (typeof FACES)[number];
export type PaperFonts = Record<Face, Font>;

/** Reads TrueType fonts. That takes ten times as long as a page does: read once, they set any number of papers. */
export const readFonts = (bytes: Record<Face, Uint8Array>): PaperFonts => ({
	text: create(bytes.text),
	strong: create(bytes.strong),
	heading: create(bytes.heading)
});

/** What is laid out letter by letter, from left to right, without joining. */
const SIMPLE = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** Says how a letter is drawn, or breaks a line; nothing that is drawn. */
const UNDRAWN = /\r|\p{Default_Ignorable_Code_Point}/gu;

const clean = (text: string) => text.normalize('NFC').replaceAll(UNDRAWN, '').replaceAll('\t', ' ');

/** Whether every letter can be set as it should be; otherwise the browser does it better. */
export function canSet(paper: Paper, fonts: PaperFonts): boolean {
	const all = clean(textsOf(paper).join(' ')).replaceAll('\n', ' ');
	if (!SIMPLE.test(all)) return false;
	return [...new Set(all)].every((letter) =>
		FACES.every((face) => fonts[face].hasGlyphForCodePoint(letter.codePointAt(0)!))
	);
}

const SIZES = { letter: 'LETTER', a4: 'A4' } as const;
const MARGIN = 60;
const INK = '#17302a';
const EVERGREEN = '#1c5141';
const SOFT = '#4a5f57';

export async function setPaper(paper: Paper, fonts: PaperFonts, size: PaperSize): Promise<Uint8Array<ArrayBuffer>> {
	const doc = new PDFDocument({
		size: SIZES[size],
		margin: MARGIN,
		// None of the fonts that every reader has: they have too few letters.
		font: '',
		pdfVersion: '1.7',
		lang: 'en',
		tagged: true,
		displayTitle: true,
		info: { Title: paper.title, Author: '', Creator: 'Bearings', Producer: 'Bearings' }
	});
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	const ended = new Promise<void>((resolve, reject) => {
		doc.on('data', (chunk: Uint8Array<ArrayBuffer>) => chunks.push(chunk));
		doc.on('end', resolve);
		doc.on('error', reject);
	});
	// The library takes fonts that are read already; its types don't know that yet.
	for (const face of FACES) doc.registerFont(face, fonts[face] as unknown as Uint8Array);
	draw(doc, paper);
	doc.end();
	await ended;
	return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function draw(doc: PDFKit.PDFDocument, { title, isTitled, parts }: Paper): void {
	const root = doc.struct('Document');
	doc.addStructure(root);
	const say = (text: string, type: string, gap = 0) => {
		doc.text(clean(text), { structParent: root, structType: type, lineGap: 3, paragraphGap: gap });
	};
	/** Keeps what follows on the page of what it belongs to. */
	const keepTogether = (height: number) => {
		if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
	};
	const item = ({ name, lines }: PaperItem) => {
		keepTogether(20 + lines.length * 17);
		doc.font('strong').fontSize(11.5).fillColor(INK);
		say(name, 'P');
		doc.font('text').fontSize(11).fillColor(SOFT);
		for (const line of lines) say(line, 'P');
		doc.moveDown(0.5);
	};

	if (isTitled) {
		doc.font('heading').fontSize(26).fillColor(EVERGREEN);
		say(title, 'H1');
		doc.moveDown(0.5);
	}
	for (const { heading, blocks } of parts) {
		if (heading) {
			keepTogether(70);
			doc.moveDown(0.3).font('heading').fontSize(15).fillColor(EVERGREEN);
			say(heading, 'H2');
			doc.moveDown(0.25);
		}
		for (const block of blocks) {
			if (block.kind === 'items') block.items.forEach(item);
			else {
				doc.font('text').fontSize(11.5).fillColor(INK);
				for (const line of block.text.split('\n')) {
					if (line.trim() === '') doc.moveDown(0.6);
					else say(line, 'P', 2);
				}
				doc.moveDown(0.6);
			}
		}
	}
	root.end();
}
