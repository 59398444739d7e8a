/** No look-alike letters or digits: people read it out over the phone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Fills the array and returns it. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

/** Ten random characters in two groups, such as `7K3M2-QXW4T`. */
export function newRequestId(random: RandomBytes = (bytes) => crypto.getRandomValues(bytes)): string {
	const characters = [...random(new Uint8Array(10))].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
	return `${characters.slice(0, 5)}-${characters.slice(5)}`;
}
