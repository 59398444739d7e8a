import { environment } from './environment';
import { readKeyring, type Keyring } from './seal';

let read: { setting: string; keyring: Keyring } | undefined;

/** The Worker's keys. @throws Error that names the setting where it is missing or malformed */
export function keyring(): Keyring {
	const { SEAL_KEYS } = environment();
	if (!SEAL_KEYS) throw new Error('SEAL_KEYS is not set');
	if (read?.setting !== SEAL_KEYS) read = { setting: SEAL_KEYS, keyring: readKeyring(SEAL_KEYS) };
	return read.keyring;
}

/** The key of hashes that are compared and never kept. */
export function hashKey(): string {
	const { HASH_KEY } = environment();
	if (!HASH_KEY) throw new Error('HASH_KEY is not set');
	return HASH_KEY;
}
