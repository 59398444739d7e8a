/* Where requests go, as an admin of a programme of their own sees to it, with JavaScript off on a phone. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { isWrong, open, sessionOf, type Session } from './support/admins.ts';
import { Desk, type Colleague } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { words } from './support/words.ts';

// Each goes on from what the one before has left.
test.describe.configure({ mode: 'serial' });

const desk = new Desk();
let priya: Colleague;
let tom: Colleague;
let asAdmin: Session;
let asCoordinator: Session;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
	await desk.open();
	[priya, tom] = [await desk.person('Priya'), await desk.person('Tom')];
	asAdmin = await sessionOf(browser, await desk.person('Amal', 'admin'));
	asCoordinator = await sessionOf(browser, priya);
});
test.afterAll(() => desk.close());
test.beforeEach(async ({ browser }) => {
	context = await open(browser, asAdmin);
	page = await context.newPage();
});
test.afterEach(() => context.close());

const press = (name: Parameters<typeof words>[0]) => page.getByRole('button', { name: words(name) }).click();
const done = (name: Parameters<typeof words>[0]) => expect(page.getByRole('status')).toHaveText(words(name));

const teamId = async (name: string) =>
	(await desk.sql<{ id: string }[]>`select id from public.teams where program_id = ${desk.id} and name = ${name}`)[0]!
		.id;

/** To whom a request from this team would go, of those that name no area. */
async function coordinatorOf(team: string): Promise<string | null> {
	const [route] = await desk.sql<{ coordinator: string | null; program: string }[]>`
		select coordinator, program from private.route_referral(${await teamId(team)}, null)`;
	expect(route!.program).toBe(desk.id);
	return route!.coordinator;
}

test('a team is added, and a request from it goes to whoever is ticked', async () => {
	await page.goto('/desk');
	await page.getByRole('link', { name: words('desk_nav_routing') }).click();
	await expect(page.getByText(words('routing_teams_none'))).toBeVisible();
	await page.getByRole('link', { name: words('routing_team_add') }).click();

	await page.getByLabel(words('routing_team_site')).fill('Harbour site');
	await page.getByLabel(priya.name).check();
	await press('routing_team_save');
	await isWrong(page, words('routing_error_team_name'), 'name');
	await expect(page.getByLabel(words('routing_team_site'))).toHaveValue('Harbour site');
	await expect(page.getByLabel(priya.name)).toBeChecked();
	await expect(page.getByLabel(tom.name)).not.toBeChecked();

	await page.getByLabel(words('routing_team_name')).fill('  <b>Harbour</b> & Co  ');
	await press('routing_team_save');
	await done('routing_done_team');
	await expect(page.getByRole('listitem').filter({ hasText: '<b>Harbour</b> & Co, Harbour site' })).toContainText(
		priya.name
	);
	expect(await coordinatorOf('<b>Harbour</b> & Co')).toBe(priya.id);

	await page.getByRole('link', { name: /Harbour/ }).click();
	await page.getByLabel(priya.name).uncheck();
	await page.getByLabel(tom.name).check();
	await press('routing_team_save');
	await done('routing_done_team');
	expect(await coordinatorOf('<b>Harbour</b> & Co')).toBe(tom.id);

	await page.getByRole('link', { name: /Harbour/ }).click();
	await page.getByLabel(tom.name).uncheck();
	await page.getByLabel(words('routing_team_active')).uncheck();
	await press('routing_team_save');
	const row = page.getByRole('listitem').filter({ hasText: 'Harbour site' });
	await expect(row).toContainText(words('routing_not_in_use'));
	await expect(row).toContainText(words('routing_team_nobody'));
});

test('a name that is taken is refused in words, and can be told apart by where the team is', async () => {
	await page.goto('/desk/routing/teams/new');
	await page.getByLabel(words('routing_team_name')).fill('<B>HARBOUR</B> & co');
	await page.getByLabel(words('routing_team_site')).fill('harbour site');
	await press('routing_team_save');
	await isWrong(page, words('routing_refused_name_taken'), 'name');
	await expect(page.getByLabel(words('routing_team_name'))).toHaveValue('<B>HARBOUR</B> & co');
	await page.getByLabel(words('routing_team_site')).fill('Hill site');
	await press('routing_team_save');
	await done('routing_done_team');
});

