/* Trainings as somebody finds them who hopes to come: JavaScript off, on a phone. */
import { expect, test } from '@playwright/test';
import { phone } from './support/devices.ts';
import { words } from './support/words.ts';

test.use({ ...phone, javaScriptEnabled: false });

test('the next training is two clicks from the start page, with each of its days', async ({ page }) => {
	await page.goto('/');
	await page
		.getByRole('main')
		.getByRole('link', { name: words('home_door_training') })
		.click();
	await expect(page).toHaveURL('/training');
	const ahead = page.getByRole('region', { name: words('training_ahead') });
	await expect(ahead.getByText(/^The last one was/)).toBeVisible();
	await ahead.getByRole('link', { name: 'Sample: peer support training' }).click();
	await expect(page).toHaveURL('/training/sample-peer-support-training');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sample: peer support training');
	const when = page.getByRole('region', { name: words('training_when') });
	await expect(when.getByRole('listitem')).toHaveCount(6);
	await expect(when.getByRole('listitem').first()).toContainText(/^Tuesday, .* 10:00 am to 1:00 pm/);
	await expect(page.getByRole('region', { name: words('training_where') })).toContainText('100 Sample Street');
	await expect(page.getByRole('main')).toContainText(words('training_no_promise'));
	await page.goBack();
	await expect(page).toHaveURL('/training');
});

test('one that is over says so', async ({ page }) => {
	await page.goto('/training/sample-peer-support-training-before');
	await expect(page.getByRole('main')).toContainText(words('training_finished'));
});
