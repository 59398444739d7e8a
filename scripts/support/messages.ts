/** Every sentence the scripts may say to the person at the terminal, apart from the embedded Supabase's own. */

export const typesWritten = (file: string) => `Wrote ${file}.`;

export const typesOutdated =
	'src/lib/server/database.types.ts is not what the migrations say. Run: npm run db:types, and commit the file.';

export const notAPort = (variable: string, given: string) =>
	`${variable} is “${given}”, which is not a port. Give a number between 1 and 65535, for example: ${variable}=8080 npm start`;

export const portsClash = (port: number, supabasePort: number) =>
	`PORT ${port} and SUPABASE_PORT ${supabasePort} do not go together: the local Supabase needs SUPABASE_PORT, the next and the third from it, all below 65536, and the site one of its own.`;

export const building = 'Building the site…';

export const buildFailed = 'The site could not be built; the reason is above.';

export const noBasemap = (file: string) =>
	`BASEMAP_PMTILES names ${file}, which is not a file that can be read. Correct it, or leave it out: the built-in sketch is drawn then.`;

export const siteDidNotStart = (log: string, said: string) =>
	`The site did not start${said ? `: ${said}` : ''} (more in ${log}). Run the same command again; if that does not help, npm ci.`;

export const siteEnded = (log: string) => `The site ended unexpectedly (more in ${log}).`;

export const databaseEnded = (log: string) => `The database ended unexpectedly (more in ${log}).`;

export const seeding = 'Loading the demonstration data…';

export const running = (folder: string) =>
	`The local Supabase in ${folder} is running. Stop npm start (or npm run dev) first: Ctrl-C where it runs.`;

export const resetDone = (folder: string) =>
	`Removed the local database in ${folder}. The next npm start makes a new one.`;

export const stopping = 'Stopping…';

export interface Addresses {
	site: string;
	mailbox: string;
	supabase: string;
	databaseUrl: string;
}

export interface Account {
	program: string;
	role: string;
	email: string;
}

/** The invented staff that come with the demonstration, a program at a time. */
export const accounts = (list: readonly Account[], site: string) =>
	[...new Set(list.map(({ program }) => program))]
		.map((program) => {
			const lines = list
				.filter((account) => account.program === program)
				.map(({ role, email }) => `    ${role.padEnd(12)}${email}`);
			return [`  ${program}`, ...lines].join('\n');
		})
		.reduce(
			(text, program) => `${text}\n${program}`,
			`Sample accounts of staff: sign in at ${site}/sign-in with one of these; the code comes to the mailbox above.`
		);

export const ready = ({ site, mailbox, supabase, databaseUrl }: Addresses, list: readonly Account[] = []) => `
Bearings is running.

  the site      ${site}
  its mail      ${mailbox}   (sign-in codes arrive here)
  Supabase      ${supabase}
  PostgreSQL    ${databaseUrl}
${list.length > 0 ? `\n${accounts(list, site)}\n` : ''}
Stop it with Ctrl-C.`;

export const noBrowser =
	'No browser for the tests was found and none could be installed. Install Chromium (on Debian: apt-get install chromium), or run: npx playwright install chromium; or name one, for example: CHROME=/usr/bin/google-chrome npm test';

export const useNpmTest =
	'The browser tests need a running site. Run: npm test -- browser. Or start one and name it: SITE_URL=http://127.0.0.1:8787 npx playwright test';

export const noBrowserAt = (file: string) =>
	`CHROME names ${file}, which does not start as a browser. Correct it, or leave it out: the tests then look for one.`;

export const skipped = (name: string, reason: string | null) => `Skipped: ${name}: ${reason ?? 'no reason given'}`;

export const triedAgain = (name: string) => `Passed only at the second try, look into it: ${name}`;

export const skippedSilently =
	'A test that is skipped must say why: ctx.skip("…") in Vitest, test.skip(true, "…") in Playwright.';

export const partsFailed = (headings: readonly string[]) => `Failed: ${headings.join(', ')}.`;

export const benchUsage =
	'Say what to measure: npm run bench [-- places | referrals | training] [how many, for example 10000 100000]';
