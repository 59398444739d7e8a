/** The lists of a support, each with a page of its own, and the kind of entry that each holds. */
export const ENTRY_PAGES = { goals: 'goal', places: 'place', notes: 'note' } as const;
export type EntryPage = keyof typeof ENTRY_PAGES;
export type ListedKind = (typeof ENTRY_PAGES)[EntryPage];

export const isEntryPage = (name: string): name is EntryPage => Object.hasOwn(ENTRY_PAGES, name);

export const PAGE_OF: Record<ListedKind, EntryPage> = { goal: 'goals', place: 'places', note: 'notes' };
