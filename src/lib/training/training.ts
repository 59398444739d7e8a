/** A training, one run of which is a cohort, as its pages show it. */
import { z } from 'zod';

/** Instants are ISO 8601. */
const Instant = z.iso.datetime({ offset: true });

export const TrainingCard = z.object({
	slug: z.string(),
	kind: z.enum(['open_sign_up', 'application']),
	state: z.enum(['draft', 'announced', 'open', 'closed', 'running', 'finished', 'cancelled']),
	title: z.string(),
	summary: z.string(),
	program: z.string(),
	time_zone: z.string(),
	area: z.string().nullable(),
	is_online: z.boolean(),
	opens_at: Instant.nullable(),
	closes_at: Instant.nullable(),
	/** Of its first class, and of its last. */
	starts_at: Instant.nullable(),
	ends_at: Instant.nullable(),
	/** How many. */
	classes: z.number().int(),
	/** None while somebody waits for one. */
	seats_left: z.number().int(),
	/** How many wait. */
	line: z.number().int(),
	/** With a slug where it is one of the directory's. */
	place: z.object({ slug: z.string().nullable(), name: z.string(), address: z.string() }).nullable()
});
export type TrainingCard = z.infer<typeof TrainingCard>;

export const Trainings = z.object({
	ahead: z.array(TrainingCard),
	last: z.object({ title: z.string(), ended_at: Instant, time_zone: z.string() }).nullable()
});
export type Trainings = z.infer<typeof Trainings>;

export const Training = TrainingCard.extend({
	/** Paragraphs. */
	about: z.string(),
	who_for: z.string(),
	cost: z.string(),
	support: z.string(),
	meetings: z.array(z.object({ starts_at: Instant, ends_at: Instant, topic: z.string(), is_cancelled: z.boolean() }))
});
export type Training = z.infer<typeof Training>;
export type Meeting = Training['meetings'][number];
