import { describe, expect, test } from 'vitest';
import { answerJson, answerMachine, answerProblem } from './machine';

const ask = (tag?: string) =>
	new Request('https://bearings.example/api/places', { headers: tag ? { 'if-none-match': tag } : {} });

describe('an answer for machines', () => {
	test('is JSON that other origins may read, and that the edge may keep', async () => {
		const answer = await answerJson(ask(), { total: 1 });
		expect(answer.status).toBe(200);
		expect(await answer.json()).toEqual({ total: 1 });
		expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
		expect(answer.headers.get('access-control-allow-origin')).toBe('*');
		expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
		expect(answer.headers.get('cache-control')).toContain('s-maxage');
	});

	test('is kept by nobody where the address says where somebody is', async () => {
		expect((await answerJson(ask(), {}, true)).headers.get('cache-control')).toBe('private, no-store');
	});

	test('may be bytes, of any type, with headers of its own', async () => {
		const answer = await answerMachine(ask(), {
			body: new Uint8Array([1, 2, 3]),
			type: 'application/x-points',
			headers: { 'content-disposition': 'attachment' }
		});
		expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 3]);
		expect(answer.headers.get('content-type')).toBe('application/x-points');
		expect(answer.headers.get('content-disposition')).toBe('attachment');
	});
});

describe('its ETag', () => {
	const tagOf = async (data: unknown) => (await answerJson(ask(), data)).headers.get('etag')!;

	test('is the same for the same content, and another for another', async () => {
		expect(await tagOf({ a: 1 })).toBe(await tagOf({ a: 1 }));
		expect(await tagOf({ a: 1 })).not.toBe(await tagOf({ a: 2 }));
		expect(await tagOf({ a: 1 })).toMatch(/^W\/"[0-9a-f]{24}"$/);
	});

	test.each([
		['alone', (tag: string) => tag],
		['among others', (tag: string) => `"other", ${tag} ,W/"third"`],
		['without its weakness, as some caches send it', (tag: string) => tag.slice(2)]
	])('%s in If-None-Match is answered with 304 and no body', async (_how, send) => {
		const tag = await tagOf({ a: 1 });
		const answer = await answerJson(ask(send(tag)), { a: 1 });
		expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', tag]);
		expect(answer.headers.get('access-control-allow-origin')).toBe('*');
		expect(answer.headers.get('cache-control')).not.toBeNull();
	});

	test('of an older answer gets the new one', async () => {
		const answer = await answerJson(ask(await tagOf({ a: 1 })), { a: 2 });
		expect([answer.status, await answer.json()]).toEqual([200, { a: 2 }]);
	});
});

test('a failure is problem JSON (RFC 9457) that other origins may read and nobody keeps', async () => {
	const answer = answerProblem(404, 'Not found', 'There is no place of that name.');
	expect(answer.status).toBe(404);
	expect(answer.headers.get('content-type')).toBe('application/problem+json');
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(answer.headers.get('access-control-allow-origin')).toBe('*');
	expect(await answer.json()).toEqual({
		type: 'about:blank',
		title: 'Not found',
		status: 404,
		detail: 'There is no place of that name.'
	});
});
