/*
 * npm run keys:rotate -- --new   makes a key to put first into SEAL_KEYS, and says what to do with it
 * npm run keys:rotate            seals everything that is under an older key with the first of SEAL_KEYS
 *
 * Goes to the local Supabase, or to the one that SUPABASE_URL and SUPABASE_SECRET_KEY name. Safe to stop and to run again, and while
 * people work.
 */
import { randomBytes } from 'node:crypto';
import { readKeyring, type Keyring } from '../src/lib/server/seal.ts';
import { Trouble } from '../supabase/local/trouble.ts';
import { LOCAL_SEAL_KEYS } from './support/everything.ts';
import * as messages from './support/keys-rotate-messages.ts';
import { runMain } from './support/main.ts';
import { sealAnew } from './support/seal-anew.ts';
import { readTarget } from './support/target.ts';

runMain(async () => {
	const [option, ...more] = process.argv.slice(2);
	if (more.length > 0 || (option !== undefined && option !== '--new')) throw new Trouble(messages.usage);
	if (option === '--new') {
		console.log(messages.newKey(makeKey(new Date())));
		process.exit(0);
	}
	const target = readTarget();
	const keyring = readKeys(target.isHosted);
	const { sealed, broken, isDone } = await sealAnew(target, keyring, (n) => console.log(messages.progress(n)));
	console.log(messages.sealed(sealed, keyring.current));
	for (const [key, n] of broken) console.log(messages.broken(n, key, keyring.keys.has(key)));
	if (!isDone) console.log(messages.notDone);
	const old = [...keyring.keys.keys()].filter((key) => key !== keyring.current);
	const isWhole = isDone && broken.size === 0;
	if (old.length > 0) console.log(isWhole ? messages.takeOut(old) : messages.keepOld);
	process.exit(isWhole ? 0 : 1);
});

/** Its id is the minute, which no other key's is. */
function makeKey(now: Date): string {
	const minute = now.toISOString().replace(/\D/g, '').slice(2, 12);
	return `k${minute}.${randomBytes(32).toString('hex')}`;
}

function readKeys(isHosted: boolean): Keyring {
	const setting = process.env.SEAL_KEYS?.trim() || (isHosted ? null : LOCAL_SEAL_KEYS);
	if (!setting) throw new Trouble(messages.noKeys);
	try {
		return readKeyring(setting);
	} catch {
		throw new Trouble(messages.badKeys);
	}
}
