/** Every page of the site, in the states in which people meet it. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/support/root.ts';

export interface PageRow {
	/** The route's folder below src/routes; null for an address that leads to none. */
	route: string | null;
	url: string;
	/** Names the page, in the titles of tests. */
	name: string;
	/** 200 unless said. */
	status?: number;
	/** The address says where somebody is: nothing but their device may keep the answer. */
	isPersonal?: true;
	/** What is said to others of where somebody comes from, where it is not as everywhere. */
	referrerPolicy?: 'strict-origin';
	/** Has more script than the one that leaves quickly. */
	hasScript?: true;
	/** Holds a map. */
	hasMap?: true;
}

const places = { route: '(site)/places', hasMap: true, hasScript: true } as const;
const place = { route: '(site)/places/[slug=slug]', hasMap: true } as const;

export const PAGES: readonly PageRow[] = [
	{ route: '(site)', url: '/', name: 'the start page', hasScript: true },
	{ ...places, url: '/places', name: 'all places' },
	{ ...places, url: '/places?q=libary', name: 'places for a misspelt word' },
	{ ...places, url: '/places?q=zzqqxx', name: 'no places found' },
	{
		...places,
		url: '/places?category=outdoors&neighbourhood=kitsilano&free=1&sort=name',
		name: 'places with several filters'
	},
	{ ...places, url: '/places?open=now', name: 'places that are open now' },
	{ ...places, url: '/places?category=parks&page=2', name: 'the second page of places' },
	{ ...places, url: '/places?q=library&page=99', name: 'a page beyond the last' },
	{
		...places,
		url: '/places?bbox=1,2,3&free=perhaps&page=-1&language=??&sort=up&open=later&category=nonsense',
		name: 'places with filters that make no sense'
	},
	{ ...places, url: '/places?q=library&near=commercial+drive', name: 'places near a street', isPersonal: true },
	{ ...places, url: '/places?near=49.263,-123.07', name: 'places near a position', isPersonal: true },
	{ ...places, url: '/places?near=nowhere+at+all', name: 'places near nowhere we know', isPersonal: true },
	{ ...places, url: '/places?bbox=-123.1,49.25,-123.05,49.28', name: 'places in an area', isPersonal: true },
	{ ...places, url: '/places?q=sample', name: 'places that are samples' },
	{ ...place, url: '/places/britannia-library', name: 'a place whose hours nobody has confirmed' },
	{ ...place, url: '/places/sample-night-owl-drop-in', name: 'a sample place' },
	{ ...place, url: '/places/washroom-at-bute-and-davie', name: 'a place that never closes' },
	{ route: '(site)/neighbourhoods', url: '/neighbourhoods', name: 'the neighbourhoods', hasMap: true },
	{
		route: '(site)/neighbourhoods/[slug=slug]',
		url: '/neighbourhoods/grandview-woodland',
		name: 'a neighbourhood',
		hasMap: true
	},
	{ route: '(site)/help-now', url: '/help-now', name: 'help now' },
	{ route: '(site)/peer-support', url: '/peer-support', name: 'peer support' },
	{ route: '(site)/contact', url: '/contact', name: 'contact' },
	{ route: '(site)/contact', url: '/contact?about=britannia-library', name: 'something wrong with a place' },
	{ route: '(site)/contact', url: '/contact?about=%3Cb%3E', name: 'something wrong with nothing we know' },
	{ route: '(site)/about', url: '/about', name: 'about' },
	{ route: '(site)/privacy', url: '/privacy', name: 'privacy' },
	{ route: '(site)/accessibility', url: '/accessibility', name: 'accessibility' },
	{ route: '(site)/refer', url: '/refer', name: 'asking for a peer support worker' },
	{ route: '(site)/refer/you', url: '/refer/you', name: 'the first page of a request', isPersonal: true },
	{ route: '(site)/refer/kept', url: '/refer/kept', name: 'a request that is kept', isPersonal: true },
	{
		route: '(site)/refer/confirm/[token=token]',
		url: `/refer/confirm/${'0'.repeat(32)}`,
		name: 'a link that sends nothing any more',
		isPersonal: true
	},
	{ route: '(site)/training', url: '/training', name: 'training' },
	{
		route: '(site)/training/[slug=slug]',
		url: '/training/sample-peer-support-training',
		name: 'a training that is announced'
	},
	{
		route: '(site)/training/[slug=slug]',
		url: '/training/sample-peer-support-training-before',
		name: 'a training that is over'
	},
	{
		route: '(site)/training/[slug=slug]',
		url: '/training/no-such-training',
		name: 'a training that does not exist',
		status: 404
	},
	{ route: '(site)/training/notify', url: '/training/notify', name: 'asking to be told of trainings' },
	{ route: '(site)/training/notify', url: '/training/notify?done=1', name: 'having asked to be told of trainings' },
	{
		route: '(site)/training/notify/[token=token]',
		url: `/training/notify/${'0'.repeat(32)}`,
		name: 'a link about trainings that is no longer in use',
		isPersonal: true,
		referrerPolicy: 'strict-origin'
	},
	{ route: '(site)/training/certificate', url: '/training/certificate', name: 'checking a certificate' },
	{
		route: '(site)/training/certificate',
		url: '/training/certificate?number=tc-2222-2222',
		name: 'the number of no certificate',
		isPersonal: true
	},
	{
		route: '(site)/training/certificate',
		url: '/training/certificate?number=%3Cb%3E',
		name: 'what is no number of a certificate',
		isPersonal: true
	},
	{
		route: '(site)/training/seat/[token=token]',
		url: `/training/seat/${'0'.repeat(32)}`,
		name: 'a link to a place in a training that leads nowhere',
		status: 410,
		isPersonal: true,
		referrerPolicy: 'strict-origin'
	},
	{
		route: '(site)/feedback/[token=token]',
		url: `/feedback/${'0'.repeat(32)}`,
		name: 'a link to three questions that has been used',
		isPersonal: true,
		referrerPolicy: 'strict-origin'
	},
	{ route: '(site)/feedback/thanks', url: '/feedback/thanks', name: 'thanks for answers', isPersonal: true },
	{ route: '(site)/sign-in', url: '/sign-in', name: 'signing in', isPersonal: true },
	{ route: '(site)/sign-in', url: '/sign-in?why=idle&next=/desk', name: 'signing in after a while', isPersonal: true },
	{ route: '(site)/sign-in/confirm', url: '/sign-in/confirm', name: 'a sign-in link that is none', isPersonal: true },
	{
		route: '(site)/sign-in/confirm',
		url: `/sign-in/confirm?token_hash=${'a'.repeat(56)}&proof=${'0'.repeat(32)}`,
		name: 'a sign-in link',
		isPersonal: true
	},
	{ route: '(site)/sign-out', url: '/sign-out', name: 'signed out', isPersonal: true },
	{ route: null, url: '/no-such-page', name: 'a page that does not exist', status: 404 },
	{ ...place, url: '/places/no-such-place', name: 'a place that does not exist', status: 404, hasMap: undefined },
	{
		route: '(site)/neighbourhoods/[slug=slug]',
		url: '/neighbourhoods/atlantis',
		name: 'a neighbourhood that does not exist',
		status: 404
	}
];

