/* Asking for a worker as a nurse does, on a phone with JavaScript off: with the code, without it, with all that goes wrong. */
import { expect, test } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { forgetLimits, withSql } from './support/database.ts';
import { newestMail } from './support/mailbox.ts';
import { anAddress, leaveFor, onwards, REFERENCE, requestsOf, send, typeCode, writeRequest } from './support/refer.ts';
import { mailedCode } from './support/sign-in.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });

test.beforeAll(forgetLimits);

test('from the start to a reference, with the code', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email, client: 'Bob عبد', goal: 'Find a quiet café <b>' });
	await expect(page.getByText('Find a quiet café <b>')).toBeVisible();
	await expect(page.getByText('Bob عبد')).toBeVisible();
	await typeCode(page, await mailedCode(email));
	await send(page);
	await expect(page).toHaveURL(REFERENCE);
	const reference = REFERENCE.exec(page.url())![0];
	await expect(page.getByRole('main')).toContainText(reference);
	expect(await requestsOf(email)).toEqual([{ reference, state: 'submitted' }]);
	const mail = await newestMail(email, (await newestMail(email)).id - 1);
	expect(mail.text).not.toContain('café');

	// The second time nothing is asked twice, and the way back leads to the request.
	await page.goto('/refer/check');
	await expect(page).toHaveURL('/refer/you');
	await expect(page.getByText(words('refer_you_signed_in', { email }))).toBeVisible();
});

test('the code comes late: the request is kept, seen by nobody, and the code sends it', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email });
	await send(page);
	await expect(page).toHaveURL('/refer/kept');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('refer_kept_title'));
	expect(await requestsOf(email)).toEqual([]);
	// Sending it again keeps it once.
	await page.goto('/refer/check');
	await send(page);
	await typeCode(page, '12');
	await send(page);
	await expect(page.getByRole('alert')).toContainText(words('sign_in_code_shape'));

	const mails = await withSql(
		(sql) =>
			sql`select count(*)::int as n from private.outbox where to_address = ${email} and template = 'referral_kept'`
	);
	expect(mails[0]).toEqual({ n: 1 });
	// The sign-in mail came first; its code is still good.
	await typeCode(page, await mailedCode(email));
	await send(page);
	await expect(page).toHaveURL(REFERENCE);
	expect(await requestsOf(email)).toHaveLength(1);
});

test('the code comes late: the button in the mail sends it from another device, and opening the page changes nothing', async ({
	page,
	browser,
	request
}) => {
	const email = anAddress();
	await writeRequest(page, { email });
	await send(page);
	await expect(page).toHaveURL('/refer/kept');
	let link: string | undefined;
	await expect
		.poll(async () => (link = /https?:\/\/\S+\/refer\/confirm\/\w+/.exec((await newestMail(email)).text)?.[0]))
		.toBeTruthy();
	for (let time = 0; time < 2; time++) expect((await request.get(link!)).status()).toBe(200);
	expect(await requestsOf(email)).toEqual([]);
	const phone = await browser.newPage({ javaScriptEnabled: false });
	await phone.goto(link!);
	await phone.getByRole('main').getByRole('button').first().click();
	await expect(phone.getByRole('main')).toContainText(REFERENCE);
	await phone.close();
	expect(await requestsOf(email)).toHaveLength(1);

	// The page on the first device knows.
	await page.goto('/refer/check');
	await expect(page).toHaveURL('/refer/sent');
	await expect(page.getByRole('main')).toContainText(REFERENCE);
});

