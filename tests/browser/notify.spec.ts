/* "Tell me when": asked for by an address, confirmed by its link, ended by one press. On a phone, JavaScript off. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import postgres from 'postgres';
import { isWrong, open as openPhone } from './support/admins.ts';
import { forgetLimits } from './support/database.ts';
import { press, said, told } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { newestMail } from './support/mailbox.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const sql = postgres(process.env.DATABASE_URL!, { max: 2, onnotice: () => {} });
const program = { id: randomUUID(), slug: `notify-${randomUUID().slice(0, 8)}`, area: randomUUID() };
const asked = `/training/notify?program=${program.slug}&area=${program.area}`;

test.beforeAll(async () => {
	await forgetLimits();
	await sql`insert into public.programs (id, slug, name) values (${program.id}, ${program.slug}, 'Programme of notices')`;
	await sql`insert into public.areas (id, program_id, name) values (${program.area}, ${program.id}, 'Kitsilano')`;
});
test.afterAll(async () => {
	await sql`delete from private.outbox where program_id = ${program.id}`;
	await sql`delete from public.programs where id = ${program.id}`;
	await sql.end({ timeout: 2 });
});

const anAddress = () => `${randomUUID()}@people.example`;
const somebody = async (browser: Browser, isScripted = false): Promise<Page> =>
	(await openPhone(browser, undefined, isScripted)).newPage();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const email = (page: Page) => page.getByLabel(words('notify_email'));

interface Wish {
	confirmed_at: Date | null;
	days: number;
}
const wishOf = async (address: string): Promise<Wish | undefined> =>
	(
		await sql<Wish[]>`select confirmed_at, round(extract(epoch from kept_until - now()) / 86400)::integer as days
			from private.training_interest where email = ${address}`
	)[0];

/** A wish as it stands, with the token of a link to it. */
async function aWish(given: { isConfirmed?: boolean; days?: number } = {}) {
	const { isConfirmed = true, days = 300 } = given;
	const [token, address] = [randomBytes(16).toString('hex'), anAddress()];
	await sql`with wish as (
			insert into private.training_interest (program_id, area_id, email, confirmed_at, kept_until)
			values (${program.id}, ${program.area}, ${address}, ${isConfirmed ? new Date() : null}, now() + make_interval(days => ${days}))
			returning id)
		insert into private.interest_links (token_hash, interest_id) select private.token_hash(${token}), id from wish`;
	return { address, token, link: `/training/notify/${token}`, end: `/api/training/unsubscribe/${token}` };
}

test('somebody asks to be told, says yes by the mail’s button, and stops', async ({ browser, baseURL }) => {
	const page = await somebody(browser);
	const address = anAddress();
	await page.goto('/training');
	await page.getByRole('link', { name: words('notify_next') }).click();
	await expect(page).toHaveURL('/training/notify');
	await page.goto(asked);
	await expect(page.locator('#choice')).toHaveValue(`${program.slug}/${program.area}`);
	await email(page).fill(` ${address.toUpperCase()}`);
	await press(page, 'notify_send');
	await expect(page).toHaveURL('/training/notify?done=1');
	await expect(heading(page)).toHaveText(words('notify_done_title'));
	expect(await page.content()).not.toContain(address);

	const mail = await newestMail(address);
	const link = /\/training\/notify\/[0-9a-f]{32}/.exec(mail.text)![0];
	const token = link.split('/').at(-1)!;
	expect(mail.headers).toEqual({
		'List-Unsubscribe': `<${baseURL}/api/training/unsubscribe/${token}>`,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
	});
	const stale = await somebody(browser);
	for (const each of [page, stale]) {
		const answer = await each.goto(link);
		expect(answer!.headers()['cache-control']).toContain('no-store');
		expect(answer!.headers()['x-robots-tag']).toContain('noindex');
		expect(answer!.headers()['referrer-policy']).toBe('strict-origin');
	}
	await expect(page.getByRole('main')).toContainText('Programme of notices, Kitsilano');
	expect((await wishOf(address))!.confirmed_at, 'looking says nothing').toBeNull();

	for (const each of [page, stale]) {
		await press(each, 'notify_yes');
		await said(each, 'notify_noted');
		await expect(heading(each)).toHaveText(words('notify_on_title'));
	}
	expect(await wishOf(address)).toMatchObject({ confirmed_at: expect.any(Date), days: 365 });

	await page.goto(asked);
	await email(page).fill(address);
	await press(page, 'notify_send');
	await expect(heading(page), 'the same for everybody').toHaveText(words('notify_done_title'));
	const known = await newestMail(address, mail.id);
	await page.goto(/\/training\/notify\/[0-9a-f]{32}/.exec(known.text)![0]);
	await expect(heading(page)).toHaveText(words('notify_on_title'));

	for (const each of [page, stale]) {
		await press(each, 'notify_stop');
		await said(each, 'notify_stopped');
	}
	expect(await wishOf(address)).toBeUndefined();
	await page.goto(link);
	await expect(heading(page)).toHaveText(words('notify_gone_title'));
	await page.getByRole('link', { name: words('notify_gone_ask') }).click();
	await expect(email(page)).toBeVisible();
});

