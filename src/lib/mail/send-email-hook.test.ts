import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { readHook } from './send-email-hook';

const SECRET = `whsec_${'ab'.repeat(24)}`;
const siteUrl = 'https://bearings.example';
const HASH = 'c0ffee00'.repeat(7);

const payload = (given: object = {}) => ({
	user: { id: '8484b834-f29e-4af2-bf42-80644d154f76', email: 'sam@people.example', user_metadata: {} },
	email_data: {
		token: '012345',
		token_hash: HASH,
		redirect_to: siteUrl,
		email_action_type: 'magiclink',
		site_url: 'https://project.example/auth/v1',
		token_new: '',
		token_hash_new: '',
		...given
	}
});

function signed(content: unknown, { secret = SECRET, at = new Date() } = {}) {
	const body = typeof content === 'string' ? content : JSON.stringify(content);
	const headers = new Headers({
		'webhook-id': 'msg_1',
		'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
		'webhook-signature': new Webhook(secret).sign('msg_1', at, body)
	});
	return { body, headers };
}

const read = ({ body, headers }: ReturnType<typeof signed>, secret = SECRET) =>
	readHook(body, headers, secret, siteUrl);

const code = { code: '012345', token_hash: HASH };

test.each(['magiclink', 'signup', 'email'])('a signed %s is a sign-in mail', (email_action_type) => {
	const expected = { ok: true, to: 'sam@people.example', data: { ...code, redirect: undefined } };
	expect(read(signed(payload({ email_action_type })))).toEqual(expected);
});

test('the secret is taken as Supabase shows it', () => {
	expect(read(signed(payload()), `v1,${SECRET}`)).toMatchObject({ ok: true });
});

test.each([
	[`${siteUrl}/my/referrals?page=2`, '/my/referrals?page=2'],
	[`${siteUrl}/refer#top`, '/refer'],
	[`${siteUrl}/`, undefined],
	['https://elsewhere.example/my', undefined],
	[`${siteUrl}.elsewhere.example/my`, undefined],
	[`${siteUrl}//elsewhere.example`, undefined],
	['javascript:alert(1)', undefined],
	['nonsense', undefined],
	['', undefined]
])('redirect_to %s leads on to %s', (redirect_to, redirect) => {
	expect(read(signed(payload({ redirect_to })))).toMatchObject({ ok: true, data: { ...code, redirect } });
});

describe('is not signed', () => {
	const refused = { ok: false, refused: 'not_signed' };
	const right = () => signed(payload());

	test('with another secret', () => {
		expect(read(signed(payload(), { secret: `whsec_${'cd'.repeat(24)}` }))).toEqual(refused);
	});
	test('when one letter of it was changed', () => {
		const { body, headers } = right();
		expect(read({ body: body.replace('sam@', 'pam@'), headers })).toEqual(refused);
	});
	test('more than five minutes ago, or ahead', () => {
		for (const minutes of [-6, 6])
			expect(read(signed(payload(), { at: new Date(Date.now() + minutes * 60_000) }))).toEqual(refused);
	});
	test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s', (name) => {
		const { body, headers } = right();
		headers.delete(name);
		expect(read({ body, headers })).toEqual(refused);
	});
	test('when it is not JSON', () => {
		expect(read(signed('nonsense'))).toEqual(refused);
	});
});

test.each([[{}], [[]], [{ user: {}, email_data: {} }], [{ ...payload(), user: { email: 'nobody' } }]])(
	'%j is malformed',
	(content) => {
		expect(read(signed(content))).toEqual({ ok: false, refused: 'malformed' });
	}
);

test.each(['recovery', 'invite', 'email_change', 'reauthentication'])('%s is not ours', (email_action_type) => {
	expect(read(signed(payload({ email_action_type })))).toEqual({ ok: false, refused: 'not_ours' });
});
