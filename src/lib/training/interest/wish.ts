/** What somebody can be told of, and what they say who want to be: of a program's trainings, in one of its areas or in any. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import type { TrainingCard } from '../training';

export const Choices = z.array(
	z.object({ slug: z.string(), name: z.string(), areas: z.array(z.object({ id: z.guid(), name: z.string() })) })
);
export type Choices = z.infer<typeof Choices>;

/** As it stands in the form: `program`, or `program/area`. */
const choiceOf = (program: string, area?: string | null): string => (area ? `${program}/${area}` : program);

export interface Wanted {
	program: string;
	/** Null for any. */
	area: string | null;
}

export function readChoice(choice: string): Wanted {
	const [program = '', area] = choice.split('/');
	return { program, area: area ?? null };
}

export const Wish = z.object({
	email: z
		.string()
		.trim()
		.toLowerCase()
		.max(254, { error: () => m.notify_email_wrong() })
		.pipe(z.email({ error: () => m.notify_email_wrong() })),
	choice: z.string().regex(/^[a-z0-9-]{1,100}(\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/, {
		error: () => m.notify_unknown()
	})
});
export type Wish = z.infer<typeof Wish>;

/** In words; the program is named where there are others, or where it is asked for. */
export function ofInWords({ program, area }: { program: string | null; area: string | null }): string {
	if (program === null) return area ?? m.notify_anywhere();
	return area ? m.notify_program_area({ program, area }) : m.notify_program_anywhere({ program });
}

/** Each choice of the form, any area before each; a program without areas is one. */
export function choiceOptions(programs: Choices): { value: string; label: string }[] {
	return programs.flatMap(({ slug, name, areas }) => {
		const program = programs.length > 1 ? name : null;
		return [
			{ value: choiceOf(slug), label: ofInWords({ program, area: null }) },
			...areas.map((area) => ({ value: choiceOf(slug, area.id), label: ofInWords({ program, area: area.name }) }))
		];
	});
}

/** Where one asks to be told of others such as this training. */
export function notifyAddress({ program_slug, area_id }: Pick<TrainingCard, 'program_slug' | 'area_id'>): string {
	const asked = new URLSearchParams({ program: program_slug, ...(area_id && { area: area_id }) });
	return `/training/notify?${asked}`;
}

/** What an address asks for, `?program=slug&area=uuid`, as far as there is such a choice; else the first. */
export function choiceFrom(programs: Choices, asked: URLSearchParams): string {
	const values = choiceOptions(programs).map(({ value }) => value);
	const program = asked.get('program') ?? programs[0]?.slug ?? '';
	const wanted = [choiceOf(program, asked.get('area')), choiceOf(program)];
	return wanted.find((value) => values.includes(value)) ?? values[0] ?? '';
}
