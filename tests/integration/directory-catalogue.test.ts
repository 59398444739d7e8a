import { describe, expect, test } from 'vitest';
import { asAnonymous, asService, sql, url, keys } from '../support/database.ts';

/** Who may call each function of the public schema, by hand. A function that is not here fails. */
const EVERYBODY = ['anon', 'authenticated', 'service_role'];
const MAY_CALL: Record<string, string[]> = {
	advance_cohorts: ['service_role'],
	expire_offers: ['service_role'],
	move_enrolment: ['authenticated'],
	set_capacity: ['authenticated'],
	sign_up: ['authenticated'],
	training: ['anon', 'authenticated'],
	trainings: ['anon', 'authenticated'],
	begin_session: ['authenticated'],
	begin_sign_in: ['service_role'],
	claim_outbox: ['service_role'],
	count_guess: ['service_role'],
	forget_code: ['service_role'],
	invitation_by_token: ['anon', 'authenticated'],
	invite_first_admin: ['service_role'],
	invite_member: ['authenticated'],
	mail_set_aside: ['authenticated'],
	mark_sent: ['service_role'],
	mark_unsent: ['service_role'],
	program_colleagues: ['authenticated'],
	program_members: ['authenticated'],
	purge_outbox: ['service_role'],
	purge_sign_in: ['service_role'],
	redeem_invitation: ['authenticated'],
	retry_mail: ['authenticated'],
	set_away: ['authenticated'],
	set_member_role: ['authenticated'],
	touch_session: ['authenticated'],
	whoami: ['authenticated'],
	withdraw_invitation: ['authenticated'],
	acknowledge_referrals: ['authenticated'],
	assign_referral: ['authenticated'],
	audit_page: ['authenticated'],
	begin_draft: ['anon', 'authenticated'],
	discard_draft: ['anon', 'authenticated'],
	draft_kept: ['anon', 'authenticated'],
	draft_sent: ['anon', 'authenticated'],
	enter_referral: ['authenticated'],
	erase_old_referrals: ['service_role'],
	erase_referral: ['authenticated'],
	escalate_referrals: ['service_role'],
	export_referral: ['authenticated'],
	inbox: ['authenticated'],
	inbox_counts: ['authenticated'],
	keep_draft: ['anon', 'authenticated'],
	keep_unconfirmed: ['anon', 'authenticated'],
	move_referral: ['authenticated'],
	my_drafts: ['authenticated'],
	my_referrals: ['authenticated'],
	my_unconfirmed: ['authenticated'],
	note_referral: ['authenticated'],
	own_draft: ['authenticated'],
	purge_requests: ['service_role'],
	read_draft: ['anon', 'authenticated'],
	read_my_referral: ['authenticated'],
	read_referral: ['authenticated'],
	referral_choices: ['anon', 'authenticated'],
	referral_outlook: ['anon', 'authenticated'],
	rehome_referral: ['authenticated'],
	replace_sealed: ['service_role'],
	save_area: ['authenticated'],
	save_team: ['authenticated'],
	sealed_under_other_keys: ['service_role'],
	search_referrals: ['authenticated'],
	send_unconfirmed: ['anon', 'authenticated'],
	set_referral_settings: ['authenticated'],
	set_work_domains: ['authenticated'],
	set_working_hours: ['authenticated'],
	settle_closing_step: ['authenticated'],
	settle_unconfirmed: ['authenticated'],
	submit_referral: ['authenticated'],
	unconfirmed_by_token: ['anon', 'authenticated'],
	answer_feedback: ['anon', 'authenticated'],
	call_sheet: ['authenticated'],
	enter_feedback: ['authenticated'],
	feedback_by_token: ['anon', 'authenticated'],
	feedback_report: ['authenticated'],
	late_meetings: ['authenticated'],
	make_feedback_link: ['authenticated'],
	may_read_feedback: ['authenticated'],
	mark_meeting: ['authenticated'],
	match_candidates: ['authenticated'],
	my_work: ['authenticated'],
	plan_meeting: ['authenticated'],
	program_report: ['authenticated'],
	program_supervisors: ['authenticated'],
	program_workers: ['authenticated'],
	read_proposal: ['authenticated'],
	read_support: ['authenticated'],
	remind_endings: ['service_role'],
	remove_support_entry: ['authenticated'],
	save_support_entry: ['authenticated'],
	save_worker: ['authenticated'],
	set_supervisors: ['authenticated'],
	set_support_settings: ['authenticated'],
	tell_late_meetings: ['service_role'],
	worker_matches: ['authenticated'],
	count_empty_search: EVERYBODY,
	directory_overview: EVERYBODY,
	end_session: ['authenticated'],
	find_position: EVERYBODY,
	get_place: EVERYBODY,
	import_places: ['authenticated', 'service_role'],
	nearest_categories: EVERYBODY,
	nearest_places: EVERYBODY,
	place_by_number: EVERYBODY,
	place_points: EVERYBODY,
	refresh_directory: ['service_role'],
	search_places: EVERYBODY,
	suggest: EVERYBODY,
	add_classes: ['authenticated'],
	complete_enrolments: ['authenticated'],
	desk_training: ['authenticated'],
	desk_trainings: ['authenticated'],
	drop_application: ['authenticated'],
	enter_enrolment: ['authenticated'],
	make_enrolment_link: ['authenticated'],
	mark_enrolment: ['authenticated'],
	message_cohort: ['authenticated'],
	move_cohort: ['authenticated'],
	my_application: ['authenticated'],
	my_enrolments: ['authenticated'],
	read_enrolment: ['authenticated'],
	roster: ['authenticated'],
	save_application: ['authenticated'],
	save_attendance: ['authenticated'],
	save_class: ['authenticated'],
	save_cohort: ['authenticated'],
	save_enrolment_details: ['authenticated'],
	save_enrolment_note: ['authenticated'],
	save_questions: ['authenticated'],
	save_training_link: ['authenticated'],
	save_training_post: ['authenticated'],
	send_decisions: ['authenticated'],
	settle_call: ['authenticated'],
	ask_to_be_told: ['anon', 'authenticated'],
	confirm_interest: ['anon', 'authenticated'],
	enrolment_by_link: ['anon', 'authenticated'],
	interest_by_link: ['anon', 'authenticated'],
	interest_choices: ['anon', 'authenticated'],
	move_enrolment_by_link: ['anon', 'authenticated'],
	stop_interest: ['anon', 'authenticated'],
	training_feed: ['anon', 'authenticated'],
	verify_certificate: ['anon', 'authenticated'],
	erase_enrolments: ['service_role'],
	remind_classes: ['service_role'],
	tend_interest: ['service_role']
};