test('every mistake has its sentence, and what was typed stays', async ({ page }) => {
	const email = anAddress();
	const alert = page.getByRole('alert');
	const long = 'x'.repeat(10_000);
	await page.goto('/refer/you');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_email'));
	await expect(alert).toContainText(words('refer_error_team'));
	await expect(page).toHaveTitle(/^Please check/);
	await page.getByLabel(words('refer_you_email')).fill(email);
	await page.getByLabel(words('refer_you_team')).fill('team');
	await page.getByLabel(words('refer_you_phone')).fill('call me');
	await page.getByText(words('refer_you_second'), { exact: true }).click();
	await page.getByLabel(words('refer_you_second_email')).fill('not an address');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_phone'));
	await expect(alert).toContainText(words('refer_error_second_email'));
	await expect(page.getByLabel(words('refer_you_phone'))).toHaveValue('call me');
	await page.getByLabel(words('refer_you_phone')).fill('604 555 0123 ext 4');
	await page.getByLabel(words('refer_you_second_email')).fill('');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_team_unknown'));
	await page
		.getByRole('group', { name: words('refer_you_alike') })
		.getByRole('radio')
		.first()
		.check();
	await onwards(page);
	await onwards(page);

	await page.getByLabel(words('refer_client_name')).fill(long);
	for (const name of ['neighbourhood', 'centre', 'routine'] as const)
		await page.getByLabel(words(`refer_starter_${name}`)).check();
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill('And a fourth');
	await page.getByLabel(words('refer_client_consented_on')).fill('2999-01-01');
	await onwards(page);
	for (const error of ['client_long', 'goals', 'consented_later', 'consent'] as const)
		await expect(alert).toContainText(words(`refer_error_${error}`));
	await expect(page.getByLabel(words('refer_client_name'))).toHaveValue(long);
	await expect(page.getByLabel(words('refer_client_goal', { number: 1 }))).toHaveValue('And a fourth');
	await alert.getByRole('link', { name: words('refer_error_goals') }).click();
	await expect(page.getByLabel(words('refer_client_goal', { number: 1 }))).toBeInViewport();
	await page.getByLabel(words('refer_client_name')).fill('B.S.');
	await page.getByLabel(words('refer_client_goal', { number: 1 })).fill('');
	await page.getByLabel(words('refer_client_consented_on')).fill('2026-01-31');
	await page.getByLabel(words('refer_client_consent_yes')).check();
	await onwards(page);

	await page.getByLabel(words('refer_safety_via_client')).check();
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_reach'));
	await page.getByLabel(words('refer_safety_phone')).fill('604 555 0199');
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_safe'));
	await page.getByLabel(words('referral_safe_text')).check();
	await page.getByLabel(words('refer_safety_what')).fill(long);
	await onwards(page);
	await expect(alert).toContainText(words('refer_error_safety_long'));
	await page.getByLabel(words('refer_safety_what')).fill('Mornings are best.');
	await onwards(page);
	await typeCode(page, '000000');
	await send(page);
	await expect(alert).toContainText(/./);
	await expect(page.getByText('604 555 0199')).toBeVisible();
});

test('pressed twice, it is sent once', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email });
	await typeCode(page, await mailedCode(email));
	await page.getByRole('button', { name: words('refer_check_send') }).dblclick();
	await expect(page.getByRole('main')).toContainText(REFERENCE);
	expect(await requestsOf(email)).toHaveLength(1);
	// Once more, from the page that the browser still has.
	await page.goto('/refer/check');
	expect(await requestsOf(email)).toHaveLength(1);
});

test('each refusal has its own sentence', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email });
	const code = await mailedCode(email);
	await withSql(async (sql) => {
		await sql`insert into private.uses (what, who_hash, since, count)
			values ('unconfirmed_for', encode(private.token_hash(${email}), 'hex'), now(), 5)`;
	});
	await send(page);
	await expect(page.getByRole('alert')).toContainText(words('request_too_many_kept', { email }));
	await withSql(async (sql) => {
		const [program] = await sql`select id from public.programs where is_default`;
		await sql`insert into public.referrals (id, reference, program_id, referrer_email, consented_on, acknowledge_by)
			select gen_random_uuid(), private.new_reference(), ${program!.id}, ${email}, '2026-01-02', now()
			from generate_series(1, 30)`;
	});
	await typeCode(page, code);
	await send(page);
	await expect(page.getByRole('alert')).toContainText(words('request_too_many'));
	// Under its id another has sent one.
	const [cookie] = (await page.context().cookies(`${process.env.SITE_URL}/refer`)).filter(
		({ name }) => name === 'referring'
	);
	await withSql(async (sql) => {
		const [mine] = await sql`select id from public.referrals where referrer_email = ${email} limit 1`;
		await sql`update public.referrals set referrer_email = ${anAddress()} where referrer_email = ${email}`;
		await sql`update public.referrals set id = ${cookie!.value.slice(0, 36)} where id = ${mine!.id}`;
	});
	await page.goto('/refer/check');
	await send(page);
	await expect(page.getByRole('alert')).toContainText(words('request_not_found'));
});

