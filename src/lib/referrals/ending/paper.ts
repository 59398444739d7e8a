/** What is put on paper, for the page that prints and for the PDF alike. */
export interface PaperItem {
	name: string;
	/** Below the name, such as an address. */
	lines: string[];
}

export type PaperBlock =
	/** As somebody wrote it, with its lines. */
	{ kind: 'words'; text: string } | { kind: 'items'; items: PaperItem[] };

export interface PaperPart {
	key: string;
	/** A letter has none. */
	heading: string | null;
	blocks: PaperBlock[];
}

export interface Paper {
	/** Of the document, neutral: it stands in the name of a file and above a window. */
	title: string;
	/** Whether the title stands on the paper, too. */
	isTitled: boolean;
	parts: PaperPart[];
}

export const PAPER_SIZES = ['letter', 'a4'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];
export const paperSize = (asked: string | null): PaperSize => (asked === 'a4' ? 'a4' : 'letter');

/** All that is to be set, in order. */
export const textsOf = ({ title, isTitled, parts }: Paper): string[] => [
	...(isTitled ? [title] : []),
	...parts.flatMap(({ heading, blocks }) => [
		...(heading ? [heading] : []),
		...blocks.flatMap((block) =>
			block.kind === 'words' ? [block.text] : block.items.flatMap(({ name, lines }) => [name, ...lines])
		)
	])
];
