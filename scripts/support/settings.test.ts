import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './root.ts';
import { contactSettings, readSettings } from './settings.ts';

describe('where things run', () => {
	test('is 8787, 54321 and .local unless said otherwise', () => {
		expect(readSettings({})).toEqual({
			port: 8787,
			supabasePort: 54321,
			dir: path.join(root, '.local'),
			basemap: null
		});
	});

	test('comes from PORT, SUPABASE_PORT and LOCAL_DIR', () => {
		expect(readSettings({ PORT: '9000', SUPABASE_PORT: '9100', LOCAL_DIR: '/x/y' })).toMatchObject({
			port: 9000,
			supabasePort: 9100,
			dir: '/x/y'
		});
	});

	test.each(['x', '0', '70000', '80.5', '-1'])('refuses PORT=%s in a sentence', (PORT) => {
		expect(() => readSettings({ PORT })).toThrow(`PORT is “${PORT}”, which is not a port.`);
	});

	test.each([0, 1, 3])('refuses the site on Supabase’s port + %i', (offset) => {
		expect(() => readSettings({ PORT: String(9100 + offset), SUPABASE_PORT: '9100' })).toThrow('do not go together');
	});
});

test('only the settings of the people behind the site are handed on', () => {
	expect(contactSettings({ CONTACT_PHONE: '604', CONTACT_EMAIL: '', HOME: '/root' })).toEqual({ CONTACT_PHONE: '604' });
});
