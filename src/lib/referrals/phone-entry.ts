/** A request that came by phone, as the coordinator's form takes it: three parts, each with the fields and limits of the request itself. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { You } from './request';

export const PARTS = ['caller', 'client', 'safety'] as const;
export type Part = (typeof PARTS)[number];

/** What is chosen where the caller's team is not on the list. */
export const NOT_LISTED = 'not_listed';

const { name, phone, email, team, second_name, second_email } = You.shape;

/** Who called, and for which of the program's teams. */
export const callerSchema = (teams: readonly { id: string }[]) =>
	z
		.object({
			name,
			phone,
			/** Empty where the caller gave none: then nobody hears by mail. */
			email: z.union([z.literal(''), email]).default(''),
			team_id: z
				.string()
				.default('')
				.refine((given) => given === NOT_LISTED || teams.some(({ id }) => id === given), {
					error: () => m.phone_error_team()
				}),
			/** Its name, where it is not listed. */
			team,
			second_name,
			second_email
		})
		.refine((given) => given.team_id !== NOT_LISTED || given.team !== '', {
			path: ['team'],
			error: () => m.phone_error_team_name()
		});
export type Caller = z.infer<ReturnType<typeof callerSchema>>;

/** What the form names a field of a part. */
export const fieldName = (part: Part, field: string): string => `${part}-${field}`;

/** The fields of a part, by their own names. */
export function partOf(data: FormData, part: Part): FormData {
	const fields = new FormData();
	const prefix = fieldName(part, '');
	for (const [key, value] of data) {
		if (key.startsWith(prefix)) fields.append(key.slice(prefix.length), value);
	}
	return fields;
}

/** The words of the request's own errors are for who asks; here somebody else writes it down. */
const ours = () =>
	new Map<string, string>([
		[m.refer_error_email(), m.phone_error_email()],
		[m.refer_error_client(), m.phone_error_client()],
		[m.refer_error_goal(), m.phone_error_goal()],
		[m.refer_error_consent(), m.phone_error_consent()],
		[m.refer_error_consented_on(), m.phone_error_consented_on()],
		[m.refer_error_consented_later(), m.phone_error_consented_later()],
		[m.refer_error_client_email(), m.phone_error_client_email()]
	]);

/** The same errors in words for the coordinator. */
export function inOurWords<Errors>(errors: Errors, words = ours()): Errors {
	if (typeof errors === 'string') return (words.get(errors) ?? errors) as Errors;
	if (Array.isArray(errors)) return errors.map((error: unknown) => inOurWords(error, words)) as Errors;
	if (typeof errors !== 'object' || errors === null) return errors;
	return Object.fromEntries(
		Object.entries(errors).map(([key, value]) => [key, inOurWords(value as unknown, words)])
	) as Errors;
}
