/* Trainings as coordinators make them: JavaScript off, on a phone, in a programme of their own. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { isWrong } from './support/admins.ts';
import { forgetLimits } from './support/database.ts';
import { box, Desk, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { idle, signInAgain } from './support/kept.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
let me: Colleague;
let page: Page;

test.beforeAll(async ({ browser }) => {
	await forgetLimits();
	await here.open();
	me = await here.person('Asha');
	page = await phoneOf(browser, me);
});
test.afterAll(async () => {
	await page.context().close();
	await here.sql`delete from public.cohorts where program_id = ${here.id}`;
	await here.close();
});

interface Made {
	state?: 'draft' | 'announced' | 'open' | 'cancelled';
	kind?: 'open_sign_up' | 'application';
	title?: string;
	/** Days from now on which it has a class of an hour. */
	classes?: number[];
}

/** A training that is there already. */
async function made({ state = 'draft', kind = 'open_sign_up', title = 'Winter training', classes = [10] }: Made = {}) {
	const [row] = await here.sql<{ id: string }[]>`
		insert into public.cohorts (program_id, slug, kind, title, state, capacity, announced_at)
		values (${here.id}, ${`c-${randomUUID()}`}, ${kind}, ${title}, ${state}, 12, ${state === 'draft' ? null : new Date()})
		returning id`;
	const { id } = row!;
	for (const days of classes)
		await here.sql`insert into public.classes (cohort_id, starts_at, ends_at)
			values (${id}, now() + make_interval(days => ${days}), now() + make_interval(days => ${days}, hours => 1))`;
	return id;
}

const at = (id: string, below = '') => `/desk/training/${id}${below && `/${below}`}`;
const field = (name: string) => page.locator(`[name="${name}"]`);
const cohorts = async (title: string) =>
	here.sql<{ id: string; slug: string; state: string; capacity: number; place_name: string }[]>`
		select id, slug, state, capacity, place_name from public.cohorts where program_id = ${here.id} and title = ${title}
		order by created_at`;
const classes = async (id: string) =>
	here.sql<{ day: string; time: string; sequence: number; off: boolean }[]>`
		select to_char(x.starts_at at time zone p.time_zone, 'YYYY-MM-DD') as day,
			to_char(x.starts_at at time zone p.time_zone, 'HH24:MI') as time, x.sequence, x.cancelled_at is not null as off
		from public.classes x join public.cohorts c on c.id = x.cohort_id join public.programs p on p.id = c.program_id
		where x.cohort_id = ${id} order by x.starts_at`;

/** What was sent arrives at the training's own page. */
const arrives = (done: 'made' | 'saved', on = page) =>
	on.waitForURL(new RegExp(`/desk/training/[-0-9a-f]{36}\\?done=${done}$`));

async function plan(given: Record<string, string>) {
	for (const [name, value] of Object.entries(given)) {
		if (name === 'every') await field(name).selectOption(value);
		else await field(name).fill(value);
	}
}

test('an information evening is made with one form, and pressed twice it is made once', async () => {
	await page.goto('/desk');
	await page
		.getByRole('navigation', { name: words('desk_nav') })
		.getByRole('link', { name: words('desk_nav_training') })
		.click();
	await expect(page.getByText(words('cohort_list_none'))).toBeVisible();
	await follow(page, 'cohort_new');
	const day = await here.day(20);
	await box(page, 'cohort_title').fill('Information evening');
	await plan({ first: day, from: '18:30', to: '20:00', capacity: '40', place_name: 'The hall' });
	const sent = page.waitForRequest((request) => request.method() === 'POST');
	await press(page, 'cohort_save_new');
	await arrives('made');
	const [evening, ...more] = await cohorts('Information evening');
	expect(more).toEqual([]);
	expect(evening).toMatchObject({ state: 'draft', capacity: 40, place_name: 'The hall' });
	expect(evening!.slug).toMatch(/^information-evening-[a-z]+-20\d\d(-\d+)?$/);
	expect(await classes(evening!.id)).toEqual([{ day, time: '18:30', sequence: 0, off: false }]);

	const again = await page.request.post('/desk/training/new', {
		data: (await sent).postData()!,
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'text/html',
			origin: new URL(page.url()).origin
		},
		maxRedirects: 0
	});
	expect([again.status(), again.headers().location]).toEqual([303, `${at(evening!.id)}?done=made`]);
	expect(await cohorts('Information evening')).toHaveLength(1);
	expect(await classes(evening!.id)).toHaveLength(1);
});

