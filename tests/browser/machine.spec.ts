/* What other programs are told, and that it is what people see (DESIGN §10). */
import { expect, test, type APIRequestContext } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { decodePoints } from '../../src/lib/map/points.ts';
import { routesWith } from './support/pages.ts';
import { words } from './support/words.ts';

const known = z.boolean().nullable();
const instant = z.iso.datetime({ offset: true }).nullable();
const Place = z.strictObject({
	id: z.uuid(),
	slug: z.string().regex(/^[a-z0-9-]+$/),
	name: z.string().min(1),
	lat: z.number().min(49).max(49.4),
	lng: z.number().min(-123.3).max(-122.9),
	address: z.string().nullable(),
	categories: z.array(z.string()).min(1),
	neighbourhood: z.strictObject({ slug: z.string(), name: z.string() }).nullable(),
	summary: z.string(),
	phone: z.string().nullable(),
	open: z.strictObject({
		state: z.enum(['open', 'closed', 'appointment', 'unconfirmed']),
		until: instant,
		opens: instant
	}),
	free: known,
	wheelchair: known,
	washroom: known,
	distance_m: z.number().int().min(0).nullable(),
	sample: z.literal(false),
	confirmed_on: z.iso.date().nullable()
});
const Places = z.strictObject({
	total: z.number().int(),
	page: z.number().int(),
	pages: z.number().int(),
	corrected: z.string().nullable(),
	ignored: z.array(z.strictObject({ parameter: z.string(), problem: z.string() })),
	places: z.array(Place).max(20)
});
const Problem = z.strictObject({
	type: z.literal('about:blank'),
	title: z.string().min(1),
	status: z.number().int(),
	detail: z.string().min(1)
});

/**
 * One row an address that machines call; `tag` where its answer can be asked for again by its ETag, `own` where it is for
 * our own pages alone, because it speaks of samples too.
 */
const ADDRESSES = [
	{ route: 'api/health', url: '/api/health', type: 'application/json', tag: false },
	{ route: 'api/places', url: '/api/places?q=library', type: 'application/json', tag: true },
	{ route: 'api/places.geojson', url: '/api/places.geojson?q=library', type: 'application/geo+json', tag: true },
	{ route: 'api/places.csv', url: '/api/places.csv?q=library', type: 'text/csv', tag: true },
	{
		route: 'api/place-points',
		url: '/api/place-points',
		type: 'application/vnd.bearings.points',
		tag: true,
		own: true
	},
	{
		route: '(site)/training/feed.xml',
		url: '/training/feed.xml',
		type: 'application/atom+xml',
		tag: true
	},
	{ route: '(site)/training/calendar.ics', url: '/training/calendar.ics', type: 'text/calendar', tag: true },
	{ route: 'api/suggest', url: '/api/suggest?q=lib', type: 'application/json', tag: true }
];
/** Reached otherwise: a place by its number, the catch-all for what is not there, files of staff's own, calendars of one's own, the scheduler's, a mail program's, the still map. */
const OTHERS = [
	'api/place-points/[number=integer]',
	'(site)/places/at/[number=integer]',
	'api/[...rest]',
	'(site)/my/who.json',
	'(site)/my/training/[enrolment=uuid]/calendar.ics',
	'(site)/training/seat/[token=token]/calendar.ics',
	'(site)/refer/open',
	'desk/referrals/[reference=reference]/export',
	'desk/afresh',
	'desk/report.csv',
	'desk/training/[cohort=uuid]/people.csv',
	'desk/work/[reference=reference]/keep/pdf',
	'desk/work/[reference=reference]/letter/pdf',
	'api/cron',
	'api/hooks/send-email',
	'api/training/unsubscribe/[token=token]',
	'map/still.svg'
];

test('every route that answers machines is in the table of addresses', () => {
	const listed = new Set([...ADDRESSES.map(({ route }) => route), ...OTHERS]);
	expect(routesWith('+server.ts').filter((route) => !listed.has(route))).toEqual([]);
});

