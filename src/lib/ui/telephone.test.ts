import { expect, test } from 'vitest';
import { telephoneHref } from './telephone';

test.each([
	['604-665-2222', 'tel:+16046652222'],
	['(604) 665 2222', 'tel:+16046652222'],
	['1-800-784-2433', 'tel:+18007842433'],
	['604-665-2222 x 12', 'tel:+16046652222,12'],
	['604-665-2222 x12', 'tel:+16046652222,12'],
	['+44 20 7946 0000', 'tel:+442079460000'],
	['2-1-1', 'tel:211'],
	['310-6789', 'tel:3106789']
])('%s is dialled as %s', (number, href) => {
	expect(telephoneHref(number)).toBe(href);
});
