/**
 * The `tel:` address of a number as people write it: `604-555-0100`, `+44 20 7946 0000`, `2-1-1`, `604-555-0100 x 12`. Ten
 * digits are a number of North America; shorter ones are dialled as they are; an extension follows a pause.
 */
export function telephoneHref(number: string): string {
	const [main = '', extension] = number.split(/\s*(?:ext\.?|x|#)\s*/i);
	const digits = main.replace(/\D/g, '');
	const plus = main.trim().startsWith('+') || /^1\d{10}$/.test(digits) ? '+' : digits.length === 10 ? '+1' : '';
	return `tel:${plus}${digits}${extension ? `,${extension}` : ''}`;
}
