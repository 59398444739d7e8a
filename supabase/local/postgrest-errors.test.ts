import { expect, test } from 'vitest';
import { asPostgrest, postgrestStatus } from './postgrest-errors.ts';

const databaseError = (code: string) => Object.assign(new Error('No.'), { code, detail: 'Because.' });

test.each([
	['23514', 400],
	['P0001', 400],
	['P0002', 500],
	['28000', 403],
	['08006', 503],
	['53300', 503],
	['53400', 500],
	['57014', 500],
	['57P01', 503]
])('SQLSTATE %s is answered %i', (code, status) => expect(postgrestStatus(code)).toBe(status));

test('an error that Lite does not know is raised again as PGRST', () => {
	expect(asPostgrest(databaseError('23514'))).toMatchObject({
		code: 'PGRST',
		message: '{"code":"23514","message":"No.","details":"Because.","hint":null}',
		detail: '{"status":400,"headers":{}}'
	});
});

test.each(['42501', '23505', 'PGRST', 'PT418'])('%s is left to Lite', (code) => {
	expect(asPostgrest(databaseError(code))).toMatchObject({ code, message: 'No.' });
});

test('what is no database error is left alone', () => {
	const error = new TypeError('x');
	expect(asPostgrest(error)).toBe(error);
});