test('a yes that comes too late says so', async ({ browser }) => {
	const page = await somebody(browser);
	const { address, link } = await aWish({ isConfirmed: false });
	await page.goto(link);
	await sql`delete from private.training_interest where email = ${address}`;
	await press(page, 'notify_yes');
	await expect(heading(page)).toHaveText(words('notify_gone_title'));
});

test('near its end it can go on for another year; one press is enough', async ({ browser }) => {
	const page = await somebody(browser);
	const { address, link } = await aWish({ days: 12 });
	await page.goto(link);
	await press(page, 'notify_keep');
	await said(page, 'notify_noted');
	expect((await wishOf(address))!.days).toBe(365);
	await expect(page.getByRole('button', { name: words('notify_keep') })).toHaveCount(0);
	await expect(page.getByRole('button', { name: words('notify_stop') })).toBeVisible();
});

test('an address that it was not, can be forgotten at once', async ({ browser }) => {
	const page = await somebody(browser);
	const { address, link } = await aWish({ isConfirmed: false, days: 6 });
	await page.goto(link);
	await press(page, 'notify_forget');
	await said(page, 'notify_stopped');
	expect(await wishOf(address)).toBeUndefined();
});

test('a slip in the address, and a choice that is gone, are said beside their fields', async ({ browser }) => {
	const page = await somebody(browser);
	const area = randomUUID();
	await sql`insert into public.areas (id, program_id, name) values (${area}, ${program.id}, 'Fairview')`;
	await page.goto(`/training/notify?program=${program.slug}&area=${area}`);
	await email(page).fill('mei at people');
	await press(page, 'notify_send');
	await isWrong(page, words('notify_email_wrong'), 'email');
	await expect(email(page)).toHaveValue('mei at people');
	await expect(page.locator('#choice')).toHaveValue(`${program.slug}/${area}`);

	const address = anAddress();
	await email(page).fill(address);
	await sql`delete from public.areas where id = ${area}`;
	await press(page, 'notify_send');
	await isWrong(page, words('notify_unknown'), 'choice');
	await expect(email(page)).toHaveValue(address);
	expect(await wishOf(address)).toBeUndefined();
});

test('too many mails to one address: it is said, and nothing is lost', async ({ browser }) => {
	const page = await somebody(browser);
	const address = anAddress();
	await sql`insert into private.uses (what, who_hash, since, count)
		values ('interest_for', encode(private.token_hash(${address}), 'hex'), now(), 5)`;
	await page.goto(asked);
	await email(page).fill(address);
	await press(page, 'notify_send');
	await told(page, 'notify_too_many');
	await expect(email(page)).toHaveValue(address);
	expect(await wishOf(address)).toBeUndefined();
	await sql`delete from private.uses where what = 'interest_for'`;
	await press(page, 'notify_send');
	await expect(page).toHaveURL('/training/notify?done=1');
});

test('a mail program ends it with a form from nowhere; looking at the address leads to the page', async ({
	request
}) => {
	const oneClick = { 'List-Unsubscribe': 'One-Click' };
	for (const sent of [{ form: oneClick }, { multipart: oneClick }]) {
		const { address, link, end } = await aWish();
		const looked = await request.get(end, { maxRedirects: 0 });
		expect(looked.status()).toBe(303);
		expect(looked.headers()['location']).toBe(link);
		expect(await wishOf(address)).toBeDefined();
		for (let press = 0; press < 2; press++) {
			const answer = await request.post(end, sent);
			expect(answer.status()).toBe(200);
			expect(answer.headers()['cache-control']).toBe('private, no-store');
			expect(await answer.text()).toBe(words('notify_stopped'));
		}
		expect(await wishOf(address)).toBeUndefined();
	}
	const refused = await request.put(`/api/training/unsubscribe/${'0'.repeat(32)}`, { data: {} });
	expect(refused.status()).toBe(405);
	expect(refused.headers()['content-type']).toBe('application/problem+json');
});

test('no other form comes from nowhere', async ({ request }) => {
	const { address, link } = await aWish();
	for (const url of [`${link}?/stop`, '/training/notify', '/sign-in', '/api/training/unsubscribe', '/api/cron']) {
		const answer = await request.post(url, { form: { 'List-Unsubscribe': 'One-Click' } });
		expect(answer.status(), url).toBe(403);
	}
	expect(await wishOf(address)).toBeDefined();
});

test('everybody can use each page', async ({ browser }) => {
	const page = await somebody(browser, true);
	await page.goto(asked);
	await everybodyCanUse(page);
	await press(page, 'notify_send');
	await everybodyCanUse(page, 'with a slip');
	await email(page).fill(anAddress());
	await press(page, 'notify_send');
	await expect(page).toHaveURL('/training/notify?done=1');
	await everybodyCanUse(page);
	for (const wish of [await aWish({ isConfirmed: false }), await aWish(), await aWish({ days: 9 })]) {
		await page.goto(wish.link);
		await everybodyCanUse(page);
	}
	await press(page, 'notify_stop');
	await everybodyCanUse(page, 'ended');
});
