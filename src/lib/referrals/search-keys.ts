/** What a referral is found by exactly: names, telephone numbers and addresses in one spelling each, before they are hashed. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

export type KeyKind = 'name' | 'initials' | 'phone' | 'email';
export interface SearchKey {
	kind: KeyKind;
	value: string;
}

/** `José  Núñez-Gil` and `jose nunez gil` are one name; with four letters at most it is initials. */
export function nameKey(typed: string): SearchKey | null {
	const value = typed
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	if (value === '') return null;
	const letters = value.replaceAll(' ', '');
	return [...letters].length <= 4 ? { kind: 'initials', value: letters } : { kind: 'name', value };
}

/** `+1 604 555 0123`, `(604) 555-0123` and `6045550123 ext 4` are one number, in E.164; null where it is none. */
export function phoneKey(typed: string): SearchKey | null {
	const digits = typed.replace(/\D/g, '');
	if (digits.length < 7) return null;
	const number = parsePhoneNumberFromString(typed, 'CA');
	return { kind: 'phone', value: number?.number ?? digits };
}

export function emailKey(typed: string): SearchKey | null {
	const value = typed.trim().toLowerCase();
	return value.includes('@') ? { kind: 'email', value } : null;
}

/** What somebody may have meant by what they typed into the search field: at most one of each kind. */
export function searchKeys(typed: string): SearchKey[] {
	const email = emailKey(typed);
	if (email) return [email];
	return [phoneKey(typed), nameKey(typed)].filter((key) => key !== null);
}
