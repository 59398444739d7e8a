import { expect, test } from 'vitest';
import { isReferenceWrong, readFilters, readReference } from './audit-filters';

const read = (query: string) => readFilters(new URLSearchParams(query), ['priya']);

test.each([
	['', {}],
	[
		'event=referral.read&outcome=refused&actor=priya&reference=PS-7K3M-2QX&before=120',
		{ event: 'referral.read', outcome: 'refused', actor: 'priya', reference: 'PS-7K3M-2QX', before: '120' }
	],
	['event=toString&outcome=maybe&actor=somebody&reference=+&before=1e3', {}],
	['before=-1&event=&outcome=&actor=', {}],
	['reference=ps+7k3m+2qx', { reference: 'PS-7K3M-2QX' }],
	['reference=Bob', { reference: 'Bob' }]
])('“%s” narrows to what makes sense of it', (query, filters) => {
	expect(read(query)).toEqual(filters);
});

test.each([
	['7k3m2qx', 'PS-7K3M-2QX'],
	[' PS 7K3M-2QX ', 'PS-7K3M-2QX'],
	['PS-7K3M-2Q', null],
	['PS-0O1I-LLL', null],
	['', null]
])('“%s” is the reference %s', (typed, reference) => {
	expect(readReference(typed)).toBe(reference);
});

test('a reference that is none is said to be wrong', () => {
	expect([
		isReferenceWrong({ reference: 'Bob' }),
		isReferenceWrong(read('')),
		isReferenceWrong(read('reference=7k3m2qx'))
	]).toEqual([true, false, false]);
});
