/**
 * Makes `static/icons.svg`, the one sprite that every page shares: an icon from Maki (CC0) for each that
 * `taxonomy.csv` names, and the few that the pages themselves need. Run it after a change to either:
 *
 *     npm exec -- node scripts/icons.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Maki's drawings under the pages' own names. */
const borrowed: Record<string, string> = {
	arrow: 'arrow',
	cross: 'cross',
	marker: 'marker',
	warning: 'caution',
	wheelchair: 'wheelchair'
};

const line = (width: number) =>
	`fill="none" stroke="currentColor" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;
const stroke = line(1.6);

/** Drawn here, on Maki's grid of fifteen, where Maki has none that fits. */
const drawn: Record<string, string> = {
	check: `<path ${line(2)} d="M2.5 8.2 5.9 11.6 12.5 3.9"/>`,
	clock: `<g ${stroke}><circle cx="7.5" cy="7.5" r="6"/><path d="M7.5 4v3.7l2.4 1.7"/></g>`,
	external: `<g ${stroke}><path d="M6 3H3v9h9V9"/><path d="M8.7 2H13v4.3M12.6 2.4 7 8"/></g>`,
	info: `<g ${stroke}><circle cx="7.5" cy="7.5" r="6"/><path d="M7.5 7.2v3.6"/></g><circle cx="7.5" cy="4.5" r="1"/>`,
	leave: `<g ${stroke}><path d="M8 2H2.5v11H8"/><path d="M6 7.5h7M10.3 4.6l2.9 2.9-2.9 2.9"/></g>`,
	list: `<path ${stroke} d="M5.5 3.5H13M5.5 7.5H13M5.5 11.5H13M2.2 3.5h.1M2.2 7.5h.1M2.2 11.5h.1"/>`,
	map: `<path ${stroke} d="M1.5 3.8 5.5 2v9.3l-4 1.8zM5.5 2l4 1.8v9.3l-4-1.8M9.5 3.8l4-1.8v9.2l-4 1.9"/>`,
	message: `<path ${stroke} d="M2 2.8h11v7.4H7.3L4.2 13v-2.8H2z"/>`,
	people:
		'<circle cx="4" cy="4.6" r="2"/><circle cx="11" cy="4.6" r="2"/><path d="M.5 12.5c0-3 1.4-5 3.5-5s3.5 2 3.5 5zM7.5 12.5c0-3 1.4-5 3.5-5s3.5 2 3.5 5z"/>',
	phone:
		'<path d="M4.1 1.5c.5-.2 1 0 1.3.5l1.2 2.3c.2.5.1 1-.3 1.3l-1 .9c.7 1.4 1.8 2.5 3.2 3.2l.9-1c.3-.4.8-.5 1.3-.3L13 9.6c.5.3.7.8.5 1.3-.4 1.5-1.7 2.6-3.3 2.4C5.7 12.7 2.3 9.3 1.7 4.8 1.5 3.2 2.6 1.9 4.1 1.5z"/>',
	print: `<g ${stroke}><path d="M4 5V1.8h7V5M4 11H2V5.5h11V11h-2"/><path d="M4 8.8h7v4.4H4z"/></g>`,
	search: `<path ${line(2)} d="M10.2 10.2 13.3 13.3M6.4 11a4.6 4.6 0 1 1 0-9.2 4.6 4.6 0 0 1 0 9.2z"/>`
};

/** Maki's file without its wrapper: the shapes alone, in one line. */
function shapes(name: string): string {
	const svg = read(`node_modules/@mapbox/maki/icons/${name}.svg`);
	return svg
		.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
		.replace(/ id="[^"]*"/g, '')
		.replace(/&#xA;|&#x9;|\s+/g, ' ')
		.replace(/> </g, '><')
		.trim();
}

export function sprite(): string {
	const terms = parse<{ icon: string }>(read('supabase/seed/taxonomy.csv'), { columns: true });
	const icons = new Map<string, string>();
	for (const { icon } of terms) icons.set(icon, drawn[icon] ?? shapes(icon));
	for (const [name, maki] of Object.entries(borrowed)) icons.set(name, shapes(maki));
	for (const [name, svg] of Object.entries(drawn)) icons.set(name, svg);

	const symbols = [...icons]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([name, svg]) => `<symbol id="${name}" viewBox="0 0 15 15">${svg}</symbol>`);
	return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const text = sprite();
	writeFileSync(new URL('static/icons.svg', root), text);
	console.log(`static/icons.svg: ${text.match(/<symbol/g)?.length ?? 0} icons`);
}
