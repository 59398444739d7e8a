/* Every route, asked for by everybody: a visitor, somebody signed in, each role, and coordinators and admins of another program. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, request, test, type APIRequestContext, type APIResponse } from '@playwright/test';
import { root } from '../../scripts/support/root.ts';
import type { State } from '../../src/lib/referrals/states.ts';
import { forgetLimits } from './support/database.ts';
import { Desk } from './support/desk.ts';
import { makeHoldings, printOf, type Holdings } from './support/holdings.ts';
import { aReferrer, MyDesk } from './support/my-requests.ts';
import { CALLERS, type Caller } from './support/callers.ts';
import { PAGES, routesWith } from './support/pages.ts';
import {
	answerTo,
	isElsewhere,
	isOutsider,
	MORE,
	NO_PAGE,
	oneWhoMay,
	ROUTES,
	type Filled,
	type Row
} from './support/routes.ts';
import { signInQuietly } from './support/sign-in.ts';
import { makeTrainingHoldings, printOfTrainings, type TrainingHoldings } from './support/training-holdings.ts';
import { TRAINING_ROUTES } from './support/training-routes.ts';

test.describe.configure({ mode: 'default' });

const here = new MyDesk();
const elsewhere = new Desk();
const referrer = aReferrer();
const callers = new Map<Caller, APIRequestContext>();
/** What the pages are asked for of, by the state of the request. */
const shown = new Map<State, Holdings>();
let shownTrainings: TrainingHoldings;

type Held = Partial<Holdings & TrainingHoldings>;
const isOfTrainings = (route: string) => Object.hasOwn(TRAINING_ROUTES, route);

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
	const listed = Object.entries(ROUTES).map(([route, { actions = {} }]) => [route, Object.keys(actions).sort()]);
	expect(listed).toEqual(Object.keys(ROUTES).map((route) => [route, actionsOf(route).sort()]));
});

test('every route is in a table', () => {
	const listed = new Set([...PAGES.map(({ route }) => route), ...Object.keys(ROUTES)]);
	const machines = (route: string) => route.startsWith('api/') || route.startsWith('map/');
	const routes = [...routesWith('+page.svelte'), ...routesWith('+server.ts')].filter((route) => !machines(route));
	expect(routes.filter((route) => !listed.has(route) && !NO_PAGE.includes(route))).toEqual([]);
	expect(Object.keys(ROUTES).filter((route) => !routes.includes(route))).toEqual([]);
});

test.beforeAll(async () => {
	await forgetLimits();
	await Promise.all([here.open(), elsewhere.open()]);
	const emails: Partial<Record<Caller, string>> = {
		referrer,
		'signed in': aReferrer(),
		worker: here.worker.email,
		supervisor: here.supervisor.email
	};
	for (const role of ['worker', 'supervisor'] as const)
		emails[`other ${role}`] = (await here.person('other', role)).email;
	for (const role of ['editor', 'coordinator', 'admin'] as const) emails[role] = (await here.person(role, role)).email;
	for (const role of ['coordinator', 'admin'] as const)
		emails[`${role} elsewhere`] = (await elsewhere.person(role, role)).email;
	await Promise.all(
		CALLERS.map(async (caller) => {
			const context = await request.newContext({
				baseURL: process.env.SITE_URL,
				extraHTTPHeaders: { origin: process.env.SITE_URL!, accept: 'text/html' },
				maxRedirects: 0
			});
			const email = emails[caller];
			if (email) await signInQuietly(context, email);
			callers.set(caller, context);
		})
	);
	const states = new Set([...Object.values(ROUTES), ...Object.values(MORE)].map(({ of = 'submitted' }) => of));
	for (const of of states) shown.set(of, await makeHoldings(here, referrer, { of }));
	shownTrainings = await makeTrainingHoldings(here, referrer);
});

test.afterAll(async () => {
	for (const context of callers.values()) await context.dispose();
	await here.sql`delete from private.outbox where program_id = ${here.id}`;
	await Promise.all([here.close(), elsewhere.close()]);
});

/** With each word that stands for something in its place. */
const fill = (text: string, held: Held) =>
	text.replace(
		/[A-Z]{3,}/g,
		(word) => ({ ...held, ELSEWHERE: elsewhere.id, UUID: randomUUID() })[word as keyof Held] ?? word
	);

const shownOf = (route: string, { of = 'submitted' }: Pick<Row, 'of'>): Held =>
	isOfTrainings(route) ? shownTrainings : shown.get(of)!;

const addressOf = (route: string, { url }: Row, held: Held) => fill(url ?? `/${route.replace('(site)/', '')}`, held);

const leadsTo = (answer: APIResponse) => (answer.status() === 303 ? (answer.headers().location ?? '') : '');

/** Asks as each of these at once. */
async function everyone<T>(who: readonly Caller[], ask: (context: APIRequestContext, caller: Caller) => Promise<T>) {
	return Promise.all(who.map(async (caller) => [caller, await ask(callers.get(caller)!, caller)] as const));
}

