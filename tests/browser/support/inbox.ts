/** Requests as a coordinator's list has them, and the search above it. */
import type { Locator, Page } from '@playwright/test';
import { press, type Colleague, type Desk } from './desk.ts';
import { words } from './words.ts';

export interface Team {
	id: string;
	name: string;
}

export interface Row {
	state?: string;
	coordinator?: Colleague | null;
	team?: Team | null;
	/** Days since it was sent, and until it is due and the next word is; nothing is due without. */
	age?: number;
	due?: number | null;
	word?: number;
	answered?: boolean;
	correction?: boolean;
	home?: boolean;
	listed?: boolean;
	overdue?: boolean;
	closed?: boolean;
}

/** A request as the list has it; its sealed part is nobody's business there. */
export async function add(program: Desk, row: Row = {}): Promise<string> {
	const { state = 'submitted', age = 0, due = 0, word = null } = row;
	const [made] = await program.sql<{ reference: string }[]>`
		with day as (select private.program_today(${program.id}) as today, now() - make_interval(days => ${age}) as sent)
		insert into public.referrals (id, reference, program_id, state, team_id, coordinator_id, consented_on, submitted_at, state_since,
			waiting_since, acknowledge_by, attention_on, next_word_on, is_answered, has_correction, needs_home, has_listed_domain, closed_at)
		select gen_random_uuid(), private.new_reference(), ${program.id}, ${state}, ${row.team?.id ?? null},
			${row.coordinator?.id ?? null}, '2026-01-02', sent, sent, case when ${state} = 'waitlisted' then sent end,
			now() + make_interval(hours => ${row.overdue ? -1 : 8}), today + ${due}::int, today + ${word}::int, ${row.answered ?? false},
			${row.correction ?? false}, ${row.home ?? false}, ${row.listed ?? true}, case when ${row.closed ?? false} then sent end
		from day returning reference`;
	return made!.reference;
}

/** Teams of a program, in the order of these names. */
export const addTeams = (program: Desk, ...names: string[]): Promise<Team[]> =>
	program.sql<Team[]>`insert into public.teams ${program.sql(names.map((name) => ({ program_id: program.id, name })))}
		returning id, name`;

/** A request's line on a list. */
export const lineOf = (page: Page, reference: string): Locator =>
	page.getByRole('listitem').filter({ has: page.getByRole('link', { name: reference, exact: true }) });

/** The references on the page, in order. */
export async function listed(page: Page): Promise<string[]> {
	// A list that is still arriving is shorter.
	await page.waitForLoadState();
	return page.getByRole('main').locator('h3').allTextContents();
}

/** Searches for what is typed, from the list. */
export async function find(on: Page, typed: string): Promise<void> {
	await on.goto('/desk/referrals');
	await on.getByText(words('inbox_search'), { exact: true }).click();
	await on.getByLabel(words('inbox_search_label')).fill(typed);
	await press(on, 'inbox_search_button');
}