test('what is wrong is said beside its field, and nothing that was typed is lost', async () => {
	await page.goto('/desk/training/new');
	const long = 'x'.repeat(10_001);
	await page.locator('[maxlength]').evaluateAll((all) => all.forEach((one) => one.removeAttribute('maxlength')));
	await field('about').fill(long);
	await plan({ first: '2020-01-06', from: '20:00', to: '18:00', count: '99', without: 'Easter', capacity: '-1' });
	await plan({ closes_day: '2020-01-01', place: 'The Library' });
	await press(page, 'cohort_save_new');
	await isWrong(page, words('cohort_error_title'), 'title');
	await isWrong(page, words('cohort_error_long', { most: '10,000' }), 'about');
	await isWrong(page, words('cohort_error_past'), 'first');
	await isWrong(page, words('cohort_error_order'), 'to');
	await isWrong(page, words('cohort_error_without', { line: 'Easter' }), 'without');
	await isWrong(
		page,
		words('cohort_error_number', { what: words('cohort_capacity'), least: 0, most: '1,000' }),
		'capacity'
	);
	await isWrong(page, words('cohort_error_place'), 'place');
	await isWrong(page, words('cohort_error_closes_past'), 'closes_day');
	await expect(field('about')).toHaveValue(long);
	await expect(field('first')).toHaveValue('2020-01-06');

	await box(page, 'cohort_title').fill('Nowhere');
	await field('about').fill('');
	await plan({
		first: '',
		from: '',
		to: '',
		count: '1',
		without: '',
		capacity: '0',
		closes_day: '',
		place: 'no-such-place'
	});
	await press(page, 'cohort_save_new');
	await isWrong(page, words('cohort_error_place_unknown'), 'place');
	await field('place').fill('');
	await press(page, 'cohort_save_new');
	await arrives('made');
	await page.goto('/desk/training');
	await expect(page.getByRole('listitem').filter({ hasText: 'Nowhere' })).toContainText(words('cohort_seats_zero'));
});

test('a training is copied: words, seats, place, questions and rhythm, without its days', async () => {
	const source = await made({ state: 'open', kind: 'application', title: 'Copied training', classes: [30, 37, 44] });
	await here.sql`insert into public.cohort_questions (id, cohort_id, position, kind, label)
		values (${randomUUID()}, ${source}, 1, 'short', 'Which pronouns?')`;
	await page.goto('/desk/training');
	await page
		.getByRole('listitem')
		.filter({ hasText: 'Copied training' })
		.getByRole('link', { name: words('cohort_copy') })
		.last()
		.click();
	await expect(box(page, 'cohort_title')).toHaveValue('Copied training');
	await expect(field('capacity')).toHaveValue('12');
	await expect(field('every')).toHaveValue('week');
	await expect(field('count')).toHaveValue('3');
	await expect(field('first')).toHaveValue('');
	const [first, skipped] = [await here.day(60), await here.day(67)];
	await plan({ first, from: '09:00', to: '10:00', without: skipped });
	await press(page, 'cohort_save_new');
	await arrives('made');
	const copy = (await cohorts('Copied training')).find(({ state }) => state === 'draft')!;
	expect((await classes(copy.id)).map(({ day }) => day)).toEqual([first, await here.day(74), await here.day(81)]);
	const asked = await here.sql`select label from public.cohort_questions where cohort_id = ${copy.id}`;
	expect([...asked]).toEqual([{ label: 'Which pronouns?' }]);
});

