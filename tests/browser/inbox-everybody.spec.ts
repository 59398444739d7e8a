/* The list with a script: everybody can use it, by keyboard alone too. */
import { expect, test } from '@playwright/test';
import { forgetLimits } from './support/database.ts';
import { Desk, phoneOf, press, said, type Colleague } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { add, addTeams, find } from './support/inbox.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
let me: Colleague;

test.beforeAll(async () => {
	await forgetLimits();
	await here.open();
	me = await here.person('Asha');
});
test.afterAll(() => here.close());
test.beforeEach(() => here.sql`delete from public.referrals where program_id = ${here.id}`);

test('everybody can use it: light, dark and on 320 pixels', async ({ browser }) => {
	test.slow();
	const seen = await phoneOf(browser, me, true);
	await seen.goto('/desk/referrals');
	await everybodyCanUse(seen);
	const [team] = await addTeams(here, 'Harbour Team');
	for (const state of ['submitted', 'triage', 'waitlisted', 'matched'])
		await add(here, { state, team, home: true, listed: false, overdue: true, word: -1, correction: true });
	await add(here, { state: 'completed', closed: true, due: null });
	for (const path of ['', '?view=waitlisted', '?view=completed', '?done=taken-3-1', '?view=open&mine=0'])
		for (const device of [
			{ width: 360, height: 780 },
			{ width: 1280, height: 800 }
		]) {
			await seen.setViewportSize(device);
			await seen.goto(`/desk/referrals${path}`);
			await everybodyCanUse(seen);
		}
	await seen.goto('/desk/referrals');
	await seen.getByRole('checkbox').first().check();
	await everybodyCanUse(seen);
	await seen.getByRole('checkbox').first().uncheck();
	await press(seen, 'inbox_take_up');
	await everybodyCanUse(seen);
	await find(seen, 'Nobody Here');
	await everybodyCanUse(seen);
	await find(seen, ' ');
	await everybodyCanUse(seen);
	await seen.goto('/desk/referrals/new');
	await everybodyCanUse(seen);
	await press(seen, 'phone_save');
	await everybodyCanUse(seen);
	await seen.context().close();
});

test('by keyboard alone: to the list, a tick, the button', async ({ browser }) => {
	const reference = await add(here);
	const seen = await phoneOf(browser, me, true);
	await seen.goto('/desk/referrals');
	await seen.getByRole('link', { name: words('inbox_skip') }).focus();
	await seen.keyboard.press('Enter');
	await expect(seen.locator('#list')).toBeFocused();
	const tick = seen.getByRole('checkbox', { name: words('inbox_tick', { reference }) });
	for (let steps = 0; steps < 12 && !(await tick.evaluate((box) => box === document.activeElement)); steps++)
		await seen.keyboard.press('Tab');
	await expect(tick).toBeFocused();
	await seen.keyboard.press('Space');
	await seen.keyboard.press('Tab');
	await expect(seen.getByRole('link', { name: reference })).toBeFocused();
	await seen.keyboard.press('Tab');
	await seen.keyboard.press('Enter');
	await said(seen, 'inbox_taken_one');
	await seen.context().close();
});
