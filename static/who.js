/* Says whose session this is on pages that the edge keeps for everybody: it asks only where a cookie says that somebody is
   signed in. Pages of one's own say it without a script. */
(() => {
	const place = document.querySelector('[data-who]');
	if (!place?.hidden || !/(^|; )signed_in=1(;|$)/.test(document.cookie)) return;
	fetch('/my/who.json')
		.then((answer) => answer.json())
		.then(({ email }) => {
			if (!email) return;
			place.querySelector('a').textContent = place.dataset.who.replace('{email}', email);
			place.hidden = false;
		})
		.catch(() => {});
})();
