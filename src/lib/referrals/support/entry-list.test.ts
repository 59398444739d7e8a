import { expect, it } from 'vitest';
import { shortened } from './entry-list';

it('shortens a text to one line, by letters and not by halves of them', () => {
	expect(shortened('To read')).toBe('To read');
	expect(shortened('One\nTwo')).toBe('One…');
	expect(shortened('a'.repeat(100), 10)).toBe(`${'a'.repeat(9)}…`);
	expect(shortened('🙂'.repeat(20), 10)).toBe(`${'🙂'.repeat(9)}…`);
});
