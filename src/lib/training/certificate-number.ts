/** The number of a certificate, such as `TC-7K3M-2QXZ`: no letters that look like others. */
const LETTERS = '2-9A-HJKMNP-TV-Z';
const SHAPE = new RegExp(`^(?:TC)?([${LETTERS}]{4})([${LETTERS}]{4})$`);

/** The number that is meant, however it was typed: in small letters, with spaces, without hyphens or `TC`. Null where it can be none. */
export function certificateNumber(typed: string): string | null {
	const [, first, second] = SHAPE.exec(typed.toUpperCase().replaceAll(/[\s\p{Pd}.]/gu, '')) ?? [];
	return first && second ? `TC-${first}-${second}` : null;
}
