/* Calls that a coordinator writes down, JavaScript off, and finding what was written down: exactly, by what is known of it. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { forgetLimits } from './support/database.ts';
import { box, Desk, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { find, listed } from './support/inbox.ts';
import { newestMail } from './support/mailbox.ts';
import { mailedCode, typeCode } from './support/sign-in.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
let me: Colleague;
let ben: Colleague;
let page: Page;

test.beforeAll(async () => {
	await forgetLimits();
	await here.open();
	me = await here.person('Asha');
	ben = await here.person('Ben');
	await here.sql`insert into public.teams (program_id, name) values (${here.id}, 'Harbour Team'), (${here.id}, 'Ward 5')`;
});
test.afterAll(() => here.close());
test.beforeEach(async ({ browser }) => {
	await here.sql`delete from public.referrals where program_id = ${here.id}`;
	page = await phoneOf(browser, me);
});
test.afterEach(async () => {
	await page.context().close();
});

const isKept = ({ name }: { name: string }) => name.startsWith('kept_');

const check = (name: Parameters<typeof words>[0]) =>
	page.getByRole('checkbox', { name: words(name), exact: true }).check();

/** What a call needs at least. */
async function fillIn(client: string): Promise<void> {
	await page.getByLabel(words('phone_team')).selectOption({ label: 'Ward 5' });
	await box(page, 'refer_client_name').fill(client);
	await check('refer_starter_people');
	await check('refer_client_consent_yes');
}

test('a call is written down: mistakes are told beside their fields, and nothing typed is lost', async () => {
	await page.goto('/desk/referrals');
	await follow(page, 'inbox_phone');
	await press(page, 'phone_save');
	for (const key of ['phone_error_team', 'phone_error_client', 'phone_error_goal', 'phone_error_consent'] as const)
		await told(page, key);
	for (const link of await page.getByRole('alert').getByRole('link').all())
		await expect(page.locator((await link.getAttribute('href'))!)).toHaveCount(1);

	const name = `Núñez ${randomUUID()}`;
	await page.getByLabel(words('phone_team')).selectOption({ label: words('phone_team_not_listed') });
	await box(page, 'phone_caller_email').fill('kim at work');
	await box(page, 'phone_caller_phone').fill('extension 5');
	await box(page, 'refer_client_name').fill(name);
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill('<b>Bake & איתי</b>');
	for (const key of ['refer_starter_people', 'refer_starter_routine', 'refer_starter_centre'] as const)
		await check(key);
	await page.getByLabel(words('refer_client_consented_on')).fill('2999-01-01');
	await page.getByRole('radio', { name: words('phone_via_client') }).check();
	await press(page, 'phone_save');
	for (const key of [
		...(['phone_error_team_name', 'phone_error_email', 'refer_error_phone', 'refer_error_goals'] as const),
		...(['phone_error_consent', 'phone_error_consented_later', 'refer_error_reach'] as const)
	])
		await told(page, key);
	await expect(box(page, 'phone_caller_email')).toHaveValue('kim at work');
	await expect(box(page, 'refer_client_name')).toHaveValue(name);
	await expect(page.getByLabel(words('refer_client_goal', { number: 1 }))).toHaveValue('<b>Bake & איתי</b>');
	await expect(page.getByRole('radio', { name: words('phone_via_client') })).toBeChecked();

	await box(page, 'phone_team_name').fill('Night Shelter');
	await box(page, 'phone_caller_email').fill('Kim@Clinic.example');
	await box(page, 'phone_caller_phone').fill('604-555-0100 ext 5');
	await page.getByRole('checkbox', { name: words('refer_starter_centre') }).uncheck();
	await check('refer_client_consent_yes');
	await page.getByLabel(words('refer_client_consented_on')).fill('2026-11-02');
	await page.locator('#safety-phone').fill('(604) 555-0199');
	await check('referral_safe_text');
	await press(page, 'phone_save');
	await expect(page).toHaveURL(/\/desk\/referrals\/PS-\w{4}-\w{3}\?done=entered$/);
	await said(page, 'phone_done');
	for (const text of [name, '<b>Bake & איתי</b>', 'kim@clinic.example', 'Night Shelter', '604', me.name])
		await expect(page.getByRole('main')).toContainText(text);
	const [row] = await here.sql`
		select state, source, coordinator_id from public.referrals where program_id = ${here.id}`;
	expect(row).toEqual({ state: 'triage', source: 'phone', coordinator_id: me.id });
});

