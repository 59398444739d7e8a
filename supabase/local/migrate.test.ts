import { describe, expect, test } from 'vitest';
import { locate, pendingMigrations, type Migration } from './migrate.ts';

const migration = (version: string, sql = `select ${version}`): Migration => ({
	file: `${version}_m.sql`,
	version,
	name: 'm',
	sql
});
const applied = ({ version, name, sql }: Migration) => ({ version, name, statements: [sql] });

const one = migration('20260101000000');
const two = migration('20260102000000');

describe('what is still to be applied', () => {
	test('is all of it at first', () => expect(pendingMigrations([one, two], [])).toEqual([one, two]));

	test('is what came later', () => expect(pendingMigrations([one, two], [applied(one)])).toEqual([two]));

	test('is refused when an applied one was changed', () => {
		const changed = { ...one, sql: 'select 2' };
		expect(() => pendingMigrations([changed], [applied(one)])).toThrow(/_m\.sql has been changed.*npm run db:reset/);
	});

	test('is refused when an applied one is gone', () => {
		expect(() => pendingMigrations([two], [applied(one)])).toThrow(/the file is gone/);
	});

	test('is refused when it comes before an applied one', () => {
		expect(() => pendingMigrations([one, two], [applied(two)])).toThrow(/comes before/);
	});
});

describe('the place of an error', () => {
	const sql = 'select 1;\n-- 🙂 é\nselect nothing;';

	test('is file, line and column', () => {
		const position = [...sql].join('').indexOf('nothing') + 1;
		// PostgreSQL counts the emoji as one character, JavaScript as two.
		expect(locate(migration('20260101000000', sql), position - 1)).toEqual({
			place: '20260101000000_m.sql:3:8',
			line: 'select nothing;'
		});
	});

	test('is the file alone when PostgreSQL names none', () => {
		expect(locate(one, 0).place).toBe('20260101000000_m.sql');
	});
});
