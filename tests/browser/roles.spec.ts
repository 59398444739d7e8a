/* Every route, asked for by everybody: a visitor, somebody signed in, each role, and the admin of another program. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, request, test, type APIRequestContext } from '@playwright/test';
import postgres from 'postgres';
import { root } from '../../scripts/support/root.ts';
import { anAccount, forgetLimits } from './support/database.ts';
import { newestMail } from './support/mailbox.ts';
import { PAGES, routesWith } from './support/pages.ts';

const CALLERS = [
	'visitor',
	'referrer',
	'signed in',
	'worker',
	'supervisor',
	'editor',
	'coordinator',
	'admin',
	'admin elsewhere'
] as const;
type Caller = (typeof CALLERS)[number];
const STAFF: readonly Caller[] = ['worker', 'supervisor', 'editor', 'coordinator', 'admin', 'admin elsewhere'];

/** Open: to everybody. Own: to whoever is signed in. The rest: to these roles, each in their own program. */
type Access = 'open' | 'own' | 'staff' | 'coordinator' | 'admin';

interface Row {
	access: Access;
	/** About one thing of the program: nobody elsewhere sees it, whatever their role. */
	one?: true;
	/** Who else may not, or who alone may, and what they are told. */
	but?: Partial<Record<Caller, number>>;
	/** The names of its form actions; `default` for the only one. */
	actions?: readonly string[];
	/** Its address, where the route's own can't be asked for. */
	url?: string;
}

const open: Row = { access: 'open' };
const reference = { url: '/desk/referrals/REFERENCE', access: 'coordinator', one: true } as const;
/** Only the referrer sees it: everybody else who is signed in gets the answer for one that isn't there. */
const ownReferral: Row = {
	access: 'own',
	but: Object.fromEntries(CALLERS.filter((who) => who !== 'visitor' && who !== 'referrer').map((who) => [who, 404]))
};

const ROUTES: Record<string, Row> = {
	'(site)/invitations/[token=token]': { ...open, actions: ['default'], url: `/invitations/${'0'.repeat(32)}` },
	'(site)/my': { access: 'own' },
	'(site)/my/who.json': { ...open },
	'(site)/my/referrals': { access: 'own', actions: ['send', 'discard', 'forget'] },
	'(site)/my/referrals/[reference=reference]': {
		...ownReferral,
		url: '/my/referrals/REFERENCE',
		actions: ['answer', 'withdraw']
	},
	'(site)/my/referrals/[reference=reference]/slip': { ...ownReferral, url: '/my/referrals/REFERENCE/slip' },
	'(site)/refer/confirm/[token=token]': { ...open, actions: ['default'], url: `/refer/confirm/${'0'.repeat(32)}` },
	'(site)/refer/you': { ...open, actions: ['again', 'next'] },
	'(site)/refer/expect': { ...open, actions: ['default'] },
	'(site)/refer/client': { ...open, actions: ['default'] },
	'(site)/refer/safety': { ...open, actions: ['default'] },
	'(site)/refer/check': { ...open, actions: ['send', 'code'] },
	'(site)/refer/kept': { ...open, actions: ['check', 'code'] },
	'(site)/refer/sent': { ...open },
	'(site)/sign-in/code': { ...open, actions: ['check', 'again'] },
	desk: { access: 'staff', actions: ['away', 'back'] },
	'desk/audit': { access: 'admin' },
	'desk/mail': { access: 'admin', actions: ['again'] },
	'desk/people': { access: 'admin', actions: ['withdraw'] },
	'desk/people/invite': { access: 'admin', actions: ['default'] },
	'desk/people/[member=uuid]': {
		access: 'admin',
		one: true,
		url: '/desk/people/MEMBER',
		actions: ['role', 'away', 'back']
	},
	'desk/people/[member=uuid]/deactivate': {
		access: 'admin',
		one: true,
		url: '/desk/people/MEMBER/deactivate',
		actions: ['default']
	},
	'desk/referrals': { access: 'coordinator', actions: ['acknowledge', 'search'] },
	'desk/referrals/new': { access: 'coordinator', actions: ['afresh', 'save'] },
	'desk/referrals/[reference=reference]': {
		...reference,
		actions: ['acknowledge', 'reconsider', 'drop_correction', 'assign']
	},
	'desk/referrals/[reference=reference]/[action=desk_action]': {
		...reference,
		url: `${reference.url}/ask`,
		actions: ['default']
	},
	'desk/referrals/[reference=reference]/[no=desk_no]': {
		...reference,
		url: `${reference.url}/decline`,
		actions: ['start', 'preview', 'edit', 'send']
	},
	'desk/referrals/[reference=reference]/erase': {
		...reference,
		access: 'admin',
		url: `${reference.url}/erase`,
		actions: ['default']
	},
	'desk/referrals/[reference=reference]/export': { ...reference, access: 'admin', url: `${reference.url}/export` },
	'desk/referrals/[reference=reference]/home': { ...reference, url: `${reference.url}/home`, actions: ['default'] },
	'desk/routing': { access: 'admin', actions: ['domains', 'hours', 'settings'] },
	'desk/routing/areas/[area=uuid]': {
		access: 'admin',
		one: true,
		url: '/desk/routing/areas/AREA',
		actions: ['default']
	},
	'desk/routing/areas/new': { access: 'admin', actions: ['default'] },
	'desk/routing/teams/[team=uuid]': {
		access: 'admin',
		one: true,
		url: '/desk/routing/teams/TEAM',
		actions: ['default']
	},
	'desk/routing/teams/new': { access: 'admin', actions: ['default'] }
};

