/**
 * A keyed hash (HMAC-SHA-256, hexadecimal) of something that is compared and never kept: an address, a network address, a
 * telephone number. `purpose` keeps hashes of different things apart, so that none can be looked up as another.
 */
export async function keyedHash(key: string, purpose: string, value: string): Promise<string> {
	const encode = (text: string) => new TextEncoder().encode(text);
	const imported = await crypto.subtle.importKey('raw', encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
		'sign'
	]);
	const signature = await crypto.subtle.sign('HMAC', imported, encode(`${purpose}\u0000${value}`));
	return [...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
