/**
 * What Bearings writes. To add a mail: a line in `templates` with the schema of its data and what it says. Data holds no
 * detail of a client: a reference, a token, the name of a program.
 */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { letterHeaders, letterHtml, letterText } from './letter';
import { template, Token, type Template } from './template';
import { trainingTemplates } from './training-templates';

/** A path within the site, never another site's. */
export const OwnPath = z
	.string()
	.max(500)
	.regex(/^\/(?![/\\])[\w\-./?=&%,:+~]*$/);

/** As in `PS-7K3M-2QX`: all that a mail says of a referral. */
const Reference = z.string().regex(/^PS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}$/);

/** A mail about one request: what there is to say, and the page where it is said. */
const aboutReferral = (
	opening: () => string,
	path: (reference: string) => string,
	closing: readonly (() => string)[]
) =>
	template(z.object({ reference: Reference }), ({ reference }, at) => ({
		subject: m.mail_referral_subject(),
		parts: [
			m.mail_hello(),
			opening(),
			m.mail_referral_reference({ reference }),
			{ href: at(path(reference)), label: m.mail_referral_link() },
			...closing.map((sentence) => sentence()),
			{ href: at('/contact'), label: m.mail_contact() }
		]
	}));

/** A mail to staff about a support; all that it says of it is the reference. */
const aboutSupport = (
	subject: () => string,
	opening: () => string,
	{ path, label }: { path: (reference: string) => string; label: () => string }
) =>
	template(z.object({ reference: Reference }), ({ reference }, at) => ({
		subject: subject(),
		parts: [
			m.mail_hello(),
			opening(),
			m.mail_work_reference({ reference }),
			{ href: at(path(reference)), label: label() },
			{ href: at('/contact'), label: m.mail_contact() }
		]
	}));

const work = { path: () => '/desk/work', label: m.mail_work_link };

function daysLeft(days: number): string {
	if (days === 0) return m.mail_ending_today();
	return days === 1 ? m.mail_ending_one() : m.mail_ending_days({ days });
}

function visitsLeft(visits: number): string {
	if (visits === 0) return m.mail_ending_visits_none();
	return visits === 1 ? m.mail_ending_visits_one() : m.mail_ending_visits({ visits });
}

const own = (reference: string) => `/my/referrals/${reference}`;
const staffs = (reference: string) => `/desk/referrals/${reference}`;

