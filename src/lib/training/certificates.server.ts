/** Certificates, by their numbers: nothing here says whose they are. */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';

const Certificate = z.object({ program: z.string(), title: z.string(), completed_on: z.iso.date() });
export type Certificate = z.infer<typeof Certificate>;

/** What a certificate is of; null for a number that is none, or was taken back. */
export const verifyCertificate = async (db: Supabase, number: string): Promise<Certificate | null> =>
	Certificate.nullable().parse(available(await db.rpc('verify_certificate', { number })));

/** Where a number can be checked, as it stands on paper. */
export const checkAddress = (url: URL): string => `${url.host}/training/certificate`;
