import { error, type RequestEvent } from '@sveltejs/kit';
import { dateIn } from '$lib/directory/local-time';
import { m } from '$lib/paraglide/messages';
import type { ProgramMembership } from '$lib/people/person';
import { staff } from '$lib/people/staff.server';
import { available } from '$lib/server/unavailable';
import { readAsked, Report, type Asked } from './report';

export interface ReportPage {
	program: ProgramMembership;
	asked: Asked;
	report: Report;
	/** The program's present day, `YYYY-MM-DD`. */
	today: string;
}

/** The report that the address asks for, for coordinators; the reading is audited. */
export async function reportPage(event: RequestEvent): Promise<ReportPage> {
	const { program } = await staff(event, 'coordinator');
	const { locals, url } = event;
	const today = dateIn(program.time_zone, locals.clock.now());
	const asked = readAsked(url.searchParams, today);
	const answer = await locals.personal.rpc('program_report', {
		program: program.id,
		year: asked.year,
		by_what: asked.by
	});
	const report = Report.nullable().parse(available(answer));
	if (!report) error(403, m.error_not_staff());
	return { program, asked, report, today };
}
