/** What `npm run import` says to the person at the terminal. */

export const usage = 'Say which file: npm run import -- FILE [--apply] [--program SLUG]';

export const noFile = (path: string) => `There is no file ${path} that can be read.`;

export const unknownColumns = (columns: string[]) =>
	`Columns that were not loaded, because the format does not name them: ${columns.join(', ')}.`;

export const dryRun = 'Nothing was changed. To load it, run the command again with --apply.';

export const applied = 'Done.';

export const rejectsKept = (count: number, path: string) =>
	`${count === 1 ? 'One row was' : `${count} rows were`} rejected and kept in ${path}, with the reasons.`;