test('somebody else has changed it meanwhile: both are shown, and one saves over the other knowingly', async () => {
	const id = await made({ title: 'Twice changed' });
	await page.goto(at(id, 'edit'));
	await here.sql`update public.cohorts set summary = 'Theirs', version = version + 1 where id = ${id}`;
	await box(page, 'cohort_summary').fill('Mine');
	await press(page, 'cohort_save');
	await told(page, 'cohort_refused_stale');
	await expect(page.getByRole('region', { name: words('cohort_now') })).toContainText('Theirs');
	await expect(box(page, 'cohort_summary')).toHaveValue('Mine');
	await press(page, 'cohort_save');
	await arrives('saved');
	const [row] = await here.sql`select summary from public.cohorts where id = ${id}`;
	expect(row).toEqual({ summary: 'Mine' });
});

test('classes are added by a pattern, moved, called off and put back', async () => {
	const id = await made({ state: 'open', title: 'With classes', classes: [] });
	await page.goto(at(id, 'classes'));
	await expect(page.getByText(words('cohort_classes_none'))).toBeVisible();
	const days = [await here.day(12), await here.day(26), await here.day(40)];
	await plan({ first: days[0]!, from: '18:00', to: '20:00', every: 'two_weeks', count: '3' });
	await press(page, 'cohort_classes_add');
	await said(page, 'cohort_done_added');
	expect((await classes(id)).map(({ day, time }) => `${day} ${time}`)).toEqual(days.map((day) => `${day} 18:00`));

	await plan({ first: await here.day(5), from: '19:00', to: '21:00', every: 'week', count: '2' });
	await press(page, 'cohort_classes_add');
	await isWrong(page, words('cohort_error_overlap_some'), 'first');
	await expect(field('from')).toHaveValue('19:00');
	expect(await classes(id)).toHaveLength(3);

	await page.locator('main a[href*="/classes/"]').first().click();
	const first = page.url();
	await plan({ day: days[1]!, from: '19:00', to: '21:00' });
	await press(page, 'cohort_save');
	await isWrong(page, words('cohort_error_overlap'), 'from');
	await plan({ day: '2020-01-06' });
	await press(page, 'cohort_save');
	await isWrong(page, words('cohort_error_past'), 'day');
	await plan({ day: await here.day(13), topic: 'Listening' });
	await press(page, 'cohort_save');
	await said(page, 'cohort_done_class');
	expect((await classes(id))[0]).toEqual({ day: await here.day(13), time: '19:00', sequence: 1, off: false });

	await page.goto(first);
	await here.sql`update public.classes set sequence = sequence + 1, topic = 'Theirs' where cohort_id = ${id}`;
	await plan({ topic: 'Mine' });
	await press(page, 'cohort_save');
	await told(page, 'cohort_refused_class_stale');
	await expect(page.getByRole('region', { name: words('cohort_now') })).toContainText('Theirs');
	await expect(field('topic')).toHaveValue('Mine');

	await page.goto(first);
	await press(page, 'cohort_class_off');
	await said(page, 'cohort_done_off');
	expect((await classes(id))[0]).toMatchObject({ off: true, sequence: 3 });
	await page.goto(first);
	await press(page, 'cohort_class_back');
	await said(page, 'cohort_done_back');
	expect((await classes(id))[0]).toMatchObject({ off: false, sequence: 4 });
});

