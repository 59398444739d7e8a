/**
 * What a script adds to pages that are whole without one: suggestions while typing, "use where I am", and the live map.
 * Pages load no framework; each part is fetched where its element is.
 */
const parts: Record<string, () => Promise<{ enhance(element: HTMLElement): void }>> = {
	'[data-suggest]': () => import('./suggest'),
	'[data-near-me]': () => import('./near-me'),
	'[data-places-map]': () => import('./places-map')
};

for (const [selector, load] of Object.entries(parts)) {
	for (const element of document.querySelectorAll<HTMLElement>(selector)) {
		// A part that does not come is missed by nobody: the page works without it.
		void load().then(
			({ enhance }) => enhance(element),
			(reason) => console.warn(`Not enhanced: ${selector}`, reason)
		);
	}
}
document.documentElement.dataset.enhanced = '';

export {};
