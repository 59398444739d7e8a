/* While a support runs, as its coordinators see it: a pause, a wish, another worker, an early end; and how support runs in a programme. */
import { expect, test, type Page } from '@playwright/test';
import { at, box, follow, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { ask, cardOf, fillIn, match } from './support/matching.ts';
import { Supports } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Supports();
let page: Page;
let admin: Colleague;

test.beforeAll(async () => {
	await here.open();
	admin = await here.person('Ana', 'admin');
});
test.afterAll(async () => {
	await here.close();
});
test.beforeEach(async ({ browser }) => {
	page = await phoneOf(browser, here.coordinator);
});
test.afterEach(async () => {
	await page.context().close();
});

const main = () => page.getByRole('main');
const card = (who: Colleague) => cardOf(page, who);

test('while support runs: a pause, a wish that stands among what needs me, another worker, an early end', async () => {
	const support = await here.support('active');
	await page.goto(at(support));
	await expect(main()).toContainText(here.worker.name);
	await follow(page, 'matching_pause_title');
	await press(page, 'matching_pause_button');
	await told(page, 'desk_referral_error_whose');
	await page.getByLabel(words('desk_referral_whose_peer')).check();
	await press(page, 'matching_pause_button');
	await said(page, 'matching_done_pause');
	await expect(main()).toContainText(words('matching_event_pause_peer', { who: here.coordinator.name }));
	await follow(page, 'matching_resume_title');
	await page.getByLabel(words('matching_whose_worker')).check();
	await press(page, 'matching_resume_button');
	await said(page, 'matching_done_resume');

	await follow(page, 'matching_call_title');
	await page.getByLabel(words('desk_referral_whose_peer')).check();
	await press(page, 'matching_call_button');
	await said(page, 'matching_done_ask_call');
	await page.goto('/desk/referrals');
	await expect(main().getByRole('listitem').filter({ hasText: support.reference })).toContainText(
		words('inbox_why_asked_call')
	);
	await page.goto(at(support));
	await press(page, 'matching_settle_call');
	await said(page, 'matching_done_settle_call');

	await follow(page, 'matching_title_again');
	await expect(card(here.worker)).toContainText(words('matching_present'));
	await card(here.other).getByRole('link').click();
	await fillIn(page);
	await ask(page, here.other);
	await said(page, 'matching_done_propose');
	await expect(main()).toContainText(words('matching_meanwhile'));
	await expect(main().getByRole('link', { name: words('matching_support_link') })).toBeVisible();
	await here.move(support, here.other.email, 'worker_no');
	// Somebody else is still wanted, and the list says so.
	await page.goto('/desk/referrals');
	await expect(main().getByRole('listitem').filter({ hasText: support.reference })).toContainText(
		words('inbox_why_asked_handover')
	);

	await page.goto(at(support));
	await follow(page, 'matching_early_link');
	await press(page, 'matching_early_button');
	await told(page, 'referral_refused_reason');
	await page.getByLabel(words('matching_reason_moved_away')).check();
	await press(page, 'matching_early_button');
	await said(page, 'matching_done_end_early');
	await expect(main()).toContainText(words('matching_reason_moved_away'));

	// Opened again, what was written with the client is still there, and stays with this programme.
	await follow(page, 'desk_referral_reopen_title');
	await page.getByRole('textbox').fill('They came back.');
	await press(page, 'desk_referral_reopen_title');
	await said(page, 'desk_referral_done_reopen');
	await expect(main().getByRole('link', { name: words('matching_support_link') })).toBeVisible();
	await expect(main().getByRole('link', { name: words('desk_referral_home_link') })).toHaveCount(0);
	expect((await page.goto(at(support, 'home')))?.status()).toBe(200);
	await expect(main()).toContainText(words('desk_referral_not_now'));
});

test('an administrator says how support runs, and the plan begins with it', async ({ browser }) => {
	const admins = await phoneOf(browser, admin);
	await admins.goto('/desk/routing#support');
	await admins.getByLabel(words('routing_support_home')).check();
	await box(admins, 'routing_support_duty_name').fill('Whoever is in');
	await box(admins, 'routing_support_duty_phone').fill('call us');
	await press(admins, 'routing_support_save');
	await told(admins, 'routing_error_duty_phone');
	await expect(admins.getByLabel(words('routing_support_home'))).toBeChecked();
	await box(admins, 'routing_support_duty_phone').fill('604-555-0100');
	await press(admins, 'routing_support_save');
	await said(admins, 'routing_done_support');
	await admins.context().close();
	const request = await here.taken(here.coordinator);
	await page.goto(match(request, here.worker));
	await expect(main()).toContainText(words('matching_home_yes'));
	await expect(box(page, 'matching_call_name')).toHaveValue('Whoever is in');
	await expect(box(page, 'matching_call_phone')).toHaveValue('604-555-0100');
});
