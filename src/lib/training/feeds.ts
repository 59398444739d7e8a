/** What is planned, as feed readers and calendars subscribe to it. */
import { m } from '$lib/paraglide/messages';
import type { AtomEntry, AtomFeed } from './atom';
import type { Calendar, CalendarClass } from './calendar';
import type { FeedTraining, News } from './training';
import { datesInWords, whereInWords } from './training-words';

const pageOf = (slug: string, siteUrl: string): string => new URL(`/training/${slug}`, siteUrl).href;

/** Of ISO instants, the last. */
const latest = (instants: readonly string[]): string =>
	new Date(Math.max(0, ...instants.map((instant) => Date.parse(instant)))).toISOString();

function announcement(training: FeedTraining, siteUrl: string): AtomEntry {
	const { id, slug, title, state, summary, announced_at, meetings, program } = training;
	return {
		id: `urn:uuid:${id}`,
		title: state === 'cancelled' ? m.feed_called_off({ title }) : m.feed_announced({ title }),
		url: pageOf(slug, siteUrl),
		published: announced_at,
		updated: latest([announced_at, ...meetings.map(({ changed_at }) => changed_at)]),
		summary: [summary, datesInWords(training), whereInWords(training)].filter(Boolean).join('\n'),
		author: program
	};
}

const post = ({ id, slug, title, body, posted_at, changed_at, program }: News, siteUrl: string): AtomEntry => ({
	id: `urn:uuid:${id}`,
	title,
	url: `${slug ? pageOf(slug, siteUrl) : new URL('/training', siteUrl).href}#news-${id}`,
	published: posted_at,
	updated: changed_at,
	summary: body,
	author: program
});

/** Announcements and news, the latest first. */
export function newsFeed(trainings: readonly FeedTraining[], news: readonly News[], siteUrl: string): AtomFeed {
	const entries = [
		...trainings.map((training) => announcement(training, siteUrl)),
		...news.map((each) => post(each, siteUrl))
	].sort((a, b) => Date.parse(b.published) - Date.parse(a.published));
	const self = new URL('/training/feed.xml', siteUrl).href;
	return {
		title: m.feed_title(),
		id: self,
		self,
		home: new URL('/training', siteUrl).href,
		updated: latest(entries.map(({ updated }) => updated)),
		entries
	};
}

/** A training that is called off takes its classes with it: one change more for each. */
function classesOf(training: FeedTraining, siteUrl: string): CalendarClass[] {
	const { slug, title, summary, state, place, meetings } = training;
	const isOff = state === 'cancelled';
	const where = [whereInWords(training), place?.address].filter(Boolean).join(', ');
	return meetings.map(({ id, starts_at, ends_at, topic, is_cancelled, sequence, changed_at }) => ({
		...{ id, starts_at, ends_at, changed_at },
		sequence: isOff ? sequence + 1 : sequence,
		is_cancelled: isOff || is_cancelled,
		summary: title,
		description: [topic, summary].filter(Boolean).join('\n') || undefined,
		location: where || undefined,
		url: pageOf(slug, siteUrl)
	}));
}

/** The zone that most of them are in: a file has one, and its instants are right in any. */
function commonZone(trainings: readonly FeedTraining[]): string {
	const counts = Map.groupBy(trainings, ({ time_zone }) => time_zone);
	const [first] = [...counts].sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1));
	return first?.[0] ?? 'Etc/UTC';
}

/** Every class of what has been announced, those that are called off as such. */
export const classesCalendar = (trainings: readonly FeedTraining[], siteUrl: string): Calendar => ({
	name: m.feed_title(),
	time_zone: commonZone(trainings),
	classes: trainings.flatMap((training) => classesOf(training, siteUrl)),
	url: new URL('/training/calendar.ics', siteUrl).href
});
