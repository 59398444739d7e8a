import { describe, expect, test } from 'vitest';
import { parseHours, type Schedule } from './hours-notation';

const parse = (text: string, holidays: Schedule['holidays'] = null): Schedule[] => {
	const parsed = parseHours(text, holidays);
	if (!parsed.ok) throw new Error(parsed.reason);
	return parsed.value;
};
/** Each schedule as `freq byday opens-closes`. */
const read = (text: string) => parse(text).map((s) => `${s.freq} ${s.byday} ${s.opens_at}-${s.closes_at}`);

describe('hours', () => {
	test.each([
		['Mo-Fr 09:00-17:00', ['WEEKLY MO,TU,WE,TH,FR 09:00-17:00']],
		['Mo-Fr 09:00-17:00; Sa,Su 10:00-14:00', ['WEEKLY MO,TU,WE,TH,FR 09:00-17:00', 'WEEKLY SA,SU 10:00-14:00']],
		['Mo 09:00-12:00,13:00-17:00', ['WEEKLY MO 09:00-12:00', 'WEEKLY MO 13:00-17:00']],
		['Fr 18:00-02:00', ['WEEKLY FR 18:00-02:00']],
		['Sa-Mo 10:00-12:00', ['WEEKLY MO,SA,SU 10:00-12:00']],
		['We,Mo,We 10:00-12:00', ['WEEKLY MO,WE 10:00-12:00']],
		['Mo-Tu,Fr 10:00-12:00', ['WEEKLY MO,TU,FR 10:00-12:00']],
		['2Tu 18:30-20:00', ['MONTHLY 2TU 18:30-20:00']],
		['2Tu,4Tu 19:00-20:30', ['MONTHLY 2TU,4TU 19:00-20:30']],
		['-1Su 10:00-12:00', ['MONTHLY -1SU 10:00-12:00']],
		['mo-fr 9:00-17:00', ['WEEKLY MO,TU,WE,TH,FR 09:00-17:00']],
		['  Mo   09:00-17:00 ;; ', ['WEEKLY MO 09:00-17:00']],
		['Mo 00:00-24:00', ['WEEKLY MO 00:00-00:00']],
		['Mo 20:00-24:00', ['WEEKLY MO 20:00-00:00']]
	])('“%s” are %j', (text, expected) => {
		expect(read(text)).toEqual(expected);
	});

	test.each(['24/7', 'Mo-Su 00:00-24:00', 'Su-Sa 00:00-24:00', ' 24/7 '])(
		'“%s” is always, statutory holidays included',
		(text) => {
			expect(parse(text, 'closed')).toEqual(parse('24/7'));
			expect(parse(text)).toMatchObject([{ opens_at: '00:00', closes_at: '00:00', holidays: 'open' }]);
		}
	);

	test.each(['by appointment', 'By Appointment', '  by appointment '])(
		'“%s” says nothing of days and times',
		(text) => {
			expect(parse(text, 'open')).toEqual([
				{ freq: null, byday: null, opens_at: null, closes_at: null, holidays: null, by_appointment: true }
			]);
		}
	);

	test.each(['', '   ', '\n'])('%j are not confirmed: no schedules', (text) => {
		expect(parse(text)).toEqual([]);
	});

	test('what is known of statutory holidays goes to every schedule', () => {
		expect(parse('Mo 09:00-12:00,13:00-17:00; Sa 10:00-14:00', 'closed').map(({ holidays }) => holidays)).toEqual([
			'closed',
			'closed',
			'closed'
		]);
	});
});

describe('what cannot be read is quoted', () => {
	test.each([
		['Mo', '“Mo” should be days, a space and times'],
		['09:00-17:00', '“09:00-17:00” should be days, a space and times'],
		['Mo 09:00-17:00 PH off', '“Mo 09:00-17:00 PH off” should be days'],
		['Mo - Fr 09:00-17:00', '“Mo - Fr 09:00-17:00” should be days'],
		['Mo-Fr 09:00-17:00; closed on holidays', '“closed on holidays” should be days'],
		['Xx 09:00-17:00', '“Xx” is not days'],
		['Mo-Fr-Su 09:00-17:00', '“Mo-Fr-Su” is not days'],
		['Mo- 09:00-17:00', '“Mo-” is not days'],
		['0Tu 09:00-17:00', '“0Tu” is not days'],
		['6Tu 09:00-17:00', '“6Tu” is not days'],
		['-2Tu 09:00-17:00', '“-2Tu” is not days'],
		['2Tu,Mo 09:00-17:00', '“2Tu,Mo” is not days'],
		['2Xx 09:00-17:00', '“2Xx” is not days'],
		['Mo 9-17', '“9-17” is not times'],
		['Mo 25:00-26:00', '“25:00-26:00” is not times'],
		['Mo 24:00-25:00', '“24:00-25:00” is not times'],
		['Mo 09:60-10:00', '“09:60-10:00” is not times'],
		['Mo 09:00-24:01', '“09:00-24:01” is not times'],
		['Mo 09:00–17:00', '“09:00–17:00” is not times'],
		['Mo 09:00-12:00,', '“” is not times']
	])('%s', (text, reason) => {
		const parsed = parseHours(text);
		expect(parsed.ok).toBe(false);
		expect(parsed.ok ? '' : parsed.reason).toContain(reason);
	});
});