/** Helpers that policies and generated columns call as whoever asks; nobody else enters one. */
const MAY_CALL_PRIVATE: Record<string, string[]> = {
	fold: ['service_role'],
	inbox_conditions: ['authenticated'],
	list_row: ['authenticated'],
	looked_after: ['authenticated'],
	may_edit_location: ['authenticated'],
	may_edit_service: ['authenticated'],
	may_edit_service_at_location: ['authenticated'],
	my_colleagues: ['authenticated'],
	my_programs: EVERYBODY,
	my_staff_programs: ['authenticated'],
	my_supervised: ['authenticated'],
	program_today: ['authenticated']
};

/** Name → the roles that may execute it, of all that anybody but the owner may. */
async function callers(schema: string): Promise<Record<string, string[]>> {
	const rows = await sql<{ name: string; roles: string[] }[]>`
		select p.proname as name, array(
			select role from unnest(array['anon', 'authenticated', 'service_role']) role
			where has_function_privilege(role, p.oid, 'execute') order by role
		) as roles
		from pg_proc p where p.pronamespace = ${schema}::regnamespace order by 1`;
	return Object.fromEntries(rows.filter(({ roles }) => roles.length > 0).map(({ name, roles }) => [name, roles]));
}

describe('the catalogue', () => {
	test('every public function may be called by exactly those who are named', async () => {
		expect(await callers('public')).toEqual(MAY_CALL);
	});

	test('every private function may be called by exactly those who are named', async () => {
		expect(await callers('private')).toEqual(MAY_CALL_PRIVATE);
	});

	test('nothing in the public or private schema is granted to everybody', async () => {
		const granted = await sql`
			select p.proname as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
			where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and a.grantee = 0
			union all
			select c.relname from pg_class c, aclexplode(c.relacl) a
			where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and a.grantee = 0`;
		expect(granted.map((row) => row.name as string)).toEqual([]);
	});

	test('every public table has row level security', async () => {
		const open = await sql`select relname from pg_class
			where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`;
		expect(open.map((row) => row.relname as string)).toEqual([]);
	});

	test('no view stands in the public schema that would read as its owner', async () => {
		const views = await sql`select relname from pg_class
			where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
				and not coalesce(reloptions @> array['security_invoker=true'], false)`;
		expect([...views]).toEqual([]);
	});

	test('every function that runs as its owner has an empty search path', async () => {
		const careless = await sql`select p.oid::regprocedure::text as name from pg_proc p
			where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
				and p.prosecdef and not coalesce(p.proconfig @> array['search_path=""'], false)`;
		expect(careless.map((row) => row.name as string)).toEqual([]);
	});

	test('every other function has one too, but for those that the planner has to see into', async () => {
		const inlined = ['earth', 'fold', 'list_row', 'stem'];
		const careless = await sql`select p.proname as name from pg_proc p
			where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
				and not p.prosecdef and not coalesce(p.proconfig @> array['search_path=""'], false) order by 1`;
		expect(careless.map((row) => row.name as string)).toEqual(inlined);
	});

	test('only the tables that editors write may be written by people who are signed in, none by anybody else', async () => {
		const writable = await sql<{ role: string; name: string }[]>`
			select role, c.relname as name from pg_class c, unnest(array['anon', 'authenticated']) role
			where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r'
				and (has_table_privilege(role, c.oid, 'insert') or has_table_privilege(role, c.oid, 'update')
					or has_table_privilege(role, c.oid, 'delete') or has_table_privilege(role, c.oid, 'truncate'))
			order by 1, 2`;
		expect(writable.map(({ role, name }) => `${role} ${name}`)).toEqual([
			'authenticated accessibility',
			'authenticated addresses',
			'authenticated attributes',
			'authenticated cost_options',
			'authenticated languages',
			'authenticated locations',
			'authenticated organizations',
			'authenticated phones',
			'authenticated required_documents',
			'authenticated schedules',
			'authenticated service_at_locations',
			'authenticated services',
			'authenticated urls'
		]);
	});

	test('nobody may empty a table, and nobody but the owner may touch a table of the private schema', async () => {
		const rights = await sql`
			select role, c.relname as name from pg_class c, unnest(array['anon', 'authenticated', 'service_role']) role
			where c.relkind = 'r' and (
				c.relnamespace = 'private'::regnamespace
					and has_table_privilege(role, c.oid, 'select, insert, update, delete, truncate')
				or c.relnamespace = 'public'::regnamespace and role <> 'service_role'
					and has_table_privilege(role, c.oid, 'truncate'))`;
		expect([...rights]).toEqual([]);
	});
});

describe('the private schema', () => {
	test.each([
		['a visitor', asAnonymous],
		['the service', asService]
	])('is not there for %s over REST', async (_who, connect) => {
		const table = await connect()
			.schema('private' as 'public')
			.from('place_search' as 'locations')
			.select();
		const call = await connect()
			.schema('private' as 'public')
			.rpc('my_programs' as 'suggest', { q: 'editor' });
		for (const { data, error, status } of [table, call]) {
			expect(data).toBeNull();
			expect(error).not.toBeNull();
			expect(status).toBeGreaterThanOrEqual(400);
			expect(status).toBeLessThan(500);
		}
	});

	test('its functions are not found among those of the public schema', async () => {
		const answer = await fetch(`${url}/rest/v1/rpc/my_programs`, {
			method: 'POST',
			headers: { apikey: keys.publishable, 'content-type': 'application/json' },
			body: JSON.stringify({ needed: 'editor' })
		});
		expect(answer.status).toBe(404);
	});
});
