import { inflateSync } from 'node:zlib';

/** A PDF with its streams inflated, as a curious reader sees it. */
export function readable(bytes: Uint8Array): string {
	const file = Buffer.from(bytes);
	let all = '';
	let from = 0;
	for (;;) {
		const start = file.indexOf('stream\n', from);
		if (start < 0) return all + file.toString('latin1', from);
		const end = file.indexOf('endstream', start);
		const raw = file.subarray(start + 7, end);
		all += file.toString('latin1', from, start);
		try {
			all += inflateSync(raw).toString('latin1');
		} catch {
			all += raw.toString('latin1');
		}
		from = end;
	}
}

/** What it says of itself: title, author, subject, keywords, producer and the like, as its dictionary and its metadata have them. */
export const saysOfItself = (all: string): string[] => [
	...(all.match(/\/(?:Title|Author|Subject|Keywords|Producer|Creator)\s*(?:\([^)]*\)|<[^>]*>)/g) ?? []),
	...(all.match(/<x:xmpmeta[\s\S]*?<\/x:xmpmeta>/g) ?? [])
];
