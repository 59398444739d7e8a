import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPlatformProxy } from 'wrangler';
import { answerBasemap, type BasemapBindings } from './basemap';

/* Against the bucket of workerd itself: what R2 does with ranges and conditions is not ours to imitate. */

const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

let folder: string;
let env: BasemapBindings;
let stop: () => Promise<void>;

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'bearings-bucket-'));
	const configPath = path.join(folder, 'wrangler.toml');
	writeFileSync(
		configPath,
		'name = "bucket"\ncompatibility_date = "2026-10-20"\n[[r2_buckets]]\nbinding = "BASEMAP"\nbucket_name = "test"\n'
	);
	const proxy = await getPlatformProxy<BasemapBindings>({ configPath, persist: false });
	env = proxy.env;
	stop = () => proxy.dispose();
	await env.BASEMAP!.put('city.pmtiles', BYTES);
}, 30_000);

afterAll(async () => {
	await stop();
	rmSync(folder, { recursive: true, force: true });
});

const ask = (headers: Record<string, string> = {}, name = 'city.pmtiles', method = 'GET') =>
	answerBasemap(new Request(`https://bearings.example/basemap/${name}`, { method, headers }), env);
const bytesOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

test('the whole archive', async () => {
	const response = await ask();
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toBe('application/vnd.pmtiles');
	expect(response.headers.get('accept-ranges')).toBe('bytes');
	expect(response.headers.get('content-length')).toBe('1000');
	expect(await bytesOf(response)).toEqual([...BYTES]);
});

test.each([
	['bytes=0-126', 'bytes 0-126/1000', 0, 127],
	['bytes=990-', 'bytes 990-999/1000', 990, 1000],
	['bytes=990-5000', 'bytes 990-999/1000', 990, 1000]
])('a part of it: %s', async (range, said, from, to) => {
	const response = await ask({ range });
	expect(response.status).toBe(206);
	expect(response.headers.get('content-range')).toBe(said);
	expect(response.headers.get('content-length')).toBe(String(to - from));
	expect(await bytesOf(response)).toEqual([...BYTES.slice(from, to)]);
});

test('a part that is not there', async () => {
	const response = await ask({ range: 'bytes=1000-' });
	expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
});

test('what the browser has already is not sent again', async () => {
	const etag = (await ask()).headers.get('etag')!;
	const response = await ask({ 'if-none-match': etag });
	expect(response.status).toBe(304);
	expect(response.headers.get('etag')).toBe(etag);
});

test('only its length', async () => {
	const response = await ask({}, 'city.pmtiles', 'HEAD');
	expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '1000', '']);
});

test.each([['other.pmtiles'], ['../city.pmtiles'], ['a%2Fb']])('%s is not there', async (name) => {
	expect((await ask({}, name)).status).toBe(404);
});

test('nothing is written', async () => {
	expect((await ask({}, 'city.pmtiles', 'POST')).status).toBe(405);
});
