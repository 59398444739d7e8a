import { requireFreePort } from '../../supabase/local/ports.ts';
import type { Settings } from './settings.ts';

/**
 * Asks for every port before the long work begins.
 *
 * @throws Trouble naming the first that is taken, who needs it and how to move it
 */
export async function requireFreePorts({ port, supabasePort }: Settings): Promise<void> {
	await requireFreePort('the site', port, 'PORT');
	await requireFreePort('the local Supabase', supabasePort, 'SUPABASE_PORT');
	await requireFreePort('the database', supabasePort + 1, 'SUPABASE_PORT');
	await requireFreePort('the mailbox', supabasePort + 3, 'SUPABASE_PORT');
}
