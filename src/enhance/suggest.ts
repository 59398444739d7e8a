/** The browser's own list of suggestions, filled while somebody types: works by keyboard and with screen readers. */
import type { Suggestion } from '$lib/directory/types';

/** Long enough that a quick typist asks once a word. */
const PAUSE_MS = 150;

export function enhance(element: HTMLElement): void {
	const input = element as HTMLInputElement;
	const list = input.list;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let asked = '';

	input.addEventListener('input', () => {
		clearTimeout(timer);
		asked = input.value.trim();
		if (asked.length >= 2) timer = setTimeout(() => void suggest(asked), PAUSE_MS);
	});

	async function suggest(q: string): Promise<void> {
		// Without a connection there are no suggestions; the search itself says what is wrong.
		const response = await fetch(`/api/suggest?q=${encodeURIComponent(q)}`).catch(() => null);
		if (!response?.ok || q !== asked) return;
		const names = new Set(((await response.json()) as Suggestion[]).map(({ name }) => name));
		list?.replaceChildren(...[...names].map((name) => new Option(name, name)));
	}
}
