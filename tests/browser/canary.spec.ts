/* Nothing about a client leaves the sealed columns: not into mail, the log, an address, a title, an error, the audit or the database. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { anAccount, forgetLimits, withSql, type Sql } from './support/database.ts';
import { newestMail } from './support/mailbox.ts';
import { words } from './support/words.ts';

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 780 }, actionTimeout: 8000 });

/** One for each field about a client; letters alone, so that none of it is taken for something else. */
const letters = () =>
	[...randomUUID().replaceAll('-', '')].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
const FIELDS = [
	'name',
	'goal',
	'safety',
	'email',
	'question',
	'answer',
	'note',
	'no',
	'help',
	'reopen',
	'team'
] as const;
const canary = Object.fromEntries(FIELDS.map((field) => [field, `canary${letters()}`])) as Record<
	(typeof FIELDS)[number],
	string
>;
/** A number that nobody has (604 555 01xx), in the digits that are stored and hashed. */
const number = `60455501${String(Math.floor(Math.random() * 90) + 10)}`;
const ALL = [...Object.values(canary), number, `+1${number}`, `+1 ${number}`];

const addresses: string[] = [];
const titles: string[] = [];

const button = (page: Page, key: Parameters<typeof words>[0]) =>
	page.getByRole('main').getByRole('button', { name: words(key), exact: true });

async function signIn(page: Page, email: string, next: string): Promise<void> {
	await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
	await page.getByLabel(words('sign_in_email')).fill(email);
	await button(page, 'sign_in_send').click();
	await typeCode(page, email);
	await button(page, 'sign_in_button').click();
}

async function typeCode(page: Page, email: string): Promise<void> {
	const code = /\b(\d{3}) ?(\d{3})\b/
		.exec((await newestMail(email)).text)!
		.slice(1)
		.join('');
	await page.getByLabel(words('sign_in_code')).fill(code);
}

function follow(page: Page): void {
	page.on('request', (request) => addresses.push(request.url()));
	page.on('load', (loaded) => void loaded.title().then((title) => titles.push(title)));
}

/** Every value of every column of every table, but for sealed text, which is opened nowhere but in the Worker. */
async function foundIn(sql: Sql, needles: string[]): Promise<string[]> {
	const columns = await sql<{ schema: string; name: string; column: string }[]>`
		select n.nspname as schema, c.relname as name, a.attname as column
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
		where c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
			and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
			and has_table_privilege(c.oid, 'select')`;
	expect(columns.length).toBeGreaterThan(200);
	const found: string[] = [];
	for (const { schema, name, column } of columns) {
		const [hit] = await sql`select from ${sql(schema)}.${sql(name)}
			where ${sql(column)}::text ilike any (${needles.map((needle) => `%${needle}%`)}) limit 1`;
		if (hit) found.push(`${schema}.${name}.${column}`);
	}
	return found;
}