for (const [route, row] of [...Object.entries(ROUTES), ...Object.entries(MORE)]) {
	test(`${route} answers each as it should`, async () => {
		const held = shownOf(route, row);
		const address = addressOf(route, row, held);
		const secret = held.SECRET ?? held.REFERENCE!;
		const answers = await everyone(CALLERS, async (context, caller) => {
			const answer = await context.get(address);
			const isRefused = answerTo(caller, row) !== 200;
			expect(
				isRefused && (await answer.text()).includes(secret),
				`the page of ${caller} tells of what is not theirs`
			).toBe(false);
			if (leadsTo(answer).startsWith('/sign-in?')) return 'sign in';
			// Pages of a request that is not begun lead to its first page, those of a code that was not asked for to the form.
			if (row.access === 'open' && /^\/(refer|my\/referrals|sign-in$)/.test(leadsTo(answer))) return 200;
			return answer.status();
		});
		expect(Object.fromEntries(answers)).toEqual(
			Object.fromEntries(CALLERS.map((caller) => [caller, answerTo(caller, row)]))
		);
	});

	for (const [action, filled] of Object.entries(row.actions ?? {})) {
		test(`${route} takes ${action} from those alone who may`, () =>
			filled ? takes(route, row, action, filled) : takesFromAll(route, row, action));
	}
}

const actionOf = (name: string) => (name === 'default' ? '' : `/${name}`);

/** What a form is about, made for it alone, and how to see whether any of it has changed. */
async function made(route: string, filled: Filled): Promise<{ held: Held; print: () => Promise<string> }> {
	if (isOfTrainings(route)) {
		const held = await makeTrainingHoldings(here, referrer, filled);
		return { held, print: () => printOfTrainings(here, held) };
	}
	const held = await makeHoldings(here, referrer, filled);
	return { held, print: () => printOf(here, held) };
}

/** Those who may not are refused with a form that is filled in as it should be, and nothing changes; whoever may is not. */
async function takes(route: string, row: Row, action: string, filled: Filled): Promise<void> {
	const { held, print } = await made(route, filled);
	const address = addressOf(route, row, held);
	const filledIn = () =>
		Object.fromEntries(Object.entries(filled.form).map((pair) => pair.map((text) => fill(text, held))));
	const before = await print();
	/** To whoever looks at the page something else may be said than to whoever sends the form. */
	const asked = { ...row, but: filled.but ?? row.but };
	const outsiders = CALLERS.filter((caller) => isOutsider(caller, asked));
	await everyone(outsiders, async (context, caller) => {
		const answer = await context.post(`${address}?${actionOf(action)}`, { form: filledIn() });
		const wanted = answerTo(caller, asked);
		// A page that holds what was typed asks for it with a 401.
		if (wanted === 'sign in')
			expect(leadsTo(answer).startsWith('/sign-in?') || answer.status() === 401, `${caller} signs in first`).toBe(true);
		else if (wanted === 200) expect([403, 404, 500], caller).not.toContain(answer.status());
		else expect(answer.status(), caller).toBe(wanted);
		if (!isElsewhere(caller) || row.access === 'own') return;
		const named = await context.post(`${address}?${actionOf(action)}&program=${here.slug}`, { form: filledIn() });
		expect(named.status(), `${caller} who names this program`).toBe(404);
	});
	expect(await print(), 'nothing has changed').toBe(before);

	const may = filled.by ?? oneWhoMay(row);
	const answer = await callers.get(may)!.post(`${address}?${actionOf(action)}`, { form: filledIn() });
	expect([answer.status(), leadsTo(answer).startsWith('/sign-in?')], may).toEqual([filled.answer ?? 303, false]);
	const others = CALLERS.filter((caller) => caller !== may && !outsiders.includes(caller));
	await everyone(others, async (context, caller) => {
		const empty = await context.post(`${address}?${actionOf(action)}`, { form: {} });
		// A request that was given away is not theirs any more.
		const gone = filled.form.program || filled.isNamed ? [] : [404];
		expect([403, 500, ...gone], caller).not.toContain(empty.status());
	});
}

async function takesFromAll(route: string, row: Row, action: string): Promise<void> {
	await everyone(CALLERS, async (context, caller) => {
		const answer = await context.post(`${addressOf(route, row, shownOf(route, row))}?${actionOf(action)}`, {
			form: {}
		});
		expect([403, 404, 500], caller).not.toContain(answer.status());
	});
}

test('nobody gets at another program by naming it', async () => {
	const staff = CALLERS.slice(CALLERS.indexOf('worker'));
	for (const page of [
		...['/desk', '/desk/people', '/desk/referrals', '/desk/routing', '/desk/audit', '/desk/mail'],
		...[
			'/desk/feedback',
			'/desk/report',
			'/desk/report.csv',
			'/desk/training',
			'/desk/work',
			'/desk/work/me',
			'/desk/workers'
		]
	])
		await everyone(staff, async (context, caller) => {
			const answer = await context.get(`${page}?program=fraser-sample`);
			expect(answer.status(), `${caller} ${page}`).toBe(404);
		});
});

test('a print tells of a change', async () => {
	const held = shown.get('submitted')!;
	const trainings = shownTrainings;
	const print = async () => [await printOf(here, held), await printOfTrainings(here, trainings)].join(' ');
	expect(await print()).toBe(await print());
	for (const change of [
		here.sql`update public.referrals set version = version + 1 where id = ${held.REFERRAL}`,
		here.sql`update public.invitations set withdrawn_at = now() where id = ${held.INVITATION}`,
		here.sql`delete from private.unconfirmed_referrals where id = ${held.KEPT}`,
		here.sql`update public.enrolments set version = version + 1 where id = ${trainings.SEAT}`,
		here.sql`update private.enrolment_calls set told_at = now() where id = ${trainings.TELLING}`,
		here.sql`delete from private.application_drafts where id = ${trainings.APPLICATION}`,
		here.sql`update public.classes set topic = 'Another' where id = ${trainings.CLASS}`
	]) {
		const was = await print();
		await change;
		expect(await print()).not.toBe(was);
	}
});
