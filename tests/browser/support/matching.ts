/** Asking a worker, as a coordinator does it on the page. */
import type { Locator, Page } from '@playwright/test';
import { at, box, type Colleague, type Request } from './desk.ts';
import { words } from './words.ts';

/** The address at which somebody is found for a request, or asked. */
export const match = (request: Request, who?: Colleague): string =>
	`${at(request, 'match')}${who ? `?worker=${who.id}` : ''}`;

/** What the page says of one who could be asked. */
export const cardOf = (on: Page, who: Colleague): Locator =>
	on.getByRole('main').getByRole('article').filter({ hasText: who.name });

/** Everything that asking takes, but the button. */
export async function fillIn(on: Page): Promise<void> {
	await box(on, 'matching_when').fill('Tuesday at two, by the front desk');
	await on
		.getByRole('group', { name: words('matching_place') })
		.getByRole('radio')
		.first()
		.check();
}

export const ask = (on: Page, who: Colleague): Promise<void> =>
	on.getByRole('button', { name: words('matching_ask', { name: who.name }) }).click();
