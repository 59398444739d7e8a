/** The form of what an application asks: its rows as they were typed, and the questions that they are; pure. */
import { m } from '$lib/paraglide/messages';
import { asTyped } from '$lib/forms/as-typed';
import { numberInWords } from '$lib/ui/number';
import { QUESTION_KINDS, type Question } from '../training';
import { linesOf } from './desk-fields';

export const MOST_QUESTIONS = 40;
/** Empty rows for more of them. */
export const MORE_ROWS = 3;
export const LONGEST_QUESTION = { label: 500, hint: 1000, option: 200 } as const;
const OPTIONS = { least: 2, most: 20 } as const;
const LETTERS = { least: 20, most: 10_000, standard: 2000 } as const;

/** A question as it stands in the form. */
export interface QuestionRow {
	/** Empty in a row for a new one. */
	id: string;
	place: string;
	kind: string;
	label: string;
	hint: string;
	required: boolean;
	/** One a line. */
	options: string;
	longest: string;
	remove: boolean;
}

const FIELDS = ['id', 'place', 'kind', 'label', 'hint', 'options', 'longest'] as const;

export type RowErrors = Partial<Record<'place' | 'kind' | 'label' | 'hint' | 'options' | 'longest', string[]>>;

/** What a field of a row is called. */
export const fieldName = (row: number, field: keyof QuestionRow): string => `questions-${row}-${field}`;

export const emptyRow = (place: number): QuestionRow => ({
	id: '',
	place: String(place),
	kind: 'long',
	label: '',
	hint: '',
	required: true,
	options: '',
	longest: String(LETTERS.standard),
	remove: false
});

export const rowsOf = (questions: readonly Question[]): QuestionRow[] =>
	questions.map(({ id, kind, label, hint, is_required, options, longest }, index) => ({
		...{ id, kind, label, hint, remove: false },
		place: String(index + 1),
		required: is_required,
		options: options.join('\n'),
		longest: String(longest)
	}));

/** With empty rows behind them, as many as there is room for. */
export const withMore = (rows: readonly QuestionRow[]): QuestionRow[] => [
	...rows,
	...Array.from({ length: Math.min(MORE_ROWS, Math.max(MOST_QUESTIONS - rows.length, 0)) }, (_, index) =>
		emptyRow(rows.length + index + 1)
	)
];

/** The rows that a form has brought. */
export function readRows(form: FormData): QuestionRow[] {
	const said = (row: number, field: keyof QuestionRow) => {
		const value = form.get(fieldName(row, field));
		return typeof value === 'string' ? asTyped(value.replaceAll('\0', '')) : '';
	};
	const rows: QuestionRow[] = [];
	for (let row = 0; row < MOST_QUESTIONS + MORE_ROWS && form.has(fieldName(row, 'label')); row++) {
		const typed = Object.fromEntries(FIELDS.map((field) => [field, said(row, field)])) as Record<
			(typeof FIELDS)[number],
			string
		>;
		rows.push({
			...typed,
			required: said(row, 'required') !== '',
			remove: said(row, 'remove') !== ''
		});
	}
	return rows;
}

/** Whether nothing is asked in it: a row for a new one that was left alone, or one to be taken away. */
const isLeftOut = ({ id, label, hint, options, remove }: QuestionRow) =>
	remove || (id === '' && label === '' && hint === '' && options === '');

const isWhole = (typed: string, least: number, most: number) =>
	/^\d{1,5}$/.test(typed) && Number(typed) >= least && Number(typed) <= most;

function rowErrors(row: QuestionRow): RowErrors {
	const errors: RowErrors = {};
	if (row.label === '') errors.label = [m.cohort_error_question()];
	else if (row.label.length > LONGEST_QUESTION.label)
		errors.label = [m.cohort_error_long({ most: String(LONGEST_QUESTION.label) })];
	if (row.hint.length > LONGEST_QUESTION.hint)
		errors.hint = [m.cohort_error_long({ most: numberInWords(LONGEST_QUESTION.hint) })];
	if (!(QUESTION_KINDS as readonly string[]).includes(row.kind)) errors.kind = [m.cohort_error_question_kind()];
	if (!isWhole(row.place, 0, 99))
		errors.place = [m.cohort_error_number({ what: m.cohort_question_place(), least: 0, most: '99' })];
	if (row.kind === 'choice') {
		const options = linesOf(row.options);
		if (options.length < OPTIONS.least || options.length > OPTIONS.most)
			errors.options = [m.cohort_error_options(OPTIONS)];
		else if (options.some((option) => option.length > LONGEST_QUESTION.option))
			errors.options = [m.cohort_error_option_long({ most: LONGEST_QUESTION.option })];
	}
	if ((row.kind === 'short' || row.kind === 'long') && !isWhole(row.longest, LETTERS.least, LETTERS.most))
		errors.longest = [
			m.cohort_error_number({
				what: m.cohort_question_longest(),
				least: LETTERS.least,
				most: numberInWords(LETTERS.most)
			})
		];
	return errors;
}

/** The errors of rows by their number; none where all is well. */
export function errorsOf(rows: readonly QuestionRow[]): Record<number, RowErrors> {
	const all = rows.map((row, index) => [index, isLeftOut(row) ? {} : rowErrors(row)] as const);
	return Object.fromEntries(all.filter(([, errors]) => Object.keys(errors).length > 0));
}

/**
 * The questions of rows without errors, in the order of their places. Two in one place stay as they stood.
 *
 * @param known the ids that the training's questions have: others are made anew
 */
export function questionsOf(rows: readonly QuestionRow[], known: ReadonlySet<string>): Question[] {
	return rows
		.filter((row) => !isLeftOut(row))
		.sort((one, other) => Number(one.place) - Number(other.place))
		.map(({ id, kind, label, hint, required, options, longest }) => ({
			id: known.has(id) ? id : crypto.randomUUID(),
			kind: kind as Question['kind'],
			label,
			hint,
			is_required: required,
			options: kind === 'choice' ? linesOf(options) : [],
			longest: kind === 'short' || kind === 'long' ? Number(longest) : LETTERS.standard
		}));
}

/** Whether they ask the same, whatever their ids. */
export const asksTheSame = (some: readonly Question[], others: readonly Question[]): boolean => {
	const said = (questions: readonly Question[]) =>
		JSON.stringify(
			questions.map(({ kind, label, hint, is_required, options, longest }) => [
				...[kind, label, hint, is_required],
				options,
				longest
			])
		);
	return said(some) === said(others);
};

/** Questions to begin from, where there are none. */
export function usualRows(): QuestionRow[] {
	const rows: Partial<QuestionRow>[] = [
		{ kind: 'long', label: m.cohort_usual_why(), hint: m.cohort_usual_why_hint() },
		{ kind: 'long', label: m.cohort_usual_hard(), hint: m.cohort_usual_hard_hint() },
		{
			kind: 'choice',
			label: m.cohort_usual_heard(),
			required: false,
			options: [
				m.cohort_usual_heard_friend(),
				m.cohort_usual_heard_worker(),
				m.cohort_usual_heard_clinic(),
				m.cohort_usual_heard_site(),
				m.cohort_usual_heard_other()
			].join('\n')
		},
		{ kind: 'consent', label: m.cohort_usual_contact(), hint: m.cohort_usual_contact_hint() }
	];
	return rows.map((row, index) => ({ ...emptyRow(index + 1), ...row }));
}