/** Pages that are there for somebody who is signed in, or in the middle of it: the tests of each walk through them. */
export const PERSONAL_ROUTES: readonly string[] = [
	'(site)/invitations/[token=token]',
	'(site)/my',
	'(site)/my/referrals',
	'(site)/my/referrals/[reference=reference]',
	'(site)/my/referrals/[reference=reference]/slip',
	'(site)/my/training',
	'(site)/my/training/[enrolment=uuid]/certificate',
	'(site)/my/training/[enrolment=uuid]/details',
	'(site)/refer/check',
	'(site)/refer/client',
	'(site)/refer/expect',
	'(site)/refer/safety',
	'(site)/refer/sent',
	'(site)/sign-in/code',
	'(site)/training/[slug=slug]/sign-up',
	'(site)/training/[slug=slug]/sign-up/check',
	'desk',
	'desk/audit',
	'desk/feedback',
	'desk/mail',
	'desk/people',
	'desk/people/[member=uuid]',
	'desk/people/[member=uuid]/deactivate',
	'desk/people/invite',
	'desk/referrals',
	'desk/referrals/[reference=reference]',
	'desk/referrals/[reference=reference]/[action=desk_action]',
	'desk/referrals/[reference=reference]/[no=desk_no]',
	'desk/referrals/[reference=reference]/erase',
	'desk/referrals/[reference=reference]/home',
	'desk/referrals/[reference=reference]/match',
	'desk/referrals/[reference=reference]/questions',
	'desk/referrals/new',
	'desk/report',
	'desk/routing',
	'desk/routing/areas/[area=uuid]',
	'desk/routing/areas/new',
	'desk/routing/teams/[team=uuid]',
	'desk/routing/teams/new',
	'desk/training',
	'desk/training/[cohort=uuid]/classes',
	'desk/training/[cohort=uuid]/classes/[class=uuid]',
	'desk/training/[cohort=uuid]/edit',
	'desk/training/[cohort=uuid]/questions',
	'desk/training/[cohort=uuid]/state',
	'desk/training/links',
	'desk/training/links/[link=uuid]',
	'desk/training/new',
	'desk/training/news',
	'desk/training/news/[post=uuid]',
	'desk/training/[cohort=uuid]',
	'desk/training/[cohort=uuid]/classes/[class=uuid]/attendance',
	'desk/training/[cohort=uuid]/completion',
	'desk/training/[cohort=uuid]/decisions',
	'desk/training/[cohort=uuid]/message',
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]',
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/certificate',
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/change',
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/no',
	'desk/training/[cohort=uuid]/people/[enrolment=uuid]/review',
	'desk/training/[cohort=uuid]/people/new',
	'desk/work',
	'desk/work/[reference=reference]',
	'desk/work/[reference=reference]/[list=support_kind]',
	'desk/work/[reference=reference]/[list=support_kind]/[entry=uuid]',
	'desk/work/[reference=reference]/change',
	'desk/work/[reference=reference]/ending',
	'desk/work/[reference=reference]/ending/[step=closing_step]',
	'desk/work/[reference=reference]/ending/begin',
	'desk/work/[reference=reference]/ending/extend',
	'desk/work/[reference=reference]/first',
	'desk/work/[reference=reference]/guide',
	'desk/work/[reference=reference]/keep',
	'desk/work/[reference=reference]/letter',
	'desk/work/[reference=reference]/letter/paper',
	'desk/work/[reference=reference]/meetings',
	'desk/work/[reference=reference]/meetings/[meeting=uuid]',
	'desk/work/asked/[reference=reference]',
	'desk/work/me',
	'desk/workers',
	'desk/workers/[worker=uuid]',
	'desk/workers/[worker=uuid]/call-sheet'
];

/** The folders below src/routes that hold a file of this name. */
export function routesWith(file: string): string[] {
	const routes = path.join(root, 'src', 'routes');
	return readdirSync(routes, { recursive: true, encoding: 'utf8' })
		.filter((found) => path.basename(found) === file)
		.map((found) => path.dirname(found).split(path.sep).join('/'))
		.sort();
}
