/* npm run format: writes every file as prettier has it. */
import { spawnSync } from 'node:child_process';
import { root } from './support/root.ts';
import { toolPath } from './support/tools.ts';

process.exit(
	spawnSync(process.execPath, [toolPath('prettier'), '--write', '.'], { cwd: root, stdio: 'inherit' }).status ?? 1
);
