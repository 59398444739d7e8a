/** The page numbers worth showing: the first, the last, this one and its neighbours; null where some are left out. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
	const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages);
	shown.sort((a, b) => a - b);
	return shown.flatMap((n, i) => {
		const before = shown[i - 1] ?? 0;
		if (n - before === 1) return [n];
		return n - before === 2 ? [n - 1, n] : [null, n];
	});
}
