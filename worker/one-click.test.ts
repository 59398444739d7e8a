import { describe, expect, test } from 'vitest';
import { withoutForm } from './one-click';

const token = '0123456789abcdef'.repeat(2);
const address = `https://bearings.example/api/training/unsubscribe/${token}`;
const form = (url: string, method = 'POST') =>
	new Request(url, {
		method,
		headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'session=1' },
		body: 'List-Unsubscribe=One-Click'
	});

test('a mail program’s form comes as no form and as nobody', async () => {
	const passed = withoutForm(form(address));
	expect(passed.url).toBe(address);
	expect(passed.method).toBe('POST');
	expect([...passed.headers]).toEqual([]);
	expect(await passed.text()).toBe('');
});

describe('every other request is passed as it came', () => {
	test.each([
		['https://bearings.example/training/notify', 'POST'],
		[`https://bearings.example/training/notify/${token}?/stop`, 'POST'],
		[`${address}/more`, 'POST'],
		[`${address}/__data.json`, 'POST'],
		[address.toUpperCase().replace('HTTPS', 'https'), 'POST'],
		[`https://bearings.example/api/training/unsubscribe/..%2f..%2f${token}`, 'POST'],
		[`https://bearings.example/x?${address}`, 'POST'],
		[address, 'PUT'],
		[address, 'DELETE']
	])('%s %s', (url, method) => {
		const request = form(url, method);
		expect(withoutForm(request)).toBe(request);
	});
	test('also one that only looks', () => {
		const request = new Request(address);
		expect(withoutForm(request)).toBe(request);
	});
});
