/** The forms about the classes of a training: more of them by a pattern, and one of them; pure. */
import { z } from 'zod';
import { timesOf } from '$lib/directory/day-times';
import type { Meeting } from '../training';
import { day, time, version, words } from './desk-fields';
import { patternFields } from './pattern-form';

export const LONGEST_TOPIC = 200;

export const ClassesForm = z.object({
	/** The form's own, so that the same form sent twice adds its classes once. */
	form: z.guid().catch(''),
	...patternFields,
	topic: words(LONGEST_TOPIC)
});

export const ClassForm = z.object({
	/** The class's sequence as it was shown. */
	version,
	day,
	from: time,
	to: time,
	topic: words(LONGEST_TOPIC)
});
export type ClassForm = z.infer<typeof ClassForm>;

/** A class as its form has it. */
export const classTyped = (meeting: Meeting, zone: string): ClassForm => ({
	version: meeting.sequence,
	...timesOf(meeting, zone),
	topic: meeting.topic
});

/** Whether a class is what was typed already: the same form sent twice. */
export const isClassSaved = (typed: ClassForm, meeting: Meeting, zone: string): boolean =>
	JSON.stringify({ ...classTyped(meeting, zone), version: 0 }) ===
	JSON.stringify({ version: 0, day: typed.day, from: typed.from, to: typed.to, topic: typed.topic });