test('an area is added and changed', async () => {
	await page.goto('/desk/routing');
	await page.getByRole('link', { name: words('routing_area_add') }).click();
	await press('routing_area_save');
	await isWrong(page, words('routing_error_area_name'), 'name');
	await page.getByLabel(words('routing_area_name')).fill('kitsilano');
	await press('routing_area_save');
	await isWrong(page, words('routing_refused_name_taken'), 'name');
	await page.getByLabel(words('routing_area_name')).fill('Point Grey 🌊');
	await page.getByLabel(tom.name).check();
	await press('routing_area_save');
	await done('routing_done_area');
	await page.getByRole('link', { name: 'Point Grey 🌊' }).click();
	await expect(page.getByLabel(tom.name)).toBeChecked();
	await page.getByLabel(words('routing_area_active')).uncheck();
	await press('routing_area_save');
	await expect(page.getByRole('listitem').filter({ hasText: 'Point Grey 🌊' })).toContainText(tom.name);
});

test('endings of work addresses: what is wrong is named, what is right is tidied', async () => {
	await page.goto('/desk/routing');
	const field = page.getByLabel(words('routing_domains_label'));
	await expect(field).toHaveValue('clinic.example');
	const typed = 'clinic.example\nnurse@clinic.example\nhttps://x.example/\nexample';
	await field.fill(typed);
	await press('routing_domains_save');
	for (const domain of ['nurse@clinic.example', 'https://x.example/', 'example'])
		await isWrong(page, words('routing_error_domain', { domain }), 'domains');
	await expect(field).toHaveValue(typed);
	await field.fill('@Clinic.example, ward.clinic.example\n\nCLINIC.EXAMPLE');
	await press('routing_domains_save');
	await done('routing_done_domains');
	await expect(field).toHaveValue('clinic.example\nward.clinic.example');
	await field.fill('');
	await press('routing_domains_save');
	await expect(field).toHaveValue('');
});

test('working hours: an overlap and half a shift are said beside their day, and kept as typed', async () => {
	await page.goto('/desk/routing');
	await expect(page.locator('#day1_opens')).toHaveValue('09:00');
	await page.locator('#day1_opens_again').fill('16:00');
	await page.locator('#day1_closes_again').fill('18:00');
	await page.locator('#day2_opens').fill('17:00');
	await page.locator('#day3_closes').fill('');
	await press('routing_hours_save');
	await isWrong(page, words('routing_error_hours_overlap', { day: 'Monday' }), 'day1_opens_again');
	await isWrong(page, words('routing_error_hours_backwards', { day: 'Tuesday' }), 'day2_closes');
	await isWrong(page, words('routing_error_hours_half', { day: 'Wednesday' }), 'day3_closes');
	await expect(page.locator('#day1_closes_again')).toHaveValue('18:00');

	await page.locator('#day1_opens_again').fill('17:00');
	await page.locator('#day2_opens').fill('09:30');
	await page.locator('#day3_opens').fill('');
	await press('routing_hours_save');
	await done('routing_done_hours');
	const hours = await desk.sql<{ shift: string }[]>`
		select weekday || ' ' || opens_at || ' ' || closes_at as shift from public.working_hours
		where program_id = ${desk.id} and weekday < 4 order by weekday, opens_at`;
	expect(hours.map(({ shift }) => shift)).toEqual([
		'1 09:00:00 16:30:00',
		'1 17:00:00 18:00:00',
		'2 09:30:00 16:30:00'
	]);

	for (const field of await page.locator('input[type=time]').all()) await field.fill('');
	await press('routing_hours_save');
	await isWrong(page, words('routing_error_hours_no_day'), 'day1_opens');
});

test('settings: each limit has its sentence, and the wait is said as of today or not at all', async () => {
	await page.goto('/desk/routing');
	const acknowledge = page.getByLabel(words('routing_acknowledge'));
	const keep = page.getByLabel(words('routing_keep'));
	await acknowledge.fill('two days');
	await keep.fill('11');
	await page.getByLabel(words('routing_wait_known')).check();
	await page.locator('#weeks_max').fill('105');
	await press('routing_settings_save');
	await isWrong(page, words('routing_error_acknowledge'), 'acknowledge_hours');
	await isWrong(page, words('routing_error_weeks_min'), 'weeks_min');
	await isWrong(page, words('routing_error_weeks_max'), 'weeks_max');
	await isWrong(page, words('routing_error_keep'), 'keep_months');
	await expect(acknowledge).toHaveValue('two days');
	await acknowledge.fill('8');
	await keep.fill('36');
	await page.locator('#weeks_min').fill('6');
	await page.locator('#weeks_max').fill('4');
	await press('routing_settings_save');
	await isWrong(page, words('routing_error_weeks_order'), 'weeks_max');
	await page.locator('#weeks_max').fill('10');
	await press('routing_settings_save');
	await done('routing_done_settings');
	const stored = async () =>
		(
			await desk.sql`select acknowledge_within_hours, wait_weeks_min, wait_weeks_max, keep_months,
			wait_stated_on = private.program_today(program_id) as today
			from public.referral_settings where program_id = ${desk.id}`
		)[0];
	expect(await stored()).toEqual({
		acknowledge_within_hours: 8,
		wait_weeks_min: 6,
		wait_weeks_max: 10,
		keep_months: 36,
		today: true
	});
	await page.getByLabel(words('routing_wait_unknown')).check();
	await press('routing_settings_save');
	expect(await stored()).toMatchObject({ wait_weeks_min: null, wait_weeks_max: null, today: null, keep_months: 36 });
});

