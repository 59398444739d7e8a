/** A staff form as it is kept while its writer signs in again. */

/** Names and values, in the order of the form. */
export type FormFields = readonly (readonly [string, string])[];

/** What its page needs to know of it. */
export interface KeptHere {
	/** It can't be opened any more. */
	isBroken: boolean;
	/** The name of the form's action, where it can be opened. */
	action?: string;
	/** What it is thrown away by. */
	pointer: string;
	/** The page's address. */
	page: string;
}

/** What forms bring that nobody types: by whom it is typed, what it is about, as of when, what stood there before, and the form's own number. */
const UNSEEN = ['typed_by', 'id', 'version', 'form', 'number', 'before'];

/** Whether the form says by whom it was typed, and anything was. */
export const hasTyped = (fields: FormFields): boolean =>
	fields.some(([name, value]) => name === 'typed_by' && value !== '') &&
	fields.some(([name, value]) => !UNSEEN.includes(name) && value.trim() !== '');

/** The address of a form's page: the same form may be about another program. */
export function pageOf({ pathname, searchParams }: URL): string {
	const program = searchParams.get('program');
	return program === null ? pathname : `${pathname}?${new URLSearchParams({ program })}`;
}

/** The name of the form action in an address; `default` without one. */
export const actionIn = ({ searchParams }: URL): string =>
	[...searchParams.keys()].find((name) => name.startsWith('/'))?.slice(1) ?? 'default';
