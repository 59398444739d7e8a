import { describe, expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { againstIn, bothOf, canBeAsked, loadInWords, reasonsFor, type Candidate } from './candidate-words';

const candidate = (given: Partial<Candidate> = {}): Candidate => ({
	id: '018f3f0e-5a0b-4c63-8a44-0b5a3f1f6b11',
	name: 'Sam',
	cap: 3,
	load: 1,
	has_room: true,
	is_in_area: true,
	languages: ['pa'],
	language_codes: ['pa', 'en'],
	areas: ['Strathcona'],
	less_until: null,
	away_until: null,
	about: '',
	wishes: '',
	asked_at: null,
	fell_through: false,
	knows_them: false,
	is_present: false,
	...given
});
const wanted = { area: 'Strathcona', language_codes: ['pa'], zone: 'America/Vancouver' };

test('why somebody is listed: where they work, what they speak, what they have on', () => {
	expect(reasonsFor(candidate(), wanted)).toEqual([
		m.matching_in_area({ area: 'Strathcona' }),
		m.matching_speaks({ languages: 'Punjabi' }),
		m.workers_load({ load: 1, cap: 3 })
	]);
	expect(againstIn(candidate(), wanted)).toEqual([]);
});

describe('where they work', () => {
	test.each<[given: Partial<Candidate>, area: string | null, sentence: string]>([
		[
			{ is_in_area: false, areas: ['Kitsilano', 'Fairview'] },
			'Strathcona',
			m.matching_elsewhere({ areas: 'Kitsilano and Fairview', area: 'Strathcona' })
		],
		[{ is_in_area: false, areas: [] }, 'Strathcona', m.matching_nowhere()],
		[{ is_in_area: false }, null, m.matching_elsewhere_any({ areas: 'Strathcona' })]
	])('%j for %s', (given, area, sentence) => {
		expect(reasonsFor(candidate(given), { ...wanted, area })[0]).toBe(sentence);
	});
});

test('where no language is asked for, those they speak are said', () => {
	const any = { ...wanted, language_codes: [] };
	expect(reasonsFor(candidate({ languages: [] }), any)).toContain(
		m.matching_speaks({ languages: 'Punjabi and English' })
	);
	expect(againstIn(candidate({ languages: [] }), any)).toEqual([]);
});

describe('what they have on', () => {
	test.each([
		[0, 3, m.workers_load_none({ cap: 3 })],
		[2, 3, m.workers_load({ load: 2, cap: 3 })],
		[3, 3, m.workers_load_full({ load: 3, cap: 3 })],
		[4, 3, m.workers_load_over({ load: 4, cap: 3 })],
		[0, 0, m.workers_load_closed()]
	])('%i of %i', (load, cap, sentence) => expect(loadInWords({ load, cap })).toBe(sentence));
});

describe('what speaks against it', () => {
	test.each<[given: Partial<Candidate>, sentences: string[]]>([
		[{ knows_them: true, fell_through: true, asked_at: '2026-03-03T20:00:00Z' }, [m.matching_knows()]],
		[{ fell_through: true, asked_at: '2026-03-03T20:00:00Z' }, [m.matching_asked({ day: '3 March 2026' })]],
		[{ asked_at: '2026-03-03T20:00:00Z' }, [m.matching_before()]],
		[{ is_present: true, asked_at: '2026-03-03T20:00:00Z' }, [m.matching_present()]],
		[{ away_until: '2026-12-01' }, [m.matching_away({ day: '1 December 2026' })]],
		[{ has_room: false, less_until: '2026-12-01' }, [m.workers_less({ day: '1 December 2026' })]],
		// Asked about as many as they have places left.
		[{ has_room: false }, [m.matching_no_room()]],
		[{ has_room: false, load: 3 }, []],
		[{ languages: [] }, [m.matching_speaks_not({ languages: 'Punjabi' })]]
	])('%j', (given, sentences) => expect(againstIn(candidate(given), wanted)).toEqual(sentences));
});

test('who has no room, knows them or is there already can’t be asked', () => {
	expect(canBeAsked(candidate({ away_until: '2026-12-01', fell_through: true }))).toBe(true);
	for (const given of [{ has_room: false }, { knows_them: true }, { is_present: true }])
		expect(canBeAsked(candidate(given)), JSON.stringify(given)).toBe(false);
});

test('one, two and three are joined as one says them', () => {
	expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(bothOf)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
