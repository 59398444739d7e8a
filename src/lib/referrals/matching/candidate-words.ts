/** Why a worker is listed for a client, and what speaks against it, in words. Never a number that ranks them. */
import { m } from '$lib/paraglide/messages';
import { dayInWords, dayThere } from '$lib/ui/day';
import { languageName } from '../words';

/** A worker who might support the client of a referral. Days are `YYYY-MM-DD`. */
export interface Candidate {
	id: string;
	name: string;
	/** How many people they support at most, as they say themselves, and at present. */
	cap: number;
	load: number;
	/** With those they are asked about counted, and "less this week". */
	has_room: boolean;
	is_in_area: boolean;
	/** Those they share with the client. */
	languages: string[];
	language_codes: string[];
	/** Names. */
	areas: string[];
	less_until: string | null;
	away_until: string | null;
	about: string;
	wishes: string;
	/** An instant: when they were asked about this client before. */
	asked_at: string | null;
	/** They were to support the client once, and it ended before they met: by a no of either's, or the request was withdrawn. */
	fell_through: boolean;
	knows_them: boolean;
	/** Asked and not answered yet, or with the client already. */
	is_present: boolean;
}

/** What the client wants, as far as it is not sealed. */
export interface Wanted {
	area: string | null;
	language_codes: readonly string[];
	/** The program's zone. */
	zone: string;
}

/** "Punjabi", "Punjabi and English", "Punjabi, Hindi and English" */
function joined(parts: readonly string[], last: (two: { first: string; last: string }) => string): string {
	const [first = '', ...rest] = parts;
	if (rest.length === 0) return first;
	const before = parts.slice(0, -1).reduce((sofar, part) => m.matching_list_joined({ first: sofar, last: part }));
	return last({ first: before, last: parts.at(-1) ?? '' });
}

export const bothOf = (parts: readonly string[]): string => joined(parts, m.matching_language_joined);
const eitherOf = (parts: readonly string[]): string => joined(parts, m.matching_language_or);

/** How much somebody has on, beside what they have said is too much. */
export function loadInWords({ load, cap }: Pick<Candidate, 'load' | 'cap'>): string {
	if (load > cap) return m.workers_load_over({ load, cap });
	if (cap === 0) return m.workers_load_closed();
	if (load === cap) return m.workers_load_full({ load, cap });
	return load === 0 ? m.workers_load_none({ cap }) : m.workers_load({ load, cap });
}

function areaInWords({ is_in_area, areas }: Candidate, { area }: Wanted): string {
	if (is_in_area && area) return m.matching_in_area({ area });
	if (areas.length === 0) return m.matching_nowhere();
	return area
		? m.matching_elsewhere({ areas: bothOf(areas), area })
		: m.matching_elsewhere_any({ areas: bothOf(areas) });
}

/** Why they are listed, a sentence each. */
export function reasonsFor(candidate: Candidate, wanted: Wanted): string[] {
	const { languages, language_codes } = candidate;
	const spoken = languages.length > 0 || wanted.language_codes.length > 0 ? languages : language_codes;
	return [
		areaInWords(candidate, wanted),
		...(spoken.length > 0 ? [m.matching_speaks({ languages: bothOf(spoken.map(languageName)) })] : []),
		loadInWords(candidate)
	];
}

/** What speaks against it, a sentence each. */
export function againstIn(candidate: Candidate, { language_codes, zone }: Wanted): string[] {
	const { away_until, less_until, load, cap, languages, asked_at } = candidate;
	const isAbsent = language_codes.length > 0 && languages.length === 0;
	return [
		candidate.knows_them && m.matching_knows(),
		candidate.is_present && m.matching_present(),
		candidate.fell_through &&
			!candidate.knows_them &&
			asked_at !== null &&
			m.matching_asked({ day: dayThere(asked_at, zone) }),
		asked_at !== null && !candidate.fell_through && !candidate.is_present && m.matching_before(),
		away_until !== null && m.matching_away({ day: dayInWords(away_until) }),
		less_until !== null && m.workers_less({ day: dayInWords(less_until) }),
		// What they have on has said the rest.
		!candidate.has_room && less_until === null && load < cap && m.matching_no_room(),
		isAbsent && m.matching_speaks_not({ languages: eitherOf(language_codes.map(languageName)) })
	].filter((sentence) => sentence !== false);
}

/** Whether the database would let them be asked. */
export const canBeAsked = ({ has_room, knows_them, is_present }: Candidate): boolean =>
	has_room && !knows_them && !is_present;