test('an area that is not on the list has its sentence on the page that asks for it', async ({ page }) => {
	const email = anAddress();
	await writeRequest(page, { email });
	const [area] = await withSql(
		(sql) => sql<{ id: string }[]>`
		insert into public.areas (program_id, name)
		select p.id, ${`Passing ${email}`} from public.programs p where p.is_default returning id`
	);
	await page.goto('/refer/client?change=1');
	await page.getByLabel(words('refer_client_area'), { exact: false }).selectOption(area!.id);
	await withSql((sql) => sql`delete from public.areas where id = ${area!.id}`);
	await onwards(page);
	await expect(page.getByRole('alert')).toContainText(words('refer_error_choice'));
	await page.getByRole('link', { name: words('refer_error_choice') }).click();
	await expect(page.getByLabel(words('refer_client_area'), { exact: false })).toBeInViewport();
});

test('that it is kept is said to the browser that sent it, and to no other', async ({ page, browser }) => {
	const email = anAddress();
	const stranger = await browser.newPage({ javaScriptEnabled: false });
	await stranger.goto('/refer/kept');
	await expect(stranger.getByRole('heading', { level: 1 })).toHaveText(words('refer_kept_none_title'));
	await expect(stranger.getByRole('main').getByRole('link', { name: words('refer_kept_none_begin') })).toHaveAttribute(
		'href',
		'/refer'
	);
	await stranger.close();
	await writeRequest(page, { email });
	await page.goto('/refer/kept');
	await expect(page, 'it is not sent yet').toHaveURL('/refer/check');
	await send(page);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('refer_kept_title'));
	// The mail may take longer than a draft is open.
	await leaveFor(page, '31 minutes');
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('refer_kept_title'));
	await expect(page.getByText(email)).toHaveCount(0);
});

test.describe('with a script', () => {
	test.use({ javaScriptEnabled: true, contextOptions: { reducedMotion: 'reduce' } });

	test('axe finds nothing on any page of it, with errors and without, light and dark; nothing is wider than 320 pixels', async ({
		page
	}) => {
		test.slow();
		const everybodyCanUse = async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				expect(await axeFindings(page), `${page.url()} ${colorScheme}`).toEqual([]);
			}
			await page.setViewportSize({ width: 320, height: 640 });
			expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
			await page.setViewportSize({ width: 360, height: 780 });
		};
		const email = anAddress();
		await page.goto('/refer/you');
		await everybodyCanUse();
		await page.getByLabel(words('refer_you_team')).fill('team');
		await onwards(page);
		await everybodyCanUse();
		await writeRequest(page, { email, client: 'W'.repeat(100), safety: 'm'.repeat(2000) });
		await everybodyCanUse();
		for (const step of ['expect', 'client', 'safety']) {
			await page.goto(`/refer/${step}`);
			await everybodyCanUse();
		}
		await page.getByLabel(words('refer_safety_via_client')).check();
		await onwards(page);
		await everybodyCanUse();
		await page.goto('/refer/client');
		await page.getByLabel(words('refer_client_name')).fill('');
		await page.getByLabel(words('refer_client_consent_yes')).uncheck();
		await onwards(page);
		await everybodyCanUse();
		await page.getByLabel(words('refer_client_name')).fill('B.S.');
		await page.getByLabel(words('refer_client_consent_yes')).check();
		await onwards(page);
		await page.getByLabel(words('refer_safety_via_team')).check();
		await onwards(page);
		await typeCode(page, 'abc');
		await send(page);
		await everybodyCanUse();
		await typeCode(page, '');
		await send(page);
		await expect(page).toHaveURL('/refer/kept');
		await everybodyCanUse();
	});
});
