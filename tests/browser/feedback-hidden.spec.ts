/* No answer, no number of answers, and not even that there is one, reaches those who supported or supervise: JavaScript off. */
import { expect, test, type APIRequestContext } from '@playwright/test';
import { forgetLimits } from './support/database.ts';
import { phoneOf, type Colleague } from './support/desk.ts';
import { Supports, today, work, type Support } from './support/supports.ts';

test.describe.configure({ mode: 'default', timeout: 120_000 });

const here = new Supports();
let over: Support;
let ending: Support;

test.beforeAll(async () => {
	await forgetLimits();
	await here.open();
	over = await here.support('completed');
	ending = await here.support('ending');
	const running = await here.support('active', { initials: 'MN' });
	for (const support of [ending, running]) {
		await here.entry(support, 'goal', { text: 'Find a choir' }, { mark: 'a_bit' });
		await here.entry(support, 'note', { text: 'A quiet walk' });
		await here.meeting(support, { from: 60 * 24 * 2, to: 60 * 24 * 2 + 60 });
	}
	await here.entry(ending, 'letter', { text: 'Dear Robin', from: 'Devon' });
	await here.support('match_proposed', { initials: 'QQ' });
});
test.afterAll(() => here.close());

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Without what is another each time: the numbers of forms, and moments. */
const settled = (html: string) => html.replace(UUID, 'id').replace(/\b\d{1,2}:\d{2}(:\d{2})?\b/g, 'time');

/** Whatever links lead to from a staff member's first pages, each as it is. */
async function walk(request: APIRequestContext): Promise<Map<string, string>> {
	const pages = new Map<string, string>();
	const start = ['/desk', '/desk/work', '/desk/work/me', '/desk/workers', '/desk/feedback', '/desk/report', '/my'];
	const beside = ['', '/ending', '/letter', '/keep'].map((page) => work(over) + page);
	const open = [...start, ...beside, `/desk/referrals/${over.reference}/questions`];
	for (let path = open.shift(); path !== undefined; path = open.shift()) {
		// A new entry has another number each time; its page is the same.
		const name = path.replace(UUID, 'id');
		if (pages.has(name)) continue;
		const answer = await request.get(path, { headers: { accept: 'text/html' }, maxRedirects: 0 });
		const isPage = (answer.headers()['content-type'] ?? '').startsWith('text/html');
		const html = isPage ? await answer.text() : '';
		pages.set(name, `${answer.status()} ${settled(html)}`);
		for (const [, href] of html.matchAll(/href="([^"]+)"/g)) {
			const { pathname, search } = new URL(href!.replaceAll('&amp;', '&'), `http://site${path}`);
			if (/^\/(desk|my)(\/|$)/.test(pathname)) open.push(pathname + search);
		}
	}
	return pages;
}

/** What is mailed to somebody. */
const mailsTo = async ({ email }: Colleague) =>
	(await here.sql`select template from private.outbox where to_address = ${email} order by created_at`).map(
		({ template }) => template as string
	);

/** Five answers by links, two of them of people whom this worker has supported, and as many from paper. */
async function fiveAnswers(): Promise<void> {
	const supports = [over, ending];
	while (supports.length < 5) supports.push(await here.support('completed', { worker: here.other }));
	for (const { id } of supports)
		await here.sql.begin(async (tx) => {
			await tx`select set_config('request.jwt.claim.sub', ${here.coordinator.id}, true)`;
			const [made] = await tx<{ answer: { ok: string } }[]>`select public.make_feedback_link(${id}) as answer`;
			const [kept] = await tx<{ answer: { refused?: string } }[]>`
				select public.answer_feedback(${made!.answer.ok}, gen_random_uuid(), ${tx.json({ how: 'not_good', helpful: 'no' })},
					encode(sha256(gen_random_uuid()::text::bytea), 'hex')) as answer`;
			expect(kept!.answer.refused).toBeUndefined();
			const [paper] = await tx<{ answer: { refused?: string } }[]>`
				select public.enter_feedback(${here.id}, gen_random_uuid(), ${tx.json({ how: 'good' })}) as answer`;
			expect(paper!.answer.refused).toBeUndefined();
		});
	const [count] = await here.sql<{ read: number }[]>`
		select count(*)::integer as read from private.feedback where program_id = ${here.id} and batch is not null`;
	expect(count!.read).toBe(10);
}

test('every page of a worker and a supervisor is the same before and after answers', async ({ browser }) => {
	const watched = [here.worker, here.supervisor];
	const pages = await Promise.all(watched.map((each) => phoneOf(browser, each)));
	const before: Map<string, string>[] = [];
	for (const page of pages) before.push(await walk(page.context().request));
	expect(before[0]!.size, 'a worker opens many pages').toBeGreaterThan(25);
	expect([...before[0]!.keys()]).toContain(work(ending, 'ending/feelings'));
	const mails = await Promise.all(watched.map(mailsTo));
	await fiveAnswers();
	for (const [index, page] of pages.entries()) {
		const after = await walk(page.context().request);
		expect([...after.keys()].sort()).toEqual([...before[index]!.keys()].sort());
		for (const [path, html] of after) expect(html, `${watched[index]!.name} ${path}`).toBe(before[index]!.get(path));
	}
	expect(await Promise.all(watched.map(mailsTo))).toEqual(mails);

	// The comparison can fail: a goal that is reached is told of.
	const [page] = pages;
	await here.entry(ending, 'goal', { text: 'Know three quiet places' }, { mark: 'yes', on_day: today() });
	const changed = await walk(page!.context().request);
	const different = [...changed].filter(([path, html]) => before[0]!.get(path) !== html).map(([path]) => path);
	expect(different).toContain(work(ending, 'goals'));
	for (const each of pages) await each.context().close();
});
