/** Writing SVG: presentation attributes only, so that it looks the same opened by itself under our CSP. */
import type { Point } from '../geo.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that XML forbids. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text that means nothing to XML; what XML forbids is left out. */
export const escapeXml = (text: string) => text.replace(forbidden, '').replace(/[&<>"']/g, (c) => entities[c]!);

/** A whole number of tenths, as short as SVG allows: -5 is "-.5". */
function tenths(value: number): string {
	const rest = Math.abs(value % 10);
	const whole = Math.trunc(value / 10);
	if (rest === 0) return String(whole === 0 ? 0 : whole);
	return `${value < 0 ? '-' : ''}${whole === 0 ? '' : Math.abs(whole)}.${rest}`;
}

/** A number to one decimal. */
export const short = (value: number) => tenths(Math.round(value * 10));

/** A path's `d`: to a tenth of a pixel, each point relative to the one before. */
export function pathData(points: readonly Point[], closed = false): string {
	let [x, y] = [0, 0];
	let d = '';
	for (const point of points) {
		const [nextX, nextY] = [Math.round(point[0] * 10), Math.round(point[1] * 10)];
		if (d !== '' && nextX === x && nextY === y) continue;
		const down = tenths(nextY - y);
		const pair = `${tenths(nextX - x)}${down.startsWith('-') ? '' : ' '}${down}`;
		d += d === '' ? `M${pair}l` : `${d.endsWith('l') || pair.startsWith('-') ? '' : ' '}${pair}`;
		[x, y] = [nextX, nextY];
	}
	return d.endsWith('l') ? '' : d + (closed && d !== '' ? 'z' : '');
}

type Value = string | number | undefined;

/** One element; attributes that are undefined are left out, numbers are rounded. `content` is markup, already escaped. */
export function element(name: string, attributes: Record<string, Value>, content = ''): string {
	const list = Object.entries(attributes)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escapeXml(value!)}"`)
		.join('');
	return content === '' ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** About how wide some text is in a sans-serif face, in pixels. Rather too wide than too narrow. */
export function textWidth(text: string, size: number, spacing = 0): number {
	let ems = 0;
	for (const c of text) ems += /[A-ZMWmw—]/.test(c) ? 0.74 : /[iljtf1 .,'’-]/.test(c) ? 0.34 : 0.58;
	return ems * size + text.length * spacing;
}
