import { m } from '$lib/paraglide/messages';
import type { GoalMark } from '../support/contents';
import type { Moment, Story } from './story';

const goalMarks: Record<GoalMark, (given: { goal: string }) => string> = {
	not_yet: m.ending_story_goal_not_yet,
	a_bit: m.ending_story_goal_a_bit,
	yes: m.ending_story_goal_yes
};

/** One moment of a support as its two tell it. */
export function momentInWords(moment: Moment): string {
	switch (moment.kind) {
		case 'first_met':
			return m.ending_story_first_met();
		case 'new_worker':
			return m.ending_story_new_worker();
		case 'pause':
			return m.ending_story_pause();
		case 'resume':
			return m.ending_story_resume();
		case 'begin_ending':
			return m.ending_story_begin_ending();
		case 'extend':
			return m.ending_story_extend();
		case 'goal_set':
			return m.ending_story_goal_set({ goal: moment.text });
		case 'goal_mark':
			return goalMarks[moment.mark]({ goal: moment.text });
		case 'place':
			return moment.isLiked
				? m.ending_story_place_liked({ place: moment.name })
				: m.ending_story_place({ place: moment.name });
	}
}

/** How often they met and how many places they saw, where there is anything to count. */
export function countsInWords({ meetings, places }: Story): string | null {
	const met = meetings === 1 ? m.ending_story_met_once() : m.ending_story_met({ meetings });
	const seen = places === 1 ? m.ending_story_seen_one() : m.ending_story_seen({ places });
	return [meetings > 0 && met, places > 0 && seen].filter(Boolean).join(' ') || null;
}
