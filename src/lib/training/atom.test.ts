import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { type AtomEntry, type AtomFeed, atomFeed } from './atom';

const anEntry = (given: Partial<AtomEntry> = {}): AtomEntry => ({
	id: 'urn:uuid:6f1c3f8e-7d0a-4c55-9a53-0b8f6a1f2a10',
	title: 'Winter',
	url: 'https://bearings.example/training/winter',
	published: '2026-12-01T08:30:15-08:00',
	updated: '2026-12-02T08:30:15Z',
	summary: 'Six classes.',
	author: 'A programme',
	...given
});

const aFeed = (given: Partial<AtomFeed> = {}): AtomFeed => ({
	title: 'Trainings',
	id: 'https://bearings.example/training/feed.xml',
	self: 'https://bearings.example/training/feed.xml',
	home: 'https://bearings.example/training',
	updated: '2026-12-02T08:30:15Z',
	entries: [anEntry()],
	...given
});

/** `[path, text or attributes]` of each element that has some. @throws where the XML is not well-formed */
function read(xml: string): [string, string | Record<string, string>][] {
	const found: [string, string | Record<string, string>][] = [];
	const path: string[] = [];
	const parser = new SaxesParser({ xmlns: true });
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('opentag', ({ name, uri, attributes }) => {
		expect(uri).toBe('http://www.w3.org/2005/Atom');
		path.push(name);
		const given = Object.values(attributes).filter(({ local }) => local !== 'xmlns');
		if (given.length) found.push([path.join(' '), Object.fromEntries(given.map(({ local, value }) => [local, value]))]);
	});
	parser.on('text', (text) => text.trim() && found.push([path.join(' '), text]));
	parser.on('closetag', () => void path.pop());
	parser.write(xml).close();
	return found;
}

test('a feed says what RFC 4287 wants of it', () => {
	expect(read(atomFeed(aFeed()))).toEqual([
		['feed id', 'https://bearings.example/training/feed.xml'],
		['feed title', 'Trainings'],
		['feed link', { rel: 'self', type: 'application/atom+xml', href: 'https://bearings.example/training/feed.xml' }],
		['feed link', { rel: 'alternate', type: 'text/html', href: 'https://bearings.example/training' }],
		['feed updated', '2026-12-02T08:30:15.000Z'],
		['feed entry id', 'urn:uuid:6f1c3f8e-7d0a-4c55-9a53-0b8f6a1f2a10'],
		['feed entry title', 'Winter'],
		['feed entry link', { rel: 'alternate', type: 'text/html', href: 'https://bearings.example/training/winter' }],
		['feed entry published', '2026-12-01T16:30:15.000Z'],
		['feed entry updated', '2026-12-02T08:30:15.000Z'],
		['feed entry author name', 'A programme'],
		['feed entry summary', 'Six classes.']
	]);
});

test('it stands without entries', () => {
	expect(read(atomFeed(aFeed({ entries: [] }))).map(([path]) => path)).toEqual([
		'feed id',
		'feed title',
		'feed link',
		'feed link',
		'feed updated'
	]);
});

test('entries keep their order, and the same entries make the same feed', () => {
	const feed = aFeed({ entries: [anEntry({ title: 'B' }), anEntry({ title: 'A' })] });
	const titles = read(atomFeed(feed)).filter(([path]) => path === 'feed entry title');
	expect(titles.map(([, title]) => title)).toEqual(['B', 'A']);
	expect(atomFeed(feed)).toBe(atomFeed(feed));
});

describe('what somebody typed', () => {
	test.each([
		['<script>alert(1)</script>', undefined],
		['Tea & talk &amp; &lt; &#60;', undefined],
		[']]> <![CDATA[ <!-- --> <?php ?>', undefined],
		['"double" \'single\'', undefined],
		['one\r\ntwo\rthree\nfour\tfive', undefined],
		['שלום مرحبا 🧭', undefined],
		['$& $1', undefined],
		['nul\0 bell\u0007 \v\f escape\u001b', 'nul bell  escape'],
		['half \ud83e of a compass \ufffe\uffff', 'half  of a compass ']
	])('%j comes back', (words, comesBack = words) => {
		const entry = anEntry({ title: words, summary: words, author: words });
		const found = read(atomFeed(aFeed({ title: words, entries: [entry] })));
		const texts = found.filter(([path]) => /(title|summary|name)$/.test(path));
		expect(texts.map(([, text]) => text)).toEqual([comesBack, comesBack, comesBack, comesBack]);
	});

	test('an address may hold anything that an address may', () => {
		const url = 'https://bearings.example/training/a?b=1&c=%22<">';
		const links = read(atomFeed(aFeed({ entries: [anEntry({ url })] }))).filter(([path]) => path === 'feed entry link');
		expect(links).toEqual([['feed entry link', { rel: 'alternate', type: 'text/html', href: url }]]);
	});
});

test('what is no instant is refused', () => {
	expect(() => atomFeed(aFeed({ updated: 'soon' }))).toThrow(RangeError);
	expect(() => atomFeed(aFeed({ entries: [anEntry({ published: '' })] }))).toThrow(RangeError);
});
