/* A certificate: somebody prints theirs, and anybody checks its number. JavaScript off, on a phone. */
import { expect, test, type Page } from '@playwright/test';
import { phone } from './support/devices.ts';
import { follow, press, told } from './support/desk.ts';
import { signInQuietly } from './support/sign-in.ts';
import { Trainings } from './support/trainings.ts';
import { words } from './support/words.ts';

test.use({ ...phone, isMobile: false, hasTouch: false, javaScriptEnabled: false, reducedMotion: 'reduce' });

const program = new Trainings();
test.beforeAll(async () => {
	await program.open();
});
test.afterAll(async () => {
	await program.sql`delete from public.cohorts where program_id = ${program.id}`;
	await program.close();
});

test('a certificate prints on one sheet, and its number is valid without a name', async ({ page, browser }) => {
	const me = await program.trainee();
	const cohort = await program.cohort({ state: 'finished', classes: [-9, -2] });
	const mine = await program.enrolment(cohort, 'completed', { person: me, details: { name: 'Zoë O’Hara' } });
	await program.sql`update public.enrolments set practicum_hours = 24.5 where id = ${mine}`;
	await signInQuietly(page.context().request, me.email);
	await page.goto('/my/training');
	await expect(page.locator(`#place-${mine}`)).toContainText(words('own_state_completed'));
	await follow(page, 'own_certificate');
	const sheet = page.getByRole('article');
	for (const said of ['Zoë O’Hara', cohort.title, words('certificate_hours', { hours: 24.5 }), '/training/certificate'])
		await expect(sheet).toContainText(said);
	const number = /TC-\w{4}-\w{4}/.exec(await sheet.innerText())![0];
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('banner')).toBeHidden();
	await expect(page.getByRole('contentinfo')).toBeHidden();
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

	const other: Page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await other.goto('/training/certificate');
	const field = other.getByRole('textbox', { name: words('certificate_check_number') });
	const check = async (typed: string) => {
		await field.fill(typed);
		await press(other, 'certificate_check_go');
	};
	await check(number.toLowerCase().replaceAll('-', ' '));
	await expect(other.getByRole('status')).toContainText(words('certificate_valid', { number }));
	await expect(other.getByRole('status')).toContainText(cohort.title);
	expect(await other.content()).not.toMatch(/Zoë|O’Hara/);
	await check('  ');
	await told(other, 'certificate_empty');
	await check('PS-7K3M-2QX');
	await told(other, 'certificate_wrong');
	await check('TC-2222-2222');
	await expect(other.getByRole('status')).toContainText(words('certificate_unknown', { number: 'TC-2222-2222' }));
	await program.sql`update private.certificates set revoked_at = now() where number = ${number}`;
	await check(number);
	await expect(other.getByRole('status')).toContainText(words('certificate_unknown', { number }));
	expect((await page.goto(`/my/training/${mine}/certificate`))!.status()).toBe(404);
});
