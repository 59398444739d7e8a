/* Nothing about a client leaves the sealed columns: not into mail, the log, an address, a title, an error, the audit or the database. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { aCanary, aNumber, follow, foundIn, whileItFails, type Trail } from './support/canary.ts';
import { anAccount, forgetLimits, withSql } from './support/database.ts';
import { mailedCode, signInAt, signInQuietly } from './support/sign-in.ts';
import { words } from './support/words.ts';

// One walk, in parts: each begins where the one before has ended.
test.describe.configure({ mode: 'serial', timeout: 90_000 });

/** One for each thing that is said. */
const FIELDS = [
	...(['name', 'goal', 'safety', 'email', 'team', 'question', 'answer', 'note', 'no', 'help', 'reopen'] as const),
	...(['wait', 'gone', 'failed', 'callName', 'callGoal', 'callSafety', 'callTeam'] as const)
];
const canary = Object.fromEntries(FIELDS.map((field) => [field, aCanary()])) as Record<(typeof FIELDS)[number], string>;
const number = aNumber();
const ALL = [...Object.values(canary), number, `+1${number}`, `+1 ${number}`];
const heldIn = (text: string) => ALL.filter((needle) => text.includes(needle));

const trail: Trail = { addresses: [], titles: [], headers: [] };
const nurse = `${randomUUID()}@health.example`;
const posted = { headers: { origin: process.env.SITE_URL!, accept: 'text/html' }, maxRedirects: 0 };
let page: Page;
let desk: Page;
let admin: Page;
let reference: string;
let called: string;

const button = (on: Page, key: Parameters<typeof words>[0]) =>
	on.getByRole('main').getByRole('button', { name: words(key), exact: true });
const home = (of = reference) => `/desk/referrals/${of}`;

async function phoneWithoutScript(browser: Browser): Promise<Page> {
	const made = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
	made.setDefaultTimeout(8000);
	follow(made, trail);
	return made;
}

/** What a form with words asks for, and its button. */
async function say(path: string, fields: Record<string, string>, key: Parameters<typeof words>[0]): Promise<void> {
	await desk.goto(`${home()}/${path}`);
	for (const [name, text] of Object.entries(fields)) await desk.locator(`[name=${name}]`).fill(text);
	await button(desk, key).click();
}

/** Nowhere in the database; what is sealed is opened by the Worker alone. */
const nowhereInTheDatabase = async () => expect(await withSql((sql) => foundIn(sql, ALL))).toEqual([]);

test.beforeAll(async ({ browser }) => {
	await forgetLimits();
	[page, desk, admin] = [
		await phoneWithoutScript(browser),
		await phoneWithoutScript(browser),
		await phoneWithoutScript(browser)
	];
});
test.afterAll(async () => {
	for (const each of [page, desk, admin]) await each.context().close();
});

test('a nurse asks: as a draft, kept unconfirmed, then sent', async () => {
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
	await nowhereInTheDatabase();
	await button(page, 'refer_check_send').click();
	await expect(page).toHaveURL('/refer/kept');
	await nowhereInTheDatabase();
	await page.goto('/refer/check');
	await withSql((sql) => sql`update private.sign_in_codes set sent_at = now() - interval '1 minute'`);
	await page.getByLabel(words('sign_in_code')).fill(await mailedCode(nurse));
	await button(page, 'refer_check_send').click();
	await expect(page).toHaveURL(/\/my\/referrals\/PS-/);
	reference = /PS-[\w-]+/.exec(page.url())![0];
	await page.goto('/my/referrals');
	expect(await page.content(), 'a list holds nothing sealed').not.toContain(canary.name);
});

test('a coordinator asks, the nurse answers; a note, a no, opened again, the waiting line, withdrawn', async () => {
	const { email } = await withSql((sql) => anAccount(sql, { program: 'vancouver-sample' }));
	await signInAt(desk, email, home());
	await expect(desk.getByText(canary.goal)).toBeVisible();
	await button(desk, 'desk_referral_acknowledge').click();
	await say('ask', { words: canary.question }, 'desk_referral_ask_button');
	await page.goto(`/my/referrals/${reference}`);
	await expect(page.getByText(canary.question).first()).toBeVisible();
	await page.locator('[name=answer]').fill(canary.answer);
	await page.locator('form:has([name=answer]) button').click();
	await desk.goto(home());
	await expect(desk.getByText(canary.answer)).toBeVisible();
	await say('note', { words: canary.note }, 'desk_referral_note_button');
	await desk.goto(`${home()}/decline`);
	await desk.locator('[name=reason]').first().check();
	await desk.locator('[name=words]').fill(canary.no);
	await desk.locator('[name=who_may_help]').fill(canary.help);
	await button(desk, 'desk_referral_preview').click();
	await button(desk, 'desk_referral_send').click();
	await page.goto(`/my/referrals/${reference}`);
	await expect(page.getByText(canary.help).first()).toBeVisible();
	expect(await page.content(), 'what staff write to one another').not.toContain(canary.note);
	await say('reopen', { words: canary.reopen }, 'desk_referral_reopen_title');
	await say('waitlist', { words: canary.wait }, 'desk_referral_waitlist_button');
	await page.goto(`/my/referrals/${reference}`);
	await expect(page.getByText(canary.wait).first()).toBeVisible();
	await button(page, 'mine_withdraw_button').click();
	await expect(page).toHaveURL(/done=withdrawn/);
	await say('reopen', { words: canary.reopen }, 'desk_referral_reopen_title');
	await desk.goto(`${home()}/withdraw`);
	await desk.locator('[name=whose][value=peer]').check();
	await desk.locator('[name=words]').fill(canary.gone);
	await button(desk, 'desk_referral_withdraw_button').click();
	await expect(desk.getByText(canary.gone)).toBeVisible();
});

