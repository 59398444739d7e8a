import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { sampleHelp, startHelp, startWords, type Helpers } from './desk-samples';
import { MOST_LETTERS, NO_REASONS, type No } from './desk-schemas';

const helpers: Helpers = {
	places: { name: 'Kitsilano', href: 'https://bearings.example/neighbourhoods/kitsilano' },
	contact: { name: 'Sample Programme', phone: { shown: '604-555-0100' }, email: null },
	urgent: [
		{ name: '9-8-8 Suicide Crisis Helpline', number: '9-8-8', hours: () => 'Day and night' },
		{ name: '310 Mental Health Support', number: '310-6789', hours: () => 'Day and night' }
	]
};

test('every reason has words to begin from, which fit the form', () => {
	for (const no of Object.keys(NO_REASONS) as No[]) {
		for (const reason of NO_REASONS[no]) {
			const words = startWords(no, reason, '');
			expect(words?.length, `${no} ${reason}`).toBeGreaterThan(80);
			expect(words?.length).toBeLessThan(MOST_LETTERS);
		}
	}
});

test('another reason takes the place of words that nobody has touched', () => {
	expect(startWords('decline', 'outside_area', m.desk_referral_sample_no_worker_free())).toBe(
		m.desk_referral_sample_outside_area()
	);
});

test('what somebody has typed stays above, and nothing is there twice', () => {
	const sample = m.desk_referral_sample_no_answer();
	const both = startWords('decline', 'no_answer', 'Dear Alex,');
	expect(both).toBe(`Dear Alex,\n\n${sample}`);
	expect(startWords('decline', 'no_answer', both!)).toBe(both);
});

test('a reason that is none gives no words', () => {
	for (const reason of ['', 'constructor', 'other_program']) expect(startWords('decline', reason, '')).toBeNull();
});

test('who may help begins with what is near, 2-1-1 and us, and where it can’t wait with the lines to call', () => {
	expect(sampleHelp('', helpers).split('\n')).toEqual([
		m.desk_referral_help_neighbourhood({
			name: 'Kitsilano',
			address: 'https://bearings.example/neighbourhoods/kitsilano'
		}),
		m.desk_referral_help_211(),
		m.desk_referral_help_us({ name: 'Sample Programme', reach: '604-555-0100' })
	]);
	expect(sampleHelp('crisis_service', helpers).split('\n').slice(0, 2)).toEqual([
		'9-8-8 Suicide Crisis Helpline: Day and night',
		'310-6789, 310 Mental Health Support: Day and night'
	]);
	const nothing = { ...helpers, places: { name: null, href: 'https://bearings.example/places' }, contact: null };
	expect(sampleHelp('other', nothing).split('\n')).toHaveLength(2);
});

test('who may help is begun anew only where nobody has changed it', () => {
	expect(startHelp('crisis_service', sampleHelp('', helpers), helpers)).toBe(sampleHelp('crisis_service', helpers));
	expect(startHelp('other', sampleHelp('crisis_service', helpers), helpers)).toBe(sampleHelp('', helpers));
	expect(startHelp('crisis_service', 'Their doctor.', helpers)).toBe('Their doctor.');
});
