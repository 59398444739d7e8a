/** What `npm run import` says to the person at the terminal. */

export const usage = 'Say which file: npm run import -- FILE [--apply] [--program SLUG]';

export const halfATarget =
	'SUPABASE_URL and SUPABASE_SECRET_KEY belong together: set both for a hosted database, or neither for the local one.';

export const noFile = (path: string) => `There is no file ${path} that can be read.`;

export const noDatabase = (url: string) =>
	`The database at ${url} does not answer. Start it with npm start in another terminal, or set SUPABASE_URL and SUPABASE_SECRET_KEY.`;

export const noProgram = (slug: string | undefined) =>
	slug ? `There is no program “${slug}”.` : 'No program is marked as the default one: name one with --program.';

export const unknownColumns = (columns: string[]) =>
	`Columns that were not loaded, because the format does not name them: ${columns.join(', ')}.`;

export const dryRun = 'Nothing was changed. To load it, run the command again with --apply.';

export const applied = 'Done.';

export const rejectsKept = (count: number, path: string) =>
	`${count === 1 ? 'One row was' : `${count} rows were`} rejected and kept in ${path}, with the reasons.`;
