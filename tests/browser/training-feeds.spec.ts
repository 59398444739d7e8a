/* What is told of a training beyond its own words: news, its place, data for search engines, the feed and the calendar. */
import { randomUUID } from 'node:crypto';
import { expect, test, type APIRequestContext } from '@playwright/test';
import ICAL from 'ical.js';
import postgres from 'postgres';
import { everybodyCanUse } from './support/everybody.ts';
import { watch } from './support/watch.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });
test.use({ viewport: { width: 360, height: 780 }, contextOptions: { reducedMotion: 'reduce' } });

const sql = postgres(process.env.DATABASE_URL!, { max: 2, onnotice: () => {} });
const TITLE = 'Listening </script><script>document.title = "taken"</script> & <b>"more"</b>';
const program = randomUUID();
/** An address of its own for this run: what everybody reads is kept for a minute. */
const fresh = (path: string) => `${path}?run=${program}`;
const name = `Programme ${program.slice(0, 8)}`;

interface Cohort {
	id: string;
	slug: string;
	classes: string[];
}
let ahead: Cohort;
let off: Cohort;
let news: string;
let place: { id: string; slug: string; name: string };

async function aCohort(state: string, given: Record<string, unknown>, days: readonly number[]): Promise<Cohort> {
	const id = randomUUID();
	const slug = `feeds-${id}`;
	await sql`insert into public.cohorts ${sql({
		...{ id, program_id: program, slug, state, title: 'Walking', capacity: 5, announced_at: new Date() },
		...given
	})}`;
	const classes = await sql<{ id: string }[]>`
		insert into public.classes (cohort_id, starts_at, ends_at, topic)
		select ${id}, now() + make_interval(days => d), now() + make_interval(days => d, hours => 2), 'Topic'
		from unnest(${[...days]}::integer[]) d returning id`;
	return { id, slug, classes: classes.map((each) => each.id) };
}

test.beforeAll(async () => {
	[place] = await sql<[typeof place]>`select id, slug, name from public.locations
		where status = 'published' and not confidential and latitude is not null order by slug limit 1`;
	await sql`insert into public.programs (id, slug, name) values (${program}, ${`feeds-${program}`}, ${name})`;
	ahead = await aCohort('open', { title: TITLE, is_online: true, location_id: place.id }, [30, 37]);
	await sql`update public.classes set cancelled_at = now(), sequence = 1 where id = ${ahead.classes[1]!}`;
	off = await aCohort('cancelled', {}, [40]);
	news = randomUUID();
	await sql`insert into public.training_posts (id, program_id, cohort_id, title, body)
		values (${news}, ${program}, ${ahead.id}, 'A new room', ${'It has a lift.\n\nTwo doors on.'}),
			(${randomUUID()}, ${program}, null, ${`For all ${program}`}, 'We plan the next one.')`;
	await sql`insert into public.training_links (id, program_id, title, organization, url, note)
		values (${randomUUID()}, ${program}, ${`Elsewhere ${program}`}, 'Society', 'https://society.example/course', 'By the water.')`;
});
test.afterAll(async () => {
	await sql`delete from public.programs where id = ${program}`;
	await sql.end({ timeout: 2 });
});

