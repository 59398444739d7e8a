/** What has just been done with the people of a training, as the page that follows says it. */
import { m } from '$lib/paraglide/messages';

const words = {
	again: m.roster_done_again,
	attendance: m.roster_done_attendance,
	back: m.roster_done_back,
	certified: m.roster_done_certified,
	changed: m.roster_done_changed,
	entered_applied: m.roster_done_entered_applied,
	entered_enrolled: m.roster_done_entered_enrolled,
	entered_waitlisted: m.roster_done_entered_waitlisted,
	hours: m.roster_done_hours,
	kept: m.roster_done_kept,
	messaged: m.roster_done_messaged,
	moved: m.roster_done_moved,
	no: m.roster_done_no,
	noted: m.roster_done_noted,
	reviewed: m.roster_done_reviewed,
	sent: m.roster_done_sent,
	shortlist: m.roster_done_shortlist,
	told: m.roster_done_told
};
export type Done = keyof typeof words;

const isDone = (done: string): done is Done => Object.hasOwn(words, done);

/** Null where the address says nothing that we know. */
export const doneInWords = (done: string | null): string | null =>
	done !== null && isDone(done) ? words[done]() : null;
