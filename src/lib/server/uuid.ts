/** A UUID of our own making (RFC 9562, version 8) of the first 32 hexadecimal digits of a hash. */
export const uuidOf = (hash: string): string =>
	[hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join(
		'-'
	);
