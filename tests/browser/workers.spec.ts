/* Workers as coordinators and supervisors see them: what they have on, who is late, whom to tell when one is away. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { phoneOf, press, said, told } from './support/desk.ts';
import { phone } from './support/devices.ts';
import { idle, keptCookies, signInAgain } from './support/kept.ts';
import { Supports, today } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Supports();

test.beforeAll(async () => {
	await here.open();
});
test.afterAll(async () => {
	await here.close();
});

const worker = (id: string, page?: string) => ['/desk/workers', id, page].filter(Boolean).join('/');

/** A page of somebody's own, for as long as `look` takes. */
async function as(browser: Browser, who: Parameters<typeof phoneOf>[1], look: (page: Page) => Promise<void>) {
	const page = await phoneOf(browser, who);
	try {
		await look(page);
	} finally {
		await page.context().close();
	}
}

test('a coordinator sees everybody, a supervisor those that are theirs, a worker nobody', async ({ browser }) => {
	await here.support('active', { client: 'Robin Sample' });
	await as(browser, here.coordinator, async (page) => {
		await page.goto('/desk/workers');
		await expect(page.getByRole('link', { name: here.worker.name })).toBeVisible();
		await expect(page.getByRole('link', { name: here.other.name })).toBeVisible();
		await expect(page.getByRole('main')).toContainText(words('workers_load', { load: 1, cap: 50 }));
		await expect(page.getByRole('main')).not.toContainText('Robin');
	});
	await as(browser, here.supervisor, async (page) => {
		await page.goto('/desk/workers');
		await expect(page.getByRole('main').getByRole('listitem').getByRole('heading')).toHaveText([here.worker.name]);
		expect((await page.goto(worker(here.other.id)))?.status()).toBe(404);
		expect((await page.goto(worker(here.worker.id)))?.status()).toBe(200);
		await expect(page.getByRole('main').getByRole('group')).toHaveCount(0);
		expect((await page.goto(worker(here.worker.id, 'call-sheet')))?.status()).toBe(403);
	});
	await as(browser, here.worker, async (page) => {
		expect((await page.goto('/desk/workers'))?.status()).toBe(403);
		expect((await page.goto(worker(here.other.id)))?.status()).toBe(403);
	});
});

test('whoever has more than they said is told of in a sentence', async ({ browser }) => {
	const over = await here.person('Kit', 'worker');
	await here.sql`insert into public.workers (program_id, user_id, cap, less_until)
		values (${here.id}, ${over.id}, 3, null)`;
	for (const client of ['One', 'Two']) await here.support('active', { client, worker: over });
	await here.sql`update public.workers set cap = 1 where user_id = ${over.id}`;
	await as(browser, here.coordinator, async (page) => {
		await page.goto('/desk/workers');
		await expect(page.getByRole('main')).toContainText(words('workers_load_over', { load: 2, cap: 1 }));
	});
});

test('a coordinator says who supervises a worker', async ({ browser }) => {
	await as(browser, here.coordinator, async (page) => {
		await page.goto(worker(here.other.id));
		await page.getByLabel(here.supervisor.name).check();
		await press(page, 'workers_set_button');
		await said(page, 'workers_done_supervisors');
		await expect(page.getByLabel(here.supervisor.name)).toBeChecked();
	});
	await as(browser, here.supervisor, async (page) => {
		await page.goto('/desk/workers');
		await expect(page.getByRole('link', { name: here.other.name })).toBeVisible();
	});
	await here.sql`delete from public.supervisions where worker_id = ${here.other.id}`;
	// Somebody who has stopped supervising meanwhile can't be set.
	const former = await here.person('Lee', 'supervisor');
	await as(browser, here.coordinator, async (page) => {
		await page.goto(worker(here.other.id));
		await page.getByLabel(former.name).check();
		await here.sql`update public.memberships set deactivated_at = now() where user_id = ${former.id}`;
		await press(page, 'workers_set_button');
		await told(page, 'workers_set_refused');
	});
});

test('what another coordinator set meanwhile is shown, and nothing is set over it unseen', async ({ browser }) => {
	const second = await here.person('Rae', 'supervisor');
	await as(browser, here.coordinator, async (page) => {
		await page.goto(worker(here.other.id));
		await page.getByLabel(second.name).check();
		await here.sql`insert into public.supervisions (program_id, worker_id, supervisor_id)
			values (${here.id}, ${here.other.id}, ${here.supervisor.id})`;
		const answer = page.waitForResponse((response) => response.request().method() === 'POST');
		await press(page, 'workers_set_button');
		expect((await answer).status()).toBe(409);
		await told(page, 'workers_set_behind');
		await expect(page.getByRole('main')).toContainText(words('workers_set_now', { names: here.supervisor.name }));
		await expect(page.getByLabel(second.name)).toBeChecked();
		await expect(page.getByLabel(here.supervisor.name)).not.toBeChecked();
		await page.getByLabel(here.supervisor.name).check();
		await press(page, 'workers_set_button');
		await said(page, 'workers_done_supervisors');
		for (const { name } of [second, here.supervisor]) await expect(page.getByLabel(name)).toBeChecked();
	});
	await here.sql`delete from public.supervisions where worker_id = ${here.other.id}`;
});

test('who was chosen half an hour too late is chosen again after signing in', async ({ browser }) => {
	// Whose session ends here, and no other test's.
	const colleague = await here.person('Quinn');
	await as(browser, colleague, async (page) => {
		await page.goto(worker(here.other.id));
		await page.getByLabel(here.supervisor.name).check();
		await idle(here, colleague);
		await press(page, 'workers_set_button');
		await signInAgain(page, colleague);
		await said(page, 'kept_back');
		await expect(page.getByLabel(here.supervisor.name)).toBeChecked();
		await press(page, 'workers_set_button');
		await said(page, 'workers_done_supervisors');
		await expect(page.getByText(words('kept_back'))).toHaveCount(0);
		expect(await keptCookies(page)).toEqual([]);
	});
	await here.sql`delete from public.supervisions where worker_id = ${here.other.id}`;
});

