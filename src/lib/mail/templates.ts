/**
 * What Bearings writes. To add a mail: a line in `templates` with the schema of its data and what it says. Data holds no
 * detail of a client: a reference, a token, the name of a program.
 */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { letterHtml, letterText, type Letter } from './letter';

/** Addresses within the site. */
type At = (path: string) => string;

interface Template<Schema extends z.ZodType = z.ZodType> {
	data: Schema;
	write(data: z.infer<Schema>, at: At): Letter;
}

/** Ties what is written to the schema of what it is given. */
const template = <Schema extends z.ZodType>(data: Schema, write: Template<Schema>['write']): Template<Schema> => ({
	data,
	write
});

/** A path within the site, never another site's. */
export const OwnPath = z
	.string()
	.max(500)
	.regex(/^\/(?![/\\])[\w\-./?=&%,:+~]*$/);

const Token = z.string().regex(/^[\w-]{16,200}$/);

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
	)
} satisfies Record<string, Template>;

export type TemplateName = keyof typeof templates;
export type TemplateData<Name extends TemplateName> = z.input<(typeof templates)[Name]['data']>;

export interface Rendered {
	subject: string;
	text: string;
	html: string;
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
	return { subject: letter.subject, text: letterText(letter), html: letterHtml(letter) };
}

const isTemplate = (name: string): name is TemplateName => Object.hasOwn(templates, name);
