import { expect, test } from 'vitest';
import { Initials, initialsOf } from './contents';

test.each([
	['Robin Sample', 'RS'],
	['robin', 'R'],
	['R.S.', 'RS'],
	['RS', 'RS'],
	['Mary-Jane O’Neill', 'MJO'],
	['Anna Maria del Carmen Ruiz', 'AMDC'],
	['Élodie Ünal', 'ÉÜ'],
	// Two signs that are one letter.
	['E\u0301lodie', 'É'],
	['张伟', '张'],
	['ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ', 'ਗੁਸਿੰ'],
	['(Bob) Smith', 'BS'],
	['7 of 9', '7O9'],
	['   ', ''],
	['🙂', '']
])('the initials of %s', (name, initials) => {
	expect(initialsOf(name)).toBe(initials);
});

test('initials fit what is sealed of them', () => {
	expect(Initials.safeParse({ initials: initialsOf('Anna Maria del Carmen Ruiz') }).success).toBe(true);
	expect(Initials.safeParse({ initials: '' }).success).toBe(false);
});
