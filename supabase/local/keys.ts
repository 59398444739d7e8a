/**
 * The keys of the embedded Supabase. They are public, the same on every machine, and open nothing but a database on
 * 127.0.0.1 that holds invented data. A hosted project has keys of its own, kept as Worker secrets.
 */
export interface SupabaseKeys {
	publishable: string;
	secret: string;
	/** Signs sessions (HS256). */
	jwtSecret: string;
}

export const localKeys: SupabaseKeys = {
	publishable: 'sb_publishable_local_only_not_a_secret_0000',
	secret: 'sb_secret_local_only_not_a_secret_00000000',
	jwtSecret: 'local-only-jwt-secret-not-a-secret-00000000'
};
