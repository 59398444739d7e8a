/* What somebody takes home from an ending: the letter and the page to keep, on screen, on paper and as a PDF. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { box, follow, phoneOf, press, said, told } from './support/desk.ts';
import { readable } from '../support/pdf.ts';
import { Supports, work, type Support } from './support/supports.ts';
import { words } from './support/words.ts';

test.describe.configure({ mode: 'default' });

const here = new Supports();
let page: Page;
let support: Support;
let client: string;

test.beforeAll(async () => {
	await here.open();
	client = `Bob${randomUUID().slice(0, 8)}`;
	support = await here.support('ending', { client, metOn: -90 });
	await here.entry(support, 'goal', { text: 'Take the bus alone' }, { mark: 'yes' });
	await here.entry(
		support,
		'place',
		{ place: { slug: '', name: 'Jo’s café', address: '12 Sample Street' }, note: '' },
		{ mark: 'liked' }
	);
	await here.entry(support, 'step', { text: 'I ask when I’m lost.', other_support: '' }, { step: 'can_do_now' });
	await here.entry(support, 'step', { text: 'Sad, to be honest.', other_support: 'My sister' }, { step: 'feelings' });
	await here.entry(support, 'note', { text: 'A note of the worker’s own' });
});
test.afterAll(() => here.close());
test.beforeEach(async ({ browser }) => {
	page = await phoneOf(browser, here.worker);
});
test.afterEach(async () => {
	await page.context().close();
});

async function expectNeutralPdf(address: string): Promise<string> {
	const answer = await page.request.get(address, { maxRedirects: 0 });
	expect(answer.status()).toBe(200);
	const headers = answer.headers();
	expect(headers['content-type']).toBe('application/pdf');
	expect(headers['cache-control']).toBe('private, no-store');
	expect(headers['content-disposition']).toMatch(/^inline; filename="(letter|to-keep)\.pdf"$/);
	const file = await answer.body();
	expect(file.toString('latin1', 0, 5)).toBe('%PDF-');
	const all = readable(file);
	for (const told of [client, 'RS', support.reference, here.worker.name, here.slug, 'bus alone', 'PDFKit'])
		expect(all).not.toContain(told === 'RS' ? '(RS)' : told);
	expect(all).toContain('<pdf:Producer>Bearings</pdf:Producer>');
	return all;
}

test('the page to keep holds what was found, and nothing that was said in confidence', async () => {
	await page.goto(work(support, 'keep'));
	const sheet = page.locator('[data-paper]');
	for (const kept of [
		'Take the bus alone',
		'Jo’s café',
		'12 Sample Street',
		'I ask when I’m lost.',
		'My sister',
		'9-8-8'
	])
		await expect(sheet).toContainText(kept);
	for (const left of ['/peer-support', 'Sad, to be honest.', 'A note of the worker’s own', client, support.reference])
		await expect(sheet).not.toContainText(left);
	await expect(page).toHaveTitle(new RegExp(`^${words('keep_paper_title')} · `));

	await page.getByRole('checkbox', { name: words('keep_way_back') }).check();
	await page.getByRole('checkbox', { name: words('keep_places') }).uncheck();
	await press(page, 'keep_update');
	await expect(sheet).toContainText('Take the bus alone');
	await expect(sheet).toContainText('/peer-support');
	await expect(sheet).not.toContainText('café');
	await expect(page.getByRole('checkbox', { name: words('keep_places') })).not.toBeChecked();
	const pdf = await page.getByRole('link', { name: words('keep_pdf') }).getAttribute('href');
	await expectNeutralPdf(pdf!);
});

test('the page to keep is a PDF of Letter, or of A4', async () => {
	expect(await expectNeutralPdf(work(support, 'keep/pdf'))).toContain('/MediaBox [0 0 612 792]');
	expect(await expectNeutralPdf(work(support, 'keep/pdf?size=a4'))).toContain('/MediaBox [0 0 595.28 841.89]');
});

test('on paper there is the page alone', async () => {
	await page.goto(work(support, 'keep'));
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('[data-paper]')).toBeVisible();
	for (const role of ['banner', 'contentinfo', 'navigation'] as const)
		await expect(page.getByRole(role)).toHaveCount(0);
	await expect(page.getByRole('heading', { level: 1 })).toHaveCount(0);
	expect((await page.getByRole('main').innerText()).trim()).toMatch(new RegExp(`^${words('keep_paper_title')}\n`));
});

test('a letter begins with a draft, is kept, seen on paper and read as a PDF', async () => {
	expect((await page.request.get(work(support, 'letter/pdf'))).status()).toBe(404);
	await page.goto(work(support, 'letter'));
	await follow(page, 'letter_start_link');
	const letter = box(page, 'letter_text');
	await expect(letter).toHaveValue(new RegExp(`^Dear ${client},[^]*Take the bus alone[^]*Jo’s café`));
	await expect(letter).not.toHaveValue(/Sad/);
	await letter.fill('');
	await press(page, 'letter_save');
	await told(page, 'letter_error_words');
	await letter.fill(`Dear ${client},\n\nžluťoučký кот ế Ω\n`.repeat(80));
	await box(page, 'letter_from').fill('Devon');
	await press(page, 'letter_save');
	await said(page, 'ending_done_letter');
	await follow(page, 'letter_look');
	await expect(page.locator('[data-paper]')).toContainText('žluťoučký кот ế Ω');
	await expect(page).toHaveTitle(new RegExp(`^${words('letter_paper_title')} · `));
	await expectNeutralPdf(work(support, 'letter/pdf'));
});

test('ten thousand letters of any script are kept, and print where the PDF can’t', async () => {
	const long = 'ਧੰਨਵਾਦ 谢谢 شكرا '.repeat(700).slice(0, 10_000).trim();
	await page.goto(work(support, 'letter'));
	await box(page, 'letter_text').fill(long);
	await press(page, 'letter_save');
	await said(page, 'ending_done_letter');
	await expect(box(page, 'letter_text')).toHaveValue(long);
	await page.goto(work(support, 'letter/pdf'));
	await expect(page).toHaveURL(/letter\/paper\?.*pdf=no/);
	await said(page, 'keep_no_pdf');
	await expect(page.locator('[data-paper]')).toContainText('谢谢');
	await page.goto(work(support, 'letter'));
	await box(page, 'letter_text').fill(`${long}${'x'.repeat(200)}`);
	await press(page, 'letter_save');
	await expect(page.getByRole('alert')).toContainText(words('ending_error_long', { most: '10,000' }));
});

test('a letter that two write at once is shown to both', async ({ browser }) => {
	const other = await phoneOf(browser, here.coordinator);
	await Promise.all([page.goto(work(support, 'letter')), other.goto(work(support, 'letter'))]);
	await box(other, 'letter_text').fill('From the office.');
	await press(other, 'letter_save');
	await other.context().close();
	await box(page, 'letter_text').fill('From Devon.');
	await press(page, 'letter_save');
	await told(page, 'support_refused_stale');
	await expect(page.getByRole('main')).toContainText('From the office.');
	await expect(box(page, 'letter_text')).toHaveValue('From Devon.');
	await press(page, 'letter_save');
	await said(page, 'ending_done_letter');
});

test('pages of a support are kept by nobody in between', async () => {
	for (const name of ['ending', 'letter', 'letter/paper', 'keep']) {
		const answer = await page.goto(work(support, name));
		expect(answer!.headers()['cache-control'], name).toMatch(/private, no-store/);
	}
});

test('after the end the coordinator can still print them', async ({ browser }) => {
	const done = await here.support('completed');
	const coordinator = await phoneOf(browser, here.coordinator);
	expect((await coordinator.goto(work(done, 'keep')))!.status()).toBe(200);
	await expect(coordinator.locator('[data-paper]')).toContainText('9-8-8');
	expect((await coordinator.goto(work(done, 'ending')))!.status()).toBe(200);
	await expect(coordinator.getByRole('link', { name: words('ending_paper_keep') })).toBeVisible();
	await coordinator.context().close();
});
