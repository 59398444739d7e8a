/** What a first conversation is about, in order: on its form and on the guide to print. */
import { m } from '$lib/paraglide/messages';

export const CONVERSATION = [
	{ name: 'reach', label: m.support_talk_reach, hint: m.support_talk_reach_hint },
	{ name: 'between_us', label: m.support_talk_between, hint: m.support_talk_between_hint },
	{ name: 'wishes', label: m.support_talk_wishes, hint: m.support_talk_wishes_hint },
	{ name: 'ending', label: m.support_talk_ending, hint: m.support_talk_ending_hint }
] as const;
