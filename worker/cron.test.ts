import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CRON_JOBS } from './cron';

test('each trigger in wrangler.toml has its job, and no job is without a trigger', () => {
	const settings = readFileSync(path.join(import.meta.dirname, '..', 'wrangler.toml'), 'utf8');
	const triggers = JSON.parse(/^crons = (\[.*\])$/m.exec(settings)![1]!) as string[];
	expect(triggers.toSorted()).toEqual(Object.keys(CRON_JOBS).toSorted());
});