test('a call that is sent twice is one request; gone back to and changed, it is another', async () => {
	await page.goto('/desk/referrals/new');
	await fillIn('B.S.');
	const sent = page.waitForRequest((request) => request.method() === 'POST');
	await press(page, 'phone_save');
	await expect(page).toHaveURL(/done=entered/);
	const first = page.url();
	const form = (await sent).postData()!;
	const again = async (data = form) => {
		const headers = {
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'text/html',
			origin: new URL(first).origin
		};
		const answer = await page.request.post('/desk/referrals/new?/save', { data, headers, maxRedirects: 0 });
		return new URL(answer.headers().location ?? '', first).href;
	};
	expect(await Promise.all([again(), again()])).toEqual([first, first]);
	expect(await again(form.replace('client-name=B.S.', 'client-name=C.T.'))).not.toBe(first);
	const [{ count } = { count: 0 }] = await here.sql`
		select count(*)::int from public.referrals where program_id = ${here.id}`;
	expect(count).toBe(2);
});

test('a call that outlasts the session is kept for its writer alone', async ({ browser }) => {
	const lee = await here.person('Lee');
	page = await phoneOf(browser, lee);
	const name = `Robin ${randomUUID()}`;
	await page.goto('/desk/referrals/new');
	await fillIn(name);
	const before = await newestMail(lee.email);
	await here.sql`update private.staff_sessions set seen_at = seen_at - interval '31 minutes' where user_id = ${lee.id}`;
	await press(page, 'phone_save');
	await expect(page).toHaveURL(/\/sign-in\?.*why=idle/);

	// Somebody else who signs in on this device finds an empty form.
	const cookies = (await page.context().cookies(`${new URL(page.url()).origin}/desk/referrals/new`)).filter(isKept);
	expect(cookies).toHaveLength(1);
	const bens = await phoneOf(browser, ben);
	await bens.context().addCookies(cookies);
	await bens.goto('/desk/referrals/new');
	await expect(box(bens, 'refer_client_name')).toHaveValue('');
	await bens.context().close();

	await page.getByLabel(words('sign_in_email')).fill(lee.email);
	await press(page, 'sign_in_send');
	await typeCode(page, await mailedCode(lee.email, before.id));
	await said(page, 'kept_back');
	await expect(box(page, 'refer_client_name')).toHaveValue(name);
	await expect(page.getByRole('checkbox', { name: words('refer_client_consent_yes') })).toBeChecked();
	await press(page, 'phone_save');
	await said(page, 'phone_done');
	await page.goto('/desk/referrals/new');
	await expect(box(page, 'refer_client_name')).toHaveValue('');
});

test('one is found by what is known of it, exactly; what is typed stands in no address', async () => {
	const name = `José Núñez-${randomUUID().slice(0, 8)}`;
	const email = `${randomUUID()}@home.example`;
	const work = `${randomUUID()}@clinic.example`;
	await page.goto('/desk/referrals/new');
	await fillIn(name);
	await box(page, 'phone_caller_email').fill(work);
	await page.getByRole('radio', { name: words('phone_via_client') }).check();
	await page.locator('#safety-phone').fill('+1 604 555 0177');
	await check('referral_safe_call');
	await page.locator('#safety-email').fill(email);
	await press(page, 'phone_save');
	const reference = new URL(page.url()).pathname.split('/').at(-1)!;

	const typed = [
		name,
		name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase(),
		'(604) 555-0177',
		email.toUpperCase(),
		work
	];
	for (const text of typed) {
		await find(page, text);
		await said(page, 'inbox_found_one');
		expect(await listed(page), text).toEqual([reference]);
		expect(page.url()).not.toContain(encodeURIComponent(text.slice(0, 5)));
		await expect(page.getByLabel(words('inbox_search_label'))).toHaveValue(text.trim());
	}
	for (const text of [reference, reference.toLowerCase().replaceAll('-', ''), reference.slice(3)]) {
		// Without its letters in front it is one only with a digit in it.
		if (!/\d/.test(text) || !/[a-z]/i.test(text)) continue;
		await find(page, text);
		await expect(page).toHaveURL(`/desk/referrals/${reference}`);
	}
	for (const text of [name.split(' ')[0]!, '604 555 0178', 'PS-2222-222', 'kim@nowhere.example']) {
		await find(page, text);
		await said(page, 'inbox_found_none');
	}
	// What no database can hold finds nothing either.
	const odd = await page.request.post('/desk/referrals?/search', {
		form: { typed: 'a\u0000b@x.example' },
		headers: { origin: new URL(page.url()).origin }
	});
	expect(odd.status()).toBe(200);
	await find(page, '  ');
	await told(page, 'inbox_error_typed');
	const audit = await here.sql<{ outcome: string; details: unknown }[]>`
		select outcome, details from public.audit_events where program_id = ${here.id} and event = 'referral.searched' order by id`;
	expect(audit.slice(-10).map(({ details }) => details)).toEqual([
		...typed.map(() => ({ found: 1 })),
		...[0, 0, 0, 0, 0].map((found) => ({ found }))
	]);
});
