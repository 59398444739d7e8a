/** Going through the pages of the request: which may be shown, what is kept of each, and where to next. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { fail, type SuperValidated } from 'sveltekit-superforms';
import { MOST_BYTES } from '$lib/server/sealed-drafts.server';
import { m } from '$lib/paraglide/messages';
import { beginDraft, keepDraft, openDraft, openId, openPage, sentAs, type OpenDraft } from './drafts.server';
import { isWhole, nextStep, STEPS, type Draft, type Step } from './request';

const at = (step: Step) => STEPS.indexOf(step);

/** The draft of a page that is asked for; null on the first page where there is none. Elsewhere leads to the page that is due. */
export async function draftFor(event: RequestEvent, step: Step): Promise<OpenDraft | null> {
	const opened = await openDraft(event);
	// A form that was refused is shown again, with what was typed.
	if (opened === 'sign in' && step === 'you' && event.request.method === 'POST') return null;
	if (opened === 'sign in') signInFirst(step);
	if (opened === 'none' || opened === 'gone') {
		if (step === 'you') return null;
		if (opened === 'gone' && (await sentAs(event))) redirect(303, '/refer/sent');
		redirect(303, opened === 'gone' ? '/refer/you?gone=all' : '/refer/you');
	}
	const due = nextStep(opened.draft);
	if (at(step) > at(due)) redirect(303, `/refer/${due}`);
	return opened;
}

function signInFirst(step: Step): never {
	redirect(303, `/sign-in?next=${encodeURIComponent(`/refer/${step}`)}`);
}

/**
 * Keeps what a page says. Where the draft is over, or its owner's session, the page is kept by itself, so that nothing typed is lost.
 *
 * @throws a redirect where the page can't be kept in the draft that it belongs to; 429 where too many were begun
 */
export async function keepPage(event: RequestEvent, step: Step, change: (draft: Draft) => Draft): Promise<OpenDraft> {
	const opened = await openDraft(event);
	// Another page may have been kept already since the session ended.
	const open = opened === 'sign in' ? await openPage(event) : typeof opened === 'object' ? opened : null;
	if (open) {
		const kept = await keepDraft(event, open, change);
		if (kept !== 'gone' && opened === 'sign in') signInFirst(step);
		if (kept !== 'gone') return kept;
	}
	if (opened !== 'none' && (await sentAs(event))) redirect(303, '/refer/sent');
	const resumes = opened === 'sign in' ? openId(event) : undefined;
	const begun = await beginDraft(event, { ...change({}), ...(resumes && { resumes }) });
	if (!begun) error(429, m.refer_too_many());
	if (resumes) signInFirst(step);
	if (step !== 'you') redirect(303, '/refer/you?gone=pages');
	return begun;
}

/**
 * Whether a page was written for another draft than the one that is open by now, in another tab. Nothing of it is kept then: two
 * clients must not become one.
 */
export async function isOfOtherDraft(event: RequestEvent, data: FormData): Promise<boolean> {
	const written = data.get('draft');
	const open = openId(event);
	if (typeof written !== 'string' || written === '' || open === undefined || written === open) return false;
	return (await openPage(event))?.draft.resumes !== written;
}

/**
 * Keeps a page as it was sent, with something missing or not, and goes on or back.
 *
 * @returns the form again, where it can't go on as it is, or is too long to be kept until somebody comes back
 */
export async function leavePage<P extends LongPage>(
	event: RequestEvent,
	page: P,
	form: SuperValidated<NonNullable<Draft[P]>>,
	back: boolean
) {
	const { draft } = await keepPage(event, page, (form.valid ? finished : unfinished)(page, form.data));
	const isKept = form.valid || draft.unfinished?.[page] === form.data;
	if (!isKept || (!form.valid && !back)) return fail(400, { form });
	goOn(event, page, draft, back);
}

/** On to the next page; back to the one before; or to the check where the person came from there. */
export function goOn({ url }: RequestEvent, step: Step, draft: Draft, back: boolean): never {
	if (url.searchParams.has('change') && isWhole(draft)) redirect(303, '/refer/check');
	const next = STEPS[at(step) + (back ? -1 : 1)];
	redirect(303, next && !(back && step === 'you') ? `/refer/${next}` : '/refer');
}

type Page = 'you' | 'client' | 'safety';
type LongPage = Exclude<Page, 'you'>;

/** A page that is as it should be. */
export function finished<P extends Page>(page: P, data: NonNullable<Draft[P]>): (draft: Draft) => Draft {
	return (draft) => ({ ...draft, [page]: data, unfinished: { ...draft.unfinished, [page]: undefined } });
}

/** A page with something missing, kept as it stands; as it was where the draft would be too long to keep. */
function unfinished<P extends LongPage>(page: P, data: NonNullable<Draft[P]>): (draft: Draft) => Draft {
	return (draft) => {
		const changed = { ...draft, unfinished: { ...draft.unfinished, [page]: data } };
		return new TextEncoder().encode(JSON.stringify(changed)).length > MOST_BYTES ? draft : changed;
	};
}

/** What a page opens with: as it was left, else as it was sent on. */
export const pageData = <P extends LongPage>(draft: Draft | undefined, page: P): Draft[P] =>
	draft?.unfinished?.[page] ?? draft?.[page];

/** Whether a page opens with what is wrong with it: for somebody whom the check has sent back to it. */
export const opensWithErrors = ({ url }: RequestEvent, draft: Draft | undefined, page: LongPage): boolean =>
	url.searchParams.has('change') && draft?.unfinished?.[page] !== undefined;