for (const { url, type, tag, own } of ADDRESSES) {
	const path = url.split('?')[0]!;
	test(`${path} may ${own ? 'not ' : ''}be read by other sites, and refuses what it can't do as a problem`, async ({
		request
	}) => {
		const answer = await request.get(url, { headers: { origin: 'https://elsewhere.example' } });
		expect(answer.status()).toBe(200);
		expect(answer.headers()['content-type']).toContain(type);
		expect(answer.headers()['access-control-allow-origin']).toBe(own ? undefined : '*');
		expect(answer.headers()['x-content-type-options']).toBe('nosniff');
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			const refused = await request.fetch(path, { method, data: {} });
			await expectProblem(refused, 405);
			expect(refused.headers()['allow']).toContain('GET');
		}
	});

	if (!tag) continue;
	test(`${path} is answered with 304 where nothing changed`, async ({ request }) => {
		const first = await request.get(url);
		const { etag } = first.headers();
		expect(etag).toMatch(/^(W\/)?"[^"]+"$/);
		expect(first.headers()['cache-control']).toMatch(/^public, /);
		const again = await request.get(url, { headers: { 'if-none-match': etag! } });
		expect(again.status()).toBe(304);
		expect(await again.body()).toHaveLength(0);
		const changed = await request.get(url, { headers: { 'if-none-match': '"something-else"' } });
		expect(changed.status()).toBe(200);
	});
}

test('/api/health says that the site and its database are well, and is never kept', async ({ request }) => {
	const answer = await request.get('/api/health');
	expect(answer.headers()['cache-control']).toBe('no-store');
	const Health = z.strictObject({ status: z.literal('ok'), database: z.literal('ok'), time: z.iso.datetime() });
	expect(Health.safeParse(await answer.json()).error).toBeUndefined();
});

const SEARCHES = [
	'q=libary',
	'q=groceries',
	'category=food',
	'category=support-groups',
	'neighbourhood=kitsilano&free=1',
	'wheelchair=1&washroom=1&sort=name',
	'q=library&near=commercial+drive',
	'near=49.263,-123.07&category=community-centres',
	'bbox=-123.1,49.27,-123.08,49.28',
	// At an instant of its own: between two requests a door may open.
	`category=washrooms&open=${new Date().toISOString().slice(0, 10)}T12:00`,
	'category=nonsense&q=shower',
	'q=zzqqxx'
];

for (const search of SEARCHES) {
	test(`people and machines are told the same of ${search}, but for samples`, async ({ request }) => {
		const people = await readPages(request, search);
		const machines = await readApi(request, search);
		expect(machines.slugs).toEqual(people.slugs);
		expect(machines.total).toBe(people.total - people.samples);

		const geojson = (await (await request.get(`/api/places.geojson?${search}`)).json()) as GeoJSON.FeatureCollection;
		expect(geojson.type).toBe('FeatureCollection');
		expect(geojson.features.map(({ properties }) => properties?.slug as string)).toEqual(people.slugs);
		expect(new Set(geojson.features.map(({ geometry }) => geometry.type))).toEqual(
			new Set(people.slugs.length > 0 ? ['Point'] : [])
		);

		const csv = await (await request.get(`/api/places.csv?${search}`)).text();
		const rows = parse(csv, { bom: true, columns: true }) as { url: string; name: string }[];
		expect(rows.map(({ url }) => url.split('/').pop())).toEqual(people.slugs);

		const points = decodePoints(await (await request.get(`/api/place-points?${search}`)).body());
		expect(points, 'the map has them all').toHaveLength(people.total);
	});
}

test('nothing that was invented for the demonstration leaves', async ({ request }) => {
	expect((await readPages(request, 'q=sample')).samples).toBeGreaterThan(5);
	expect((await readApi(request, 'q=sample')).total).toBe(0);
	for (const format of ['geojson', 'csv']) {
		const everything = await (await request.get(`/api/places.${format}`)).text();
		expect(everything).toContain('britannia-library');
		expect(everything).not.toMatch(/\.example|sample-|invented/i);
	}
});

