/**
 * What Bearings writes to people in trainings and to those who wait for one. Their data name the training, its times and a link to their own
 * page; nothing of the person.
 */
import { z } from 'zod';
import { m } from '$lib/paraglide/messages';
import { momentThere } from '$lib/ui/day';
import type { Part } from './letter';
import { template, Token } from './template';

const Instant = z.iso.datetime({ offset: true });

/** As `private.tell_enrolment` writes it. */
const Place = z.object({
	token: Token,
	title: z.string().min(1).max(150),
	time_zone: z.string().max(60),
	/** Of the first class, or of the one that the mail is about. */
	starts_at: Instant.nullable()
});
type Place = z.infer<typeof Place>;

interface Says {
	subject?: () => string;
	opening: (title: string) => string;
	/** What is said of `starts_at`, where it is known. */
	when?: (when: string) => string;
	link: () => string;
	closing?: readonly (() => string)[];
}

/** A mail about somebody's own place: what it says, and the page where they can do something about it. */
const aboutPlace = ({ subject = m.mail_training_subject, opening, when, link, closing = [] }: Says) =>
	template(Place, (data, at) => ({ subject: subject(), parts: partsOf(data, { opening, when, link, closing }, at) }));

function partsOf(
	{ token, title, time_zone, starts_at }: Place,
	{ opening, when, link, closing = [] }: Says,
	at: (path: string) => string,
	more: readonly Part[] = []
): Part[] {
	return [
		m.mail_hello(),
		opening(title),
		...(when && starts_at ? [when(momentThere(starts_at, time_zone))] : []),
		...more,
		{ href: at(`/training/seat/${token}`), label: link() },
		...closing.map((sentence) => sentence()),
		{ href: at('/contact'), label: m.mail_contact() }
	];
}

const begins = (when: string) => m.mail_training_begins({ when });

/** As `private.tell_interest` writes it. */
const Wish = z.object({ token: Token, program: z.string().min(1).max(200) });

/** A mail to somebody who waits for a training; one press, here or in their mail program, ends it. */
const aboutWish = (says: {
	subject: () => string;
	opening: (program: string) => string;
	link: () => string;
	closing: readonly (() => string)[];
}) =>
	template(Wish, ({ token, program }, at) => ({
		subject: says.subject(),
		unsubscribe: at(`/api/training/unsubscribe/${token}`),
		parts: [
			m.mail_hello(),
			says.opening(program),
			{ href: at(`/training/notify/${token}`), label: says.link() },
			...says.closing.map((sentence) => sentence()),
			{ href: at('/contact'), label: m.mail_contact() }
		]
	}));

