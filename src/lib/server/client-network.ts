/**
 * What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address, as one household or phone is given
 * 2^64 of them (RFC 6177).
 */
export function clientNetwork(address: string): string {
	if (!address.includes(':')) return address;
	const [head = '', tail] = address.toLowerCase().split('::');
	const left = head === '' ? [] : head.split(':');
	const right = tail ? tail.split(':') : [];
	// An IPv4 address in IPv6's clothes.
	if (left.length === 0 && right.at(-1)?.includes('.')) return right.at(-1)!;
	const missing = tail === undefined ? 0 : 8 - left.length - right.length;
	const groups = [...left, ...Array<string>(Math.max(missing, 0)).fill('0'), ...right];
	return groups
		.slice(0, 4)
		.map((group) => group.replace(/^0+(?=.)/, ''))
		.join(':');
}
