/** A training, one run of which is a cohort, as its pages show it. */
import { z } from 'zod';

/** Instants are ISO 8601. */
export const Instant = z.iso.datetime({ offset: true });

export const COHORT_KINDS = ['open_sign_up', 'application'] as const;
export const COHORT_STATES = ['draft', 'announced', 'open', 'closed', 'running', 'finished', 'cancelled'] as const;
export type CohortState = (typeof COHORT_STATES)[number];

/** With a slug and a position where it is one of the directory's. */
const Place = z.object({
	slug: z.string().nullable(),
	name: z.string(),
	address: z.string(),
	lat: z.number().nullable(),
	lng: z.number().nullable()
});

export const TrainingCard = z.object({
	slug: z.string(),
	kind: z.enum(COHORT_KINDS),
	state: z.enum(COHORT_STATES),
	title: z.string(),
	summary: z.string(),
	program: z.string(),
	program_slug: z.string(),
	time_zone: z.string(),
	area: z.string().nullable(),
	area_id: z.guid().nullable(),
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
	place: Place.nullable()
});
export type TrainingCard = z.infer<typeof TrainingCard>;

/** A class of a training. */
export const Meeting = z.object({
	id: z.guid(),
	starts_at: Instant,
	ends_at: Instant,
	topic: z.string(),
	is_cancelled: z.boolean(),
	/** Rises with every change (RFC 5545). */
	sequence: z.number().int(),
	changed_at: Instant
});
export type Meeting = z.infer<typeof Meeting>;

export const QUESTION_KINDS = ['short', 'long', 'choice', 'consent'] as const;

/** What an application asks. */
export const Question = z.object({
	id: z.guid(),
	kind: z.enum(QUESTION_KINDS),
	label: z.string(),
	hint: z.string(),
	is_required: z.boolean(),
	/** Of a choice. */
	options: z.array(z.string()),
	/** Letters, of what is written. */
	longest: z.number().int()
});
export type Question = z.infer<typeof Question>;

/** News of a program's trainings; of one, where it has a slug and the title of that training. */
export const News = z.object({
	id: z.guid(),
	title: z.string(),
	/** Paragraphs. */
	body: z.string(),
	posted_at: Instant,
	changed_at: Instant,
	program: z.string(),
	time_zone: z.string(),
	slug: z.string().nullable(),
	training: z.string().nullable()
});
export type News = z.infer<typeof News>;

export const Trainings = z.object({
	ahead: z.array(TrainingCard),
	last: z.object({ title: z.string(), ended_at: Instant, time_zone: z.string() }).nullable(),
	news: z.array(News),
	/** Of other organizations. */
	links: z.array(
		z.object({ id: z.guid(), title: z.string(), organization: z.string(), url: z.string(), note: z.string() })
	)
});
export type Trainings = z.infer<typeof Trainings>;

export const Training = TrainingCard.extend({
	id: z.guid(),
	/** Invented, for the demonstration: no machine is told of it. */
	is_sample: z.boolean(),
	/** Paragraphs. */
	about: z.string(),
	who_for: z.string(),
	cost: z.string(),
	support: z.string(),
	/** 0 where none belong to it. */
	practicum_hours: z.number().int(),
	/** How long an offer of a seat stands. */
	offer_days: z.number().int(),
	meetings: z.array(Meeting),
	questions: z.array(Question),
	news: z.array(News)
});
export type Training = z.infer<typeof Training>;

/** What feeds hold of one. */
export const FeedTraining = TrainingCard.extend({ id: z.guid(), announced_at: Instant, meetings: z.array(Meeting) });
export type FeedTraining = z.infer<typeof FeedTraining>;

export const Feed = z.object({ trainings: z.array(FeedTraining), news: z.array(News) });
export type Feed = z.infer<typeof Feed>;