test('what could not be used is named in `ignored`', async ({ request }) => {
	const search = 'bbox=1,2,3&free=perhaps&page=-1&language=%3F&sort=up&open=later&category=nonsense&near=91,0';
	const { ignored, total } = (await (await request.get(`/api/places?${search}`)).json()) as z.infer<typeof Places>;
	expect(Object.fromEntries(ignored.map(({ parameter, problem }) => [parameter, problem]))).toEqual({
		bbox: 'malformed',
		free: 'malformed',
		page: 'malformed',
		language: 'malformed',
		sort: 'unknown',
		open: 'malformed',
		category: 'unknown',
		near: 'out_of_range'
	});
	expect(total).toBeGreaterThan(400);
});

test('an answer that says where somebody is may not be kept', async ({ request }) => {
	for (const path of ['/api/places', '/api/places.geojson', '/api/places.csv', '/api/place-points']) {
		for (const where of ['near=49.263,-123.07', 'bbox=-123.1,49.27,-123.08,49.28']) {
			const answer = await request.get(`${path}?q=library&${where}`);
			expect(answer.headers()['cache-control'], `${path}?${where}`).toBe('private, no-store');
		}
	}
});

test('a place of the map is told by its number', async ({ request }) => {
	const [point] = decodePoints(await (await request.get('/api/place-points?q=britannia+library')).body());
	const place: unknown = await (await request.get(`/api/place-points/${point!.n}`)).json();
	expect(place).toEqual({
		name: expect.stringContaining('Britannia'),
		href: expect.stringMatching(/^\/places\/[a-z0-9-]+$/),
		line: expect.any(String)
	});
	const answer = await request.get(`/places/at/${point!.n}`, { maxRedirects: 0 });
	expect(answer.headers()['location']).toBe((place as { href: string }).href);
	expect((await request.get('/places/at/2147483647')).status()).toBe(404);
});

for (const url of [
	'/api',
	'/api/nothing/here',
	'/api/place-points/2147483647',
	'/api/place-points/0',
	'/api/place-points/99999999999',
	'/api/place-points/one'
]) {
	test(`${url} is a problem that says so`, async ({ request }) => {
		await expectProblem(await request.get(url), 404);
	});
}

test('the scheduler’s address is for the scheduler alone', async ({ request }) => {
	const post = (authorization?: string) =>
		request.post('/api/cron', { headers: authorization ? { authorization } : {}, data: {} });
	await expectProblem(await post(), 401);
	await expectProblem(await post('Bearer guess'), 401);
	await expectProblem(await request.get('/api/cron'), 405);
});

async function expectProblem(answer: Awaited<ReturnType<APIRequestContext['get']>>, status: number): Promise<void> {
	expect(answer.status(), answer.url()).toBe(status);
	expect(answer.headers()['content-type']).toBe('application/problem+json');
	expect(answer.headers()['cache-control']).toBe('no-store');
	expect(answer.headers()['access-control-allow-origin']).toBe('*');
	const problem: unknown = await answer.json();
	expect(Problem.safeParse(problem).error).toBeUndefined();
	expect(problem).toMatchObject({ status });
}

const isSample = new RegExp(`class="tag tag-note[^>]*>${words('place_sample_short')}<`);

/** The list as people read it, page by page; samples are counted apart. */
async function readPages(request: APIRequestContext, search: string) {
	const slugs: string[] = [];
	let samples = 0;
	for (let page = 1; ; page++) {
		const html = await (await request.get(`/places?${search}&page=${page}`)).text();
		const cards = html.split('<article').slice(1);
		for (const card of cards) {
			const slug = /id="place-([a-z0-9-]+)"/.exec(card)?.[1];
			if (isSample.test(card)) samples += 1;
			else if (slug) slugs.push(slug);
		}
		if (!html.includes('rel="next"')) return { slugs, samples, total: slugs.length + samples };
	}
}

async function readApi(request: APIRequestContext, search: string) {
	const slugs: string[] = [];
	for (let page = 1; ; page++) {
		const answer: unknown = await (await request.get(`/api/places?${search}&page=${page}`)).json();
		const { error, data } = Places.safeParse(answer);
		expect(error).toBeUndefined();
		slugs.push(...data!.places.map(({ slug }) => slug));
		if (page >= data!.pages) return { slugs, total: data!.total };
	}
}
