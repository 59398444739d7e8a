import { expect, test } from 'vitest';
import { keyedHash } from './keyed-hash';

const KEY = 'a key of thirty-two characters..';

test('is the same for the same, and says nothing of it', async () => {
	const hash = await keyedHash(KEY, 'address', 'bob@people.example');
	expect(hash).toMatch(/^[0-9a-f]{64}$/);
	expect(await keyedHash(KEY, 'address', 'bob@people.example')).toBe(hash);
});

test('differs by the value, the purpose and the key', async () => {
	const hashes = await Promise.all([
		keyedHash(KEY, 'address', 'bob@people.example'),
		keyedHash(KEY, 'address', 'eve@people.example'),
		keyedHash(KEY, 'client', 'bob@people.example'),
		keyedHash(`${KEY}!`, 'address', 'bob@people.example')
	]);
	expect(new Set(hashes).size).toBe(4);
});

test('is HMAC-SHA-256 (RFC 4231 has the construction)', async () => {
	const { createHmac } = await import('node:crypto');
	expect(await keyedHash(KEY, 'address', 'x')).toBe(createHmac('sha256', KEY).update('address\u0000x').digest('hex'));
});
