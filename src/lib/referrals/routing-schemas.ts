/** What the forms about routing take, as the `check` constraints of the database have it. */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { HOURS_KEYS, readWeek, type HoursKey } from './routing-hours';
import { hoursFaultInWords } from './routing-words';

/** No text of Postgres holds one. */
const withoutNul = (text: string) => text.replaceAll('\0', '');

const line = (max: number, tooLong: () => string) =>
	z
		.string()
		.overwrite(withoutNul)
		.trim()
		.max(max, { error: () => tooLong() });

const coordinators = z
	.array(z.string())
	.refine((ids) => ids.every((id) => z.guid().safeParse(id).success), { error: () => m.routing_error_coordinator() })
	.default([]);

export const Team = z.object({
	name: line(160, m.routing_error_team_name_long).min(1, { error: () => m.routing_error_team_name() }),
	site: line(160, m.routing_error_site_long),
	coordinators,
	active: z.boolean()
});
export type Team = z.infer<typeof Team>;

export const Area = z.object({
	name: line(120, m.routing_error_area_name_long).min(1, { error: () => m.routing_error_area_name() }),
	coordinators,
	active: z.boolean()
});
export type Area = z.infer<typeof Area>;

const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const MOST_DOMAINS = 500;
/** So many wrong ones are named; the rest can be seen once these are right. */
const MOST_NAMED = 5;

/** The domains of what was typed, one a line, each once, in small letters and without an `@` before it. */
export const domainsIn = (text: string): string[] => [
	...new Set(
		text
			.toLowerCase()
			.split(/[\s,;]+/)
			.map((word) => word.replace(/^@/, ''))
			.filter((word) => word !== '')
	)
];

export const WorkDomains = z.object({
	domains: z
		.string()
		.overwrite(withoutNul)
		.superRefine((text, context) => {
			const domains = domainsIn(text);
			if (domains.length > MOST_DOMAINS) {
				context.addIssue({ code: 'custom', message: m.routing_error_domains_many({ most: MOST_DOMAINS }) });
				return;
			}
			const wrong = domains.filter((domain) => domain.length > 200 || !DOMAIN.test(domain));
			for (const domain of wrong.slice(0, MOST_NAMED)) {
				context.addIssue({ code: 'custom', message: m.routing_error_domain({ domain: domain.slice(0, 80) }) });
			}
		})
});

export const WorkingHours = z
	.object(Object.fromEntries(HOURS_KEYS.map((key) => [key, z.string()])) as Record<HoursKey, z.ZodString>)
	.superRefine((week, context) => {
		for (const { key, fault } of readWeek(week).faults) {
			context.addIssue({ code: 'custom', path: [key], message: hoursFaultInWords(key, fault) });
		}
	});

const isWhole = (typed: string, min: number, max: number) =>
	/^\d{1,3}$/.test(typed) && Number(typed) >= min && Number(typed) <= max;

/** Kept as it was typed, so that a mistake can be seen. */
const whole = (min: number, max: number, wrong: () => string) =>
	z
		.string()
		.trim()
		.refine((typed) => isWhole(typed, min, max), { error: () => wrong() });

export const Settings = z
	.object({
		acknowledge_hours: whole(1, 200, m.routing_error_acknowledge),
		wait: z.enum(['known', 'unknown'], { error: () => m.routing_error_wait() }),
		weeks_min: z.string().trim(),
		weeks_max: z.string().trim(),
		keep_months: whole(12, 240, m.routing_error_keep)
	})
	.superRefine(({ wait, weeks_min, weeks_max }, context) => {
		if (wait === 'unknown') return;
		const fault = (path: 'weeks_min' | 'weeks_max', message: string) =>
			context.addIssue({ code: 'custom', path: [path], message });
		if (!isWhole(weeks_min, 0, 104)) fault('weeks_min', m.routing_error_weeks_min());
		if (!isWhole(weeks_max, 1, 104)) fault('weeks_max', m.routing_error_weeks_max());
		else if (isWhole(weeks_min, 0, 104) && Number(weeks_min) > Number(weeks_max)) {
			fault('weeks_max', m.routing_error_weeks_order());
		}
	});
export type Settings = z.infer<typeof Settings>;
