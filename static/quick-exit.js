/*
 * "Leave quickly": covers the page at once, then puts a neutral site in its place. `replace` takes over this page's entry
 * in the history; earlier pages stay there, and /privacy says so. Without this script the button is a plain link.
 */
(() => {
	const link = () => document.querySelector('a[data-quick-exit]');
	const fallback = document.currentScript?.dataset.to ?? 'https://weather.gc.ca/';

	function leave() {
		const to = link()?.href ?? fallback;
		document.title = '\u200b';
		document.documentElement.hidden = true;
		window.location.replace(to);
	}

	document.addEventListener(
		'click',
		(event) => {
			if (!(event.target instanceof Element) || !event.target.closest('a[data-quick-exit]')) return;
			event.preventDefault();
			event.stopPropagation();
			leave();
		},
		true
	);

	// Escape three times within two seconds.
	let presses = [];
	document.addEventListener(
		'keydown',
		(event) => {
			if (event.key !== 'Escape' || event.repeat) return;
			presses = [...presses, event.timeStamp].slice(-3);
			if (presses.length === 3 && event.timeStamp - presses[0] < 2000) leave();
		},
		true
	);
})();
