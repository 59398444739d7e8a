import { describe, expect, test } from 'vitest';
import { readKeyring, seal, SealBroken, unseal } from './seal';

const KEY_1 = `k1.${'11'.repeat(32)}`;
const KEY_2 = `k2.${'22'.repeat(32)}`;
const keyring = readKeyring(KEY_1);
const at = { table: 'referral_details', row: 'a1', column: 'goals' };

describe('sealing', () => {
	test.each([[{ name: 'Bob' }], [['meet people', '😀 مرحبا']], ['x'.repeat(20_000)], [null], [{}]])(
		'opens as it was sealed',
		async (value) => {
			expect(await unseal(keyring, at, await seal(keyring, at, value))).toEqual(value);
		}
	);

	test('says nothing of what is in it, and is never twice the same', async () => {
		const [one, two] = [await seal(keyring, at, 'Bob'), await seal(keyring, at, 'Bob')];
		expect(one).toMatch(/^s1\.k1\.[A-Za-z0-9_-]{38,}$/);
		expect(one).not.toBe(two);
		expect(atob(one.split('.')[2]!.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('Bob');
	});

	test.each([
		['another table', { ...at, table: 'referral_events' }],
		['another row', { ...at, row: 'a2' }],
		['another column', { ...at, column: 'safety' }]
	])('does not open in %s', async (_where, elsewhere) => {
		await expect(unseal(keyring, elsewhere, await seal(keyring, at, 'Bob'))).rejects.toThrow(SealBroken);
	});

	test('does not open once a letter of it was changed', async () => {
		const sealed = await seal(keyring, at, 'Bob');
		const last = sealed.at(-3) === 'A' ? 'B' : 'A';
		await expect(unseal(keyring, at, sealed.slice(0, -3) + last + sealed.slice(-2))).rejects.toThrow(SealBroken);
	});

	test.each(['', 'Bob', 's1.k1.', 's1.k1.%%%', 's2.k1.AAAA', 's1.k9.AAAA', 's1.k1.AAAA.AAAA'])(
		'refuses %j',
		async (text) => {
			await expect(unseal(keyring, at, text)).rejects.toThrow(SealBroken);
		}
	);

	test('a newer key seals, and the older one still opens', async () => {
		const both = readKeyring(`${KEY_2}-${KEY_1}`);
		const old = await seal(keyring, at, 'Bob');
		expect(await unseal(both, at, old)).toBe('Bob');
		const fresh = await seal(both, at, 'Bob');
		expect(fresh).toMatch(/^s1\.k2\./);
		await expect(unseal(keyring, at, fresh)).rejects.toThrow(SealBroken);
	});

	test('under a secret, opens with that secret alone', async () => {
		const sealed = await seal(keyring, at, 'Bob', 'mine');
		expect(await unseal(keyring, at, sealed, 'mine')).toBe('Bob');
		await expect(unseal(keyring, at, sealed, 'yours')).rejects.toThrow(SealBroken);
		await expect(unseal(keyring, at, sealed)).rejects.toThrow(SealBroken);
	});
});

test.each(['', 'k1', 'k1.abc', `${KEY_1}-`, `${KEY_1}-${KEY_1}`, `K1.${'11'.repeat(32)}`])(
	'a setting such as %j is refused without being quoted',
	(setting) => {
		expect(() => readKeyring(setting)).toThrow(/^SEAL_KEYS is malformed$/);
	}
);
