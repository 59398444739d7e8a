/** Finding a team among many, and the names of those who look after it. */

interface Named {
	id: string;
	name: string;
}

interface Origin {
	name: string;
	site: string;
	ticked: readonly string[];
}

/** Those of `people` who are ticked, in their order: somebody who no longer coordinates is left out. */
export const tickedAmong = <Person extends Named>(people: readonly Person[], ticked: readonly string[]): Person[] =>
	people.filter(({ id }) => ticked.includes(id));

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The origins that have each word of `q` in their name, their site or a coordinator's name. */
export function matching<Found extends Origin>(
	origins: readonly Found[],
	people: readonly Named[],
	q: string
): Found[] {
	const wanted = plain(q).split(/\s+/).filter(Boolean);
	return origins.filter(({ name, site, ticked }) => {
		const text = plain([name, site, ...tickedAmong(people, ticked).map((person) => person.name)].join('\n'));
		return wanted.every((word) => text.includes(word));
	});
}