test('a meeting that nobody has checked out of comes first, until somebody has rung', async ({ browser }) => {
	const support = await here.support('active', { client: 'Late Sample' });
	await here.meeting(support, { from: -150, to: -60, isBegun: true });
	await as(browser, here.supervisor, async (page) => {
		await page.goto('/desk/workers');
		await expect(page.getByRole('main')).toContainText(words('workers_late_lede_own'));
		await expect(page.getByRole('note').getByRole('link', { name: support.reference })).toHaveCount(0);
		await expect(page.getByRole('note')).toContainText('Noor on duty');
		await expect(page.getByRole('note')).toContainText(words('workers_late_no_phone', { worker: here.worker.name }));
		await expect(
			page.getByRole('button', { name: words('workers_late_button_for', { worker: here.worker.name }) })
		).toHaveCount(0);
	});
	await as(browser, here.coordinator, async (page) => {
		await page.goto('/desk');
		await expect(page.getByRole('note')).toContainText(words('workers_late_title'));
		await here.sql`update public.workers set phone = '604-555-0142' where user_id = ${here.worker.id}`;
		await page.goto('/desk/workers');
		const ring = { worker: here.worker.name, phone: '604-555-0142' };
		await expect(page.getByRole('note').getByRole('link', { name: words('workers_late_ring', ring) })).toHaveAttribute(
			'href',
			'tel:+16045550142'
		);
		await expect(page.getByRole('note').getByRole('link', { name: support.reference })).toHaveAttribute(
			'href',
			`/desk/referrals/${support.reference}`
		);
		const other = await page.context().newPage();
		await other.goto('/desk/workers');
		const button = words('workers_late_button_for', { worker: here.worker.name });
		await page.getByRole('button', { name: button }).click();
		await said(page, 'workers_done_out');
		await expect(page.getByRole('note')).toHaveCount(0);
		// Said twice, it is said once.
		await other.getByRole('button', { name: button }).click();
		await said(other, 'workers_done_out');
	});
	expect(await here.audit(support)).toContain('support.meeting_marked done');
});

test('the call sheet says whom to tell, and how each is reached safely', async ({ browser }) => {
	const away = await here.person('Jo', 'worker');
	const cover = await here.person('Max');
	const direct = await here.support('active', {
		client: 'Robin Direct',
		worker: away,
		contact: { via: 'client', phone: '604-555-0123', email: '', safe: ['text'] }
	});
	await here.meeting(direct, { from: 60, to: 120, by: away });
	const team = await here.support('matched', { client: 'Sasha Team', initials: 'ST', worker: away });
	await here.sql`insert into public.absences (program_id, user_id, until, cover_id)
		values (${here.id}, ${away.id}, ${await here.day(4)}, ${cover.id})`;
	await as(browser, here.coordinator, async (page) => {
		await page.goto('/desk/workers');
		await page.getByRole('link', { name: words('workers_sheet_for', { name: away.name }) }).click();
		const main = page.getByRole('main');
		await expect(main).toContainText(cover.name);
		// Whose meeting is next comes first.
		await expect(main.getByRole('heading', { level: 2 })).toHaveText([/Robin Direct/, /Sasha Team/]);
		for (const text of ['Robin Direct', '604-555-0123', 'Sasha Team', words('workers_sheet_team'), 'Alex Referrer'])
			await expect(main).toContainText(text);
		await expect(main).toContainText(words('workers_sheet_ways', { ways: words('referral_safe_text') }));
		await expect(main).toContainText(
			words('workers_sheet_not', { ways: [words('referral_safe_call'), words('referral_safe_message')].join(' · ') })
		);
		await expect(main).toContainText('The Hillside Library');
		await page.emulateMedia({ media: 'print' });
		const pdf = await page.pdf({ format: 'Letter' });
		expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	});
	for (const { id, reference, email } of [direct, team])
		expect(await here.audit({ id, reference, email })).toContain('work.call_sheet_read done');
	await as(browser, here.worker, async (page) => {
		expect((await page.goto(worker(away.id, 'call-sheet')))?.status()).toBe(403);
	});
});

test('everybody can use every page, and nothing is wider than a small phone', async ({ browser }) => {
	test.slow();
	const page = await phoneOf(browser, here.coordinator, true);
	const support = await here.support('ending', { client: 'w'.repeat(90), worker: here.other });
	await here.meeting(support, { from: -150, to: -60, isBegun: true, by: here.other });
	await here.meeting(support, { from: 60, to: 90, by: here.other });
	await here.sql`update public.workers set about = ${'x'.repeat(300)}, wishes = 'Mornings, please.',
		less_until = ${await here.day(9)} where user_id = ${here.other.id}`;
	await here.sql`insert into public.absences (program_id, user_id, until) values (${here.id}, ${here.other.id}, ${today()})`;
	for (const url of [
		'/desk/workers',
		'/desk/workers?done=out',
		worker(here.other.id),
		worker(here.worker.id),
		worker(here.other.id, 'call-sheet')
	]) {
		expect((await page.goto(url))?.status(), url).toBe(200);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await axeFindings(page), `${url} ${colorScheme}`).toEqual([]);
		}
		await page.setViewportSize({ width: 320, height: 700 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth), url).toBeLessThanOrEqual(320);
		await page.setViewportSize(phone.viewport);
	}
	await page.context().close();
});
