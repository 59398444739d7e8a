/* A coordinator's list on a phone, JavaScript off: what needs somebody today, filters, the waiting line, pages. */
import { expect, test, type Page } from '@playwright/test';
import { forgetLimits } from './support/database.ts';
import { Desk, follow, phoneOf, press, type Colleague } from './support/desk.ts';
import { add, addTeams, lineOf, listed, type Team } from './support/inbox.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
let me: Colleague;
let ben: Colleague;
let teams: Team[];
let page: Page;

test.beforeAll(async () => {
	await forgetLimits();
	await here.open();
	[me, ben] = [await here.person('Asha'), await here.person('Ben')];
	teams = await addTeams(here, 'Harbour Team', 'Ward 5');
});
test.afterAll(() => here.close());
test.beforeEach(async ({ browser }) => {
	await here.sql`delete from public.referrals where program_id = ${here.id}`;
	page = await phoneOf(browser, me);
});
test.afterEach(async () => {
	await page.context().close();
});

const line = (reference: string) => lineOf(page, reference);
const links = () => page.getByRole('navigation', { name: words('inbox_views') }).getByRole('link');
/** Each list's link that is in sight: its name and how many. */
const counted = async () => (await links().allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

test('today shows what needs me and why, the longest due first; a switch shows everybody’s', async () => {
	const fresh = await add(here, { age: 0, team: teams[0] });
	const overdue = await add(here, { age: 3, due: -3, overdue: true, home: true, listed: false });
	const answered = await add(here, { state: 'triage', coordinator: me, age: 2, due: -1, answered: true });
	const word = await add(here, { state: 'waitlisted', coordinator: me, age: 40, due: -2, word: -2 });
	const correction = await add(here, {
		state: 'completed',
		coordinator: ben,
		age: 70,
		due: 0,
		correction: true,
		closed: true
	});
	const bens = await add(here, { state: 'triage', coordinator: ben, age: 1 });
	const later = await add(here, { state: 'waitlisted', coordinator: me, due: 5, word: 5 });

	await page.goto('/desk');
	await expect(page.getByText(words('inbox_card_some', { count: 5 }))).toBeVisible();
	await page
		.getByRole('heading', { name: words('inbox_card') })
		.getByRole('link')
		.click();
	await expect(page).toHaveURL('/desk/referrals');
	await expect(page.getByRole('heading', { name: words('inbox_today_mine') })).toBeVisible();
	expect(await listed(page)).toEqual([overdue, word, answered, correction, fresh]);
	const why: [string, Parameters<typeof words>[0][]][] = [
		[overdue, ['referral_state_submitted', 'inbox_why_overdue', 'inbox_why_needs_home', 'inbox_why_not_listed']],
		[word, ['referral_state_waitlisted', 'inbox_why_next_word_late']],
		[answered, ['inbox_why_answered']],
		[correction, ['inbox_why_correction']],
		[fresh, ['inbox_why_new', 'inbox_nobody', 'inbox_age_today']]
	];
	for (const [reference, said] of why) for (const key of said) await expect(line(reference)).toContainText(words(key));
	await expect(line(overdue)).toContainText(words('inbox_age_days', { count: 3 }));
	await expect(line(answered)).toContainText(me.name);
	await expect(line(fresh)).toContainText('Harbour Team');

	await follow(page, 'inbox_all');
	await expect(page).toHaveURL('/desk/referrals?mine=0');
	await expect(page.getByRole('heading', { name: words('inbox_today_all') })).toBeVisible();
	expect(await listed(page)).toEqual([overdue, word, answered, correction, bens, fresh]);
	expect(await listed(page)).not.toContain(later);
});

test('with nothing to do, it says so kindly', async () => {
	await page.goto('/desk');
	await expect(page.getByText(words('inbox_card_none'))).toBeVisible();
	await page.goto('/desk/referrals');
	await expect(page.getByText(words('inbox_nothing_mine'))).toBeVisible();
	await follow(page, 'inbox_nothing_see_all');
	await expect(page.getByText(words('inbox_nothing_today'))).toBeVisible();
	await page.goto('/desk/referrals?view=paused');
	await expect(page.getByText(words('inbox_nothing_here'))).toBeVisible();
	await page.goto(`/desk/referrals?team=${teams[0]!.id}`);
	await expect(page.getByText(words('inbox_nothing_of_team'))).toBeVisible();
});

test('each list says how many it holds and leads there, and a team stays chosen', async () => {
	for (const team of [teams[0], teams[0], teams[1]]) await add(here, { team, coordinator: me });
	await add(here, { state: 'triage', coordinator: ben, team: teams[0] });
	const old = await add(here, { state: 'withdrawn', coordinator: me, age: 9, due: null, closed: true });
	const newer = await add(here, { state: 'withdrawn', coordinator: me, age: 2, due: null, closed: true });
	await page.goto('/desk/referrals');
	expect(await counted()).toEqual([
		`${words('inbox_view_today')} 3`,
		`${words('inbox_view_open')} 3`,
		`${words('referral_state_submitted')} 3`
	]);
	await follow(page, 'inbox_all');
	await page.getByLabel(words('inbox_team')).selectOption({ label: 'Harbour Team' });
	await press(page, 'inbox_team_show');
	await expect(page).toHaveURL(`/desk/referrals?mine=0&team=${teams[0]!.id}`);
	expect(await counted()).toContain(`${words('referral_state_submitted')} 2`);
	await links()
		.filter({ hasText: words('referral_state_triage') })
		.click();
	await expect(page).toHaveURL(`/desk/referrals?view=triage&mine=0&team=${teams[0]!.id}`);
	expect(await listed(page)).toHaveLength(1);
	await expect(links().filter({ hasText: words('referral_state_triage') })).toHaveAttribute('aria-current', 'true');

	// Closed ones begin with the newest.
	await page.goto('/desk/referrals');
	await page.getByText(words('inbox_closed')).click();
	await links()
		.filter({ hasText: words('referral_state_withdrawn') })
		.click();
	expect(await listed(page)).toEqual([newer, old]);
});

test('the waiting list goes by the place in line, with the day of the next word', async () => {
	const second = await add(here, { state: 'waitlisted', coordinator: me, age: 20, due: 9, word: 9 });
	const first = await add(here, { state: 'waitlisted', coordinator: ben, age: 30, due: 9, word: 9 });
	await page.goto('/desk/referrals?view=waitlisted');
	expect(await listed(page)).toEqual([second]);
	await expect(line(second)).toContainText(new RegExp(`${words('inbox_column_place')}\\s*2`));
	const day = new Date(Date.now() + 9 * 86_400_000).toLocaleDateString('en-GB', {
		timeZone: 'America/Vancouver',
		day: 'numeric',
		month: 'long'
	});
	await expect(line(second)).toContainText(day);
	await page.goto('/desk/referrals?view=waitlisted&mine=0');
	expect(await listed(page)).toEqual([first, second]);
});

test('sixty are two pages, today’s too, and one goes back as anywhere', async () => {
	for (const [place, state] of ['triage', 'declined'].entries())
		await here.sql`
			insert into public.referrals (id, reference, program_id, state, consented_on, acknowledge_by, submitted_at, state_since,
				attention_on, closed_at)
			select gen_random_uuid(), private.new_reference(), ${here.id}, ${state}, '2026-01-02', now(), at, at,
				case when ${place} = 0 then private.program_today(${here.id}) end, case when ${place} = 1 then at end
			from generate_series(1, 60) n, lateral (select now() - make_interval(hours => n / 20) as at) x`;
	for (const [view, next] of [
		['', 'inbox_page_next'],
		['?view=open', 'inbox_page_next'],
		['?view=declined', 'inbox_page_older']
	] as const) {
		await page.goto(`/desk/referrals${view}`);
		const first = await listed(page);
		await follow(page, next);
		const second = await listed(page);
		expect([first.length, second.length, new Set([...first, ...second]).size], view).toEqual([50, 10, 60]);
		await expect(page.getByRole('link', { name: words(next) })).toHaveCount(0);
		await page.goBack();
		expect(await listed(page)).toEqual(first);
		await page.goForward();
		await follow(page, 'inbox_page_first');
		expect(await listed(page)).toEqual(first);
	}
});
