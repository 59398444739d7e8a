import { describe, expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { callerSchema, inOurWords, NOT_LISTED, partOf } from './phone-entry';

const TEAM = '7d1f4c52-1b57-4df0-8f2a-5b8a3d6c2e11';
const read = (given: object) => {
	const { success, data, error } = callerSchema([{ id: TEAM }]).safeParse(given);
	return success ? data : error.issues.map(({ path, message }) => [path.join('.'), message]);
};

describe('who called', () => {
	test('is known by a team alone', () => {
		expect(read({ team_id: TEAM })).toMatchObject({ team_id: TEAM, email: '', team: '' });
		expect(read({ team_id: NOT_LISTED, team: ' Ward 5 ' })).toMatchObject({ team: 'Ward 5' });
	});

	test('is of a team of the program, or of one that is named', () => {
		expect(read({})).toEqual([['team_id', m.phone_error_team()]]);
		expect(read({ team_id: '0b0e3a39-6a4f-4cde-9c1e-0a4f3f6f9b10' })).toEqual([['team_id', m.phone_error_team()]]);
		expect(read({ team_id: NOT_LISTED, team: ' ' })).toEqual([['team', m.phone_error_team_name()]]);
	});

	test('has an address that is one, in small letters', () => {
		expect(read({ team_id: TEAM, email: 'Kim@Health.Example' })).toMatchObject({ email: 'kim@health.example' });
		expect(read({ team_id: TEAM, email: 'kim' })).toEqual([['email', m.refer_error_email()]]);
	});
});

test('a part of the form has its own fields alone', () => {
	const data = new FormData();
	for (const [key, value] of [
		['client-name', 'B.S.'],
		['client-goals', 'one'],
		['client-goals', 'two'],
		['caller-name', 'Kim']
	] as const)
		data.append(key, value);
	expect([...partOf(data, 'client')]).toEqual([
		['name', 'B.S.'],
		['goals', 'one'],
		['goals', 'two']
	]);
});

test('errors are worded for the coordinator, wherever they stand', () => {
	expect(
		inOurWords({ email: [m.refer_error_email()], goals: { _errors: [m.refer_error_goal()], 0: ['?'] }, no: undefined })
	).toEqual({
		email: [m.phone_error_email()],
		goals: { _errors: [m.phone_error_goal()], 0: ['?'] },
		no: undefined
	});
});
