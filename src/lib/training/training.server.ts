/** Trainings as everybody may read them (20261123000300_training_pages.sql). */
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { Feed, Training, Trainings } from './training';

export const trainings = async (db: Supabase): Promise<Trainings> =>
	Trainings.parse(available(await db.rpc('trainings')));

/** Null where none of this address has been announced. */
export const training = async (db: Supabase, slug: string): Promise<Training | null> =>
	Training.nullable().parse(available(await db.rpc('training', { slug })));

/** All that have been announced lately or have classes ahead, the latest announced first, and news. */
export const trainingFeed = async (db: Supabase): Promise<Feed> => Feed.parse(available(await db.rpc('training_feed')));
