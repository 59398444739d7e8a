/* The program's year in numbers: no number from one to four, by month, area and team, on paper and as CSV. JavaScript off. */
import { expect, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { everybodyCanUse } from './support/everybody.ts';
import { forgetLimits } from './support/database.ts';
import { phoneOf } from './support/desk.ts';
import { add } from './support/inbox.ts';
import { Supports, today } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const program = new Supports();
const year = today().slice(0, 4);
const few = words('report_few');

/** So many who asked on this day, of a team; those that `metAfter` so many days have met their worker, others withdrew. */
async function asked(
	count: number,
	day: string,
	given: { team?: string; metAfter?: number; withdrawnOn?: string } = {}
): Promise<void> {
	const { withdrawnOn = null } = given;
	for (let n = 0; n < count; n++) {
		const reference = await add(program, {
			state: withdrawnOn ? 'withdrawn' : 'active',
			closed: withdrawnOn !== null,
			team: given.team ? { id: given.team, name: '' } : null
		});
		await program.sql`
			update public.referrals set submitted_at = ${`${day}T20:00:00Z`}, area_id = ${program.areaId},
				closed_at = ${withdrawnOn && `${withdrawnOn}T20:00:00Z`} where reference = ${reference}`;
		if (given.metAfter !== undefined)
			await program.sql`
				insert into private.referral_matches (referral_id, worker_id, came_from, first_met_on, ended_at)
				select id, ${program.worker.id}, 'triage', ${day}::date + ${given.metAfter}::integer, now()
				from public.referrals where reference = ${reference}`;
	}
}

test.beforeAll(async () => {
	await forgetLimits();
	await program.open();
	const [team] = await program.sql<{ id: string }[]>`
		insert into public.teams (program_id, name) values (${program.id}, '=Team 1') returning id`;
	await asked(7, `${year}-01-05`, { team: team!.id, metAfter: 14 });
	await asked(3, `${year}-02-05`);
	await asked(3, `${year}-03-05`);
	await asked(6, `${year}-03-05`, { withdrawnOn: `${year}-05-05` });
});
test.afterAll(() => program.close());

test('a coordinator reads the year by month, area and team; small numbers are words', async ({ browser }) => {
	const page = await phoneOf(browser, program.coordinator);
	await page.goto('/desk');
	await page.getByRole('link', { name: words('desk_nav_report') }).click();
	const row = (name: string) => page.getByRole('row', { name });
	await expect(page.getByRole('table', { name: words('report_caption_month', { year }) })).toBeVisible();
	// Three alone would be what is left of nineteen: the next smallest is hidden, too.
	await expect(row('Feb').getByRole('cell').first()).toHaveText(few);
	await expect(row('Jan').getByRole('cell')).toHaveText([few, '7', '0', '14', '14']);
	await expect(row('Mar').getByRole('cell').first()).toHaveText('9');
	await expect(row('Apr').getByRole('cell').first()).toHaveText('0');
	await expect(row('May').getByRole('cell').nth(2)).toHaveText('6');
	await expect(row(words('report_all')).getByRole('cell')).toHaveText(['19', '7', '6', '14', '14']);
	const chart = page.getByRole('img', { name: words('report_chart_text', { year }) });
	await expect(chart.getByText(few)).toHaveCount(2);

	await page.getByRole('link', { name: words('report_by_area') }).click();
	await expect(page).toHaveURL(`/desk/report?year=${year}&by=area`);
	await expect(row('Kitsilano').getByRole('cell').first()).toHaveText('19');
	await page.getByRole('link', { name: words('report_by_team') }).click();
	await expect(row('=Team 1').getByRole('cell')).toHaveText(['7', '7', '0', '14', '14']);
	await expect(row(words('report_no_team')).getByRole('cell').first()).toHaveText('12');
	const closed = page.getByRole('table', {
		name: words('report_ended_caption_by', { year, name: words('report_no_team') })
	});
	await expect(closed.getByRole('cell')).toHaveText(['6']);
	expect(await page.content()).not.toMatch(/PS-/);
});

test('as CSV it has the same numbers, and runs nothing', async ({ browser }) => {
	const page = await phoneOf(browser, program.coordinator);
	await page.goto(`/desk/report?year=${year}&by=team`);
	const href = await page.getByRole('link', { name: words('report_csv') }).getAttribute('href');
	const response = await page.request.get(href!);
	expect(response.headers()['content-type']).toBe('text/csv; charset=utf-8');
	expect(response.headers()['cache-control']).toContain('no-store');
	expect(response.headers()['content-disposition']).toContain(`numbers-${year}-by-team.csv`);
	const rows = parse(await response.text(), { bom: true }) as string[][];
	const find = (row: string, what: string) => rows.find((each) => each[2] === row && each[3] === what);
	expect(find(`'=Team 1`, words('report_asked'))?.slice(4)).toEqual(['7', words('report_unit_people'), '']);
	expect(find(words('report_no_team'), words('report_ended_column'))?.slice(4, 5)).toEqual(['6']);
	expect(find(`'=Team 1`, words('report_median'))?.slice(4)).toEqual(['14', words('report_unit_days'), '']);
	expect(find(words('report_now_waiting'), '')?.slice(4, 5)).toEqual(['0']);
	const workers = rows.find((each) => each[2] === words('report_workers_count'));
	expect(workers?.slice(4)).toEqual(['', words('report_unit_people'), words('report_csv_few')]);
});

test('a year in which nothing happened says so, and an address that makes no sense shows this year', async ({
	browser
}) => {
	const page = await phoneOf(browser, program.coordinator);
	await page.goto('/desk/report?year=2004&by=area');
	await expect(page.getByRole('main')).toContainText(words('report_empty', { year: 2004 }));
	await page.getByLabel(words('report_year')).selectOption(year);
	await page.getByRole('button', { name: words('report_show') }).click();
	await expect(page).toHaveURL(`/desk/report?by=area&year=${year}`);
	await page.goto('/desk/report?year=99999&by=worker');
	await expect(page.getByRole('table', { name: words('report_caption_month', { year }) })).toBeVisible();
});

test('workers and supervisors do not read it', async ({ browser }) => {
	for (const who of [program.worker, program.supervisor]) {
		const page = await phoneOf(browser, who);
		for (const address of ['/desk/report', '/desk/report.csv'])
			expect((await page.request.get(address)).status(), `${who.name} ${address}`).toBe(403);
	}
});

test('everybody can use it, and it prints', async ({ browser }) => {
	const page = await phoneOf(browser, program.coordinator, true);
	for (const query of ['', '?by=area', '?by=team', '?year=2004']) {
		await page.goto(`/desk/report${query}`);
		await everybodyCanUse(page);
	}
	await page.goto('/desk/report');
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button')).toHaveCount(0);
	await expect(page.getByRole('img', { name: words('report_chart_text', { year }) })).toBeVisible();
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	expect(pdf.match(/\/Type\s*\/Page\b/g)!.length).toBeLessThanOrEqual(3);
});
