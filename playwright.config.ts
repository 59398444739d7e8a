import { defineConfig } from '@playwright/test';
import { useNpmTest } from './scripts/support/messages.ts';
import { findBrowser } from './tests/browser/support/browser.ts';

/** `npm test` starts the built site on ports of its own and names it here. */
const baseURL = process.env.SITE_URL;
if (!baseURL) {
	console.error(`\n${useNpmTest}`);
	process.exit(1);
}

export default defineConfig({
	testDir: 'tests/browser',
	outputDir: 'test-results',
	// One more than the cores of a small machine: each waits for the site now and then.
	workers: 3,
	// A browser on a busy machine is not exact to the millisecond; what needs a second try is named at the end.
	retries: 1,
	forbidOnly: true,
	// A machine may be busy: nothing is measured here, and what passes waits for nothing.
	timeout: 60_000,
	expect: { timeout: 20_000 },
	reporter: 'list',
	use: { baseURL, launchOptions: await findBrowser(), trace: 'off', locale: 'en-CA', timezoneId: 'America/Vancouver' },
	// Each test says which devices it is of (tests/browser/support/devices.ts).
	projects: [{ name: 'browser' }]
});
