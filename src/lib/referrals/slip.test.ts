import { expect, test } from 'vitest';
import messages from '../../../messages/en.json' with { type: 'json' };
import type { Contact } from '$lib/server/contact';
import { outs, slipContact } from './slip';

const contact: Contact = {
	name: 'Sample Peer Support Programme',
	phone: { shown: '604-555-0100', href: 'tel:+16045550100' },
	email: 'hello@bearings.example',
	hours: 'Monday to Friday, 9:00 to 16:30',
	address: '100 Sample Street, Vancouver',
	sample: false
};

test('the slip names a number and when somebody answers, and nobody who would tell what it is about', () => {
	expect(slipContact(contact)).toEqual({
		name: null,
		phone: '604-555-0100',
		email: null,
		hours: 'Monday to Friday, 9:00 to 16:30',
		sample: false
	});
	expect(slipContact({ ...contact, name: 'Robin and Sam' }).name).toBe('Robin and Sam');
	expect(slipContact({ ...contact, hours: 'When the clinic is open' }).hours).toBeNull();
});

test('without a number it names an address that gives nothing away, else nobody', () => {
	expect(slipContact({ ...contact, phone: null })).toMatchObject({ email: 'hello@bearings.example', hours: null });
	expect(slipContact({ ...contact, phone: null, email: 'peers@mentalhealth.example' }).email).toBeNull();
	expect(slipContact(null)).toMatchObject({ name: null, phone: null, email: null, hours: null });
});

test('no word on the cards outs anybody', () => {
	const onCards = [
		'slip_keep',
		'slip_call',
		'slip_write',
		'slip_ask',
		'slip_say',
		'slip_change',
		'slip_title'
	] as const;
	for (const key of [...onCards, 'slip_cards', 'slip_sample'] as const)
		expect(outs(messages[key]), messages[key]).toBe(false);
	expect(outs('A card of your Mental Health team')).toBe(true);
});