test('what is said of a client is nowhere but where it is sealed', async ({ page, browser }) => {
	test.slow();
	await forgetLimits();
	const nurse = `${randomUUID()}@health.example`;
	const { email: coordinator } = await withSql((sql) => anAccount(sql, { program: 'vancouver-sample' }));
	follow(page);

	await page.goto('/refer/you');
	await page.getByLabel(words('refer_you_email')).fill(nurse);
	await page.getByLabel(words('refer_you_team')).fill(canary.team);
	await page.getByLabel(words('refer_you_not_listed')).check();
	await button(page, 'refer_go_on').click();
	await button(page, 'refer_go_on').click();
	await page.getByLabel(words('refer_client_name')).fill(canary.name);
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill(canary.goal);
	// With something missing first: errors show it again, and nothing keeps it.
	await button(page, 'refer_go_on').click();
	await page.getByLabel(words('refer_client_consent_yes')).check();
	await button(page, 'refer_go_on').click();
	await page.getByLabel(words('refer_safety_what')).fill(canary.safety);
	await page.getByLabel(words('refer_safety_via_client')).check();
	await page.getByLabel(words('refer_safety_phone')).fill(number);
	await page.getByLabel(words('referral_safe_call')).check();
	await page.getByLabel(words('refer_safety_email')).fill(`${canary.email}@home.example`);
	await button(page, 'refer_go_on').click();
	// As a draft, then kept unconfirmed, then sent.
	expect(await withSql((sql) => foundIn(sql, ALL))).toEqual([]);
	await button(page, 'refer_check_send').click();
	await expect(page).toHaveURL('/refer/kept');
	expect(await withSql((sql) => foundIn(sql, ALL))).toEqual([]);
	await page.goto('/refer/check');
	await withSql((sql) => sql`update private.sign_in_codes set sent_at = now() - interval '1 minute'`);
	const messages = (await (await fetch(`${process.env.MAILBOX_URL}/messages.json`)).json()) as {
		to: string;
		text: string;
	}[];
	const code = messages.find(({ to, text }) => to === nurse && /^\d{3} ?\d{3}$/m.test(text))!;
	await page.getByLabel(words('sign_in_code')).fill(/^(\d{3}) ?(\d{3})$/m.exec(code.text)!.slice(1).join(''));
	await button(page, 'refer_check_send').click();
	await expect(page).toHaveURL(/\/my\/referrals\/PS-/);
	const reference = /PS-[\w-]+/.exec(page.url())![0];
	await page.goto('/my/referrals');
	expect(await page.content(), 'a list holds nothing sealed').not.toContain(canary.name);

	// The coordinator asks, the nurse answers, a note, a no, opened again.
	const desk = await browser.newPage({ javaScriptEnabled: false });
	follow(desk);
	const home = `/desk/referrals/${reference}`;
	await signIn(desk, coordinator, home);
	await expect(desk.getByText(canary.goal)).toBeVisible();
	await button(desk, 'desk_referral_acknowledge').click();
	await desk.goto(`${home}/ask`);
	await desk.locator('[name=words]').fill(canary.question);
	await button(desk, 'desk_referral_ask_button').click();
	await page.goto(`/my/referrals/${reference}`);
	await expect(page.getByText(canary.question).first()).toBeVisible();
	await page.locator('[name=answer]').fill(canary.answer);
	await page.locator('form:has([name=answer]) button').click();
	await desk.goto(home);
	await expect(desk.getByText(canary.answer)).toBeVisible();
	await desk.goto(`${home}/note`);
	await desk.locator('[name=words]').fill(canary.note);
	await button(desk, 'desk_referral_note_button').click();
	await desk.goto(`${home}/decline`);
	await desk.locator('[name=reason]').first().check();
	await desk.locator('[name=words]').fill(canary.no);
	await desk.locator('[name=who_may_help]').fill(canary.help);
	await button(desk, 'desk_referral_preview').click();
	await button(desk, 'desk_referral_send').click();
	await page.goto(`/my/referrals/${reference}`);
	await expect(page.getByText(canary.help).first()).toBeVisible();
	expect(await page.content(), 'what staff write to one another').not.toContain(canary.note);
	await desk.goto(`${home}/reopen`);
	await desk.locator('[name=words]').fill(canary.reopen);
	await desk.getByRole('main').locator('button.button').click();
	for (const list of ['/desk/referrals', '/desk/referrals?view=triage', '/desk']) {
		await desk.goto(list);
		const shown = await desk.content();
		expect(
			ALL.filter((needle) => shown.includes(needle)),
			list
		).toEqual([]);
	}

	// Searching, and pages that fail.
	await desk.goto('/desk/referrals');
	await desk.getByText(words('inbox_search'), { exact: true }).click();
	await desk.getByLabel(words('inbox_search_label')).fill(canary.name);
	await button(desk, 'inbox_search_button').click();
	await expect(desk.getByText(reference)).toBeVisible();
	const failed = await desk.request.post(`${home}/ask`, {
		form: { words: canary.question.repeat(200), version: 'none' },
		headers: { origin: process.env.SITE_URL!, accept: 'text/html' }
	});
	expect(failed.status()).toBeGreaterThanOrEqual(400);
	const stolen = await page.request.post(`${home}?/acknowledge`, {
		form: { words: canary.no },
		headers: { origin: process.env.SITE_URL!, accept: 'text/html' }
	});
	expect(stolen.status()).toBe(403);
	expect(await stolen.text()).not.toContain(canary.no);
	await desk.close();

	const mails = JSON.stringify(await (await fetch(`${process.env.MAILBOX_URL}/messages.json`)).json());
	const log = readFileSync(process.env.SITE_LOG!, 'utf8');
	expect(mails, 'there was mail about it').toContain(reference);
	expect(log.length, 'there is a log').toBeGreaterThan(1000);
	expect(titles.length).toBeGreaterThan(10);
	for (const needle of ALL) {
		expect(mails.includes(needle), 'in a mail').toBe(false);
		expect(log.includes(needle), 'in the log').toBe(false);
		expect(
			addresses.filter((address) => address.includes(needle)),
			'in an address'
		).toEqual([]);
		expect(
			titles.filter((title) => title.includes(needle)),
			'in a title'
		).toEqual([]);
	}
	expect(await withSql((sql) => foundIn(sql, ALL)), 'in the database').toEqual([]);
	// The check can fail: what is plain is found.
	expect(await withSql((sql) => foundIn(sql, [reference]))).toContain('public.referrals.reference');
});
