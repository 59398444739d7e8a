/** What a program did in a year, as the database tells it: numbers of people, none of them from one to four. */
import { z } from 'zod';

/** People: null where it is not shown. */
const People = z.number().int().nullable();
const Days = z.number().nullable();

const numbers = { asked: People, began: People, ended: People, wait_median_days: Days, wait_p90_days: Days };

const Ended = z.object({
	/** Null for the outcomes whose number is not shown, together. */
	outcome: z.enum(['completed', 'ended_early', 'declined', 'redirected', 'withdrawn']).nullable(),
	reason: z.string().nullable(),
	people: People
});
export type Ended = z.infer<typeof Ended>;

export const Report = z.object({
	/** By month (`YYYY-MM`), area or team; empty for what has none. */
	groups: z.array(z.object({ label: z.string(), ...numbers })),
	all: z.object(numbers),
	ended: z.array(Ended),
	/** The groups of which each outcome may be told; all others together, null if there are none. */
	ended_by: z.array(z.object({ label: z.string(), ended: z.array(Ended) })),
	ended_elsewhere: z.array(Ended).nullable(),
	now: z.object({ open: People, waiting: People, supported: People, others: People }),
	workers: z.object({ workers: People, load_mean: z.number().nullable(), free_places: z.number().int().nullable() }),
	/** Of the first request; null where there is none. */
	first_year: z.number().int().nullable()
});
export type Report = z.infer<typeof Report>;
export type Group = Report['groups'][number];

export const BY = ['month', 'area', 'team'] as const;
export type By = (typeof BY)[number];

/** Which report, as the address has it. */
export interface Asked {
	year: number;
	by: By;
}

/** The earliest year an address may ask for. */
const EARLIEST = 2000;

/** What makes no sense is the present year, by month. `today`: `YYYY-MM-DD` */
export function readAsked(params: URLSearchParams, today: string): Asked {
	const present = Number(today.slice(0, 4));
	const typed = params.get('year') ?? '';
	const year = /^\d{4}$/.test(typed) ? Number(typed) : present;
	return {
		year: year >= EARLIEST && year <= present ? year : present,
		by: BY.find((by) => by === params.get('by')) ?? 'month'
	};
}

/** The years to choose from, the latest first. */
export function yearsOf({ first_year }: Pick<Report, 'first_year'>, { year }: Asked, today: string): number[] {
	const last = Number(today.slice(0, 4));
	const first = Math.min(first_year ?? last, year);
	return Array.from({ length: last - first + 1 }, (_, n) => last - n);
}

/** Whether anything at all happened: a number that is hidden is one. */
export const isEmpty = ({ all, ended }: Pick<Report, 'all' | 'ended'>): boolean =>
	all.asked === 0 && all.began === 0 && ended.length === 0;
