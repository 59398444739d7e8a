/*
 * Finds a Chromium that starts here, in this order: the one CHROME names, one the system has, Playwright's own, the one
 * that npm brought (@sparticuz/chromium, Linux on x64), and last one that Playwright can download.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';
import { root } from '../../../scripts/support/root.ts';
import { toolPath } from '../../../scripts/support/tools.ts';
import { noBrowser, noBrowserAt } from '../../../scripts/support/messages.ts';
import { Trouble } from '../../../supabase/local/trouble.ts';

/** WebGL is drawn in software, so that maps look alike everywhere; it alone, for a whole page drawn that way takes half as long again. */
const ARGUMENTS = [
	'--enable-unsafe-swiftshader',
	// Nothing asks the network for anything.
	...[
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-domain-reliability',
		'--disable-sync'
	],
	...['--no-pings', '--no-first-run', '--no-default-browser-check', '--font-render-hinting=none']
];

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/** Hands what was found on to Playwright's workers, which read the configuration anew. */
const FOUND = 'BEARINGS_BROWSER';

/**
 * How to launch it.
 *
 * @throws Trouble with one sentence when no browser starts
 */
export async function findBrowser(): Promise<LaunchOptions> {
	const known = process.env[FOUND];
	if (known) return JSON.parse(known) as LaunchOptions;
	const found = await search();
	process.env[FOUND] = JSON.stringify(found);
	return found;
}

async function search(): Promise<LaunchOptions> {
	const named = process.env.CHROME;
	if (named) {
		const options = await firstThatStarts([{ executablePath: named }]);
		if (!options) throw new Trouble(noBrowserAt(named));
		return options;
	}
	const system = [...SYSTEM_NAMES.flatMap(inPath), ...ELSEWHERE.filter(existsSync)];
	return (
		(await firstThatStarts([...system.map((executablePath) => ({ executablePath })), {}])) ??
		(await firstThatStarts(await fromNpm())) ??
		(await downloaded()) ??
		fail()
	);
}

function fail(): never {
	throw new Trouble(noBrowser);
}

/**
 * The first of these that shows a page. As root Chromium has no sandbox; otherwise it is used where the system allows
 * one, which containers often do not: the tests open no pages but our own.
 */
async function firstThatStarts(candidates: LaunchOptions[]): Promise<LaunchOptions | null> {
	const isRoot = process.getuid?.() === 0;
	for (const candidate of candidates) {
		for (const chromiumSandbox of isRoot ? [false] : [true, false]) {
			const options = { ...candidate, args: ARGUMENTS, chromiumSandbox };
			if (await starts(options)) return options;
		}
	}
	return null;
}

async function starts(options: LaunchOptions): Promise<boolean> {
	try {
		const browser = await chromium.launch({ ...options, timeout: 20_000 });
		try {
			const page = await browser.newPage();
			return (await page.evaluate('6 * 7')) === 42;
		} finally {
			await browser.close();
		}
	} catch {
		return false;
	}
}

function inPath(name: string): string[] {
	const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
	return folders.map((folder) => path.join(folder, name)).filter(existsSync);
}

/** The copy in node_modules, unpacked beside it once; with its own libraries where the system lacks them. */
async function fromNpm(): Promise<LaunchOptions[]> {
	if (process.platform !== 'linux' || process.arch !== 'x64') return [];
	const manifest = path.join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json');
	if (!existsSync(manifest)) return [];
	const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
	const folder = path.join(root, 'node_modules', '.cache', `chromium-${version}`);
	if (!existsSync(folder)) await unpack(path.join(path.dirname(manifest), 'bin'), folder);
	const executablePath = path.join(folder, 'chromium');
	const fonts = { FONTCONFIG_PATH: path.join(folder, 'fonts') };
	const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') };
	const withSystem = { ...environment(), ...(existsSync('/etc/fonts/fonts.conf') ? {} : fonts) };
	return [
		{ executablePath, env: withSystem },
		{ executablePath, env: { ...withSystem, ...libraries } }
	];
}

const environment = () =>
	Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** The package unpacks into the temporary folder, under fixed names that all users share: so it is given another. */
async function unpack(packed: string, folder: string): Promise<void> {
	const making = `${folder}.${process.pid}`;
	mkdirSync(making, { recursive: true });
	const script = `
		import { inflate } from ${JSON.stringify(createRequire(import.meta.url).resolve('@sparticuz/chromium'))};
		for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
			await inflate(${JSON.stringify(packed)} + '/' + name);`;
	const unpacked = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
		env: { ...process.env, TMPDIR: making },
		encoding: 'utf8'
	});
	if (unpacked.status === 0 && !existsSync(folder)) renameSync(making, folder);
	rmSync(making, { recursive: true, force: true });
}

async function downloaded(): Promise<LaunchOptions | null> {
	const args = [toolPath('playwright', '@playwright/test'), 'install', 'chromium'];
	const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore', timeout: 300_000 });
	return status === 0 ? firstThatStarts([{}]) : null;
}
