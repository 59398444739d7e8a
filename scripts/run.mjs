/*
 * node scripts/run.mjs <name> [arguments]
 *
 * Runs scripts/<name>.ts on the project's own Node 24, installing what is missing first. Plain JavaScript that Node 20
 * reads, with no import from node_modules: it is all that a fresh clone can run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
/** From here on Node runs TypeScript by itself, and may stand in where the project's own Node could not be installed. */
const NODE_WITH_TYPES = 24;

const SENTENCES = {
	oldNode: `Bearings needs Node.js ${OLDEST_NODE} or newer, and this is ${process.version}. Install a newer one from https://nodejs.org and run the command again.`,
	installing: 'Installing what is missing (once; this takes a minute or two)…',
	waiting: 'Waiting for another copy of this command, which is installing what is missing…',
	installFailed:
		'Installing failed; the reason is above. If it speaks of the network, connect and run the same command again.',
	noNode: 'The project’s own Node.js is not installed (npm was perhaps told to ignore scripts). Run: npm rebuild node',
	noScript: (/** @type {string} */ name) => `There is no script ${name} in scripts/.`
};

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');

await main(process.argv[2] ?? '', process.argv.slice(3));

/** @param {string} name @param {string[]} args */
async function main(name, args) {
	if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) fail(SENTENCES.oldNode);
	const script = path.join(root, 'scripts', `${name}.ts`);
	if (!/^[\w-]+$/.test(name) || !existsSync(script)) fail(SENTENCES.noScript(name));
	await install();
	run(findNode(), [script, ...args]);
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
	console.error(`\n${sentence}`);
	process.exit(1);
}

/** Installs when node_modules is not what package-lock.json says. */
async function install() {
	const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
	const marker = path.join(modules, '.bearings-installed');
	const wanted = createHash('sha256').update(`${process.platform} ${process.arch} ${lock}`).digest('hex');
	const isInstalled = () => existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
	if (isInstalled()) return;
	if (isInstalledByHand(JSON.parse(lock))) return writeFileSync(marker, wanted);
	await withLock(() => {
		if (isInstalled()) return;
		console.log(SENTENCES.installing);
		if (npm(['ci', '--loglevel=error', '--no-audit', '--no-fund']) !== 0) fail(SENTENCES.installFailed);
		writeFileSync(marker, wanted);
	});
}

/**
 * Whether npm itself has already installed what the lock file says: it keeps a list of what it did.
 * @param {{ packages: Record<string, { version?: string; optional?: boolean; devOptional?: boolean }> }} lock
 */
function isInstalledByHand(lock) {
	const list = path.join(modules, '.package-lock.json');
	if (!existsSync(list)) return false;
	const { packages } = JSON.parse(readFileSync(list, 'utf8'));
	return Object.entries(lock.packages).every(([name, { version, optional, devOptional }]) => {
		if (name === '') return true;
		return packages[name] ? packages[name].version === version : optional || devOptional;
	});
}

/** @param {string[]} args @returns {number | null} npm's exit code */
function npm(args) {
	const cli = process.env.npm_execpath;
	const options = { cwd: root, stdio: /** @type {const} */ ('inherit') };
	if (cli?.endsWith('js')) return spawnSync(process.execPath, [cli, ...args], options).status;
	return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' }).status;
}

/** Two commands started beside each other on a fresh clone: one installs, the other waits. @param {() => void} work */
async function withLock(work) {
	const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
	const file = path.join(os.tmpdir(), `bearings-install-${name}.lock`);
	for (let told = false; !takeLock(file); told = true) {
		if (!told) console.log(SENTENCES.waiting);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	process.once('exit', () => rmSync(file, { force: true }));
	work();
	rmSync(file, { force: true });
}

/** @param {string} file */
function takeLock(file) {
	try {
		const handle = openSync(file, 'wx');
		writeSync(handle, String(process.pid));
		closeSync(handle);
		return true;
	} catch {
		const found = statSync(file, { throwIfNoEntry: false });
		const holder = found ? Number(readFileSync(file, 'utf8')) : 0;
		const abandoned = holder ? !isAlive(holder) : found && Date.now() - found.mtimeMs > 5000;
		if (abandoned) rmSync(file, { force: true });
		return false;
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

function findNode() {
	const own = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (existsSync(own)) return own;
	if (Number(process.versions.node.split('.')[0]) >= NODE_WITH_TYPES) return process.execPath;
	return fail(SENTENCES.noNode);
}

/** Runs it to its end, hands on signals, and ends as it ended. @param {string} node @param {string[]} args */
function run(node, args) {
	// The channel tells the script at once when this process is gone, however it went.
	const child = spawn(node, args, {
		cwd: root,
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: { ...process.env, BEARINGS_INVOKED_BY: 'run' }
	});
	const stop = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		// A second one of the same kind comes from the terminal, which reaches the script itself as well.
		process.once(signal, () => {
			stop(signal);
			process.on(signal, () => {});
		});
	}
	watchNpm(() => stop('SIGTERM'));
	child.once('error', (error) => fail(String(error)));
	child.once('exit', (code, signal) => process.exit(signal ? 128 + (os.constants.signals[signal] ?? 0) : (code ?? 1)));
}

/** npm, killed, tells nobody: notice that the process which started this one is another now. @param {() => void} gone */
function watchNpm(gone) {
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	const above = parentOf(parent);
	const timer = setInterval(() => {
		if (process.ppid === parent && (above <= 1 || isAlive(above))) return;
		clearInterval(timer);
		gone();
	}, 500);
	timer.unref();
}

/**
 * Some systems put a shell between npm and this: then npm is the shell's parent. 0 when there is none between.
 * @param {number} pid
 */
function parentOf(pid) {
	if (process.platform !== 'linux') return 0;
	try {
		const [, name, fields] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
		return /^(sh|dash|bash|ash)$/.test(name ?? '') ? Number(fields?.split(' ')[1]) : 0;
	} catch {
		return 0;
	}
}
