import { expect, test } from 'vitest';
import { certificateNumber } from './certificate-number';

test.each(['TC-7K3M-2QXZ', ' tc-7k3m-2qxz ', 'TC 7K3M 2QXZ', 'tc7k3m2qxz', '7K3M–2QXZ', 'TC‑7K3M‑2QXZ.'])(
	'%j is a number',
	(typed) => {
		expect(certificateNumber(typed)).toBe('TC-7K3M-2QXZ');
	}
);

test.each(['', 'TC-7K3M-2QX', 'TC-7K3M-2QXZZ', 'PS-7K3M-2QX', 'TC-7K3M-2QX0', 'TC-7K3M-2QXI', '<b>'])(
	'%j is none',
	(typed) => {
		expect(certificateNumber(typed)).toBeNull();
	}
);

test('one whose own letters begin with TC is read whole', () => {
	expect(certificateNumber('TC TCAA AAAA')).toBe('TC-TCAA-AAAA');
	expect(certificateNumber('TCAAAAAA')).toBe('TC-TCAA-AAAA');
});