test.describe.configure({ mode: 'default' });

const callers = new Map<Caller, APIRequestContext>();
const ids: Record<string, string> = {};
const sql = () => postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });

/** The names of a route's form actions, as its file has them. */
function actionsOf(route: string): string[] {
	const file = path.join(root, 'src', 'routes', route, '+page.server.ts');
	const code = existsSync(file) ? readFileSync(file, 'utf8') : '';
	if (!code.includes('export const actions')) return [];
	const [, lines, line] = /export const actions[^{]*\{(?:\n([\s\S]*?)\n\}|( .*) \});/.exec(code) ?? [];
	const names = [...(lines ?? line ?? '').matchAll(/^(?:\t| (?=\w))(\w+)(?=[:,(]|$)/gm)].map(([, name]) => name!);
	expect(names.length, `the actions of ${route} can be read`).toBeGreaterThan(0);
	return names;
}

test('every form action is in the table of its route', () => {
	const listed = Object.entries(ROUTES).map(([route, { actions = [] }]) => [route, [...actions].sort()]);
	expect(listed).toEqual(Object.keys(ROUTES).map((route) => [route, actionsOf(route).sort()]));
});

test('every route is in a table', () => {
	const listed = new Set([...PAGES.map(({ route }) => route), ...Object.keys(ROUTES)]);
	const machines = (route: string) => route.startsWith('api/') || route.startsWith('map/');
	const routes = [...routesWith('+page.svelte'), ...routesWith('+server.ts')].filter((route) => !machines(route));
	expect(routes.filter((route) => !listed.has(route) && !NO_PAGE.includes(route))).toEqual([]);
	expect(Object.keys(ROUTES).filter((route) => !routes.includes(route))).toEqual([]);
});

/** Answers to a form, or a way on, which have no page of their own; tested where they are used. */
const NO_PAGE = ['(site)/places/at/[number=integer]', '(site)/refer/open'];

test.beforeAll(async () => {
	await forgetLimits();
	const db = sql();
	const here = randomUUID();
	const elsewhere = randomUUID();
	for (const id of [here, elsewhere])
		await db`insert into public.programs (id, slug, name) values (${id}, ${`roles-${id.slice(0, 8)}`}, 'Roles')`;
	for (const caller of CALLERS) {
		const context = await request.newContext({
			baseURL: process.env.SITE_URL,
			extraHTTPHeaders: { origin: process.env.SITE_URL!, accept: 'text/html' },
			maxRedirects: 0
		});
		callers.set(caller, context);
		if (caller === 'visitor') continue;
		const email = `${randomUUID()}@people.example`;
		await signIn(context, email);
		const [user] = await db<{ id: string }[]>`select id from auth.users where email = ${email}`;
		if (caller === 'referrer') ids.REFERENCE = await aReferral(db, here, email);
		if (!STAFF.includes(caller)) continue;
		const role = caller === 'admin elsewhere' ? 'admin' : caller;
		const program = caller === 'admin elsewhere' ? elsewhere : here;
		await db`insert into public.memberships (program_id, user_id, role) values (${program}, ${user!.id}, ${role})`;
	}
	[{ id: ids.TEAM }] = await db`insert into public.teams (program_id, name) values (${here}, 'Roles') returning id`;
	[{ id: ids.AREA }] = await db`insert into public.areas (program_id, name) values (${here}, 'Roles') returning id`;
	const member = await anAccount(db, { program: `roles-${here.slice(0, 8)}`, role: 'worker' });
	ids.MEMBER = member.id;
	await db.end();
});

test.afterAll(async () => {
	for (const context of callers.values()) await context.dispose();
});

async function signIn(context: APIRequestContext, email: string): Promise<void> {
	await context.post('/sign-in', { form: { email, next: '/my' } });
	const code = /\b(\d{3}) ?(\d{3})\b/
		.exec((await newestMail(email)).text)!
		.slice(1)
		.join('');
	const answer = await context.post('/sign-in/code?/check', { form: { code } });
	expect(answer.headers().location ?? (await answer.text())).toBe('/my');
}

async function aReferral(db: postgres.Sql, program: string, email: string): Promise<string> {
	const [row] = await db<{ reference: string }[]>`
		insert into public.referrals (id, reference, program_id, referrer_email, consented_on, acknowledge_by, attention_on, state)
		values (${randomUUID()}, private.new_reference(), ${program}, ${email}, '2026-01-02', now(), now()::date, 'triage')
		returning reference`;
	return row!.reference;
}

/** What a caller is answered: 200, the way to sign in, or a refusal. */
function expected({ access, one, but }: Row, caller: Caller): number | 'sign in' {
	if (access === 'open') return 200;
	if (caller === 'visitor') return 'sign in';
	if (but?.[caller]) return but[caller];
	if (access === 'own') return 200;
	if (!STAFF.includes(caller)) return 403;
	const isAdmin = caller.startsWith('admin');
	const may = access === 'staff' || isAdmin || (access === 'coordinator' && caller === 'coordinator');
	if (!may) return 403;
	return one && caller === 'admin elsewhere' ? 404 : 200;
}

const addressOf = (route: string, { url }: Row) =>
	(url ?? `/${route.replace('(site)/', '')}`).replace(/REFERENCE|MEMBER|TEAM|AREA/, (name) => ids[name]!);

for (const [route, row] of Object.entries(ROUTES)) {
	test(`${route} answers each as it should`, async () => {
		const got: Record<string, unknown> = {};
		const wanted: Record<string, unknown> = {};
		for (const [caller, context] of callers) {
			const answer = await context.get(addressOf(route, row));
			const toSignIn = answer.status() === 303 && answer.headers().location?.startsWith('/sign-in?');
			got[caller] = toSignIn ? 'sign in' : answer.status();
			wanted[caller] = expected(row, caller);
			// Pages of a request that is not begun lead to its first page, those of a code that was not asked for to the form.
			if (row.access === 'open' && /^\/(refer|my\/referrals|sign-in$)/.test(answer.headers().location ?? ''))
				got[caller] = 200;
			expect(await answer.text(), 'no page of somebody without it tells of it').not.toContain(
				typeof wanted[caller] === 'number' && wanted[caller] >= 400 ? (ids.REFERENCE ?? '') : randomUUID()
			);
		}
		expect(got).toEqual(wanted);
	});

	for (const action of row.actions ?? []) {
		test(`${route} takes ${action} from those alone who may`, async () => {
			for (const [caller, context] of callers) {
				const answer = await context.post(`${addressOf(route, row)}${action === 'default' ? '' : `?/${action}`}`, {
					form: {}
				});
				const refusal = expected(row, caller);
				const toSignIn = answer.status() === 303 && answer.headers().location?.startsWith('/sign-in?');
				// A page that holds what was typed asks for it with a 401.
				if (refusal === 'sign in') expect(toSignIn || answer.status() === 401, `${caller} signs in first`).toBe(true);
				else if (refusal === 200) expect([403, 404, 500], caller).not.toContain(answer.status());
				else expect(answer.status(), caller).toBe(refusal);
			}
		});
	}
}

test('nobody gets at another program by naming it', async () => {
	for (const caller of STAFF) {
		for (const path of ['/desk', '/desk/people', '/desk/referrals', '/desk/routing', '/desk/audit', '/desk/mail']) {
			const answer = await callers.get(caller)!.get(`${path}?program=fraser-sample`);
			expect(answer.status(), `${caller} ${path}`).toBe(404);
		}
	}
});
