/** What has just been done with a training or its people, as the page that follows says it. */
import { m } from '$lib/paraglide/messages';

const words = {
	made: m.cohort_done_made,
	saved: m.cohort_done_saved,
	unplanned: m.cohort_done_unplanned,
	added: m.cohort_done_added,
	class: m.cohort_done_class,
	off: m.cohort_done_off,
	back: m.cohort_done_back,
	questions: m.cohort_done_questions,
	publish: m.cohort_done_publish,
	open: m.cohort_done_open,
	close: m.cohort_done_close,
	cancel: m.cohort_done_cancel,
	remove: m.cohort_done_remove,
	news: m.cohort_done_news,
	news_away: m.cohort_done_news_away,
	link: m.cohort_done_link,
	link_away: m.cohort_done_link_away,
	again: m.roster_done_again,
	attendance: m.roster_done_attendance,
	returned: m.roster_done_back,
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
	sent_but: m.roster_done_sent_but,
	shortlist: m.roster_done_shortlist,
	told: m.roster_done_told
};
export type Done = keyof typeof words;

const isDone = (done: string): done is Done => Object.hasOwn(words, done);

/** Null where the address says nothing that we know. */
export const doneInWords = (done: string | null): string | null =>
	done !== null && isDone(done) ? words[done]() : null;
