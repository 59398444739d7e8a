import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readContact } from './contact';

const demonstration = {
	CONTACT_NAME: 'Sample Peer Support Programme',
	CONTACT_PHONE: '604-555-0100',
	CONTACT_EMAIL: 'hello@bearings.example'
};

beforeEach(() => {
	vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
	vi.restoreAllMocks();
});

test('with no settings nobody is named, and nothing is logged', () => {
	expect(readContact({ PATH: '/bin', CONTACT_NAME: ' ' })).toBeNull();
	expect(console.error).not.toHaveBeenCalled();
});

test('the demonstration’s details are known for a sample by their address', () => {
	expect(readContact(demonstration)).toEqual({
		name: 'Sample Peer Support Programme',
		phone: { shown: '604-555-0100', href: 'tel:+16045550100' },
		email: 'hello@bearings.example',
		hours: null,
		address: null,
		sample: true
	});
});

test('a phone alone will do, and blank settings are as good as none', () => {
	const contact = readContact({
		CONTACT_NAME: 'Us',
		CONTACT_PHONE: '+1 (604) 555-0100',
		CONTACT_EMAIL: '',
		CONTACT_HOURS: ' '
	});
	expect(contact).toMatchObject({ phone: { href: 'tel:+16045550100' }, email: null, hours: null, sample: false });
});

test.each([
	['CONTACT_EMAIL', { ...demonstration, CONTACT_EMAIL: 'not an address' }],
	['CONTACT_PHONE', { ...demonstration, CONTACT_PHONE: 'call "Bob"' }],
	['CONTACT_PHONE', { CONTACT_NAME: 'Us' }],
	['CONTACT_NAME', { CONTACT_PHONE: '604-555-0100' }]
])('a fault in %s names the setting in the log, not its value', (setting, env) => {
	expect(readContact(env)).toBeNull();
	expect(vi.mocked(console.error).mock.calls).toEqual([
		[JSON.stringify({ level: 'error', event: 'contact_not_valid', settings: [setting] })]
	]);
});
