/* A coordinator with one request, JavaScript off: from taking it up to a kind no, and what happens when two act at once. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { at, box, Desk, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { newestMail } from './support/mailbox.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
const elsewhere = new Desk();
let asha: Colleague;
let ben: Colleague;
let admin: Colleague;
let stranger: Colleague;
let page: Page;

test.beforeAll(async () => {
	await Promise.all([here.open(), elsewhere.open()]);
	asha = await here.person('Asha');
	ben = await here.person('Ben');
	admin = await here.person('Noor', 'admin');
	stranger = await elsewhere.person('Wen');
});
test.afterAll(async () => {
	await Promise.all([here.close(), elsewhere.close()]);
});
test.beforeEach(async ({ browser }) => {
	page = await phoneOf(browser, asha);
});
test.afterEach(async () => {
	await page.context().close();
});

const heading = () => page.getByRole('heading', { level: 1 });

test('a request is taken up, asked about, kept waiting, answered with a kind no, opened again and corrected', async ({
	browser
}) => {
	test.slow();
	const client = `Robin ${randomUUID()}`;
	const request = await here.request({ client, goals: ['Find a choir <b>', 'איתי'], safety: 'Stairs.\nQuiet helps.' });
	await page.goto(at(request));
	await expect(page).toHaveTitle(new RegExp(`^${request.reference} · `));
	await expect(heading()).toContainText(request.reference);
	await expect(heading()).toContainText(words('referral_state_submitted'));
	for (const shown of [client, 'Find a choir <b>', 'Kitsilano', 'English, Panjabi', '3 November 2026', request.email!])
		await expect(page.getByRole('main')).toContainText(
			shown === 'English, Panjabi' ? /English, (Punjabi|Panjabi)/ : shown
		);
	await press(page, 'desk_referral_acknowledge');
	await said(page, 'desk_referral_done_acknowledge');
	await said(page, 'desk_referral_told');
	const mail = await newestMail(request.email!);
	expect(mail.text).toContain(request.reference);
	expect(mail.subject + mail.text).not.toContain(client);

	await follow(page, 'desk_referral_ask_title');
	await press(page, 'desk_referral_ask_button');
	await told(page, 'referral_refused_words');
	await box(page, 'desk_referral_ask_words').fill('Mornings or afternoons?\n\nAnd which days?');
	await press(page, 'desk_referral_ask_button');
	await said(page, 'desk_referral_done_ask');
	await expect(page.getByText('And which days?')).toBeVisible();
	await expect(page.getByRole('link', { name: words('desk_referral_waitlist_title') })).toHaveCount(0);
	await here.move(request, request.email!, 'answer', {}, 'Afternoons, please.');
	await page.goto(at(request));
	await expect(page.getByText(words('desk_referral_answered'))).toBeVisible();
	await expect(page.getByText('Afternoons, please.')).toBeVisible();

	await follow(page, 'desk_referral_waitlist_title');
	const field = page.getByLabel(words('desk_referral_day'));
	await expect(field).toHaveValue(await here.day(14));
	await field.fill(await here.day(93));
	await box(page, 'desk_referral_words_optional').fill('Two workers are in training.');
	await press(page, 'desk_referral_waitlist_button');
	await told(page, 'desk_referral_error_far');
	await expect(box(page, 'desk_referral_words_optional')).toHaveValue(/in training/);
	await field.fill(await here.day(92));
	await press(page, 'desk_referral_waitlist_button');
	await said(page, 'desk_referral_done_waitlist');
	await expect(page.getByRole('main')).toContainText(/Number 1, waiting since/);

	await follow(page, 'desk_referral_keep_title');
	await field.fill(await here.day(-1));
	await press(page, 'desk_referral_keep_button');
	await told(page, 'referral_refused_past');
	await field.fill(await here.day(7));
	await press(page, 'desk_referral_keep_button');
	await said(page, 'desk_referral_done_keep_waiting');
	await press(page, 'desk_referral_reconsider');
	await said(page, 'desk_referral_done_reconsider');

	await follow(page, 'desk_referral_decline_link');
	await press(page, 'desk_referral_start');
	await told(page, 'referral_refused_reason');
	await page.getByLabel(words('referral_reason_no_worker_free')).check();
	await press(page, 'desk_referral_start');
	const text = box(page, 'desk_referral_no_words');
	await expect(text).toHaveValue(words('desk_referral_sample_no_worker_free'));
	await text.fill('We are sorry.\nAsk us again in spring.');
	// Other words to begin from never take the place of one's own.
	await page.getByLabel(words('referral_reason_outside_area')).check();
	await press(page, 'desk_referral_start');
	await expect(text).toHaveValue(/^We are sorry\.\nAsk us again in spring\.\n\nThank you/);
	await text.fill('We are sorry.\nAsk us again in spring.');
	const help = box(page, 'desk_referral_help_words');
	await expect(help).toHaveValue(/\/neighbourhoods\/kitsilano/);
	await help.fill('');
	await press(page, 'desk_referral_preview');
	await told(page, 'desk_referral_error_help');
	await help.fill('2-1-1: a person looks it up.');
	await press(page, 'desk_referral_preview');
	await expect(heading()).toHaveText(words('desk_referral_preview_title'));
	await expect(page.getByText('Ask us again in spring.')).toBeVisible();
	expect(await here.timeline(request)).not.toContain('decline');
	await press(page, 'desk_referral_edit');
	await expect(text).toHaveValue('We are sorry.\nAsk us again in spring.');
	await expect(help).toHaveValue('2-1-1: a person looks it up.');
	await expect(page.getByLabel(words('referral_reason_outside_area'))).toBeChecked();
	await press(page, 'desk_referral_preview');
	await press(page, 'desk_referral_send');
	await said(page, 'desk_referral_done_no');
	await expect(heading()).toContainText(words('referral_state_declined'));
	await expect(page.getByRole('main')).toContainText(words('referral_reason_outside_area'));

	await follow(page, 'desk_referral_reopen_title');
	await box(page, 'desk_referral_reopen_words').fill('A worker has come back.');
	await press(page, 'desk_referral_reopen_title');
	await said(page, 'desk_referral_done_reopen');

	await follow(page, 'desk_referral_correct_link');
	await box(page, 'desk_referral_correct_words').fill('It was a rehearsal.');
	await press(page, 'desk_referral_correct_button');
	await said(page, 'desk_referral_done_ask_correction');
	await expect(page.getByText(words('desk_referral_correction_mine'))).toBeVisible();
	await expect(page.getByRole('link', { name: words('desk_referral_confirm_link') })).toHaveCount(0);
	const second = await phoneOf(browser, ben);
	await second.goto(at(request));
	await expect(second.getByRole('main')).toContainText(`${asha.name} asked on`);
	await expect(second.getByText('It was a rehearsal.').first()).toBeVisible();
	await second.getByRole('link', { name: words('desk_referral_confirm_link') }).click();
	await press(second, 'desk_referral_confirm_button');
	await said(second, 'desk_referral_done_confirm_correction');
	await second.context().close();

	expect(await here.timeline(request)).toEqual([
		...['submit', 'acknowledge', 'ask', 'answer', 'waitlist', 'keep_waiting', 'reconsider', 'decline', 'reopen'],
		...['ask_correction', 'confirm_correction']
	]);
	expect(await here.audit(request)).not.toContain('referral.moved refused');
});

test('a page that is older than the request is told so, and what was typed is kept', async ({ browser }) => {
	const request = await here.taken(ben);
	await page.goto(at(request, 'ask'));
	const other = await phoneOf(browser, ben);
	await other.goto(at(request));
	await other.getByLabel(words('desk_referral_assign')).selectOption({ label: asha.name });
	await press(other, 'desk_referral_assign_button');
	await said(other, 'desk_referral_done_assign');

	await box(page, 'desk_referral_ask_words').fill('Which days suit?');
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await press(page, 'desk_referral_ask_button');
	expect((await answer).status()).toBe(409);
	await told(page, 'referral_refused_stale');
	await expect(page.getByRole('main')).toContainText(`${ben.name} changed who looks after it.`);
	await expect(box(page, 'desk_referral_ask_words')).toHaveValue('Which days suit?');
	// Once it has been seen as it stands, it can be done.
	await press(page, 'desk_referral_ask_button');
	await said(page, 'desk_referral_done_ask');

	// Ben's own tab is behind now: a button and a choice are told the same.
	await other.getByLabel(words('desk_referral_assign')).selectOption({ label: admin.name });
	await press(other, 'desk_referral_assign_button');
	await told(other, 'referral_refused_stale');
	await expect(other.getByRole('heading', { level: 1 })).toContainText(words('referral_state_info_needed'));
	await expect(other.getByLabel(words('desk_referral_assign'))).toHaveValue(admin.id);
	await other.context().close();
});

test('what is not possible any more is said, and nothing that was typed is lost', async () => {
	const request = await here.taken(ben);
	await page.goto(at(request, 'decline'));
	await page.getByLabel(words('referral_reason_other')).check();
	await box(page, 'desk_referral_no_words').fill('We can’t, sorry.');
	await press(page, 'desk_referral_preview');
	await here.move(request, ben.email, 'withdraw', { for_peer: 'true' });
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await press(page, 'desk_referral_send');
	expect((await answer).status()).toBe(409);
	await told(page, 'referral_refused_stale');
	await expect(page.getByText(words('desk_referral_not_now'))).toBeVisible();
	await expect(page.getByText('We can’t, sorry.')).toBeVisible();
	await expect(page.locator('form:has(input[name=form])')).toHaveCount(0);
	await page.goto(at(request, 'ask'));
	await expect(page.getByText(words('desk_referral_not_now'))).toBeVisible();
	await page.goto(at(request));
	await expect(page.getByRole('main')).toContainText(
		`The client doesn't want it any more. ${ben.name} wrote that down.`
	);
	await expect(page.getByRole('button', { name: words('desk_referral_acknowledge') })).toHaveCount(0);
});

test('a form that is sent twice is done once, and a form that was changed in between is not taken for it', async () => {
	const request = await here.request();
	const origin = new URL(process.env.SITE_URL!).origin;
	const hidden = async () =>
		Object.fromEntries(
			await page
				.locator('form:has(input[name=form])')
				.first()
				.locator('input[type=hidden]')
				.evaluateAll((inputs) =>
					inputs.map((input) => [(input as HTMLInputElement).name, (input as HTMLInputElement).value])
				)
		) as Record<string, string>;
	const post = (path: string, form: Record<string, string>) =>
		page.request.post(path, { form, headers: { origin, accept: 'text/html' }, maxRedirects: 0 });
	const statuses = async (path: string, form: Record<string, string>) =>
		(await Promise.all([post(path, form), post(path, form)])).map((answer) => answer.status());

	await page.goto(at(request));
	expect(await statuses(`${at(request)}?/acknowledge`, await hidden())).toEqual([303, 303]);
	await page.goto(at(request, 'note'));
	const note = { ...(await hidden()), words: 'They rang.' };
	expect(await statuses(at(request, 'note'), note)).toEqual([303, 303]);
	expect((await post(at(request, 'note'), { ...note, words: 'They rang twice.' })).status()).toBe(303);
	await page.goto(at(request, 'ask'));
	const ask = { ...(await hidden()), words: 'When?' };
	expect(await statuses(at(request, 'ask'), ask)).toEqual([303, 303]);
	expect((await post(at(request, 'ask'), { ...ask, words: 'Where?' })).status()).toBe(409);
	expect(await here.timeline(request)).toEqual(['submit', 'acknowledge', 'note', 'note', 'ask']);
	await page.goto(at(request, 'home'));
	const away = await here.taken(ben);
	await page.goto(at(away, 'home'));
	const give = { ...(await hidden()), program: elsewhere.id };
	expect(await statuses(at(away, 'home'), give)).toEqual([303, 303]);
	expect(await here.timeline(away)).toEqual(['submit', 'acknowledge', 'rehome']);
	expect((await page.goto(at(away)))?.status()).toBe(404);
});

test('what shares a number is pointed out, what has no home is given to one, an address that is not listed is named', async ({
	browser
}) => {
	const hash = { kind: 'phone', hash: randomBytes(32).toString('hex') };
	const before = await here.request({ hashes: [hash] });
	const contact = { via: 'client' as const, phone: '604-555-0177', email: '', safe: ['text'] };
	const request = await here.request({
		...{ hashes: [hash], contact, needsHome: true },
		...{ email: `${randomUUID()}@elsewhere.example`, second: 'kim@clinic.example' }
	});
	await page.goto(at(request));
	const main = page.getByRole('main');
	await expect(main).toContainText(words('desk_referral_not_listed'));
	await expect(main).toContainText('Not listed: Harbour Team');
	await expect(main).toContainText('Kim Second, kim@clinic.example');
	await expect(main).toContainText(words('desk_referral_shares_phone'));
	await expect(main.getByRole('link', { name: '604-555-0177' })).toHaveAttribute('href', 'tel:+16045550177');
	await expect(main.getByRole('link', { name: before.reference })).toBeVisible();
	await expect(main).toContainText(words('desk_referral_needs_home'));
	await follow(page, 'desk_referral_home_link');
	await press(page, 'desk_referral_home_button');
	await told(page, 'desk_referral_error_program');
	await page.getByLabel(`Programme ${elsewhere.slug}`).check();
	await press(page, 'desk_referral_home_button');
	await expect(page).toHaveURL(/\/desk\/referrals\?done=rehome$/);
	const theirs = await phoneOf(browser, stranger);
	await theirs.goto(at(request));
	await expect(theirs.getByRole('main')).toContainText(`${asha.name} gave it to another programme.`);
	await theirs.context().close();
});

test('somebody with two programmes comes to each request without naming its programme', async ({ browser }) => {
	const both = await here.person('Sol');
	await here.sql`insert into public.memberships (program_id, user_id, role) values (${elsewhere.id}, ${both.id}, 'coordinator')`;
	const theirs = await phoneOf(browser, both);
	for (const desk of [here, elsewhere]) {
		const request = await desk.request();
		await theirs.goto(at(request));
		await expect(theirs.locator('[aria-current="true"]', { hasText: desk.slug })).toBeVisible();
		await press(theirs, 'desk_referral_acknowledge');
		await expect(theirs).toHaveURL(`${at(request)}?program=${desk.slug}&done=acknowledge`);
		await follow(theirs, 'desk_referral_note_title');
		await box(theirs, 'desk_referral_note_words').fill('They rang.');
		await press(theirs, 'desk_referral_note_button');
		await said(theirs, 'desk_referral_done_note');
	}
	await theirs.context().close();
});
