import { describe, expect, test } from 'vitest';
import { trustWords } from './trust-words';
import type { PlaceDetail } from './types';

const now = new Date('2026-11-22T12:00:00Z');
const words = (confirmed_on: string | null, confirmed_by: PlaceDetail['confirmed_by']) =>
	trustWords({ confirmed_on, confirmed_by }, now);
const STALE = 'That is more than half a year ago, so please call before you go.';

describe('when the facts were last confirmed', () => {
	test('what nobody has confirmed is said so, whatever the way', () => {
		const nobody = ['Nobody has confirmed these facts with the place yet.'];
		expect(words(null, null)).toEqual(nobody);
		expect(words(null, 'open_data')).toEqual(nobody);
	});

	test.each([
		['phone', 'Last confirmed on 3 November 2026 by phone.'],
		['website', 'Last confirmed on 3 November 2026 on its website.'],
		['open_data', 'Last confirmed on 3 November 2026 in open data.'],
		['organization', 'Last confirmed on 3 November 2026 by the people who run it.'],
		[null, 'Last confirmed on 3 November 2026.']
	] as [PlaceDetail['confirmed_by'], string][])('by %s', (by, sentence) => {
		expect(words('2026-11-03', by)).toEqual([sentence]);
	});

	test('a visit shows its month and never its day', () => {
		expect(words('2026-11-03', 'visit')).toEqual(['Last visited in November 2026.']);
	});

	test('more than 180 days is long ago, and that is said', () => {
		expect(words('2026-05-27', 'visit')).toEqual(['Last visited in May 2026.']);
		expect(words('2026-05-26', 'visit')).toEqual(['Last visited in May 2026.', STALE]);
		expect(words('2024-02-29', 'phone')).toEqual(['Last confirmed on 29 February 2024 by phone.', STALE]);
	});
});
