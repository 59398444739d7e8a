/** What a list of audit events is narrowed to, as its address has it. What makes no sense is left out. */
import { EVENTS } from './audit-words';
import { REFERENCE } from './states';

export interface AuditFilters {
	event?: string;
	outcome?: 'done' | 'refused';
	/** A person's id. */
	actor?: string;
	/** As typed where it is no reference. */
	reference?: string;
	/** An event's id: only older ones. */
	before?: string;
}

/** `ps 7k3m 2qx` as `PS-7K3M-2QX`; null for what is no reference. */
export function readReference(typed: string): string | null {
	const letters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/^PS/, '');
	const reference = `PS-${letters.slice(0, 4)}-${letters.slice(4)}`;
	return REFERENCE.test(reference) ? reference : null;
}

/** @param people the ids of those who can be chosen */
export function readFilters(params: URLSearchParams, people: readonly string[]): AuditFilters {
	const given = (name: string) => params.get(name)?.trim() ?? '';
	const [event, outcome, actor, before] = [given('event'), given('outcome'), given('actor'), given('before')];
	const typed = given('reference').slice(0, 40);
	return {
		...(Object.hasOwn(EVENTS, event) && { event }),
		...((outcome === 'done' || outcome === 'refused') && { outcome }),
		...(people.includes(actor) && { actor }),
		...(typed && { reference: readReference(typed) ?? typed }),
		...(/^\d{1,18}$/.test(before) && { before })
	};
}

/** Whether a reference was typed that is none. */
export const isReferenceWrong = ({ reference }: AuditFilters): boolean =>
	reference !== undefined && !REFERENCE.test(reference);
