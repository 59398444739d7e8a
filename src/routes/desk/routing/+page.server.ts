import { fail, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { typedBefore } from '$lib/people/kept-form.server';
import { staff } from '$lib/people/staff.server';
import { supportSettings } from '$lib/referrals/matching/candidates.server';
import { SupportRules } from '$lib/referrals/matching/schemas';
import { matching } from '$lib/referrals/routing-filter';
import { leave } from '$lib/referrals/routing-form.server';
import { readWeek, writeWeek } from '$lib/referrals/routing-hours';
import { domainsIn, Settings, WorkDomains, WorkingHours } from '$lib/referrals/routing-schemas';
import { refusalInWords } from '$lib/referrals/routing-words';
import * as routing from '$lib/referrals/routing.server';
import type { Actions, PageServerLoad } from './$types';

/** So many teams are shown unless all are asked for, or some are looked for. */
const FEW = 24;

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const db = event.locals.personal;
	const [coordinators, teams, areas, domains, hours, settings, isDefault, rules] = await Promise.all([
		routing.coordinators(db, program.id),
		routing.teams(db, program.id),
		routing.areas(db, program.id),
		routing.workDomains(db, program.id),
		routing.workingHours(db, program.id),
		routing.settings(db, program.id),
		routing.isDefault(db, program.id),
		supportSettings(db, program.id)
	]);
	const { searchParams } = event.url;
	const q = (searchParams.get('q') ?? '').slice(0, 100).trim();
	const isWhole = q !== '' || searchParams.has('all');
	const [typedDomains, typedHours, typedSettings, typedSupport] = await Promise.all([
		typedBefore(event, 'domains'),
		typedBefore(event, 'hours'),
		typedBefore(event, 'settings'),
		typedBefore(event, 'support')
	]);
	const [domainsForm, hoursForm, settingsForm, supportForm] = await Promise.all([
		superValidate(typedDomains ?? { domains: domains.join('\n') }, zod4(WorkDomains), { errors: false }),
		superValidate(typedHours ?? writeWeek(hours), zod4(WorkingHours), { errors: false }),
		superValidate(typedSettings ?? settingsAsTyped(settings), zod4(Settings), { errors: false }),
		superValidate(typedSupport ?? rules, zod4(SupportRules), { errors: false })
	]);
	return {
		program,
		isDefault,
		coordinators,
		teams: matching(teams, coordinators, q).slice(0, isWhole ? undefined : FEW),
		teamCount: teams.length,
		areas,
		q,
		domainsForm,
		hoursForm,
		settingsForm,
		supportForm,
		waitStatedOn: settings.wait_stated_on,
		done: searchParams.get('done')
	};
};

const settingsAsTyped = (stored: routing.StoredSettings): Settings => ({
	acknowledge_hours: String(stored.acknowledge_within_hours),
	wait: stored.wait_weeks_min === null ? 'unknown' : 'known',
	weeks_min: stored.wait_weeks_min?.toString() ?? '',
	weeks_max: stored.wait_weeks_max?.toString() ?? '',
	keep_months: String(stored.keep_months)
});

export const actions: Actions = {
	domains: async (event) => {
		const asked = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(WorkDomains));
		if (!form.valid) return fail(400, { domains: form });
		const domains = domainsIn(form.data.domains);
		const refused = await routing.setWorkDomains(event.locals.personal, asked.program.id, domains);
		if (!refused) return leave(event, asked, 'domains', 'domains');
		setError(form, '', refusalInWords(refused));
		return fail(409, { domains: form });
	},
	hours: async (event) => {
		const asked = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(WorkingHours));
		if (!form.valid) return fail(400, { hours: form });
		const { shifts } = readWeek(form.data);
		const refused = await routing.setWorkingHours(event.locals.personal, asked.program.id, shifts);
		if (!refused) return leave(event, asked, 'hours', 'hours');
		setError(form, '', refusalInWords(refused));
		return fail(409, { hours: form });
	},
	settings: async (event) => {
		const asked = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(Settings));
		if (!form.valid) return fail(400, { settings: form });
		const refused = await routing.setSettings(event.locals.personal, asked.program.id, form.data);
		if (!refused) return leave(event, asked, 'settings', 'settings');
		setError(form, '', refusalInWords(refused));
		return fail(409, { settings: form });
	},
	support: async (event) => {
		const asked = await staff(event, 'admin');
		const form = await superValidate(event.request, zod4(SupportRules));
		if (!form.valid) return fail(400, { support: form });
		const refused = await routing.setSupportRules(event.locals.personal, asked.program.id, form.data);
		if (!refused) return leave(event, asked, 'support', 'support');
		setError(form, '', refusalInWords(refused));
		return fail(409, { support: form });
	}
};