const templates = {
	/** A code to sign in, and a link to a page with one button that does the same. */
	sign_in: template(
		z.object({
			code: z.string().regex(/^\d{6}$/),
			token_hash: Token,
			/** That the link is ours: see `lib/server/link-proof`. */
			proof: z.string().regex(/^[0-9a-f]{32}$/),
			redirect: OwnPath.optional()
		}),
		({ code, token_hash, proof, redirect }, at) => ({
			subject: m.mail_sign_in_subject(),
			parts: [
				m.mail_sign_in_code(),
				{ code },
				m.mail_sign_in_how(),
				m.mail_sign_in_or(),
				{
					href: at(
						`/sign-in/confirm?token_hash=${token_hash}&proof=${proof}${redirect ? `&next=${encodeURIComponent(redirect)}` : ''}`
					),
					label: m.mail_sign_in_link()
				},
				m.mail_sign_in_unasked(),
				m.mail_sign_in_secret()
			]
		})
	),
	/** An invitation to work with a program; `program` is its name. */
	invitation: template(
		z.object({ token: Token, program: z.string().trim().min(1).max(200) }),
		({ token, program }, at) => ({
			subject: m.mail_invitation_subject(),
			parts: [
				m.mail_hello(),
				m.mail_invitation_what({ program }),
				m.mail_invitation_how(),
				{ href: at(`/invitations/${token}`), label: m.mail_invitation_link() },
				m.mail_invitation_for_you(),
				m.mail_invitation_unexpected(),
				{ href: at('/contact'), label: m.mail_contact() }
			]
		})
	),
	/** To the referrer: it has arrived. */
	referral_received: aboutReferral(m.mail_referral_received, own, [m.mail_referral_sign_in, m.mail_referral_unasked]),
	/** To the referrer: we ask something back. */
	referral_question: aboutReferral(m.mail_referral_question, own, [m.mail_referral_sign_in]),
	/** To the referrer: something has changed, whatever it is. */
	referral_news: aboutReferral(m.mail_referral_news, own, [m.mail_referral_sign_in]),
	/** To coordinators: a request has come to them. */
	referral_new: aboutReferral(m.mail_referral_new, staffs, []),
	/** To coordinators: the referrer has answered or withdrawn. */
	referral_answered: aboutReferral(m.mail_referral_answered, staffs, []),
	/** To coordinators and admins: nobody has taken these up in time. `count` may be more than are named. */
	referral_digest: template(
		z.object({ references: z.array(Reference).min(1).max(50), count: z.number().int().min(1) }),
		({ references, count }, at) => ({
			subject: m.mail_digest_subject(),
			parts: [
				m.mail_hello(),
				count === 1 ? m.mail_digest_one() : m.mail_digest_some({ count }),
				references.join(', '),
				{ href: at('/desk/referrals'), label: m.mail_digest_link() }
			]
		})
	),
	/** To a worker: whether they'd support somebody. */
	work_asked: aboutSupport(m.mail_work_subject, m.mail_work_asked, work),
	/** To a worker: something has changed for somebody they support or were asked about. */
	work_news: aboutSupport(m.mail_work_news_subject, m.mail_work_news, work),
	/** To coordinators: another worker, or a call, is asked for. */
	support_asked: aboutSupport(m.mail_support_asked_subject, m.mail_support_asked, {
		path: staffs,
		label: m.mail_referral_link
	}),
	/** To coordinators: nobody has checked out of a meeting. */
	meeting_late: aboutSupport(m.mail_meeting_late_subject, m.mail_meeting_late, {
		path: () => '/desk/workers',
		label: m.mail_meeting_late_link
	}),
	/** To coordinators: a worker has completed a support. */
	support_ended: aboutSupport(m.mail_support_ended_subject, m.mail_support_ended, {
		path: staffs,
		label: m.mail_referral_link
	}),
	/** To a worker or a coordinator: so many days are left until the last one, with so many visits planned. */
	ending_near: template(
		z.object({
			reference: Reference,
			days: z.number().int().min(0).max(366),
			visits: z.number().int().min(0)
		}),
		({ reference, days, visits }, at) => ({
			subject: m.mail_ending_subject(),
			parts: [
				m.mail_hello(),
				daysLeft(days),
				visitsLeft(visits),
				m.mail_ending_how(),
				m.mail_work_reference({ reference }),
				// Coordinators have no list of people they support, but this page.
				{ href: at(`/desk/work/${reference}`), label: m.mail_ending_link() },
				{ href: at('/contact'), label: m.mail_contact() }
			]
		})
	),
	/** To an address that is not proved yet: what was written is kept, and one press sends it. */
	referral_kept: template(z.object({ token: Token }), ({ token }, at) => ({
		subject: m.mail_kept_subject(),
		parts: [
			m.mail_hello(),
			m.mail_kept_what(),
			{ href: at(`/refer/confirm/${token}`), label: m.mail_kept_link() },
			m.mail_kept_until(),
			m.mail_kept_unasked(),
			{ href: at('/contact'), label: m.mail_contact() }
		]
	})),
	...trainingTemplates
} satisfies Record<string, Template>;

export type TemplateName = keyof typeof templates;
export type TemplateData<Name extends TemplateName> = z.input<(typeof templates)[Name]['data']>;

export interface Rendered {
	subject: string;
	text: string;
	html: string;
	headers?: Record<string, string>;
}

/** There is no such template, or its data is at fault; the message names which, and never a value. */
export class TemplateFault extends Error {
	override name = 'TemplateFault';
}

/**
 * Writes a mail.
 *
 * @param name a `TemplateName`; a text, as it comes from the outbox
 * @param siteUrl where the site answers, as in `https://bearings.example`
 * @throws TemplateFault
 */
export function renderMail(name: string, data: unknown, { siteUrl }: { siteUrl: string }): Rendered {
	if (!isTemplate(name)) throw new TemplateFault(`There is no template ${name.slice(0, 60)}.`);
	const { data: schema, write }: Template = templates[name];
	const parsed = schema.safeParse(data);
	if (!parsed.success) {
		const faults = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'all of it'))];
		throw new TemplateFault(`The data for ${name} is at fault: ${faults.join(', ')}.`);
	}
	const origin = siteUrl.replace(/\/+$/, '');
	const letter = write(parsed.data, (path) => origin + path);
	return {
		subject: letter.subject,
		text: letterText(letter),
		html: letterHtml(letter),
		headers: letterHeaders(letter)
	};
}

const isTemplate = (name: string): name is TemplateName => Object.hasOwn(templates, name);
