/**
 * Two sample trainings: one that is announced, some weeks ahead of whenever they are loaded, and one that is over; news of the first,
 * and a training elsewhere.
 */
import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { addDays, dateIn, instantOf } from '../../src/lib/directory/local-time.ts';

const ZONE = 'America/Vancouver';
const PLACE = { place_name: 'Sample Community Room', place_address: '100 Sample Street, Vancouver' };

interface Sample {
	slug: string;
	state: 'announced' | 'finished';
	title: string;
	summary: string;
	/** Of its first class, in days from now; a Tuesday is looked for from there. */
	begins: number;
	topics: string[];
	news?: { title: string; body: string };
}

const SAMPLES: Sample[] = [
	{
		slug: 'sample-peer-support-training',
		state: 'announced',
		title: 'Sample: peer support training',
		summary: 'Six mornings on walking beside somebody else. An invented training, to show what this page looks like.',
		begins: 42,
		topics: [
			...['Hello, and what peer support is', 'Listening', 'Your own story, and how much of it'],
			...['Limits, and who helps whom', 'Goals that are theirs', 'Ending well, and looking after yourself']
		],
		news: {
			title: 'Sample: the room has a lift',
			body: 'The lift is on the left as you come in. Invented news, to show what this page looks like.'
		}
	},
	{
		slug: 'sample-peer-support-training-before',
		state: 'finished',
		title: 'Sample: an earlier training',
		summary: 'An invented training that is over.',
		begins: -150,
		topics: ['Listening', 'Ending well']
	}
];

const ELSEWHERE = {
	id: '6f0c5d1e-1b7a-4a52-9c38-2d9f4c1e7a10',
	title: 'Sample: a weekend course elsewhere',
	organization: 'Sample Society',
	url: 'https://training.sample-society.example/',
	note: 'An invented link, to show what this looks like.'
};

/**
 * Left as they are where they are there already; what was announced and has begun meanwhile is loaded anew, some weeks ahead.
 * @returns how many were loaded
 */
export async function loadTrainings(client: SupabaseClient, program_id: string, now: Date): Promise<number> {
	let loaded = 0;
	for (const sample of SAMPLES) {
		if (await isThere(client, sample, now)) continue;
		await client.from('cohorts').delete().eq('slug', sample.slug);
		await loadOne(client, program_id, sample, now);
		loaded++;
	}
	if (loaded > 0) await client.from('training_links').upsert({ program_id, ...ELSEWHERE }, { ignoreDuplicates: true });
	return loaded;
}

async function isThere(client: SupabaseClient, { slug, state }: Sample, now: Date): Promise<boolean> {
	const { data, error } = await client
		.from('cohorts')
		.select('classes (starts_at)')
		.eq('slug', slug)
		.maybeSingle<{ classes: { starts_at: string }[] }>();
	if (error) throw new Error(`The sample trainings: ${error.message}`);
	if (!data) return false;
	return state !== 'announced' || data.classes.every(({ starts_at }) => new Date(starts_at) > now);
}

async function loadOne(client: SupabaseClient, program_id: string, sample: Sample, now: Date): Promise<void> {
	const { slug, state, title, summary, topics, news } = sample;
	const first = tuesdayFrom(addDays(dateIn(ZONE, now), sample.begins));
	const { data: cohort, error } = await client
		.from('cohorts')
		.insert({
			...{ program_id, slug, state, title, summary, ...PLACE, capacity: 12, is_sample: true },
			about: 'We sit together, try things out and talk about them. Nobody has to tell what they would rather keep.',
			who_for:
				'People who have lived with mental health troubles themselves and feel steady enough to walk beside somebody else.',
			cost: 'Nothing. There is lunch.',
			support: 'Bus tickets, breaks whenever you need one, and somebody to talk to. The room has a step-free way in.',
			announced_at: state === 'announced' ? now.toISOString() : instantOf(`${addDays(first, -30)}T09:00`, ZONE),
			opens_at: instantOf(`${addDays(first, -28)}T09:00`, ZONE),
			closes_at: instantOf(`${addDays(first, -3)}T17:00`, ZONE)
		})
		.select('id')
		.single<{ id: string }>();
	if (error) throw new Error(`The sample trainings: ${error.message}`);
	const classes = topics.map((topic, week) => {
		const day = addDays(first, 7 * week);
		return {
			cohort_id: cohort.id,
			topic,
			starts_at: instantOf(`${day}T10:00`, ZONE),
			ends_at: instantOf(`${day}T13:00`, ZONE)
		};
	});
	const post = news && { id: randomUUID(), program_id, cohort_id: cohort.id, is_sample: true, ...news };
	const saved = [
		await client.from('classes').insert(classes),
		await client.from('training_posts').insert(post ? [post] : [])
	].find((each) => each.error);
	if (!saved?.error) return;
	// Without its days it would be taken for loaded the next time.
	await client.from('cohorts').delete().eq('id', cohort.id);
	throw new Error(`The sample trainings: ${saved.error.message}`);
}

/** The first Tuesday from a day on, both `YYYY-MM-DD`. */
function tuesdayFrom(day: string): string {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	return addDays(day, (2 - weekday + 7) % 7);
}
