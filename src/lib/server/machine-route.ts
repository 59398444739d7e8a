import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import { logFailure } from './log';
import { answerProblem } from './machine';

const TITLES: Record<number, string> = {
	400: 'Bad request',
	401: 'Not authorised',
	404: 'Not found',
	405: 'Method not allowed',
	503: 'Service unavailable'
};

type Handler<E> = (event: E) => Promise<Response>;

/** A handler whose failures are problem JSON, whatever kind they are; an unexpected one carries the request's id. */
export function machineRoute<E extends RequestEvent>(handler: Handler<E>): Handler<E> {
	return async (event) => {
		try {
			return await handler(event);
		} catch (failure) {
			if (isHttpError(failure)) {
				return answerProblem(failure.status, TITLES[failure.status] ?? 'Failed', failure.body.message);
			}
			const id = event.locals.requestId;
			logFailure(id, event.route.id, failure);
			return answerProblem(
				500,
				'Internal error',
				`Something went wrong on our side. Quote ${id} if you ask us about it.`
			);
		}
	};
}
