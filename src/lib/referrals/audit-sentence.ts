/** One event of the audit as a sentence. */
import { m } from '$lib/paraglide/messages';
import { isRole } from '$lib/people/schemas';
import { roleName } from '$lib/people/words';
import { dayInWords } from '$lib/ui/day';
import { REASONS } from './audit-reasons';
import { EVENTS, MOVES, type Facts, type Sentence } from './audit-words';

export interface AuditEntry {
	id: number;
	/** An instant in ISO 8601. */
	at: string;
	event: string;
	outcome: 'done' | 'refused';
	/** Null: somebody who was not signed in, or the site itself. */
	actor_id: string | null;
	/** The name of one of the program's staff; null for anybody else, and for an account that is gone. */
	actor: string | null;
	subject_id: string | null;
	subject_reference: string | null;
	subject_name: string | null;
	/** Coded facts. */
	details: Record<string, unknown>;
}

/** Names by id, of people, programs, teams and areas, so far as they are known. */
export type Names = ReadonlyMap<string, string>;

/** What happens by the clock, with nobody at it. */
const BY_ITSELF = new Set(['referral.escalated', 'referral.erased', 'support.meeting_late']);

function whoDid({ actor, actor_id, event }: AuditEntry, names: Names): string {
	if (actor_id !== null) return actor ?? names.get(actor_id) ?? m.audit_who_stranger();
	if (BY_ITSELF.has(event)) return m.audit_who_site();
	// The first administrator is invited from the operator's machine.
	return event.startsWith('invitation.') ? m.audit_who_operator() : m.audit_who_visitor();
}

/** What somebody typed may be the name of what every object has. */
const own = <Value>(record: Record<string, Value>, key: string): Value | undefined =>
	Object.hasOwn(record, key) ? record[key] : undefined;

const text = (value: unknown): string => (['string', 'number'].includes(typeof value) ? String(value) : '');

function factsOf(entry: AuditEntry, names: Names): Facts {
	const { details, subject_id, subject_reference, subject_name } = entry;
	const subject = names.get(subject_id ?? '');
	const named = (id: unknown) => names.get(text(id));
	const role = text(details.role);
	const day = text(details.until);
	return {
		who: whoDid(entry, names),
		request: subject_reference ? m.audit_request({ reference: subject_reference }) : m.audit_request_away(),
		name: named(details.to) ?? subject_name ?? subject ?? m.audit_somebody(),
		role: isRole(role) ? roleName(role) : m.audit_role_none(),
		program: named(details.to) ?? named(details.from) ?? m.audit_other_program(),
		team: subject ? m.audit_team({ name: subject }) : m.audit_team_new(),
		area: subject ? m.audit_area({ name: subject }) : m.audit_area_new(),
		day: day && dayInWords(day),
		count: text(details.count) || text(details.found),
		hours: text(details.acknowledge_hours),
		months: text(details.keep_months)
	};
}

/** What was done, where one event tells of several things. */
function doneIn({ event, details, actor_id, subject_id }: AuditEntry): Sentence | undefined {
	if (event === 'referral.moved') return own(MOVES, text(details.event))?.done;
	if (event === 'referral.submitted' && details.source === 'phone') return m.audit_done_referral_phoned;
	if (event === 'referral.rehomed' && details.from !== undefined) return m.audit_done_referral_rehomed_here;
	if (event !== 'member.away') return undefined;
	const isSelf = actor_id === subject_id;
	if (details.until === undefined) return isSelf ? m.audit_done_member_back_self : m.audit_done_member_back;
	return isSelf ? m.audit_done_member_away_self : undefined;
}

/** What happened, by whom; of an event that nobody has words for, its code. */
export function sentenceOf(entry: AuditEntry, names: Names): string {
	const facts = factsOf(entry, names);
	const told = own(EVENTS, entry.event);
	if (!told) return m.audit_done_unknown({ who: facts.who, code: entry.event });
	if (entry.outcome === 'done') return (doneIn(entry) ?? told.done)(facts);
	const move = entry.event === 'referral.moved' ? own(MOVES, text(entry.details.event)) : undefined;
	return (move ?? told).tried(facts);
}

/** Why it was refused; null for what was done. */
export function refusalOf({ outcome, details }: AuditEntry): string | null {
	if (outcome === 'done') return null;
	const why = text(details.why);
	if (!why) return m.audit_why_unsaid();
	return own(REASONS, why)?.() ?? m.audit_why_other({ code: why });
}
