/* One's own places in trainings, signed in and by a link from a mail: JavaScript off, on a phone. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import ICAL from 'ical.js';
import { phone } from './support/devices.ts';
import { follow, press, said, told } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { signInQuietly } from './support/sign-in.ts';
import { signUpAt, Trainings, type Trainee } from './support/trainings.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const program = new Trainings();
test.beforeAll(async () => {
	await program.open();
});
test.afterAll(async () => {
	await program.sql`delete from public.cohorts where program_id = ${program.id}`;
	await program.close();
});

const main = (page: Page) => page.getByRole('main');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

async function signedIn(browser: Browser, who: Trainee, javaScriptEnabled = false): Promise<Page> {
	const context = await browser.newContext({ ...phone, javaScriptEnabled, reducedMotion: 'reduce' });
	await signInQuietly(context.request, who.email);
	return context.newPage();
}

const visitor = async (browser: Browser, javaScriptEnabled = false): Promise<Page> =>
	(await browser.newContext({ ...phone, javaScriptEnabled, reducedMotion: 'reduce' })).newPage();

const card = (page: Page, id: string) => page.locator(`#place-${id}`);

test('each place says how it stands, an offer first; another person sees none of them', async ({ browser }) => {
	const me = await program.trainee();
	const line = await program.cohort();
	await program.enrolment(line, 'waitlisted');
	const waits = await program.enrolment(line, 'waitlisted', { person: me });
	const offer = await program.enrolment(await program.cohort(), 'offered', { person: me });
	const answer = 'There were many of you. Call me.';
	const no = await program.enrolment(await program.cohort(), 'declined', { person: me, answer });
	const off = await program.enrolment(await program.cohort({ state: 'cancelled' }), 'enrolled', { person: me });
	const begun = await program.cohort({ state: 'running', classes: [-1, 6] });
	const late = await program.enrolment(begun, 'waitlisted', { person: me });
	const page = await signedIn(browser, me);
	await page.goto('/my');
	await expect(page.getByRole('region', { name: words('own_title') })).toContainText(/please say yes or no by \w+day/);
	await follow(page, 'own_my_go');
	await expect(page.getByRole('article').first()).toHaveAttribute('id', `place-${offer}`);
	await expect(card(page, waits)).toContainText(words('own_state_waitlisted', { place: 2 }));
	await expect(card(page, no)).toContainText(words('own_state_declined'));
	await expect(card(page, no)).toContainText(answer);
	await expect(card(page, no).getByRole('button')).toHaveCount(0);
	await expect(card(page, off)).toContainText(words('own_state_cancelled'));
	await expect(card(page, off).getByRole('button')).toHaveCount(0);
	await expect(card(page, late)).toContainText(words('own_state_begun'));
	for (const over of [no, off, late]) {
		const next = card(page, over).getByRole('link', { name: words('notify_next') });
		await expect(next).toHaveAttribute('href', /^\/training\/notify\?program=/);
		await expect(card(page, over).getByRole('link', { name: words('own_gone_contact') })).toBeVisible();
	}
	await expect(card(page, waits).getByRole('link', { name: words('notify_next') })).toHaveCount(0);

	const stranger = await signedIn(browser, await program.trainee());
	await stranger.goto('/my/training');
	await expect(main(stranger)).toContainText(words('own_none'));
	for (const below of ['details', 'certificate', 'calendar.ics'])
		expect((await stranger.request.get(`/my/training/${offer}/${below}`)).status(), below).toBe(404);
	const origin = new URL(stranger.url()).origin;
	for (const action of ['accept', 'withdraw', 'link'])
		await stranger.request.post(`/my/training?/${action}`, { headers: { origin }, form: { id: offer, version: '1' } });
	expect(await program.stateOf(offer)).toBe('offered');
});

test('what a place in line has usually meant is told from earlier trainings', async ({ browser }) => {
	const before = await program.cohort({ state: 'finished', classes: [-40] });
	const was = await program.enrolment(before, 'enrolled');
	await program.sql`insert into private.enrolment_events (enrolment_id, event, from_state, to_state, actor) values
		(${was}, 'sign_up', null, 'waitlisted', 'person'), (${was}, 'offer', 'waitlisted', 'offered', 'system')`;
	const me = await program.trainee();
	const line = await program.cohort();
	const mine = await program.enrolment(line, 'waitlisted', { person: me });
	const page = await visitor(browser);
	await page.goto(await program.link(mine));
	await expect(main(page)).toContainText(words('own_usual_one'));
	const further = await program.enrolment(line, 'waitlisted');
	await page.goto(await program.link(further));
	await expect(main(page)).toContainText(words('own_usual_one_not'));
	await program.sql`delete from public.cohorts where id = ${before.id}`;
});

test('a link shows a place and no name; looking changes nothing', async ({ browser }) => {
	const mine = await program.enrolment(await program.cohort({ joining: 'Ring the bell.' }), 'offered');
	const link = await program.link(mine);
	const page = await visitor(browser);
	for (let look = 0; look < 2; look++) {
		const headers = (await page.goto(link))!.headers();
		expect(headers['cache-control']).toBe('private, no-store');
		expect(headers['referrer-policy']).toBe('strict-origin');
		expect(headers['x-robots-tag']).toContain('noindex');
	}
	for (const search of ['?/accept=', '?/withdraw=']) await page.goto(`${link}${search}`);
	expect(await program.stateOf(mine)).toBe('offered');
	const html = await page.content();
	for (const secret of ['Robin', '604-555-0142', 'No nuts', 'Ring the bell']) expect(html).not.toContain(secret);

	await press(page, 'own_accept');
	await said(page, 'own_done_accepted');
	await expect(main(page)).toContainText('Ring the bell.');
	const subscribe = page.getByRole('link', { name: words('own_calendar_subscribe') });
	await expect(subscribe).toHaveAttribute('href', `webcal://${new URL(page.url()).host}${link}/calendar.ics`);
	const read = async () => {
		const answer = await page.request.get(`${link}/calendar.ics`);
		expect(answer.headers()['content-type']).toBe('text/calendar; charset=utf-8');
		expect(answer.headers()['content-disposition']).toContain('classes.ics');
		const file = await answer.text();
		const token = link.split('/').at(-1)!;
		const lines = file.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
		expect(lines.filter((line) => line.includes(token))).toEqual([expect.stringMatching(/^SOURCE/)]);
		return new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents('vevent').map((event) => ({
			status: event.getFirstPropertyValue('status'),
			sequence: Number(event.getFirstPropertyValue('sequence'))
		}));
	};
	const before = await read();
	expect(before.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
	await press(page, 'own_leave_seat');
	await said(page, 'own_done_left');
	const after = await read();
	expect(after.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
	expect(after[0]!.sequence).toBeGreaterThan(before[0]!.sequence);
});

test('an offer whose time is over is told, and has gone to the next', async ({ browser }) => {
	const cohort = await program.cohort({ capacity: 1 });
	const mine = await program.enrolment(cohort, 'offered', { missed: 1 });
	const next = await program.enrolment(cohort, 'waitlisted');
	const page = await visitor(browser);
	await page.goto(await program.link(mine));
	await program.sql`update public.enrolments set offered_until = now() - interval '1 second' where id = ${mine}`;
	await press(page, 'own_accept');
	await told(page, 'own_refused_too_late');
	await expect(main(page)).toContainText(words('own_state_expired'));
	expect([await program.stateOf(mine), await program.stateOf(next)]).toEqual(['expired', 'offered']);
});

test('an offer whose time is over, alone in line, is made again at once', async ({ browser }) => {
	const mine = await program.enrolment(await program.cohort({ capacity: 1 }), 'offered');
	const page = await visitor(browser);
	await page.goto(await program.link(mine));
	await program.sql`update public.enrolments set offered_until = now() - interval '1 second' where id = ${mine}`;
	await press(page, 'own_accept');
	await told(page, 'own_refused_too_late');
	expect(await program.stateOf(mine)).toBe('offered');
	await press(page, 'own_accept');
	await said(page, 'own_done_accepted');
});

test('a stale page does nothing and shows how it stands; a button pressed twice has done it once', async ({
	browser
}) => {
	const cohort = await program.cohort();
	const me = await program.trainee();
	const mine = await program.enrolment(cohort, 'offered', { person: me });
	const link = await program.link(mine);
	const [page, again] = [await visitor(browser), await visitor(browser)];
	await page.goto(link);
	await again.goto(link);
	await press(page, 'own_accept');
	await press(again, 'own_accept');
	await said(again, 'own_done_accepted');
	await program.sql`update public.enrolments set version = version + 1 where id = ${mine}`;
	await press(page, 'own_leave_seat');
	await told(page, 'own_refused_stale');
	await expect(main(page)).toContainText(words('own_state_enrolled'));
	expect(await program.stateOf(mine)).toBe('enrolled');

	const own = await signedIn(browser, me);
	await own.goto('/my/training');
	const form = { id: mine, version: await own.locator('form[action="?/withdraw"] [name=version]').inputValue() };
	const sent = { headers: { origin: new URL(own.url()).origin, accept: 'text/html' }, form, maxRedirects: 0 };
	const send = () => own.request.post('/my/training?/withdraw', sent);
	for (const answer of [...(await Promise.all([send(), send()])), await send()])
		expect(answer.headers().location).toBe(`/my/training?done=left#place-${mine}`);
	await program.sql`update public.cohorts set state = 'closed' where id = ${cohort.id}`;
	await own.goto('/my/training');
	await expect(own.getByRole('link', { name: words('own_again') })).toHaveCount(0);
});

test('somebody signed out meanwhile leaves nothing by accident, and signs in', async ({ browser }) => {
	const me = await program.trainee();
	const mine = await program.enrolment(await program.cohort(), 'enrolled', { person: me });
	const page = await signedIn(browser, me);
	await page.goto('/my/training');
	await page.context().clearCookies();
	await press(page, 'own_leave_seat');
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	expect(await program.stateOf(mine)).toBe('enrolled');
});

test('a link that leads nowhere is told calmly, with ways on', async ({ browser }) => {
	const mine = await program.enrolment(await program.cohort(), 'enrolled');
	const gone = await program.link(mine);
	const page = await visitor(browser);
	await page.goto(gone);
	await program.sql`delete from public.enrolments where id = ${mine}`;
	await press(page, 'own_leave_seat');
	await expect(heading(page)).toHaveText(words('own_gone_title'));
	for (const link of [gone, `/training/seat/${'0'.repeat(32)}`]) {
		const answer = (await page.goto(link))!;
		expect(answer.status()).toBe(410);
		expect(answer.headers()['referrer-policy']).toBe('strict-origin');
		expect(answer.headers()['x-robots-tag']).toContain('noindex');
		await expect(heading(page)).toHaveText(words('own_gone_title'));
		await expect(main(page).getByRole('link', { name: words('own_gone_sign_in') })).toHaveAttribute(
			'href',
			'/my/training'
		);
		expect((await page.request.get(`${link}/calendar.ics`)).status()).toBe(410);
	}
	expect((await page.goto('/training/seat/short'))!.status()).toBe(404);
});

test('a personal link is made by a button', async ({ browser }) => {
	const me = await program.trainee();
	await program.enrolment(await program.cohort(), 'enrolled', { person: me });
	const page = await signedIn(browser, me);
	await page.goto('/my/training');
	await press(page, 'own_calendar_link');
	await expect(page).toHaveURL(/\/training\/seat\/[0-9a-f]{32}$/);
	await expect(main(page)).toContainText(words('own_state_enrolled'));
});

test('what one needs is changed; who looks at an old page sees what stands and loses nothing', async ({ browser }) => {
	const me = await program.trainee();
	const mine = await program.enrolment(await program.cohort(), 'enrolled', { person: me, details: { name: 'رنا' } });
	const page = await signedIn(browser, me);
	await page.goto('/my/training');
	await follow(page, 'own_about_change');
	const name = page.getByRole('textbox', { name: words('signup_name') });
	const needs = page.getByRole('textbox', { name: words('signup_needs_words') });
	await expect(name).toHaveValue('رنا');
	await expect(page.getByLabel(words('signup_need_quiet'))).toBeChecked();
	await name.fill('');
	await needs.fill('x'.repeat(10_000));
	await press(page, 'own_details_save');
	await told(page, 'signup_error_name');
	await expect(needs).toHaveValue('x'.repeat(10_000));

	await name.fill('رنا ٢');
	await needs.fill('Large print');
	await program.sql`update public.enrolments set version = version + 1 where id = ${mine}`;
	await press(page, 'own_details_save');
	await told(page, 'own_details_stale');
	await expect(page.getByRole('region', { name: words('own_details_now') })).toContainText('No nuts, please');
	await expect(needs).toHaveValue('Large print');

	const { cookies } = await page.context().storageState();
	await page.context().clearCookies();
	await press(page, 'own_details_save');
	await told(page, 'signup_signed_out');
	await expect(needs).toHaveValue('Large print');
	await page.context().addCookies(cookies);
	await press(page, 'own_details_save');
	await said(page, 'own_done_details');
	await page.getByText(words('own_about'), { exact: true }).click();
	await expect(card(page, mine)).toContainText('Large print');
	await expect(card(page, mine)).toContainText('رنا ٢');
});

test('everybody can use each page, in each state', async ({ browser }) => {
	test.slow();
	const me = await program.trainee();
	const page = await signedIn(browser, me, true);
	await page.goto('/my/training');
	await everybodyCanUse(page, 'none yet');
	const place_name = 'Averyverylonghall'.repeat(8);
	for (const state of [
		'applied',
		'waitlisted',
		'offered',
		'enrolled',
		'declined',
		'expired',
		'withdrawn',
		'completed',
		'not_completed'
	] as const) {
		const isOver = state.endsWith('completed');
		const cohort = await program.cohort({ place_name, ...(isOver && { state: 'finished', classes: [-9] }) });
		const mine = await program.enrolment(cohort, state, { person: me, answer: 'x'.repeat(300) });
		await page.goto(await program.link(mine));
		await everybodyCanUse(page, `the link of ${state}`);
		if (state === 'completed') {
			await page.goto(`/my/training/${mine}/certificate`);
			await everybodyCanUse(page);
		}
		if (state === 'enrolled') {
			await page.goto(`/my/training/${mine}/details`);
			await everybodyCanUse(page);
		}
	}
	const applying = await program.cohort({ kind: 'application' });
	await program.application(applying, me);
	for (const address of ['/my/training?done=left', '/my', signUpAt(applying, '/check')]) {
		await page.goto(address);
		await everybodyCanUse(page);
	}
	for (const address of ['/training/certificate?number=TC-2222-2222', `/training/seat/${'0'.repeat(32)}`]) {
		await page.goto(address);
		await everybodyCanUse(page);
	}
});