test('questions begin from the usual ones, and are changed, ordered and taken away', async () => {
	const id = await made({ kind: 'application', title: 'With questions' });
	await page.goto(at(id, 'questions'));
	await follow(page, 'cohort_questions_usual');
	await press(page, 'cohort_questions_save');
	await said(page, 'cohort_done_questions');
	const asked = async () =>
		(
			await here.sql<
				{ kind: string }[]
			>`select kind from public.cohort_questions where cohort_id = ${id} order by position`
		).map(({ kind }) => kind);
	expect(await asked()).toEqual(['long', 'long', 'choice', 'consent']);
	await expect(page.getByRole('region', { name: words('cohort_questions_seen') })).toContainText(
		words('cohort_usual_why')
	);
	await expect(page.getByRole('link', { name: words('cohort_questions_usual') })).toHaveCount(0);

	await field('questions-0-remove').check();
	await field('questions-3-place').fill('0');
	await field('questions-2-options').fill('Only one');
	await press(page, 'cohort_questions_save');
	await isWrong(page, words('cohort_error_options', { least: 2, most: 20 }), 'questions-2-options');
	await expect(field('questions-0-remove')).toBeChecked();
	await field('questions-2-options').fill('One\nTwo');
	await press(page, 'cohort_questions_save');
	await said(page, 'cohort_done_questions');
	expect(await asked()).toEqual(['consent', 'long', 'choice']);

	await here.sql`update public.cohorts set version = version + 1 where id = ${id}`;
	await field('questions-1-hint').fill('Mine');
	await press(page, 'cohort_questions_save');
	await told(page, 'cohort_refused_stale');
	await expect(field('questions-1-hint')).toHaveValue('Mine');
	await press(page, 'cohort_questions_save');
	await said(page, 'cohort_done_questions');
});

