/** Which card of the list and pin of the map are pointed at or chosen: whichever side it happens on, both show it. */
export class ListStep {
	selectedId = $state<string | null>(null);
	hoveredId = $state<string | null>(null);

	constructor() {
		for (const card of document.querySelectorAll<HTMLElement>('[data-place]')) {
			const id = card.dataset.place!;
			const enter = () => (this.hoveredId = id);
			const leave = () => (this.hoveredId = null);
			card.addEventListener('pointerenter', enter);
			card.addEventListener('pointerleave', leave);
			card.addEventListener('focusin', enter);
			card.addEventListener('focusout', leave);
		}
		$effect.root(() => {
			$effect(() => {
				for (const card of document.querySelectorAll<HTMLElement>('[data-place]')) {
					const id = card.dataset.place!;
					card.querySelector('article')?.classList.toggle('selected', id === this.selectedId || id === this.hoveredId);
				}
			});
		});
	}

	/** From a pin to its card. */
	goToCard(id: string): void {
		const card = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(id)}"]`);
		card?.scrollIntoView({ block: 'nearest' });
		card?.querySelector('a')?.focus({ preventScroll: true });
	}
}
