import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { readable } from '../../../../tests/support/pdf';
import type { Paper } from './paper';
import { canSet, readFonts, setPaper } from './paper-pdf';

const { resolve } = createRequire(import.meta.url);
const font = (name: string) => new Uint8Array(readFileSync(resolve(`@expo-google-fonts/${name}.ttf`)));
const fonts = readFonts({
	text: font('noto-sans/400Regular/NotoSans_400Regular'),
	strong: font('noto-sans/600SemiBold/NotoSans_600SemiBold'),
	heading: font('noto-serif/600SemiBold/NotoSerif_600SemiBold')
});
const paper = (text: string, name = 'Library'): Paper => ({
	title: 'To keep',
	isTitled: true,
	parts: [
		{
			key: 'a',
			heading: 'What I can do now',
			blocks: [
				{ kind: 'words', text },
				{ kind: 'items', items: [{ name, lines: ['1661 Napier St'] }] }
			]
		}
	]
});

test.each([
	'Plain words, “quoted” – and done…',
	'Žluťoučký kůň, ça va, ñandú, Ålesund',
	'Это письмо тебе.',
	'Αυτό είναι για σένα.',
	'Tôi có thể đi xe buýt một mình. ế ộ ữ',
	'Decomposed: e\u0301 o\u0302\u0309',
	'Line one\nLine two\r\n\tLine three'
])('%j can be set', async (text) => {
	expect(canSet(paper(text), fonts)).toBe(true);
	const pdf = await setPaper(paper(text), fonts, 'letter');
	expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
	expect(pdf.byteLength).toBeLessThan(80_000);
});

test.each(['你可以自己坐车。', 'شكرا لك', 'ਧੰਨਵਾਦ', 'ありがとう', 'תודה', 'Well done 🎉', 'हिन्दी'])(
	'%j is left to the browser, which has the letters',
	(text) => {
		expect(canSet(paper(text), fonts)).toBe(false);
		expect(canSet(paper('x', text), fonts)).toBe(false);
	}
);

test('the metadata holds the title and our name, and nothing of anybody', async () => {
	const file = readable(await setPaper(paper('Bob Sample can take the bus', 'Devon’s café'), fonts, 'letter'));
	expect(file).toContain('/Title');
	for (const told of ['Bob', 'Sample', 'Devon', 'bus', 'PDFKit']) expect(file).not.toContain(told);
	expect(file).toMatch(/<pdf:Producer>Bearings<\/pdf:Producer>/);
	expect(file).toMatch(/\/Lang \(en\)/);
	expect(file).toMatch(/\/MarkInfo/);
});

test('it is Letter unless A4 is asked for', async () => {
	const letter = readable(await setPaper(paper('x'), fonts, 'letter'));
	const a4 = readable(await setPaper(paper('x'), fonts, 'a4'));
	expect(letter).toContain('/MediaBox [0 0 612 792]');
	expect(a4).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
});

test('a long letter goes on over pages', async () => {
	const pages = readable(await setPaper(paper('A sentence that goes on. '.repeat(400)), fonts, 'letter'));
	expect(pages.match(/\/Type \/Page\b(?!s)/g)!.length).toBeGreaterThan(2);
});
