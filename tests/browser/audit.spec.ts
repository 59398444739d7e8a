/* Who did what, as an admin of a programme of their own reads it, with JavaScript off on a phone. */
import { randomUUID } from 'node:crypto';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { isWrong, open, sessionOf, type Session } from './support/admins.ts';
import { Desk, type Colleague } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'serial' });

const desk = new Desk();
let admin: Colleague;
let priya: Colleague;
let asAdmin: Session;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
	await desk.open();
	[admin, priya] = [await desk.person('Amal', 'admin'), await desk.person('Priya')];
	asAdmin = await sessionOf(browser, admin);
});
test.afterAll(() => desk.close());
test.beforeEach(async ({ browser }) => {
	context = await open(browser, asAdmin);
	page = await context.newPage();
});
test.afterEach(() => context.close());

const press = (name: Parameters<typeof words>[0]) => page.getByRole('button', { name: words(name) }).click();
const events = () => page.locator('main ol li');

test('before anything has happened it says so', async () => {
	await page.goto('/desk/audit');
	await expect(page.getByText(words('audit_none'))).toBeVisible();
	await expect(page.getByText(words('audit_kept'))).toBeVisible();
});

test('what was done and what was refused is told in sentences, and can be narrowed', async () => {
	const request = await desk.request();
	await desk.move(request, priya.email, 'acknowledge');
	for (let time = 0; time < 2; time++) {
		await page.goto('/desk/routing/teams/new');
		await page.getByLabel(words('routing_team_name')).fill('<b>Harbour</b> & Co');
		await press('routing_team_save');
	}
	await page.goto('/desk/routing');
	await press('routing_hours_save');

	await page.getByRole('link', { name: words('desk_nav_audit'), exact: true }).click();
	const team = words('audit_team', { name: '<b>Harbour</b> & Co' });
	const reference = words('audit_request', { reference: request.reference });
	const said = [
		words('audit_done_routing_hours_set', { who: admin.name }),
		words('audit_tried_routing_team_saved', { who: admin.name, team: words('audit_team_new') }),
		words('audit_done_routing_team_saved', { who: admin.name, team }),
		words('audit_done_move_acknowledge', { who: priya.name, request: reference }),
		words('audit_done_referral_submitted', { who: words('audit_who_visitor'), request: reference })
	];
	await expect(events()).toContainText(said);
	await expect(events().nth(1)).toContainText(words('audit_why_name_taken'));

	const narrow = async (fill: () => Promise<unknown>) => {
		await page.goto('/desk/audit');
		await page.getByText(words('audit_filter'), { exact: true }).click();
		await fill();
		await press('audit_filter_show');
	};
	await narrow(() => page.getByLabel(words('audit_filter_outcome')).selectOption('refused'));
	await expect(events()).toContainText([said[1]!]);
	await narrow(() => page.getByLabel(words('audit_filter_event')).selectOption('routing.hours_set'));
	await expect(events()).toContainText([said[0]!]);
	await narrow(() => page.getByLabel(words('audit_filter_actor'), { exact: true }).selectOption(priya.id));
	await expect(events()).toContainText([said[3]!]);
	await narrow(() =>
		page.getByLabel(words('audit_filter_reference')).fill(request.reference.toLowerCase().replaceAll('-', ' '))
	);
	await expect(events()).toContainText(said.slice(3));
	await expect(page.getByRole('link', { name: words('audit_open') })).toHaveAttribute(
		'href',
		`/desk/referrals/${request.reference}`
	);
	await narrow(() => page.getByLabel(words('audit_filter_reference')).fill('Bob Sample'));
	await isWrong(page, words('audit_error_reference'), 'reference');
	await expect(page.getByLabel(words('audit_filter_reference'))).toHaveValue('Bob Sample');
	await page.goto('/desk/audit?reference=PS-2222-222');
	await expect(page.getByText(words('audit_none_filtered'))).toBeVisible();
	await page.goto('/desk/audit?event=nonsense&before=later&actor=1&outcome=perhaps');
	await expect(events()).toHaveCount(said.length);
});

test('older events come fifty at a time, each once', async () => {
	await desk.sql`insert into public.audit_events (program_id, event, details)
		select ${desk.id}, 'referral.searched', jsonb_build_object('found', 1000 + n) from generate_series(1, 120) n`;
	await page.goto('/desk/audit?event=referral.searched');
	const seen: string[] = [];
	for (const size of [50, 50, 20]) {
		const found = await events().allInnerTexts();
		expect(found).toHaveLength(size);
		seen.push(...found.map((text) => /1\d{3}/.exec(text)![0]));
		if (size === 50) await page.getByRole('link', { name: words('audit_older') }).click();
	}
	expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => String(1120 - n)));
	await expect(page.getByRole('link', { name: words('audit_older') })).toHaveCount(0);
	await page.getByRole('link', { name: words('audit_newest') }).click();
	await expect(page).toHaveURL('/desk/audit?event=referral.searched');
});

test('somebody who is gone, and an event that has no words yet, are told of all the same', async () => {
	await desk.sql`insert into public.audit_events (program_id, actor_id, event, outcome, details) values
		(${desk.id}, ${randomUUID()}, 'kettle.boiled', 'done', '{}'),
		(${desk.id}, ${randomUUID()}, 'referral.moved', 'refused', '{"event":"<i>","why":"full_moon"}')`;
	await page.goto('/desk/audit');
	const who = words('audit_who_stranger');
	await expect(events().first()).toContainText(
		words('audit_tried_referral_moved', { who, request: words('audit_request_away') })
	);
	await expect(events().first()).toContainText(words('audit_why_other', { code: 'full_moon' }));
	await expect(events().nth(1)).toContainText(words('audit_done_unknown', { who, code: 'kettle.boiled' }));
});

test('a coordinator is told that this page is not theirs', async ({ browser }) => {
	const coordinator = await open(browser, await sessionOf(browser, priya));
	const theirs = await coordinator.newPage();
	expect((await theirs.goto('/desk/audit'))?.status()).toBe(403);
	await expect(theirs.getByText(words('error_not_staff'))).toBeVisible();
	await theirs.goto('/desk');
	await expect(theirs.getByRole('link', { name: words('desk_nav_audit'), exact: true })).toHaveCount(0);
	await coordinator.close();
});

test('everybody can use it, with mistakes and without, light and dark, at 320 pixels', async ({ browser }) => {
	test.slow();
	await context.close();
	context = await open(browser, asAdmin, true);
	page = await context.newPage();
	for (const query of ['', '?outcome=refused&reference=Bob', '?reference=PS-2222-222', '?before=1']) {
		await page.goto(`/desk/audit${query}`);
		await everybodyCanUse(page);
	}
});
