import { expect, test } from 'vitest';
import { typedReference } from './inbox-search';

test.each(['PS-7K3M-2QX', 'ps-7k3m-2qx', ' PS 7K3M 2QX ', 'ps7k3m2qx', '7K3M-2QX', '7k3m2qx', 'PS–7K3M–2QX'])(
	'%j is a reference',
	(typed) => {
		expect(typedReference(typed)).toBe('PS-7K3M-2QX');
	}
);

test.each(['', 'PS-', 'Jasmeen', 'Bob Sample', '604 555 0123', '5552345', 'PS-7K3M-2Q', 'PS-7K3M-2QXX', 'PS-7K3I-2QX'])(
	'%j is none',
	(typed) => {
		expect(typedReference(typed)).toBeNull();
	}
);
