/**
 * What a mail says, written once for both of its forms: plain text that can be read by itself, and HTML that needs no
 * image and loads nothing.
 */
import { getLocale, getTextDirection } from '$lib/paraglide/runtime';
import { palettes, type Palette } from '$lib/ui/palette';

/** A paragraph; a code to be typed; or the address of a page, with what its link says. */
export type Part = string | { code: string } | { href: string; label: string };

export interface Letter {
	/** Neutral: others may see it on the screen. */
	subject: string;
	parts: readonly Part[];
	/** Where a mail program may end these messages with one press (RFC 8058); none for mail that somebody needs. */
	unsubscribe?: string;
}

/** For mail programs' own button (RFC 8058); nothing for what nobody subscribed to. */
export const letterHeaders = ({ unsubscribe }: Letter): Record<string, string> | undefined =>
	unsubscribe === undefined
		? undefined
		: { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

/** Paragraphs apart by an empty line; an address on a line of its own, so that it can be followed or copied. */
export function letterText({ parts }: Letter): string {
	const paragraphs = parts.map((part) => {
		if (typeof part === 'string') return oneLine(part);
		return 'code' in part ? part.code : `${oneLine(part.label)}:\n${part.href}`;
	});
	return `${paragraphs.join('\n\n')}\n`;
}

export function letterHtml({ subject, parts }: Letter): string {
	const paragraphs = parts.map((part) => {
		if (typeof part === 'string') return `<p>${escape(oneLine(part))}</p>`;
		if ('code' in part) return `<p class="code">${escape(part.code)}</p>`;
		return `<p><a href="${escape(part.href)}">${escape(oneLine(part.label))}</a></p>`;
	});
	return `<!doctype html>
<html lang="${escape(getLocale())}" dir="${getTextDirection()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(oneLine(subject))}</title>
<style>${STYLE}</style>
</head>
<body>
<div class="letter">
${paragraphs.join('\n')}
</div>
</body>
</html>
`;
}

const colours = ({ paper, ink, evergreen }: Palette) =>
	`body,.letter{background:${paper};color:${ink}}a{color:${evergreen}}`;

const STYLE = [
	':root{color-scheme:light dark}',
	'body{margin:0}',
	'.letter{max-width:34em;margin:0 auto;padding:16px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}',
	'.code{font-size:28px;font-weight:bold;letter-spacing:4px}',
	colours(palettes.light),
	`@media (prefers-color-scheme:dark){${colours(palettes.dark)}}`
].join('');

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
