-- The state machine (DESIGN §6) as rows; what is not a row is refused. The functions of the next file move a referral along them.

create table private.referral_transitions (
	from_state public.referral_state not null,
	event text not null,
	-- Null: where it came from.
	to_state public.referral_state,
	actor public.referral_actor not null,
	/*
	 * What must be given or true: words, who_may_help, reason, next_word_on, worker, plan (of the first meeting), first_met_on, end_on,
	 * both (it moves when worker and peer have said yes), steps (closing steps are settled), asked_handover and asked_call (somebody
	 * did), nobody_yet (no support runs), within_30_days, correction (asked by somebody else).
	 */
	requires text[] not null default '{}',
	-- The mail to the referrer: null for none.
	mail text,
	primary key (from_state, event, actor)
);

insert into private.referral_transitions (from_state, event, to_state, actor, requires, mail) values
	('submitted', 'acknowledge', 'triage', 'coordinator', '{}', 'referral_news'),
	('triage', 'ask', 'info_needed', 'coordinator', '{words}', 'referral_question'),
	('info_needed', 'answer', 'triage', 'referrer', '{words}', null),
	('info_needed', 'reconsider', 'triage', 'coordinator', '{}', 'referral_news'),
	('triage', 'decline', 'declined', 'coordinator', '{reason,words,who_may_help}', 'referral_news'),
	('triage', 'redirect', 'redirected', 'coordinator', '{reason,words,who_may_help}', 'referral_news'),
	('triage', 'waitlist', 'waitlisted', 'coordinator', '{next_word_on}', 'referral_news'),
	('waitlisted', 'keep_waiting', 'waitlisted', 'coordinator', '{next_word_on}', 'referral_news'),
	('waitlisted', 'reconsider', 'triage', 'coordinator', '{}', 'referral_news'),
	('triage', 'propose', 'match_proposed', 'coordinator', '{worker,plan}', null),
	('waitlisted', 'propose', 'match_proposed', 'coordinator', '{worker,plan}', null),
	('match_proposed', 'worker_yes', 'matched', 'worker', '{both}', 'referral_news'),
	('match_proposed', 'peer_yes', 'matched', 'coordinator', '{both}', 'referral_news'),
	('match_proposed', 'worker_no', null, 'worker', '{}', null),
	('match_proposed', 'peer_no', null, 'coordinator', '{}', null),
	-- The question is taken back: the worker has left, is ill, or does not answer.
	('match_proposed', 'take_back', null, 'coordinator', '{}', null),
	('matched', 'take_back', null, 'coordinator', '{}', 'referral_news'),
	-- Either may think better of it before they have met, and a worker may fall ill.
	('matched', 'worker_no', null, 'worker', '{}', 'referral_news'),
	('matched', 'peer_no', null, 'coordinator', '{}', 'referral_news'),
	('matched', 'begin', 'active', 'worker', '{first_met_on}', 'referral_news'),
	('matched', 'begin', 'active', 'coordinator', '{first_met_on}', 'referral_news'),
	('active', 'pause', 'paused', 'worker', '{}', null),
	('active', 'pause', 'paused', 'coordinator', '{}', null),
	('paused', 'resume', 'active', 'worker', '{}', null),
	('paused', 'resume', 'active', 'coordinator', '{}', null),
	('active', 'propose', 'match_proposed', 'coordinator', '{worker,plan}', null),
	('paused', 'propose', 'match_proposed', 'coordinator', '{worker,plan}', null),
	('active', 'begin_ending', 'ending', 'worker', '{reason,end_on}', 'referral_news'),
	('active', 'begin_ending', 'ending', 'coordinator', '{reason,end_on}', 'referral_news'),
	('ending', 'extend', 'active', 'coordinator', '{words}', 'referral_news'),
	('ending', 'complete', 'completed', 'worker', '{steps}', 'referral_news'),
	('ending', 'complete', 'completed', 'coordinator', '{steps}', 'referral_news'),
	('declined', 'reopen', 'triage', 'coordinator', '{words,within_30_days}', 'referral_news'),
	('withdrawn', 'reopen', 'triage', 'coordinator', '{words,within_30_days}', 'referral_news'),
	('ended_early', 'reopen', 'triage', 'coordinator', '{words,within_30_days}', 'referral_news');
insert into private.referral_transitions (from_state, event, to_state, actor, requires, mail)
select s, 'end_early', 'ended_early'::public.referral_state, 'coordinator'::public.referral_actor, '{reason}'::text[], 'referral_news'
from unnest('{active,paused,ending}'::public.referral_state[]) s
union all
select s, 'withdraw', 'withdrawn', a, case when s in ('match_proposed', 'matched') then '{nobody_yet}'::text[] else '{}' end, 'referral_news'
from unnest('{submitted,triage,info_needed,waitlisted,match_proposed,matched}'::public.referral_state[]) s,
	unnest('{referrer,coordinator}'::public.referral_actor[]) a
union all
-- Another worker, or a call by a coordinator, is asked for and seen to; the support goes on meanwhile.
select s, e.event, s, a, e.requires, null
from unnest('{active,paused,ending}'::public.referral_state[]) s, unnest('{worker,coordinator}'::public.referral_actor[]) a,
	(values ('ask_handover', '{}'::text[]), ('ask_call', '{}'), ('settle_handover', '{asked_handover}'), ('settle_call', '{asked_call}'))
		e (event, requires)
where (a = 'coordinator' or e.event like 'ask%') and (s <> 'ending' or e.event like '%call')
union all
-- A call may be due while a worker is looked for, and when all else has ended.
select s, 'settle_call', s, 'coordinator', '{asked_call}', null from unnest('{match_proposed,matched,completed,ended_early}'::public.referral_state[]) s
union all
-- A correction waits for another person; meanwhile the referral stays what it is.
select s, e.event, case when e.event = 'confirm_correction' then 'entered_in_error' else s end,
	'coordinator', e.requires, case when e.event = 'confirm_correction' then 'referral_news' end
from unnest(enum_range(null::public.referral_state)) s,
	(values ('ask_correction', '{words}'::text[]), ('confirm_correction', '{correction}'), ('drop_correction', '{}')) e (event, requires)
where s <> 'entered_in_error';

-- Coded reasons: what statistics count, and what the page's words begin with.
create table private.referral_reasons (
	event text not null,
	reason text not null,
	primary key (event, reason)
);
insert into private.referral_reasons (event, reason) values
	('decline', 'no_worker_free'), ('decline', 'outside_area'), ('decline', 'other_support_fits'), ('decline', 'not_wanted'),
	('decline', 'no_answer'), ('decline', 'other'),
	('redirect', 'other_program'), ('redirect', 'other_service'), ('redirect', 'crisis_service'), ('redirect', 'other'),
	('begin_ending', 'goal_reached'), ('begin_ending', 'worker_needed_elsewhere'),
	('end_early', 'peer_wish'), ('end_early', 'worker_left'), ('end_early', 'moved_away'), ('end_early', 'lost_touch'),
	('end_early', 'not_safe'), ('end_early', 'other'),
	-- A worker's no needs no reason; this one is kept, so that they are not asked again.
	('worker_no', 'knows_them');
