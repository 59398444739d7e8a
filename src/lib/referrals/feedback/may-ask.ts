import type { State } from '../states';

const AFTERWARDS: readonly State[] = ['ending', 'completed', 'ended_early'];

/** Whether the peer of a request can be asked the three questions, as `make_feedback_link` has it. */
export const mayAsk = ({ state, is_erased }: { state: State; is_erased: boolean }): boolean =>
	AFTERWARDS.includes(state) && !is_erased;