test('of two hundred teams a few are shown, and any is found', async () => {
	await desk.sql`insert into public.teams (program_id, name, site)
		select ${desk.id}, 'Team ' || to_char(n, 'FM000'), 'Site ' || n from generate_series(1, 200) n`;
	await page.goto('/desk/routing');
	const teams = page.getByRole('link', { name: /^Team \d{3}/ });
	expect(await teams.count()).toBeLessThan(30);
	await page.getByRole('link', { name: words('routing_find_all') }).click();
	await expect(teams).toHaveCount(200);
	await page.getByLabel(words('routing_find')).fill('team SITE 157');
	await press('routing_find_button');
	await expect(page).toHaveURL(/\?q=team\+SITE\+157#teams$/);
	await expect(teams).toHaveText(['Team 157, Site 157']);
	await page.getByLabel(words('routing_find')).fill('nothing of the kind');
	await press('routing_find_button');
	await expect(teams).toHaveCount(0);
	await expect(page.getByText(words('routing_find_count', { shown: 0, count: 202 }))).toBeVisible();
	await desk.sql`delete from public.teams where program_id = ${desk.id} and name like 'Team %'`;
});

const PAGES = ['/desk/routing', '/desk/routing/teams/new', '/desk/routing/areas/new'];

test('a coordinator is told that these pages are not theirs, and another programme has none of this', async ({
	browser
}) => {
	const [other] = await desk.sql<{ id: string }[]>`
		select t.id from public.teams t join public.programs p on p.id = t.program_id where p.slug = 'fraser-sample' limit 1`;
	expect((await page.goto(`/desk/routing/teams/${other!.id}`))?.status()).toBe(404);
	const coordinator = await open(browser, asCoordinator);
	const theirs = await coordinator.newPage();
	for (const url of [...PAGES, `/desk/routing/teams/${await teamId('<b>Harbour</b> & Co')}`]) {
		expect((await theirs.goto(url))?.status(), url).toBe(403);
	}
	await theirs.goto('/desk');
	await expect(theirs.getByRole('link', { name: words('desk_nav_requests') }).first()).toBeVisible();
	await expect(theirs.getByRole('link', { name: words('desk_nav_routing'), exact: true })).toHaveCount(0);
	await coordinator.close();
});

test('everybody can use these pages, with errors and without, light and dark, at 320 pixels', async ({ browser }) => {
	test.slow();
	await context.close();
	context = await open(browser, asAdmin, true);
	page = await context.newPage();
	const team = `/desk/routing/teams/${await teamId('<b>Harbour</b> & Co')}`;
	const [area] = await desk.sql<{ id: string }[]>`select id from public.areas where program_id = ${desk.id} limit 1`;
	for (const url of [...PAGES, team, `/desk/routing/areas/${area!.id}`, '/desk/routing?done=team']) {
		await page.goto(url);
		await everybodyCanUse(page);
	}
	for (const url of ['/desk/routing/teams/new', '/desk/routing/areas/new']) {
		await page.goto(url);
		await page.getByRole('main').getByRole('button').last().click();
		await expect(page.getByRole('alert')).toBeFocused();
		await everybodyCanUse(page);
	}
	const mistakes = [
		['#domains', 'no ending', 'routing_domains_save'],
		['#day1_opens', '', 'routing_hours_save'],
		['#keep_months', '1', 'routing_settings_save']
	] as const;
	for (const [field, typed, button] of mistakes) {
		await page.goto('/desk/routing');
		await page.locator(field).fill(typed);
		await press(button);
		await expect(page.getByRole('alert')).toBeFocused();
		await everybodyCanUse(page);
	}
});
