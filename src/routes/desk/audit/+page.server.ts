import { dateIn, timeIn } from '$lib/directory/local-time';
import * as people from '$lib/people/people.server';
import { staff } from '$lib/people/staff.server';
import { isReferenceWrong, readFilters } from '$lib/referrals/audit-filters';
import { refusalOf, sentenceOf } from '$lib/referrals/audit-sentence';
import * as audit from '$lib/referrals/audit.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { program } = await staff(event, 'admin');
	const db = event.locals.personal;
	const members = await people.members(db, program.id);
	const filters = readFilters(
		event.url.searchParams,
		members.map(({ id }) => id)
	);
	const isWrong = isReferenceWrong(filters);
	const { entries, older } = isWrong ? { entries: [], older: null } : await audit.page(db, program.id, filters);
	const names = new Map([...members.map(({ id, name }) => [id, name] as const), ...(await audit.namesIn(db, entries))]);
	return {
		program,
		filters,
		isReferenceWrong: isWrong,
		members: members.map(({ id, name }) => ({ id, name })),
		entries: entries.map((entry) => ({
			id: entry.id,
			at: entry.at,
			day: dateIn(program.time_zone, new Date(entry.at)),
			time: timeIn(program.time_zone, new Date(entry.at)),
			sentence: sentenceOf(entry, names),
			refusal: refusalOf(entry),
			reference: entry.subject_reference
		})),
		older
	};
};
