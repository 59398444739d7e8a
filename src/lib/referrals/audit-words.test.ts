/* Each event, each move and each reason that the migrations write has its words. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REASONS } from './audit-reasons';
import { EVENTS, MOVES } from './audit-words';

const folder = new URL('../../../supabase/migrations/', import.meta.url);
const sql = readdirSync(folder)
	.map((file) => readFileSync(new URL(file, folder), 'utf8'))
	.join('\n');

const found = (text: string, pattern: RegExp) =>
	[...new Set([...text.matchAll(pattern)].map((match) => match[1]!))].sort();

/** Other quoted names with a dot: what `private.audit` is told is an event and nothing else looks like one of its kinds. */
const KINDS = 'cohort|enrolment|training|referral|routing|worker|work|support|feedback|report|invitation|member|mail';
const NO_EVENTS = /^(extensions|pg_catalog|private|p)\./;

test('every event has words, and no words are of an event that is never written', () => {
	const quoted = found(sql, /'([a-z_]+\.[a-z_]+)'/g).filter((name) => !NO_EVENTS.test(name));
	expect(quoted.filter((name) => !new RegExp(`^(${KINDS})\\.`).test(name))).toEqual([]);
	expect(Object.keys(EVENTS).sort()).toEqual(quoted);
});

test('every move has words', () => {
	const transitions = sql.slice(
		sql.indexOf('insert into private.referral_transitions'),
		sql.indexOf('-- Coded reasons')
	);
	const moves = [
		...found(transitions, /^\t\('\w+', '(\w+)'/gm),
		...found(transitions, /select s, '(\w+)'/g),
		...found(transitions, /\('(\w+_(?:correction|handover|call))', '/g)
	];
	expect(moves.length).toBeGreaterThan(20);
	expect(Object.keys(MOVES).sort()).toEqual([...new Set(moves)].sort());
});

test('every reason for a refusal has words', () => {
	const blocks = [...sql.matchAll(/refused(?: constant text)? := (?:case|not)[\s\S]*?end;/g)].map(([block]) => block);
	const unmet = sql.slice(sql.indexOf('function private.unmet('), sql.indexOf('function private.follow_match('));
	const reasons = [
		...found(sql, /"why":"(\w+)"/g),
		...blocks.flatMap((block) => found(block, /(?:then|else) '(\w+)'/g)),
		...found(unmet, /return '(\w+)'/g),
		...['next_word_on', 'first_met_on', 'end_on']
	].filter((reason) => reason !== 'unknown');
	expect(new Set(reasons).size).toBeGreaterThan(20);
	expect(reasons.filter((reason) => !Object.hasOwn(REASONS, reason))).toEqual([]);
});
