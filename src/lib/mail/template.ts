/** What a mail's template is made of. */
import { z } from 'zod';
import type { Letter } from './letter';

/** Addresses within the site. */
export type At = (path: string) => string;

export interface Template<Schema extends z.ZodType = z.ZodType> {
	data: Schema;
	write(data: z.infer<Schema>, at: At): Letter;
}

/** Ties what is written to the schema of what it is given. */
export const template = <Schema extends z.ZodType>(
	data: Schema,
	write: Template<Schema>['write']
): Template<Schema> => ({
	data,
	write
});

export const Token = z.string().regex(/^[\w-]{16,200}$/);
