import path from 'node:path';
import { serve } from '@hono/node-server';
import { App, setExperimental } from '@supabase/lite';
import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres';
import { localKeys } from './keys.ts';
import type { SendAuthMail } from './auth-mail.ts';
import { FileObjects } from './objects.ts';
import { listenFailure } from './ports.ts';
import { speakPostgrest } from './postgrest-errors.ts';
import { logged } from './quiet.ts';
import { withShims } from './shims.ts';

export interface LiteOptions {
	/** Holds `objects/` and `logs/`. */
	dir: string;
	/** PostgreSQL, as its superuser. */
	databaseUrl: string;
	port: number;
	/** Where the site answers: links in mail lead there. */
	siteUrl: string;
	sendAuthMail: SendAuthMail;
}

export interface Lite {
	/** Makes the schemas auth and storage, which the bootstrap and the migrations build on. */
	prepare(): Promise<void>;
	/** Reads the schema (once: a later migration needs a restart) and answers on 127.0.0.1. */
	listen(): Promise<void>;
	stop(): Promise<void>;
}

/** REST, auth and storage as hosted Supabase offers them, by @supabase/lite. */
export function createLite(options: LiteOptions): Lite {
	const log = path.join(options.dir, 'logs', 'supabase.log');
	// Lite announces on every start that its storage is experimental.
	setExperimental('storage', true);
	const connection = connect(options.databaseUrl);
	const app = logged(log, () => createApp(connection, options));
	app._storageAdapter = new FileObjects(path.join(options.dir, 'objects'));
	const handler = withShims((request) => app.fetch(request, { peerAddress: '127.0.0.1' }));
	let close = async () => {};
	return {
		prepare: () => logged(log, () => app.ensureSystemSchema()),
		async listen() {
			await logged(log, () => app.init());
			close = await listen(options.port, (request) => logged(log, () => handler(request)));
		},
		async stop() {
			await close();
			await connection.driver.end({ timeout: 2 });
		}
	};
}

/**
 * Lite hands JSON values over as text already; postgres.js would quote that text once more, and store a string. A bare text,
 * number or boolean as a JSON value is what this cannot keep: nothing here keeps one.
 */
const jsonOnce = {
	from: [114, 3802],
	serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
	parse: (text: string) => JSON.parse(text) as unknown
};

function connect(url: string): PostgresConnection {
	const connection = createPostgresConnection({
		url,
		// PostgREST's own search path for requests, so that what works here works there.
		postgresOptions: {
			max: 20,
			onnotice: () => {},
			connection: { search_path: 'public, extensions' },
			types: { json: { ...jsonOnce, to: 114 }, jsonb: { ...jsonOnce, to: 3802 } }
		}
	});
	speakPostgrest(connection.driver);
	keepGrants(connection);
	return connection;
}

/**
 * At the first request to a database with row level security, Lite grants everything on all its tables to everybody,
 * also what a migration has revoked. Hosted does no such thing; told that this is done already, Lite leaves it.
 */
function keepGrants(connection: PostgresConnection): void {
	Object.assign(connection, { rlsState: 'active' });
}

function createApp(connection: PostgresConnection, { siteUrl, sendAuthMail }: LiteOptions) {
	const template = (name: string) => path.join(import.meta.dirname, 'mail', `${name}.html`);
	const subject = 'Your sign-in code';
	return new App({
		connection,
		auth: {
			enabled: true,
			site_url: siteUrl,
			additional_redirect_urls: [`${siteUrl}/**`],
			jwt_secret: localKeys.jwtSecret,
			jwt_expiry: 3600,
			publishable_key: localKeys.publishable,
			secret_key: localKeys.secret,
			enable_signup: true,
			email: {
				enable_signup: true,
				enable_confirmations: true,
				otp_length: 6,
				otp_expiry: 1800,
				template: {
					magic_link: { subject, content_path: template('code') },
					confirmation: { subject, content_path: template('code') }
				}
			}
		},
		storage: { enabled: true, file_size_limit: '10MiB' },
		options: {
			server: { admin: false },
			drivers: { email: { send: sendAuthMail } }
		}
	});
}

function listen(port: number, fetch: (request: Request) => Promise<Response>): Promise<() => Promise<void>> {
	return new Promise((resolve, reject) => {
		// Vite's development server shares this process, and Kit checks for the Response it knows.
		const server = serve({ port, hostname: '127.0.0.1', fetch, overrideGlobalObjects: false }, () =>
			resolve(
				() =>
					new Promise((closed) => {
						server.close(() => closed());
						if ('closeAllConnections' in server) server.closeAllConnections();
					})
			)
		);
		server.once('error', (error) => reject(listenFailure(error, 'the local Supabase', port, 'SUPABASE_PORT')));
	});
}
