/* What a reader and the log see of a failure that nobody expected. */
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startSite, type Site } from '../../scripts/support/site.ts';
import { findFreePorts } from '../../supabase/local/ports.ts';
import { throwawayFolder } from '../../supabase/local/throwaway.ts';
import { axeFindings } from './support/axe.ts';
import { words } from './support/words.ts';

const folder = throwawayFolder('failure');
const SECRET = 'what somebody typed';
let database: Server;
let site: Site;

test.describe.configure({ mode: 'serial' });

// The built Worker on a database that fails at every question, and quotes it.
test.beforeAll(async () => {
	const [port, databasePort] = [await findFreePorts(9287, [0]), await findFreePorts(9887, [0])];
	database = createServer((_request, response) => {
		response.writeHead(500, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ code: 'XX000', message: `cannot read "${SECRET}"`, details: null, hint: null }));
	}).listen(databasePort, '127.0.0.1');
	const vars = { SUPABASE_URL: `http://127.0.0.1:${databasePort}`, SUPABASE_PUBLISHABLE_KEY: 'unused' };
	site = await startSite({ port, dir: folder, vars: { ...vars, SITE_URL: `http://127.0.0.1:${port}` }, secrets: {} });
});

test.afterAll(async () => {
	await site?.stop();
	database?.close();
	rmSync(folder, { recursive: true, force: true });
});

test('the page is calm, and its number is in the log beside what failed, without anybody’s words', async ({ page }) => {
	const answer = await page.goto(`${site.url}/places?q=library`);
	expect(answer?.status()).toBe(500);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('error_500_title'));
	await expect(page.getByRole('main')).not.toContainText(/XX000|Supabase|typed|stack/);
	expect(await axeFindings(page)).toEqual([]);
	const id = await page.locator('main code').innerText();
	expect(id).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/);
	const log = () => readFileSync(path.join(folder, 'logs', 'site.log'), 'utf8');
	await expect.poll(log).toContain(id);
	expect(log()).toContain('XX000');
	expect(log()).not.toContain(SECRET);
});

test('machines are given a problem with the number', async ({ request }) => {
	const answer = await request.get(`${site.url}/api/places`);
	expect(answer.status()).toBe(500);
	expect(answer.headers()['content-type']).toBe('application/problem+json');
	expect(await answer.json()).toMatchObject({ status: 500, detail: expect.stringMatching(/[2-9A-Z]{5}-[2-9A-Z]{5}/) });
});
