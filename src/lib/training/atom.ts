/** A feed of news for feed readers (Atom, RFC 4287). */

export interface AtomEntry {
	/** An IRI, such as `urn:uuid:…`; stable for ever. */
	id: string;
	/** Plain text, as are `summary` and `author`. */
	title: string;
	/** Absolute. */
	url: string;
	/** ISO instants. */
	published: string;
	updated: string;
	summary: string;
	/** The name of a person or of an organization. */
	author: string;
}

export interface AtomFeed {
	/** Plain text. */
	title: string;
	/** An IRI; stable for ever, wherever the feed moves. */
	id: string;
	/** Where the feed is, and the page that it belongs to; absolute. */
	self: string;
	home: string;
	/** ISO instant: the last change that a reader should see. */
	updated: string;
	/** In the order in which they are to be shown. */
	entries: readonly AtomEntry[];
}

/** Characters that no XML document may hold, however written (XML 1.0, section 2.2); halves of a pair among them. */
const FORBIDDEN = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** For text and for attributes in double quotes. */
const escaped = (text: string): string =>
	text
		.replaceAll(FORBIDDEN, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('\r', '&#13;');

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

/** @throws RangeError for what is no instant */
const instant = (name: 'published' | 'updated', iso: string): string => element(name, new Date(iso).toISOString());

const link = (rel: 'self' | 'alternate', type: string, href: string): string =>
	`<link rel="${rel}" type="${type}" href="${escaped(href)}"/>`;

const entryXml = (entry: AtomEntry): string => `<entry>
${element('id', entry.id)}
${element('title', entry.title)}
${link('alternate', 'text/html', entry.url)}
${instant('published', entry.published)}
${instant('updated', entry.updated)}
<author>${element('name', entry.author)}</author>
${element('summary', entry.summary)}
</entry>
`;

/**
 * The feed as UTF-8 XML, for `application/atom+xml`. The same entries make the same feed; it is valid with none.
 * @throws RangeError for what is no instant
 */
export const atomFeed = (feed: AtomFeed): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
${element('id', feed.id)}
${element('title', feed.title)}
${link('self', 'application/atom+xml', feed.self)}
${link('alternate', 'text/html', feed.home)}
${instant('updated', feed.updated)}
${feed.entries.map(entryXml).join('')}</feed>
`;
