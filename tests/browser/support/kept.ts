/** A staff session that ends in the middle of a form, and what is kept of it. */
import { expect, type Page } from '@playwright/test';
import { press, type Colleague, type Desk } from './desk.ts';
import { newestMail } from './mailbox.ts';
import { mailedCode, typeCode } from './sign-in.ts';
import { words } from './words.ts';

/** Lets half an hour pass without a request of this person. */
export const idle = async ({ sql }: Desk, { id }: Colleague) => {
	await sql`update private.staff_sessions set seen_at = seen_at - interval '31 minutes' where user_id = ${id}`;
};

/** From the page to sign in, where what was sent has led. */
export async function signInAgain(page: Page, { email }: Colleague): Promise<void> {
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	expect(page.url(), 'nothing that was typed stands in an address').not.toMatch(/typed|words|%E6/);
	const { id: before } = await newestMail(email);
	await page.getByLabel(words('sign_in_email')).fill(email);
	await press(page, 'sign_in_send');
	await typeCode(page, await mailedCode(email, before));
}

/** The cookies of this page by which something kept is found. */
export const keptCookies = async (page: Page) =>
	(await page.context().cookies(page.url())).filter(({ name }) => name.startsWith('kept_'));
