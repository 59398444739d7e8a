/** What `npm run keys:rotate` says to the person at the terminal. No value is ever in it. */

export const usage =
	'Say npm run keys:rotate -- --new for a new key, or npm run keys:rotate to seal everything with it.';

export const newKey = (entry: string) => `
A new key, made now and kept nowhere:

  ${entry}

1. Put it first in SEAL_KEYS, with a hyphen between it and those that are there: the first seals, all of them open.
   Keep the whole in your password manager, as Cloudflare shows no secret again.
2. npx wrangler secret put SEAL_KEYS, and deploy: from now on what is written is sealed with the new key.
3. SEAL_KEYS=… SUPABASE_URL=… SUPABASE_SECRET_KEY=… npm run keys:rotate seals what was there before with it.

Not the other way round: what is sealed with a key that the site does not have, it can't open.`;

export const noKeys =
	'Set SEAL_KEYS to what the deployed site has: the new key first, then those that are to be taken out.';

export const badKeys =
	'SEAL_KEYS is not of the form id.64-hexadecimal-digits, with a hyphen between two of them: k2.1f…-k1.0a…';

export const progress = (sealed: number) => `${count(sealed)} sealed anew so far…`;

const count = (n: number) => (n === 1 ? 'One value' : `${n.toLocaleString('en')} values`);

export const sealed = (n: number, key: string) =>
	n === 0 ? `Nothing was left to seal with ${key}.` : `${count(n)} sealed anew with ${key}.`;

export const broken = (n: number, key: string, isHere: boolean) =>
	isHere
		? `${count(n)} under ${key} can't be opened though the key is here: damaged, or moved. They are as they were.`
		: `${count(n)} can't be opened: SEAL_KEYS has no key ${key}. Put it after the others and run this again.`;

export const notDone =
	'Something still seals with an older key. Is the site deployed with this SEAL_KEYS? Then run this again.';

export const keepOld = 'Take no key out of SEAL_KEYS yet.';

export const takeOut = (old: string[]) =>
	`Tomorrow you may take ${old.join(' and ')} out of SEAL_KEYS: until then a visitor's draft may need ${old.length === 1 ? 'it' : 'them'}. Keep ${old.length === 1 ? 'it' : 'them'} for as long as you keep backups from before today.`;
