import { answerProblem } from '$lib/server/machine';

/** Machines are answered as machines, also where there is nothing. */
export const fallback = () => answerProblem(404, 'Not found', 'There is nothing at this address. See /about.');
