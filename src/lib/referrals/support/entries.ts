/** Entries of a support, picked out; pure. */
import type { EntryKind } from './contents';
import type { Entry, Support } from './support.server';

/** The entries of one kind that are there, in the order in which they were made. */
export const entriesOf = <Kind extends EntryKind>({ entries }: Pick<Support, 'entries'>, kind: Kind): Entry<Kind>[] =>
	entries.filter((entry): entry is Entry<Kind> => entry.kind === kind && !entry.removed);
