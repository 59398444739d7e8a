// It stands when everything else is down, and on the oldest phone: drawn once, with no script.
export const prerender = true;
