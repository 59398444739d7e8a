import { describe, expect, test } from 'vitest';
import { renderMail, TemplateFault, type TemplateData, type TemplateName } from './templates';

const siteUrl = 'https://bearings.example/';
const HASH = 'c0ffee00'.repeat(7);
const PROOF = 'b'.repeat(32);

const PLACE = {
	token: 'ab'.repeat(16),
	title: 'Listening <well>',
	time_zone: 'America/Toronto',
	starts_at: '2027-01-05T15:00:00+00:00'
};
const WISH = { token: 'ab'.repeat(16), program: 'Sample <Peers> & Co' };

/** One of each; a template that is not here does not compile. */
const EACH: { [Name in TemplateName]: TemplateData<Name> } = {
	sign_in: { code: '012345', token_hash: HASH, proof: PROOF, redirect: '/my/referrals?page=2' },
	invitation: { token: 'ab'.repeat(16), program: 'Sample <Peers> & Co' },
	referral_received: { reference: 'PS-7K3M-2QX' },
	referral_question: { reference: 'PS-7K3M-2QX' },
	referral_news: { reference: 'PS-7K3M-2QX' },
	referral_new: { reference: 'PS-7K3M-2QX' },
	referral_answered: { reference: 'PS-7K3M-2QX' },
	referral_digest: { references: ['PS-7K3M-2QX', 'PS-9HJK-ABC'], count: 2 },
	work_asked: { reference: 'PS-7K3M-2QX' },
	work_news: { reference: 'PS-7K3M-2QX' },
	support_asked: { reference: 'PS-7K3M-2QX' },
	meeting_late: { reference: 'PS-7K3M-2QX' },
	support_ended: { reference: 'PS-7K3M-2QX' },
	ending_near: { reference: 'PS-7K3M-2QX', days: 14, visits: 2 },
	referral_kept: { token: 'ab'.repeat(16) },
	training_seat: PLACE,
	training_line: PLACE,
	training_applied: PLACE,
	training_offer_passed: PLACE,
	training_offer_over: PLACE,
	training_news: PLACE,
	training_left: PLACE,
	training_completed: PLACE,
	training_changed: PLACE,
	training_cancelled: PLACE,
	training_no_seat: PLACE,
	training_soon: PLACE,
	training_offer: { ...PLACE, until: '2027-01-02T22:00:00Z' },
	training_message: { ...PLACE, words: 'Please bring a cup.\n\nSee you soon.' },
	interest_confirm: WISH,
	interest_known: WISH,
	interest_announced: { ...WISH, title: 'Listening <well>', slug: 'listening-2027' },
	interest_again: WISH
};

