import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Area, domainsIn, Settings, Team, WorkDomains, WorkingHours } from './routing-schemas';
import { writeWeek } from './routing-hours';

/** The fields at fault, each once. */
const faults = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) => [
	...new Set((result.error?.issues ?? []).map(({ path }) => String(path[0])))
];

describe('a team and an area', () => {
	const given = { name: 'Harbour', site: '', coordinators: [], active: true };

	test.each([
		[{ name: '   ' }, ['name']],
		[{ name: 'x'.repeat(160), site: 'y'.repeat(160) }, []],
		[{ name: 'x'.repeat(161), site: 'y'.repeat(161) }, ['name', 'site']],
		[{ coordinators: ['everybody'] }, ['coordinators']],
		[{ name: "Robert'); drop table teams;-- 🌊 <b>" }, []]
	])('%j', (change, wrong) => {
		expect(faults(Team.safeParse({ ...given, ...change }))).toEqual(wrong);
	});

	test('a name loses what no database holds, and the space around it', () => {
		expect(Team.parse({ ...given, name: '\0 Har\0bour ' }).name).toBe('Harbour');
	});

	test('the name of an area is shorter', () => {
		expect(faults(Area.safeParse({ ...given, name: 'x'.repeat(121) }))).toEqual(['name']);
	});
});

describe('work domains', () => {
	test('are read line by line, each once', () => {
		expect(domainsIn(' @Health.example\r\n\nward.health.example, health.example ;')).toEqual([
			'health.example',
			'ward.health.example'
		]);
	});

	test('are taken as the database takes them', () => {
		const file = new URL('../../../supabase/migrations/20261122001500_referral_routing.sql', import.meta.url);
		const rule = new RegExp(/domain ~ '([^']+)'/.exec(readFileSync(file, 'utf8'))![1]!);
		const tried = [
			'health.example',
			'a.b',
			'x--y.example',
			'1.2.3.4',
			'example',
			'-a.example',
			'a-.example',
			'a..b',
			'é.example'
		];
		for (const domain of [...tried, 'nurse@a.example', 'https://a.example', '.example', 'a_b.example']) {
			expect(WorkDomains.safeParse({ domains: domain }).success, domain).toBe(rule.test(domain));
		}
		expect(WorkDomains.safeParse({ domains: `${'a'.repeat(200)}.example` }).success).toBe(false);
	});

	test('are few enough, and so are the words about wrong ones', () => {
		const many = (ending: string) => Array.from({ length: 501 }, (_, n) => `d${n}${ending}`).join('\n');
		expect(WorkDomains.safeParse({ domains: many('.example') }).error?.issues).toHaveLength(1);
		expect(WorkDomains.safeParse({ domains: many('').slice(0, 400) }).error?.issues).toHaveLength(5);
	});
});

describe('settings', () => {
	const given = { acknowledge_hours: '16', wait: 'known', weeks_min: '4', weeks_max: '8', keep_months: '24' };

	test.each([
		[{}, []],
		[{ acknowledge_hours: '1', weeks_min: '0', weeks_max: '104', keep_months: '12' }, []],
		[{ acknowledge_hours: '200', weeks_min: '8', keep_months: '240' }, []],
		[{ acknowledge_hours: '0', keep_months: '11' }, ['acknowledge_hours', 'keep_months']],
		[{ acknowledge_hours: '201', keep_months: '241' }, ['acknowledge_hours', 'keep_months']],
		[{ acknowledge_hours: '1.5', keep_months: '1e2' }, ['acknowledge_hours', 'keep_months']],
		[{ weeks_min: '-1', weeks_max: '0' }, ['weeks_min', 'weeks_max']],
		[{ weeks_min: '', weeks_max: '' }, ['weeks_min', 'weeks_max']],
		[{ weeks_min: '9' }, ['weeks_max']],
		[{ wait: 'unknown', weeks_min: 'x', weeks_max: '' }, []],
		[{ wait: 'perhaps' }, ['wait']]
	])('%j', (change, wrong) => {
		expect(faults(Settings.safeParse({ ...given, ...change }))).toEqual(wrong);
	});
});

test('working hours are at fault where their week is', () => {
	const week = writeWeek([{ weekday: 1, opens_at: '09:00', closes_at: '16:30' }]);
	expect(WorkingHours.safeParse(week).success).toBe(true);
	expect(faults(WorkingHours.safeParse({ ...week, day2_opens: 'x'.repeat(1000), day2_closes: '17:00' }))).toEqual([
		'day2_opens'
	]);
	expect(faults(WorkingHours.safeParse({ ...week, day1_closes: '' }))).toEqual(['day1_closes']);
});
