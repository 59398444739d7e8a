/** "Use where I am": asks the device, makes the position coarse, and goes to the same search near there. */
import { askPosition } from '$lib/map/near-me';

export function enhance(element: HTMLElement): void {
	if (!('geolocation' in navigator)) return;
	const button = element.querySelector('button')!;
	const status = element.querySelector<HTMLElement>('[role=status]')!;
	element.hidden = false;
	button.addEventListener('click', async () => {
		if (button.ariaBusy === 'true') return;
		button.ariaBusy = 'true';
		status.textContent = element.dataset.asking ?? '';
		const answer = await askPosition(navigator.geolocation);
		button.ariaBusy = 'false';
		if (!answer.ok) {
			status.textContent = element.dataset[answer.reason] ?? '';
			return;
		}
		status.textContent = '';
		location.assign(withParameter('near', `${answer.near.lat},${answer.near.lng}`, ['bbox']));
	});
}

/** This page's address with a parameter changed and others, the page of the list among them, left out. */
export function withParameter(name: string, value: string, without: readonly string[]): string {
	const params = new URLSearchParams(location.search);
	for (const other of [name, 'page', ...without]) params.delete(other);
	params.set(name, value);
	return `${location.pathname}?${params.toString().replaceAll('%2C', ',')}`;
}