describe.each(Object.entries(EACH))('%s', (name, data) => {
	const { subject, text, html } = renderMail(name, data, { siteUrl });

	test('has a short, neutral subject', () => {
		expect(subject.length).toBeGreaterThan(5);
		expect(subject.length).toBeLessThan(60);
		expect(subject).not.toMatch(/health|peer|support|referral|client|worker|recovery|training|\d/i);
	});

	test('says the same in text and in HTML', () => {
		const shown = html
			.replace(/^[\s\S]*<body>/, '')
			.replace(/<a href="([^"]*)">(.*?)<\/a>/g, '$2:\n$1')
			.replace(/<[^>]+>/g, '')
			.replace(/&lt;/g, '<')
			.replace(/&gt;/g, '>')
			.replace(/&quot;/g, '"')
			.replace(/&#39;/g, "'")
			.replace(/&amp;/g, '&');
		expect(shown.trim().split(/\s+/)).toEqual(text.trim().split(/\s+/));
	});

	test('leads to this site alone', () => {
		const addresses = [...`${text} ${html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([address]) => address);
		expect(addresses.length).toBeGreaterThan(1);
		for (const address of addresses) expect(address).toMatch(/^https:\/\/bearings\.example\/\w/);
	});

	test('is plain: short paragraphs, no blank left', () => {
		expect(text).not.toMatch(/undefined|null|\{|\}|\bNaN\b/);
		for (const line of text.split('\n')) expect(line.length).toBeLessThan(200);
	});
});

test('the sign-in mail has the code before the link, which keeps where the person was going', () => {
	const { text } = renderMail('sign_in', EACH.sign_in, { siteUrl });
	const link = `https://bearings.example/sign-in/confirm?token_hash=${HASH}&proof=${PROOF}&next=%2Fmy%2Freferrals%3Fpage%3D2`;
	expect(text.split('\n')).toContain('012345');
	expect(text).toContain(`\n${link}\n`);
	expect(text.indexOf('012345')).toBeLessThan(text.indexOf(link));
	expect(text).toContain('30 minutes');
	const plain = renderMail('sign_in', { code: '012345', token_hash: HASH, proof: PROOF }, { siteUrl }).text;
	expect(plain).toContain(`/sign-in/confirm?token_hash=${HASH}&proof=${PROOF}\n`);
});

test('the invitation names the program and leads to its page', () => {
	const { text, html } = renderMail('invitation', EACH.invitation, { siteUrl });
	expect(text).toContain('Sample <Peers> & Co');
	expect(html).toContain('Sample &lt;Peers&gt; &amp; Co');
	expect(text).toContain(`\nhttps://bearings.example/invitations/${'ab'.repeat(16)}\n`);
	expect(text).toContain('14 days');
});

test.each([
	[0, 'No visit is planned yet.'],
	[1, 'One visit is planned until then.'],
	[2, '2 visits are planned until then.']
])('the mail about a near end with %i visits says: %s', (visits, sentence) => {
	const { text } = renderMail('ending_near', { ...EACH.ending_near, visits }, { siteUrl });
	expect(text).toContain(sentence);
	expect(text).toContain('\nhttps://bearings.example/desk/work/PS-7K3M-2QX\n');
});

test('the mail about an end leads a coordinator to the request', () => {
	const { text } = renderMail('support_ended', EACH.support_ended, { siteUrl });
	expect(text).toContain('\nhttps://bearings.example/desk/referrals/PS-7K3M-2QX\n');
	expect(text).toContain('three questions');
});

test('the mail that offers a seat says until when, where the program is', () => {
	const { text } = renderMail('training_offer', EACH.training_offer, { siteUrl });
	expect(text).toContain('It begins on Tuesday, 5 January 2027, 10:00 am.');
	expect(text).toContain('until Saturday, 2 January 2027, 5:00 pm.');
	expect(text).toContain(`\nhttps://bearings.example/training/seat/${'ab'.repeat(16)}\n`);
});

test('the mail about a change says which class it is', () => {
	const changed = (given: object) => renderMail('training_changed', { ...PLACE, ...given }, { siteUrl }).text;
	expect(changed({ moved_to: '2027-01-12T15:00:00Z' })).toContain('is now on Tuesday, 12 January 2027, 10:00 am');
	expect(changed({ called_off: '2027-01-12T15:00:00Z' })).toContain(
		'Tuesday, 12 January 2027, 10:00 am, is called off'
	);
	expect(changed({})).not.toContain('12 January');
});

test('a training without dates says nothing of when', () => {
	const { text } = renderMail('training_seat', { ...PLACE, starts_at: null }, { siteUrl });
	expect(text).not.toContain('begins');
});

test('what staff write keeps its paragraphs', () => {
	const { text } = renderMail('training_message', EACH.training_message, { siteUrl });
	expect(text).toContain('\n\nPlease bring a cup.\n\nSee you soon.\n\n');
});

test('a template that is not there is named', () => {
	for (const name of ['nothing', 'constructor', '__proto__'])
		expect(() => renderMail(name, {}, { siteUrl })).toThrow(new TemplateFault(`There is no template ${name}.`));
});

test.each([
	['sign_in', { code: 'secret', token_hash: HASH, proof: PROOF }, 'code'],
	['sign_in', { code: '123456', token_hash: 'a&b=secret"<>secret', proof: PROOF }, 'token_hash'],
	['sign_in', { code: '123456', token_hash: HASH, proof: PROOF, redirect: 'https://secret.example' }, 'redirect'],
	['sign_in', { code: '123456', token_hash: HASH, proof: PROOF, redirect: '//secret.example' }, 'redirect'],
	['sign_in', {}, 'code, token_hash, proof'],
	['invitation', { token: 'secret', program: '' }, 'token, program'],
	['invitation', null, 'all of it'],
	['invitation', 'secret', 'all of it']
])('%s with %j is refused, naming %s and no value', (name, data, faults) => {
	const render = () => renderMail(name, data, { siteUrl });
	expect(render).toThrow(new TemplateFault(`The data for ${name} is at fault: ${faults}.`));
});
