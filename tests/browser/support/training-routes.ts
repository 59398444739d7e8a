/** The routes of trainings that are not pages for everybody, as rows of the table in `routes.ts`; `training-holdings.ts` has what their words stand for. */
import { others } from './callers.ts';
import type { Row } from './routes.ts';

const one = { access: 'coordinator', one: true } as const;
const noToken = '0'.repeat(32);

/** Only whose it is sees it: for others it isn't there. */
const ownPlace: Row = { access: 'own', but: others(404) };
const aPlace = { id: 'SEAT', version: '1' };

const cohort = '/desk/training/COHORT';
const aTraining = { version: '1', kind: 'open_sign_up', title: 'Training', capacity: '9' };
const classes = { first: 'DAY', from: '10:00', to: '11:00', every: 'once', count: '1' };

const onePerson = '/desk/training/APPLICATIONS/people/APPLICANT';
const robin = { name: 'Robin', reach: 'phone', phone: '604-555-0142' };
const noWords = { version: '1', sample: 'many', words: 'Thank you for asking.' };
const message = { form: 'UUID', to: 'seat', words: 'Bring a pen.' };

export const TRAINING_ROUTES: Readonly<Record<string, Row>> = {
	'(site)/my/training': {
		access: 'own',
		actions: {
			accept: { form: { ...aPlace, id: 'OFFER' } },
			withdraw: { form: aPlace },
			link: { form: { id: 'SEAT' } },
			forget: { form: { id: 'APPLICATION' } }
		}
	},
	'(site)/my/training/[enrolment=uuid]/calendar.ics': { ...ownPlace, url: '/my/training/SEAT/calendar.ics' },
	'(site)/my/training/[enrolment=uuid]/certificate': { ...ownPlace, url: '/my/training/COMPLETED/certificate' },
	'(site)/my/training/[enrolment=uuid]/details': {
		...ownPlace,
		url: '/my/training/SEAT/details',
		actions: { default: { form: { version: '1', name: 'Robin' } } }
	},
	'(site)/training/[slug=slug]/sign-up': {
		access: 'own',
		url: '/training/APPLYING/sign-up',
		actions: { next: { form: { id: 'UUID', name: 'Robin' } }, save: { form: { id: 'UUID', name: 'Robin' } } }
	},
	'(site)/training/[slug=slug]/sign-up/check': {
		access: 'own',
		url: '/training/APPLYING/sign-up/check',
		// Whoever has written nothing is led to where one writes.
		but: others(303),
		actions: { send: { form: {} } }
	},
	'(site)/training/seat/[token=token]': {
		access: 'open',
		url: '/training/seat/TICKET',
		actions: { accept: null, withdraw: null }
	},
	'(site)/training/seat/[token=token]/calendar.ics': { access: 'open', url: '/training/seat/TICKET/calendar.ics' },
	'(site)/training/calendar.ics': { access: 'open' },
	'(site)/training/feed.xml': { access: 'open' },
	'(site)/training/notify': { access: 'open', actions: { default: null } },
	'(site)/training/notify/[token=token]': {
		access: 'open',
		url: `/training/notify/${noToken}`,
		actions: { confirm: null, stop: null }
	},
	'desk/training': { access: 'coordinator' },
	'desk/training/new': {
		access: 'coordinator',
		actions: { default: { form: { ...aTraining, id: 'UUID', version: '0' } } }
	},
	'desk/training/[cohort=uuid]/edit': {
		...one,
		url: `${cohort}/edit`,
		actions: { default: { form: aTraining } }
	},
	'desk/training/[cohort=uuid]/classes': {
		...one,
		url: `${cohort}/classes`,
		actions: { default: { form: { ...classes, form: 'UUID' } } }
	},
	'desk/training/[cohort=uuid]/classes/[class=uuid]': {
		...one,
		url: `${cohort}/classes/CLASS`,
		actions: {
			save: { form: { version: '0', day: 'DAY', from: '10:00', to: '11:00', topic: 'Listening' } },
			off: { form: { version: '0' } },
			back: { form: { version: '0' } }
		}
	},
	'desk/training/[cohort=uuid]/questions': {
		...one,
		url: `${cohort}/questions`,
		actions: {
			default: {
				form: {
					version: '1',
					'questions-0-label': 'Why now?',
					'questions-0-kind': 'long',
					'questions-0-place': '1',
					'questions-0-longest': '2000'
				}
			}
		}
	},
	'desk/training/[cohort=uuid]/state': {
		...one,
		url: `${cohort}/state`,
		actions: {
			publish: { form: { version: '1' } },
			open: { isAnnounced: true, form: { version: '1' } },
			close: { isAnnounced: true, form: { version: '1' } },
			cancel: { isAnnounced: true, form: { version: '1', cancel: 'on' } },
			// Elsewhere it is none, and what is none is gone.
			remove: {
				form: { version: '1', remove: 'on' },
				but: { 'coordinator elsewhere': 303, 'admin elsewhere': 303 }
			}
		}
	},
	'desk/training/news': { access: 'coordinator' },
	'desk/training/news/[post=uuid]': {
		access: 'coordinator',
		url: '/desk/training/news/POST',
		actions: {
			save: { form: { version: '1', title: 'A new room', body: 'We meet upstairs.' } },
			remove: { form: { version: '1' } }
		}
	},
	'desk/training/links': { access: 'coordinator' },
	'desk/training/links/[link=uuid]': {
		access: 'coordinator',
		url: '/desk/training/links/LINK',
		actions: {
			save: { form: { version: '1', title: 'A course', url: 'https://college.example/course' } },
			remove: { form: { version: '1' } }
		}
	},
	'desk/training/[cohort=uuid]': {
		...one,
		url: '/desk/training/RUNNING',
		actions: { told: { isNamed: true, form: { call: 'TELLING' } } }
	},
	'desk/training/[cohort=uuid]/classes/[class=uuid]/attendance': {
		...one,
		url: '/desk/training/RUNNING/classes/SESSION/attendance',
		actions: { default: { form: { present: 'TRAINEE', shown: 'TRAINEE' } } }
	},
	'desk/training/[cohort=uuid]/completion': {
		...one,
		url: '/desk/training/RUNNING/completion',
		actions: { default: { form: { 'of-TRAINEE': 'completed' } } }
	},
	'desk/training/[cohort=uuid]/decisions': {
		...one,
		url: '/desk/training/APPLICATIONS/decisions',
		actions: { default: { form: {} } }
	},
	'desk/training/[cohort=uuid]/message': {
		...one,
		url: '/desk/training/RUNNING/message',
		actions: {
			preview: { form: message, answer: 200 },
			edit: { form: message, answer: 200 },
			send: { form: message }
		}
	},
	'desk/training/[cohort=uuid]/people.csv': { ...one, url: '/desk/training/RUNNING/people.csv' },
	'desk/training/[cohort=uuid]/people/new': {
		...one,
		url: '/desk/training/APPLICATIONS/people/new',
		actions: { default: { form: { form: 'UUID', ...robin } } }
	},
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]': {
		...one,
		url: onePerson,
		actions: {
			told: { isNamed: true, form: { call: 'TELLING' } },
			move: { form: { version: '1', event: 'waitlist' } },
			back: { form: {} },
			note: { form: { form: 'UUID', words: 'Rang, and sounded glad.' } },
			hours: { form: { hours: '12.5' } },
			shortlist: { form: { on: 'yes' } }
		}
	},
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/certificate': {
		...one,
		url: '/desk/training/RUNNING/people/GRADUATE/certificate'
	},
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/change': {
		...one,
		url: `${onePerson}/change`,
		actions: { default: { form: { version: '1', ...robin, answers: 'My sister told me.' } } }
	},
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/no': {
		...one,
		url: `${onePerson}/no`,
		actions: {
			start: { form: noWords, answer: 200 },
			preview: { form: noWords, answer: 200 },
			edit: { form: noWords, answer: 200 },
			send: { form: noWords }
		}
	},
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/review': {
		...one,
		url: `${onePerson}/review`,
		actions: { default: { form: { form: 'UUID', 'score-0': '4', words: 'Warm.' } } }
	}
};
