/** One thing to put right: the id of the field it is about (null for the form as a whole) and what is wrong. */
export interface FormError {
	id: string | null;
	message: string;
}

/**
 * The errors of a superform, in the order of its fields: `{ name: ['…'], _errors: ['…'] }`, nested where the form is. A
 * field's id is the path to it, joined by hyphens.
 */
export function listErrors(errors: object, path: readonly string[] = []): FormError[] {
	return Object.entries(errors).flatMap(([key, value]: [string, unknown]) => {
		const here = key === '_errors' ? path : [...path, key];
		if (Array.isArray(value)) {
			return value.map((message) => ({ id: here.length > 0 ? here.join('-') : null, message: String(message) }));
		}
		return typeof value === 'object' && value !== null ? listErrors(value, here) : [];
	});
}
