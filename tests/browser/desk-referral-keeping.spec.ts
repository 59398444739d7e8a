/* One request: who may see it, what is held of it and forgotten, and that everybody can use its pages. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { at, box, Desk, phoneOf, press, said, told, type Colleague } from './support/desk.ts';
import { everybodyCanUse } from './support/everybody.ts';
import { LIBRARY, PLAN, Supports } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Desk();
const elsewhere = new Desk();
let asha: Colleague;
let ben: Colleague;
let admin: Colleague;
let stranger: Colleague;
let page: Page;

test.beforeAll(async () => {
	await Promise.all([here.open(), elsewhere.open()]);
	asha = await here.person('Asha');
	ben = await here.person('Ben');
	admin = await here.person('Noor', 'admin');
	stranger = await elsewhere.person('Wen');
});
test.afterAll(async () => {
	await Promise.all([here.close(), elsewhere.close()]);
});
test.beforeEach(async ({ browser }) => {
	page = await phoneOf(browser, asha);
});
test.afterEach(async () => {
	await page.context().close();
});

test('somebody of another programme is told the same as for a request that does not exist', async ({ browser }) => {
	const request = await here.taken(ben);
	const theirs = await phoneOf(browser, stranger);
	for (const below of ['', '/ask', '/decline', '/home']) {
		const seen = new Set<string>();
		for (const reference of [request.reference, 'PS-2222-222']) {
			const answer = await theirs.goto(`/desk/referrals/${reference}${below}`);
			expect(answer?.status()).toBe(404);
			seen.add((await answer!.text()).replaceAll(reference, ''));
		}
		expect(seen.size, below).toBe(1);
	}
	expect((await theirs.goto('/desk/referrals/ps-nonsense'))?.status()).toBe(404);
	await theirs.context().close();
	expect(await here.audit(request)).toContain('referral.read refused');
	for (const below of ['erase', 'export']) expect((await page.goto(at(request, below)))?.status()).toBe(403);
});

test('a value that does not open is said to be so, and the rest of the page stands', async () => {
	const request = await here.taken(ben, { client: 'Robin Sample', safety: 'Quiet helps.' });
	await here.sql`update private.referral_details d set client =
		(select o.client from private.referral_details o where o.referral_id <> d.referral_id limit 1)
		where d.referral_id = ${request.id}`;
	expect((await page.goto(at(request)))?.status()).toBe(200);
	await expect(page.getByText(words('desk_referral_broken'))).toHaveCount(1);
	await expect(page.getByText('Quiet helps.')).toBeVisible();
});

test('an administrator downloads all that is held, and erases it once it is closed', async ({ browser }) => {
	const request = await here.taken(ben, { client: 'Robin Sample', safety: 'Quiet helps.' });
	await here.move(request, ben.email, 'ask', {}, 'Which days?');
	const admins = await phoneOf(browser, admin);
	await admins.goto(at(request, 'erase'));
	await expect(admins.getByText(words('desk_referral_not_now'))).toBeVisible();
	await here.move(request, ben.email, 'withdraw', {}, 'They moved away.');
	await admins.goto(at(request));
	const download = admins.waitForEvent('download');
	await admins.getByRole('link', { name: words('desk_referral_export') }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe(`${request.reference}.json`);
	const held = readFileSync(await file.path(), 'utf8');
	for (const part of ['Robin Sample', 'Quiet helps.', 'Which days?', 'They moved away.', request.email!])
		expect(held).toContain(part);
	expect(held).not.toMatch(/"s1\./);
	const answer = await admins.request.get(at(request, 'export'));
	expect(answer.headers()['cache-control']).toBe('private, no-store');
	expect(answer.headers()['content-disposition']).toMatch(/^attachment/);

	await admins.getByRole('link', { name: words('desk_referral_erase_link') }).click();
	await press(admins, 'desk_referral_erase_button');
	await said(admins, 'desk_referral_done_erase');
	const main = admins.getByRole('main');
	await expect(main).toContainText('was erased on');
	await expect(main).toContainText(`${ben.name} took it up.`);
	for (const part of [
		'Robin Sample',
		'Quiet helps.',
		'Which days?',
		'They moved away.',
		request.email!,
		'Alex Referrer'
	])
		await expect(main).not.toContainText(part);
	await expect(main.getByRole('link', { name: words('desk_referral_note_title') })).toHaveCount(0);
	await admins.context().close();
	expect(await here.audit(request)).toContain('referral.erased done');
	expect(await here.audit(request)).toContain('referral.exported done');
});

test('what is held of a support is opened for the administrator; what does not open is named', async ({ browser }) => {
	const program = await new Supports().open();
	try {
		const keeper = await program.person('Ravi', 'admin');
		const support = await program.support('active', { client: 'Robin Sample', initials: 'QX' });
		const goal = await program.entry(support, 'goal', { text: 'Find a swimming pool' }, { mark: 'not_yet' });
		const note = await program.entry(support, 'note', { text: 'We talked by the river.' });
		const meeting = await program.meeting(support, { from: 60, to: 120 });
		const broken = await program.meeting(support, { from: 180, to: 240 });
		await program.sql`update private.support_meetings m set place = (select o.place from private.support_meetings o
			where o.id = ${meeting}) where m.id = ${broken}`;
		const theirs = await phoneOf(browser, keeper);
		const answer = await theirs.request.get(at(support, 'export'));
		expect(answer.status()).toBe(200);
		const text = await answer.text();
		expect(text).not.toMatch(/"s1\./);
		const held = JSON.parse(text) as Record<'matches' | 'support' | 'meetings', { id: string }[]> & {
			unopened: string[];
		};
		expect(held.unopened).toEqual([broken]);
		expect(held.matches).toMatchObject([{ initials: 'QX', plan: { ...PLAN, place: LIBRARY } }]);
		expect(held.support).toMatchObject([
			{ id: goal, words: { text: 'Find a swimming pool' } },
			{ id: note, words: { text: 'We talked by the river.' } }
		]);
		expect(held.meetings).toMatchObject([
			{ id: meeting, place: { place: LIBRARY, note: 'By the front desk' } },
			{ id: broken, place: null }
		]);
		await theirs.context().close();
	} finally {
		await program.close();
	}
});

test('everybody can use every page and every state of it, and nothing is wider than a small phone', async ({
	browser
}) => {
	test.slow();
	const hash = { kind: 'phone', hash: randomBytes(32).toString('hex') };
	const fresh = await here.request({ hashes: [hash], needsHome: true, email: `${randomUUID()}@elsewhere.example` });
	const busy = await here.taken(ben, {
		hashes: [hash],
		contact: { via: 'client', phone: '604-555-0177', email: '', safe: [] }
	});
	const waits = await here.taken(ben, { email: null });
	await here.move(waits, ben.email, 'waitlist', { next_word_on: await here.day(20) }, 'w'.repeat(300));
	await here.move(waits, ben.email, 'ask_correction', {}, 'Twice.');
	const closed = await here.taken(ben);
	await here.move(
		closed,
		ben.email,
		'decline',
		{ reason: 'no_worker_free', help: 'https://places.example/' + 'x'.repeat(90) },
		'No.'
	);
	const script = await phoneOf(browser, admin, true);
	const pages = [
		...[at(fresh), at(busy), at(waits), at(closed), `${at(busy)}?done=acknowledge`],
		...['ask', 'waitlist', 'withdraw', 'correct', 'note', 'home', 'decline', 'redirect'].map((name) => at(busy, name)),
		...[at(waits, 'keep-waiting'), at(waits, 'confirm-correction'), at(closed, 'reopen'), at(closed, 'erase')],
		...[at(closed, 'ask'), at(busy, 'erase')]
	];
	for (const url of pages) {
		expect((await script.goto(url))?.status(), url).toBe(200);
		await everybodyCanUse(script, url);
	}
	const wrong = {
		withdraw: 'desk_referral_withdraw_button',
		home: 'desk_referral_home_button',
		redirect: 'desk_referral_preview'
	} as const;
	for (const [name, button] of Object.entries(wrong)) {
		await script.goto(at(busy, name));
		await press(script, button);
		await everybodyCanUse(script, `${name} with errors`);
	}
	await script.goto(at(busy, 'redirect'));
	await script.getByLabel(words('referral_reason_crisis_service')).check();
	await press(script, 'desk_referral_start');
	await expect(box(script, 'desk_referral_help_words')).toHaveValue(/9-8-8/);
	await press(script, 'desk_referral_preview');
	await everybodyCanUse(script, 'the preview');
	await script.goto(at(busy, 'note'));
	await script.goto(at(busy));
	await press(script, 'desk_referral_assign_button');
	await everybodyCanUse(script, 'nobody chosen');
	await script.goto(at(busy, 'ask'));
	await script.getByRole('textbox').fill('When?');
	await here.move(busy, ben.email, 'withdraw');
	await press(script, 'desk_referral_ask_button');
	await told(script, 'referral_refused_stale');
	await everybodyCanUse(script, 'too late');
	await script.goto(at(closed, 'erase'));
	await press(script, 'desk_referral_erase_button');
	await everybodyCanUse(script, 'erased');
	await script.context().close();
});
