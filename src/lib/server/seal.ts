/**
 * Sealing: AES-256-GCM, with the table, row and column as additional data, so that a value opens only where it was put. Sealed text
 * is `s1.<key id>.<base64url of a 12-byte nonce, the ciphertext and its 16-byte tag>` (NIST SP 800-38D).
 */

/** Where a value is kept. */
export interface SealedAt {
	table: string;
	/** The row's id. */
	row: string;
	column: string;
}

/** Keys by their ids; the first seals, all of them open. */
export interface Keyring {
	readonly current: string;
	readonly keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** A value that is not sealed text, was changed, lies elsewhere than it was sealed for, or whose key is not here. */
export class SealBroken extends Error {
	override name = 'SealBroken';
}

const PREFIX = 's1';
const NONCE_BYTES = 12;

/**
 * The keys of a setting such as `k2.<64 hexadecimal digits>-k1.<64 hexadecimal digits>`, the one that seals first.
 *
 * @throws Error that names no key
 */
export function readKeyring(setting: string): Keyring {
	const keys = new Map<string, Uint8Array<ArrayBuffer>>();
	for (const part of setting.trim().split('-')) {
		const [, id, hex] = /^([a-z0-9]{1,16})\.([0-9a-f]{64})$/.exec(part) ?? [];
		if (!id || !hex || keys.has(id)) throw new Error('SEAL_KEYS is malformed');
		keys.set(
			id,
			Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16))
		);
	}
	return { current: [...keys.keys()][0]!, keys };
}

/**
 * Seals a value.
 *
 * @param value anything JSON can say
 * @param secret opens it too, beside the key: for what lies under a secret of the person's own
 */
export async function seal(keyring: Keyring, at: SealedAt, value: unknown, secret?: string): Promise<string> {
	const key = await keyFor(keyring, keyring.current, secret);
	const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
	const text = new TextEncoder().encode(JSON.stringify(value));
	const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm(nonce, at), key, text));
	const bytes = new Uint8Array(NONCE_BYTES + sealed.length);
	bytes.set(nonce);
	bytes.set(sealed, NONCE_BYTES);
	return `${PREFIX}.${keyring.current}.${toBase64Url(bytes)}`;
}

/** The value again. @throws SealBroken */
export async function unseal(keyring: Keyring, at: SealedAt, sealed: string, secret?: string): Promise<unknown> {
	const [prefix, id = '', encoded = '', ...more] = sealed.split('.');
	if (prefix !== PREFIX || more.length > 0) throw new SealBroken('This is no sealed value.');
	const key = await keyFor(keyring, id, secret);
	try {
		const bytes = fromBase64Url(encoded);
		const nonce = bytes.slice(0, NONCE_BYTES);
		const text = await crypto.subtle.decrypt(algorithm(nonce, at), key, bytes.slice(NONCE_BYTES));
		return JSON.parse(new TextDecoder().decode(text)) as unknown;
	} catch {
		throw new SealBroken(`A sealed value of ${at.table}.${at.column} does not open.`);
	}
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, { table, row, column }: SealedAt) => ({
	name: 'AES-GCM',
	iv,
	additionalData: new TextEncoder().encode(`${table}/${row}/${column}`)
});

async function keyFor({ keys }: Keyring, id: string, secret?: string): Promise<CryptoKey> {
	const raw = keys.get(id);
	if (!raw) throw new SealBroken('The key of a sealed value is not here.');
	if (secret === undefined) return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
	const base = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
	const encode = (text: string) => new TextEncoder().encode(text);
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: encode(secret), info: encode('under a secret') },
		base,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}

const toBase64Url = (bytes: Uint8Array) =>
	btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');

const fromBase64Url = (text: string) =>
	Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