export const trainingTemplates = {
	/** They have a seat. */
	training_seat: aboutPlace({
		opening: (title) => m.mail_training_seat({ title }),
		when: begins,
		link: m.mail_training_link_seat,
		closing: [m.mail_training_give_back, m.mail_training_unasked]
	}),
	/** They are in line for one. */
	training_line: aboutPlace({
		opening: (title) => m.mail_training_line({ title }),
		when: begins,
		link: m.mail_training_link_line,
		closing: [m.mail_training_line_next, m.mail_training_unasked]
	}),
	/** Their application has arrived. */
	training_applied: aboutPlace({
		opening: (title) => m.mail_training_applied({ title }),
		link: m.mail_training_link,
		closing: [m.mail_training_unasked]
	}),
	/** They are offered a seat, until a time. */
	training_offer: template(Place.extend({ until: Instant }), (data, at) => ({
		subject: m.mail_training_subject_offer(),
		parts: partsOf(
			data,
			{
				opening: (title) => m.mail_training_offer({ title }),
				when: begins,
				link: m.mail_training_link_offer,
				closing: [m.mail_training_offer_no]
			},
			at,
			[m.mail_training_offer_until({ when: momentThere(data.until, data.time_zone) })]
		)
	})),
	/** Their first offer has run out; they keep their place. */
	training_offer_passed: aboutPlace({
		opening: (title) => m.mail_training_offer_passed({ title }),
		link: m.mail_training_link_line,
		closing: [m.mail_training_offer_passed_next]
	}),
	/** An offer has run out, and they are no longer in line. */
	training_offer_over: aboutPlace({
		opening: (title) => m.mail_training_offer_over({ title }),
		link: m.mail_training_link,
		closing: [m.mail_training_offer_over_next]
	}),
	/** Something was decided. */
	training_news: aboutPlace({
		opening: (title) => m.mail_training_news({ title }),
		link: m.mail_training_link,
		closing: [m.mail_training_news_why]
	}),
	/** They have left. */
	training_left: aboutPlace({
		opening: (title) => m.mail_training_left({ title }),
		link: m.mail_training_link,
		closing: [m.mail_training_left_unasked]
	}),
	/** They have completed it. */
	training_completed: aboutPlace({
		opening: (title) => m.mail_training_completed({ title }),
		link: m.mail_training_link_completed
	}),
	/** The dates have changed, or the place; of one class, its time now, or the time that it had. */
	training_changed: template(
		Place.extend({ moved_to: Instant.optional(), called_off: Instant.optional() }),
		(data, at) => ({
			subject: m.mail_training_subject_changed(),
			parts: partsOf(
				data,
				{
					opening: (title) => m.mail_training_changed({ title }),
					link: m.mail_training_link_dates,
					closing: [m.mail_training_changed_calendar, m.mail_training_give_back]
				},
				at,
				[
					...(data.moved_to ? [m.mail_training_moved({ when: momentThere(data.moved_to, data.time_zone) })] : []),
					...(data.called_off ? [m.mail_training_off({ when: momentThere(data.called_off, data.time_zone) })] : [])
				]
			)
		})
	),
	/** The whole of it is called off. */
	training_cancelled: aboutPlace({
		subject: m.mail_training_subject_changed,
		opening: (title) => m.mail_training_cancelled({ title }),
		link: m.mail_training_link,
		closing: [m.mail_training_cancelled_next]
	}),
	/** It has begun, and there was no seat for them. */
	training_no_seat: aboutPlace({
		opening: (title) => m.mail_training_no_seat({ title }),
		link: m.mail_training_link,
		closing: [m.mail_training_no_seat_next]
	}),
	/** A class is near. */
	training_soon: aboutPlace({
		subject: m.mail_training_subject_soon,
		opening: (title) => m.mail_training_soon({ title }),
		when: (when) => m.mail_training_soon_when({ when }),
		link: m.mail_training_link_dates,
		closing: [m.mail_training_soon_cannot]
	}),
	/** What staff have written to all of it. */
	training_message: template(Place.extend({ words: z.string().trim().min(1).max(1500) }), (data, at) => ({
		subject: m.mail_training_subject_message(),
		parts: partsOf(
			data,
			{ opening: (title) => m.mail_training_message({ title }), link: m.mail_training_link },
			at,
			data.words.split(/\s*\n\s*/)
		)
	})),
	/** To an address that is not proved yet: one press, and it is told of the next training. */
	interest_confirm: aboutWish({
		subject: m.mail_interest_subject_confirm,
		opening: (program) => m.mail_interest_confirm({ program }),
		link: m.mail_interest_link_confirm,
		closing: [m.mail_interest_unconfirmed]
	}),
	/** Asked for once more: it is known already. */
	interest_known: aboutWish({
		subject: m.mail_interest_subject_known,
		opening: (program) => m.mail_interest_known({ program }),
		link: m.mail_interest_link,
		closing: []
	}),
	/** A training is announced. */
	interest_announced: template(
		Wish.extend({ title: z.string().min(1).max(150), slug: z.string().regex(/^[a-z0-9-]{1,100}$/) }),
		({ token, program, title, slug }, at) => ({
			subject: m.mail_interest_subject_announced(),
			unsubscribe: at(`/api/training/unsubscribe/${token}`),
			parts: [
				m.mail_hello(),
				m.mail_interest_announced({ program, title }),
				{ href: at(`/training/${slug}`), label: m.mail_interest_link_announced() },
				m.mail_interest_why(),
				{ href: at(`/training/notify/${token}`), label: m.mail_interest_link_stop() }
			]
		})
	),
	/** The year is nearly over. */
	interest_again: aboutWish({
		subject: m.mail_interest_subject_again,
		opening: (program) => m.mail_interest_again({ program }),
		link: m.mail_interest_link_again,
		closing: [m.mail_interest_forgotten]
	})
};
