/* Taking up several at once, and whose lists a coordinator finds: their own program's and no other's. */
import { expect, test } from '@playwright/test';
import { forgetLimits } from './support/database.ts';
import { Desk, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { add, find, lineOf } from './support/inbox.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
const elsewhere = new Desk();
let me: Colleague;
let ben: Colleague;
let stranger: Colleague;
let worker: Colleague;

test.beforeAll(async () => {
	await forgetLimits();
	await Promise.all([here.open(), elsewhere.open()]);
	[me, ben] = [await here.person('Asha'), await here.person('Ben')];
	[stranger, worker] = [await elsewhere.person('Wen'), await elsewhere.person('Mei', 'worker')];
});
test.afterAll(async () => {
	await Promise.all([here.close(), elsewhere.close()]);
});

test('ticked ones are taken up together, and one that somebody else had is told', async ({ browser }) => {
	const page = await phoneOf(browser, me);
	const line = (reference: string) => lineOf(page, reference);
	const references: string[] = [];
	for (let n = 0; n < 4; n++) references.push(await add(here, { age: n }));
	const others = await add(here, { state: 'triage', coordinator: me });
	await page.goto('/desk/referrals?view=open');
	await press(page, 'inbox_take_up');
	await told(page, 'inbox_error_none_ticked');
	await expect(line(others).getByRole('checkbox')).toHaveCount(0);
	for (const reference of references.slice(0, 3))
		await page.getByRole('checkbox', { name: words('inbox_tick', { reference }) }).check();
	const { sql } = here;
	await sql.begin(async (tx) => {
		await tx`select set_config('request.jwt.claim.sub', ${ben.id}, true)`;
		await tx`select public.move_referral(id, 'acknowledge', version) from public.referrals where reference = ${references[0]!}`;
	});
	await press(page, 'inbox_take_up');
	await expect(page.getByRole('status')).toHaveText(
		`${words('inbox_taken_some', { count: 2 })} ${words('inbox_gone_one')}`
	);
	expect(new URL(page.url()).searchParams.get('view')).toBe('open');
	for (const reference of references.slice(1, 3)) await expect(line(reference)).toContainText(me.name);
	await expect(line(references[0]!)).toHaveCount(0);
	await expect(line(references[3]!).getByRole('checkbox')).toBeVisible();
	const [row] = await sql<{ name: string }[]>`
		select p.name from public.referrals r join public.people p on p.user_id = r.coordinator_id where r.reference = ${references[0]!}`;
	expect(row!.name).toBe(ben.name);
	await page.context().close();
});

test('another program’s coordinator finds none of them, and a worker is told that the page isn’t theirs', async ({
	browser
}) => {
	const request = await here.request({ client: 'Robin Sample' });
	const theirs = await phoneOf(browser, stranger);
	await theirs.goto('/desk/referrals?mine=0&view=open');
	await expect(theirs.getByText(words('inbox_nothing_here'))).toBeVisible();
	for (const typed of [request.reference, 'Robin Sample', request.email!]) {
		await find(theirs, typed);
		await said(theirs, 'inbox_found_none');
	}
	expect((await theirs.goto(`/desk/referrals?program=${here.slug}`))?.status()).toBe(404);
	await theirs.context().close();

	const other = await phoneOf(browser, worker);
	for (const path of ['/desk/referrals', '/desk/referrals/new']) expect((await other.goto(path))?.status()).toBe(403);
	await other.goto('/desk');
	await expect(other.getByText(words('inbox_card_none'))).toHaveCount(0);
	await other.context().close();
});

test('each address names the one that is looked at', async ({ browser }) => {
	const both = await here.person('Kim');
	await elsewhere.sql`insert into public.memberships (program_id, user_id, role) values (${elsewhere.id}, ${both.id}, 'coordinator')`;
	const mine = await add(here, { coordinator: me });
	const theirs = await add(elsewhere);
	const desk = await phoneOf(browser, both);
	await desk.goto(`/desk/referrals?program=${elsewhere.slug}&mine=0`);
	for (const link of await desk.getByRole('main').getByRole('link').all()) {
		const href = (await link.getAttribute('href'))!;
		if (href.startsWith('/desk/referrals')) expect(href).toContain(`program=${elsewhere.slug}`);
	}
	await desk.getByRole('checkbox', { name: words('inbox_tick', { reference: theirs }) }).check();
	await press(desk, 'inbox_take_up');
	await said(desk, 'inbox_taken_one');
	await expect(desk).toHaveURL(new RegExp(`program=${elsewhere.slug}.*mine=0`));
	// A reference leads to its own program.
	await find(desk, mine);
	await expect(desk).toHaveURL(new RegExp(`/desk/referrals/${mine}\\?program=${here.slug}`));
	await desk.context().close();
});
