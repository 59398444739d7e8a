/** Finding a team in the list by what somebody typed. */

export interface Team {
	id: string;
	name: string;
	/** Where it is; empty where the name says it. */
	site: string;
}

export type FoundTeam =
	| { found: Team }
	/** Those that are alike, the likeliest first; none where nothing is. */
	| { alike: Team[] };

const MOST = 8;

/** A team as the list to choose from shows it, and as people may type it. */
export const teamLabel = ({ name, site }: Pick<Team, 'name' | 'site'>): string => (site ? `${name}, ${site}` : name);

const fold = (text: string) =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

/**
 * The team of the list that was chosen or typed.
 *
 * @param id chosen among several that are alike; empty where nothing was
 */
export function findTeam(teams: readonly Team[], typed: string, id = ''): FoundTeam {
	const chosen = teams.find((team) => team.id === id);
	if (chosen) return { found: chosen };
	const wanted = fold(typed);
	const exact = teams.filter((team) => fold(teamLabel(team)) === wanted || fold(team.name) === wanted);
	if (exact.length === 1) return { found: exact[0]! };
	if (exact.length > 1) return { alike: exact.slice(0, MOST) };
	const words = wanted.split(' ').filter((word) => word.length > 1);
	const scored = teams
		.map((team) => {
			const label = fold(teamLabel(team)).split(' ');
			return { team, score: words.filter((word) => label.some((other) => other.startsWith(word))).length };
		})
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score);
	return { alike: scored.slice(0, MOST).map(({ team }) => team) };
}
