/** Everybody who may ask for a page, as the tests of every route know them. */
export const CALLERS = [
	'visitor',
	'referrer',
	'signed in',
	'worker',
	'other worker',
	'supervisor',
	'other supervisor',
	'editor',
	'coordinator',
	'admin',
	'coordinator elsewhere',
	'admin elsewhere'
] as const;
export type Caller = (typeof CALLERS)[number];

/** Everybody who is signed in, but for whose it is, is answered this. */
export const others = (answer: number): Partial<Record<Caller, number>> =>
	Object.fromEntries(CALLERS.filter((who) => who !== 'visitor' && who !== 'referrer').map((who) => [who, answer]));