test('a call is written down, with something missing first', async () => {
	await desk.goto('/desk/referrals/new');
	await desk.getByLabel(words('phone_team')).selectOption({ label: words('phone_team_not_listed') });
	await desk.locator('[name=caller-team]').fill(canary.callTeam);
	await desk.getByLabel(words('refer_client_name')).fill(canary.callName);
	await desk.getByLabel(words('refer_client_goal', { number: 1 })).fill(canary.callGoal);
	await desk.locator('[name=safety-safety]').fill(canary.callSafety);
	await button(desk, 'phone_save').click();
	await expect(desk.getByRole('alert')).toContainText(words('phone_error_consent'));
	await desk.getByLabel(words('refer_client_consent_yes')).check();
	await button(desk, 'phone_save').click();
	await expect(desk).toHaveURL(/done=entered/);
	called = /PS-[\w-]+/.exec(desk.url())![0];
	await expect(desk.getByText(canary.callGoal)).toBeVisible();
});

test('lists hold none of it, and a search finds it without saying so', async () => {
	for (const list of ['/desk/referrals', '/desk/referrals?view=triage', '/desk/referrals?view=withdrawn', '/desk']) {
		await desk.goto(list);
		expect(heldIn(await desk.content()), list).toEqual([]);
	}
	await desk.goto('/desk/referrals');
	await desk.getByText(words('inbox_search'), { exact: true }).click();
	await desk.getByLabel(words('inbox_search_label')).fill(canary.name);
	await button(desk, 'inbox_search_button').click();
	await expect(desk.getByText(reference)).toBeVisible();
});

test('pages that fail hold none of it, expected or not', async () => {
	const long = await desk.request.post(`${home()}/ask`, {
		...posted,
		form: { words: canary.question.repeat(200), version: 'none' }
	});
	expect(long.status()).toBe(400);
	const stolen = await page.request.post(`${home()}?/acknowledge`, { ...posted, form: { words: canary.no } });
	expect(stolen.status()).toBe(403);
	expect(heldIn(await stolen.text())).toEqual([]);

	await withSql((sql) =>
		whileItFails(sql, called, canary.callGoal, async () => {
			await desk.goto(`${home(called)}/note`);
			await desk.locator('[name=words]').fill(canary.failed);
			const failed = desk.waitForResponse((response) => response.request().method() === 'POST');
			await button(desk, 'desk_referral_note_button').click();
			expect((await failed).status()).toBe(500);
		})
	);
	await expect(desk.getByRole('heading', { level: 1 })).toHaveText(words('error_500_title'));
	expect(heldIn(await desk.content())).toEqual([]);
});

test('an export alone holds it, and erased it is nowhere', async () => {
	const { email } = await withSql((sql) => anAccount(sql, { program: 'vancouver-sample', role: 'admin' }));
	await signInQuietly(admin.context().request, email);
	for (const of of [reference, called]) {
		const file = await admin.request.get(`${home(of)}/export`);
		expect(heldIn(await file.text()).length, 'the file is all that is held').toBeGreaterThan(of === called ? 3 : 10);
		expect(heldIn(JSON.stringify(file.headersArray()) + file.url())).toEqual([]);
	}
	await admin.goto(home());
	await admin.goto(`${home()}/erase`);
	await button(admin, 'desk_referral_erase_button').click();
	await expect(admin.getByRole('status')).toContainText(words('desk_referral_done_erase'));
	for (const path of [home(), '/desk/audit']) {
		await admin.goto(path);
		expect(heldIn(await admin.content()), path).toEqual([]);
	}
	expect(heldIn(await (await admin.request.get(`${home()}/export`)).text()), 'of what is erased').toEqual([]);
	expect(heldIn(await (await page.request.get(`/my/referrals/${reference}`, posted)).text())).toEqual([]);
	await desk.goto('/desk/referrals');
	await desk.getByText(words('inbox_search'), { exact: true }).click();
	await desk.getByLabel(words('inbox_search_label')).fill(canary.name);
	await button(desk, 'inbox_search_button').click();
	await expect(desk.getByRole('status')).toContainText(words('inbox_found_none'));
});

test('none of it is in a mail, the log, an address, a title, a header or the database', async () => {
	const mails = JSON.stringify(await (await fetch(`${process.env.MAILBOX_URL}/messages.json`)).json());
	const log = readFileSync(process.env.SITE_LOG!, 'utf8');
	expect(mails, 'there was mail about it').toContain(reference);
	expect(log, 'the log tells of what failed').toContain('XX000');
	for (const list of Object.values(trail)) expect(list.length).toBeGreaterThan(10);
	expect(heldIn(mails), 'in a mail').toEqual([]);
	expect(heldIn(log), 'in the log').toEqual([]);
	for (const [name, list] of Object.entries(trail)) expect(heldIn(list.join('\n')), name).toEqual([]);
	await nowhereInTheDatabase();
	// The check can fail: what is plain is found.
	expect(await withSql((sql) => foundIn(sql, [reference]))).toContain('public.referrals.reference');
});