test('a draft is published, opened, closed and called off; each is asked for once', async ({ browser }) => {
	const id = await made({ title: 'Moved on' });
	await page.goto(at(id, 'state'));
	await expect(page.getByRole('main')).toContainText(words('cohort_step_publish_none'));
	const stale = await secondTab(browser, at(id, 'state'));
	await press(page, 'cohort_step_publish_button');
	await said(page, 'cohort_done_publish');
	expect((await page.request.get(`/training/${(await cohorts('Moved on'))[0]!.slug}`)).status()).toBe(200);
	await press(stale, 'cohort_step_publish_button');
	await said(stale, 'cohort_done_publish');
	await stale.context().close();

	await press(page, 'cohort_step_open_button');
	await said(page, 'cohort_done_open');
	await press(page, 'cohort_step_close_button');
	await said(page, 'cohort_done_close');
	await press(page, 'cohort_step_cancel_button');
	await isWrong(page, words('cohort_error_sure'), 'cancel');
	await page.getByLabel(words('cohort_step_cancel_sure')).check();
	await press(page, 'cohort_step_cancel_button');
	await said(page, 'cohort_done_cancel');
	await expect(page.locator('main form[action*="?/"]:not([action^="/"])')).toHaveCount(0);
	for (const below of ['edit', 'classes', 'questions']) {
		await page.goto(at(id, below));
		await expect(page.getByRole('main')).toContainText(/can't be changed any more/);
	}
});

async function secondTab(browser: Browser, address: string): Promise<Page> {
	const tab = await phoneOf(browser, me);
	await tab.goto(address);
	return tab;
}

test('a draft whose first class has been is not published, and can be thrown away', async () => {
	const id = await made({ title: 'Too late', classes: [-3] });
	await page.goto(at(id, 'state'));
	await press(page, 'cohort_step_publish_button');
	await told(page, 'cohort_refused_past');
	await page.getByLabel(words('cohort_step_remove_sure')).check();
	await press(page, 'cohort_step_remove_button');
	await said(page, 'cohort_done_remove');
	expect(await cohorts('Too late')).toEqual([]);
});

test('news is posted, changed and taken away', async () => {
	await page.goto('/desk/training/news');
	await expect(page.getByText(words('cohort_news_none'))).toBeVisible();
	await follow(page, 'cohort_news_new');
	await press(page, 'cohort_news_save_new');
	await isWrong(page, words('cohort_error_news_title'), 'title');
	await isWrong(page, words('cohort_error_news_body'), 'body');
	await box(page, 'cohort_news_heading').fill('A <b>new</b> room');
	await field('body').fill('We meet upstairs.');
	await press(page, 'cohort_news_save_new');
	await said(page, 'cohort_done_news');
	await page.getByRole('link', { name: 'A <b>new</b> room' }).click();
	await here.sql`update public.training_posts set body = 'Theirs', version = version + 1 where program_id = ${here.id}`;
	await field('body').fill('Mine');
	await press(page, 'cohort_save');
	await told(page, 'cohort_refused_stale');
	await expect(page.getByRole('region', { name: words('cohort_now') })).toContainText('Theirs');
	await press(page, 'cohort_save');
	await said(page, 'cohort_done_news');
	await expect(page.getByRole('main')).toContainText('Mine');
	await page.getByRole('link', { name: 'A <b>new</b> room' }).click();
	await press(page, 'cohort_news_remove');
	await said(page, 'cohort_done_news_away');
	await expect(page.getByText(words('cohort_news_none'))).toBeVisible();
});

test('a training elsewhere is listed by an address of the web alone', async () => {
	await page.goto('/desk/training/links');
	await follow(page, 'cohort_links_new');
	await box(page, 'cohort_link_title').fill('Peer work at the college');
	await field('url').fill('javascript:alert(1)');
	await press(page, 'cohort_links_save_new');
	await isWrong(page, words('cohort_error_link_url'), 'url');
	await field('url').fill('https://college.example/peer');
	await press(page, 'cohort_links_save_new');
	await said(page, 'cohort_done_link');
	await page.getByRole('link', { name: 'Peer work at the college' }).click();
	await press(page, 'cohort_links_remove');
	await said(page, 'cohort_done_link_away');
});

test('everybody can use these pages', async ({ browser }) => {
	test.slow();
	const draft = await made({
		kind: 'application',
		title: 'A training with quite a long name that has to wrap somewhere'
	});
	const open = await made({ state: 'open', title: 'Open', classes: [3, 10] });
	const cancelled = await made({ state: 'cancelled', title: 'Off' });
	const [meeting] = await here.sql<{ id: string }[]>`select id from public.classes where cohort_id = ${open} limit 1`;
	const withScript = await phoneOf(browser, me, true);
	for (const address of [
		...['/desk/training', '/desk/training/new', `/desk/training/new?copy=${draft}`, at(draft, 'edit')],
		...[at(draft, 'questions?usual=1'), at(draft, 'state'), at(open, 'state'), at(open, 'classes')],
		...[at(open, `classes/${meeting!.id}`), at(cancelled, 'state'), '/desk/training/news', '/desk/training/links'],
		...[`/desk/training/news/${randomUUID()}`, `/desk/training/links/${randomUUID()}`]
	]) {
		await withScript.goto(address);
		await everybodyCanUse(withScript);
	}
	await withScript.goto('/desk/training/new');
	await withScript.getByRole('button', { name: words('cohort_save_new') }).click();
	await expect(withScript.getByRole('alert')).toBeVisible();
	await everybodyCanUse(withScript, 'a form that was refused');
	await withScript.context().close();
});

test('what was typed after the session had ended is there again', async ({ browser }) => {
	const somebody = await here.person('Bo');
	const theirs = await phoneOf(browser, somebody);
	await theirs.goto('/desk/training/new');
	await box(theirs, 'cohort_title').fill('Kept training');
	await theirs.locator('[name="capacity"]').fill('7');
	await theirs.locator('[name="online"]').check();
	await idle(here, somebody);
	await press(theirs, 'cohort_save_new');
	await signInAgain(theirs, somebody);
	await said(theirs, 'kept_back');
	await expect(box(theirs, 'cohort_title')).toHaveValue('Kept training');
	await expect(theirs.locator('[name="online"]')).toBeChecked();
	await press(theirs, 'cohort_save_new');
	await arrives('made', theirs);
	expect(await cohorts('Kept training')).toHaveLength(1);
	await theirs.context().close();
});
