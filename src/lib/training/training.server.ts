/** Trainings as everybody may read them (20261123000300_training_pages.sql). */
import { z } from 'zod';
import type { Supabase } from '$lib/server/supabase';
import { available } from '$lib/server/unavailable';
import { FeedTraining, Training, Trainings } from './training';

export const trainings = async (db: Supabase): Promise<Trainings> =>
	Trainings.parse(available(await db.rpc('trainings')));

/** Null where none of this address has been announced. */
export const training = async (db: Supabase, slug: string): Promise<Training | null> =>
	Training.nullable().parse(available(await db.rpc('training', { slug })));

/** All that have been announced lately or have classes ahead, the latest announced first. */
export const feedTrainings = async (db: Supabase): Promise<FeedTraining[]> =>
	z.array(FeedTraining).parse(available(await db.rpc('training_feed')));
