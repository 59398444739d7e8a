/** Asking for a worker, as far as the last page, with JavaScript off or on. */
import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { withSql } from './database.ts';
import { words } from './words.ts';

export const REFERENCE = /PS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}/;
export const anAddress = () => `${randomUUID()}@health.example`;

export const onwards = (page: Page) => page.getByRole('button', { name: words('refer_go_on'), exact: true }).click();
export const back = (page: Page) => page.getByRole('button', { name: words('refer_go_back'), exact: true }).click();
export const send = (page: Page) => page.getByRole('button', { name: words('refer_check_send') }).click();
export const typeCode = (page: Page, code: string) => page.getByLabel(words('sign_in_code')).fill(code);

/** From the check to a page of it. */
export const change = (page: Page, title: 'refer_you_title' | 'refer_client_title' | 'refer_safety_title') =>
	page.getByRole('link', { name: `${words('refer_check_change')} ${words(title)}` }).click();

interface Said {
	/** Null for somebody who is signed in. */
	email: string | null;
	team?: string;
	client?: string;
	goal?: string;
	safety?: string;
}

/** Fills the five pages as far as the last, and stays there. */
export async function writeRequest(
	page: Page,
	{ email, team, client = 'B.S.', goal, safety = '' }: Said
): Promise<void> {
	await page.goto('/refer');
	await page.getByRole('link', { name: words('refer_start') }).click();
	if (email !== null) await page.getByLabel(words('refer_you_email')).fill(email);
	await page.getByLabel(words('refer_you_team')).fill(team ?? 'A team of the tests');
	if (!team) await page.getByLabel(words('refer_you_not_listed')).check();
	await onwards(page);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('refer_expect_title'));
	await onwards(page);
	await page.getByLabel(words('refer_client_name')).fill(client);
	if (goal) await page.getByLabel(words('refer_client_goal', { number: 1 })).fill(goal);
	else await page.getByLabel(words('refer_starter_people')).check();
	await page.getByLabel(words('refer_client_consent_yes')).check();
	await onwards(page);
	await page.getByLabel(words('refer_safety_what')).fill(safety);
	await onwards(page);
	await expect(page).toHaveURL('/refer/check');
}

export const requestsOf = (email: string) =>
	withSql(async (sql) => [
		...(await sql`select reference, state from public.referrals where referrer_email = ${email}`)
	]);

/** Lets time pass for the draft of this page's cookie. */
export async function leaveFor(page: Page, time: string): Promise<void> {
	const cookie = (await page.context().cookies(`${process.env.SITE_URL}/refer`)).find(
		({ name }) => name === 'referring'
	);
	await withSql(
		(sql) => sql`update private.referral_drafts set touched_at = touched_at - ${time}::interval
			where id = ${cookie!.value.slice(0, 36)}`
	);
}
