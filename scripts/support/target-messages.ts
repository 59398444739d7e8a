/** What the scripts that speak with a database say when there is none, or none such. */

export const halfATarget =
	'SUPABASE_URL and SUPABASE_SECRET_KEY belong together: set both for a hosted database, or neither for the local one.';

export const noDatabase = (url: string) =>
	`Nothing answers at ${url}. Start the local Supabase with npm start in another terminal, or set SUPABASE_URL and SUPABASE_SECRET_KEY.`;

export const keyRefused = (url: string) => `The database at ${url} does not take this SUPABASE_SECRET_KEY.`;

export const failed = (url: string, said: string) => `The database at ${url} refused: ${said}`;

export const noProgram = (slug: string | undefined) =>
	slug ? `There is no program “${slug}”.` : 'No program is marked as the default one: name one with --program.';