test('its page has its news, its place on a map, and whose clocks it goes by', async ({ page, baseURL }) => {
	const seen = watch(page, baseURL!);
	await page.goto(`/training/${ahead.slug}#news-${news}`);
	const post = page.locator(`#news-${news}`);
	await expect(post).toContainText('A new room');
	await expect(post.getByRole('link'), 'it is about this page').toHaveCount(0);
	await expect(page.getByRole('main')).not.toContainText(`For all ${program}`);
	const where = page.getByRole('region', { name: words('training_where') });
	await expect(where).toContainText(words('training_zone', { place: 'Vancouver' }));
	await expect(where.getByRole('link', { name: place.name })).toHaveAttribute('href', `/places/${place.slug}`);
	const map = where.getByRole('img', { name: words('place_map_alt', { name: place.name }) });
	await map.scrollIntoViewIfNeeded();
	await expect.poll(() => map.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
	await expect(page.getByRole('link', { name: words('notify_next') })).toHaveAttribute(
		'href',
		/^\/training\/notify\?program=/
	);
	await everybodyCanUse(page);
	expect(seen.complaints).toEqual([]);
	expect(seen.foreign).toEqual([]);
});

test('search engines are given data that nothing typed can break out of, and the policy is silent', async ({
	page,
	baseURL
}) => {
	const seen = watch(page, baseURL!);
	await page.goto(`/training/${ahead.slug}`);
	const data = page.locator('head script[type="application/ld+json"]');
	await expect(data).toHaveCount(1);
	const found = JSON.parse((await data.textContent())!) as Record<string, unknown>;
	expect(found).toMatchObject({ '@type': 'Course', name: TITLE, url: `${baseURL}/training/${ahead.slug}` });
	await expect(page).toHaveTitle(`${TITLE} · Bearings`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITLE);
	expect(seen.complaints).toEqual([]);
});

test('the list has news of all, trainings elsewhere, and the feeds', async ({ page }) => {
	await page.goto(fresh('/training'));
	const posts = page.getByRole('region', { name: words('news_title') });
	await expect(posts).toContainText(`For all ${program}`);
	await expect(posts.locator(`#news-${news}`).getByRole('link')).toHaveAttribute('href', `/training/${ahead.slug}`);
	const link = page.getByRole('link', { name: `Elsewhere ${program}` });
	await expect(link).toHaveAttribute('href', 'https://society.example/course');
	await expect(link).toHaveAttribute('rel', /noreferrer/);
	await expect(page.getByRole('link', { name: words('feed_calendar') })).toHaveAttribute(
		'href',
		'/training/calendar.ics'
	);
	await expect(page.getByRole('link', { name: words('feed_reader') })).toHaveAttribute('href', '/training/feed.xml');
	const alternate = page.locator('head link[rel=alternate]');
	await expect(alternate).toHaveAttribute('type', 'application/atom+xml');
	await expect(alternate).toHaveAttribute('href', '/training/feed.xml');
	await everybodyCanUse(page);
});

test('the feed has announcements and news, each with its page', async ({ page, request, baseURL }) => {
	const xml = await (await request.get(fresh('/training/feed.xml'))).text();
	await page.goto('/about');
	const entries = await page.evaluate((text) => {
		const feed = new DOMParser().parseFromString(text, 'application/xml');
		const textOf = (entry: Element, tag: string) => entry.querySelector(tag)?.textContent;
		return [...feed.querySelectorAll('feed > entry')].map((entry) => ({
			id: textOf(entry, 'id'),
			title: textOf(entry, 'title'),
			url: entry.querySelector('link')?.getAttribute('href')
		}));
	}, xml);
	const named = (id: string) => entries.find((entry) => entry.id === `urn:uuid:${id}`);
	const url = `${baseURL}/training/${ahead.slug}`;
	expect(named(ahead.id)).toMatchObject({ title: words('feed_announced', { title: TITLE }), url });
	expect(named(off.id)).toMatchObject({ title: words('feed_called_off', { title: 'Walking' }) });
	expect(named(news)).toMatchObject({ title: 'A new room', url: `${url}#news-${news}` });
});

/** Each class of ours in the calendar as a program reads it. */
async function ours(request: APIRequestContext) {
	const calendar = new ICAL.Component(
		ICAL.parse(await (await request.get(fresh('/training/calendar.ics'))).text()) as unknown[]
	);
	const events = calendar.getAllSubcomponents('vevent').map((event) => ({
		id: String(event.getFirstPropertyValue('uid')).split('@')[0]!,
		status: event.getFirstPropertyValue('status'),
		summary: event.getFirstPropertyValue('summary'),
		starts: new ICAL.Event(event).startDate
	}));
	return new Map(events.map((event) => [event.id, event]));
}

test('the calendar has each class, and those that are called off as such', async ({ request }) => {
	const events = await ours(request);
	const status = (id: string) => events.get(id)?.status;
	expect(ahead.classes.map(status)).toEqual(['CONFIRMED', 'CANCELLED']);
	expect(off.classes.map(status)).toEqual(['CANCELLED']);
	expect(events.get(ahead.classes[0]!)!.summary).toBe(TITLE);
});

for (const [path, type] of [
	['/training/feed.xml', 'application/atom+xml'],
	['/training/calendar.ics', 'text/calendar']
] as const) {
	test(`${path} can be asked for its head alone`, async ({ request }) => {
		const head = await request.head(path);
		expect(head.status()).toBe(200);
		expect(head.headers()['content-type']).toContain(type);
		expect(head.headers()['etag']).toMatch(/^(W\/)?"[^"]+"$/);
		expect(await head.body()).toHaveLength(0);
	});
}
