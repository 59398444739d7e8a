/** One range with a start, which is all that PMTiles asks for; anything else is answered whole, as HTTP allows. */
export function parseRange(header: string | null): { offset: number; length?: number } | null {
	const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
	if (first === undefined) return null;
	const offset = Number(first);
	if (!last) return { offset };
	return Number(last) < offset ? null : { offset, length: Number(last) - offset + 1 };
}
