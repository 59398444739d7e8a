import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { place as readPlace, search } from '../../src/lib/directory/directory.server.ts';
import { instantOf } from '../../src/lib/directory/local-time.ts';
import { aNeighbourhood, forgetNeighbourhoods, type Neighbourhood } from '../factories/directory.ts';
import { dayAhead, timeAhead } from '../factories/hours.ts';
import { aPlace, setHours, type Place, type PlaceGiven } from '../factories/place.ts';
import { aProgram, asMember, forgetProgram, type Program } from '../factories/program.ts';
import { asAnonymous, asService, sql } from '../support/database.ts';

let program: Program;
let area: Neighbourhood;
const db = asAnonymous();

beforeAll(async () => {
	program = await aProgram('open');
	area = await aNeighbourhood('Openfield', { lat: -20, lng: -100 });
});
afterAll(async () => {
	await forgetProgram(program);
	await forgetNeighbourhoods(area);
	await sql`delete from public.statutory_holidays where name = 'A day off of the tests'`;
});

const here = (given: PlaceGiven = {}): PlaceGiven => ({ neighbourhood: area, holidays: 'open', ...given });

/** The slugs of the area's places that are open at an instant. */
async function openAt(now: Date): Promise<string[]> {
	const result = await search(db, { neighbourhood: area.slug, open: 'now', page: 1 }, { now });
	return result.places.map(({ slug }) => slug);
}

const stateAt = async ({ slug }: Place, now: Date) => (await readPlace(db, slug, { now }))?.open;

const intervals = (place: Place) => sql<{ opens_at: Date; closes_at: Date; service_at_location_id: string | null }[]>`
	select opens_at, closes_at, service_at_location_id from public.opening_intervals
	where location_id = ${place.id} order by opens_at`;

describe('open now', () => {
	let daily: Place;
	beforeAll(async () => {
		daily = await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00' }));
	});

	test('a place is open from the minute it opens until the minute it closes, and not in it', async () => {
		const until = timeAhead(3, '17:00').toISOString();
		for (const time of ['09:00', '12:30', '16:59:59']) {
			expect(await stateAt(daily, timeAhead(3, time)), time).toEqual({
				state: 'open',
				until: expect.anything(),
				opens: null
			});
			expect(new Date((await stateAt(daily, timeAhead(3, time)))!.until!).toISOString()).toBe(until);
		}
		expect((await stateAt(daily, timeAhead(3, '17:00')))?.state).toBe('closed');
	});

	test('a closed place says when it opens next: today, or tomorrow', async () => {
		const early = await stateAt(daily, timeAhead(3, '07:00'));
		expect([early?.state, new Date(early!.opens!)]).toEqual(['closed', timeAhead(3, '09:00')]);
		const late = await stateAt(daily, timeAhead(3, '21:00'));
		expect([late?.state, new Date(late!.opens!)]).toEqual(['closed', timeAhead(4, '09:00')]);
	});

	test('the filter finds it exactly when its state says open', async () => {
		for (const [time, found] of [
			['08:59', false],
			['09:00', true],
			['16:59', true],
			['17:00', false]
		] as const) {
			expect((await openAt(timeAhead(3, time))).includes(daily.slug), time).toBe(found);
		}
	});

	test('`open` as a local time asks about that time in the program’s zone', async () => {
		const at = (time: string) =>
			search(db, { neighbourhood: area.slug, open: `${dayAhead(5)}T${time}`, page: 1 }, { now: timeAhead(3, '23:00') });
		expect((await at('10:00')).places.map(({ slug }) => slug)).toContain(daily.slug);
		expect((await at('08:00')).places.map(({ slug }) => slug)).not.toContain(daily.slug);
	});

	test('a place that closed for good hours ago says closed and nothing more', async () => {
		const past = await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00' }));
		await sql`update public.schedules set valid_to = ${dayAhead(-30)} where location_id = ${past.id}`;
		expect(await stateAt(past, timeAhead(3, '10:00'))).toEqual({ state: 'closed', until: null, opens: null });
	});

	test('past midnight it is still open', async () => {
		const night = await aPlace(program, here({ hours: 'Mo-Su 20:00-02:00' }));
		expect((await stateAt(night, timeAhead(4, '01:30')))?.state).toBe('open');
		expect(await openAt(timeAhead(4, '01:30'))).toContain(night.slug);
		expect((await stateAt(night, timeAhead(4, '02:00')))?.state).toBe('closed');
	});
});

describe('what is not known is not open', () => {
	const noon = () => timeAhead(3, '12:00');

	test.each([
		['hours that nobody has confirmed', 'unconfirmed', (given: PlaceGiven) => aPlace(program, given)],
		['a place by appointment', 'appointment', (given: PlaceGiven) => aPlace.byAppointment(program, given)],
		[
			'a sample, whatever its hours',
			'unconfirmed',
			(given: PlaceGiven) => aPlace.sample(program, { ...given, hours: '24/7' })
		]
	])('%s', async (_what, state, make) => {
		const place = await make(here());
		expect(await stateAt(place, noon())).toEqual({ state, until: null, opens: null });
		expect(await openAt(noon())).not.toContain(place.slug);
		expect(await intervals(place)).toHaveLength(0);
	});

	test('a place that never closes is open at any time and says no closing time', async () => {
		const always = await aPlace.alwaysOpen(program, here());
		const farAhead = timeAhead(300, '03:00');
		expect(await stateAt(always, farAhead)).toEqual({ state: 'open', until: null, opens: null });
		expect(await openAt(farAhead)).toEqual([always.slug]);
		// Counted once, by its never closing.
		const counted = await search(db, { neighbourhood: area.slug, open: 'now', page: 1 }, { now: new Date() });
		expect(counted.total).toBe(counted.places.length);
		expect(counted.places.map(({ slug }) => slug)).toContain(always.slug);
	});

	test('on a statutory holiday only what is known to be open counts as open', async () => {
		await sql`insert into public.statutory_holidays values (${dayAhead(9)}, 'A day off of the tests') on conflict do nothing`;
		const places = {
			open: await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00', holidays: 'open' })),
			closed: await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00', holidays: 'closed' })),
			unknown: await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00', holidays: null }))
		};
		const found = await openAt(timeAhead(9, '12:00'));
		expect(found).toContain(places.open.slug);
		expect(found).not.toContain(places.closed.slug);
		expect(found).not.toContain(places.unknown.slug);
		const states = Object.values(places).map(async (place) => (await stateAt(place, timeAhead(9, '12:00')))?.state);
		expect(await Promise.all(states)).toEqual(['open', 'closed', 'unconfirmed']);
	});
});

describe('a place and what meets there', () => {
	test('where the place has no hours of its own, it is open when something meets', async () => {
		const place = await aPlace(program, here({ services: [{ meets: 'Mo-Su 18:30-20:00' }, {}] }));
		// What meets says nothing of holidays, so that a day is asked for which is none.
		await sql`update public.schedules set holidays = 'open' where service_at_location_id = ${place.services[0]!.atLocationId}`;
		expect((await stateAt(place, timeAhead(3, '19:00')))?.state).toBe('open');
		expect((await stateAt(place, timeAhead(3, '12:00')))?.state).toBe('closed');
	});

	test('a group that meets in the evening does not open a place that has hours of its own', async () => {
		const place = await aPlace(
			program,
			here({ hours: 'Mo-Su 09:00-17:00', services: [{ name: 'Group', meets: 'Mo-Su 18:30-20:00' }] })
		);
		await sql`update public.schedules set holidays = 'open' where service_at_location_id = ${place.services[0]!.atLocationId}`;
		expect((await stateAt(place, timeAhead(3, '19:00')))?.state).toBe('closed');
		const page = await readPlace(db, place.slug, { now: timeAhead(3, '18:00') });
		expect(new Date(page!.services[0]!.next!.opens)).toEqual(timeAhead(3, '18:30'));
		expect(page?.week.every(({ opens }) => new Date(opens).getTime() !== timeAhead(3, '18:30').getTime())).toBe(true);
	});
});

describe('intervals follow their schedules', () => {
	test('they reach six weeks ahead of yesterday', async () => {
		const place = await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00' }));
		const rows = await intervals(place);
		expect(rows).toHaveLength(42);
		expect(rows[0]!.opens_at).toEqual(timeAhead(-1, '09:00'));
		expect(rows[41]!.closes_at).toEqual(timeAhead(40, '17:00'));
	});

	test('new hours take the place of the old at once', async () => {
		const place = await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00' }));
		await setHours(place, 'Mo-Su 11:00-12:00', 'open');
		const rows = await intervals(place);
		expect(rows).toHaveLength(42);
		expect(rows[0]!.opens_at).toEqual(timeAhead(-1, '11:00'));
		await setHours(place, '');
		expect(await intervals(place)).toHaveLength(0);
		expect((await stateAt(place, timeAhead(3, '11:30')))?.state).toBe('unconfirmed');
	});

	test('an editor who changes a schedule over REST changes the intervals', async () => {
		const place = await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00' }));
		const editor = await asMember(program, 'editor');
		const { error } = await editor.from('schedules').update({ closes_at: '18:00' }).eq('location_id', place.id);
		expect(error).toBeNull();
		expect((await intervals(place))[0]!.closes_at).toEqual(timeAhead(-1, '18:00'));
	});

	test('withdrawing a place takes them away and publishing it brings them back', async () => {
		const place = await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00' }));
		await sql`update public.locations set status = 'withdrawn' where id = ${place.id}`;
		expect(await intervals(place)).toHaveLength(0);
		await sql`update public.locations set status = 'published' where id = ${place.id}`;
		expect(await intervals(place)).toHaveLength(42);
	});

	test('the nightly run brings back what has run out', async () => {
		const place = await aPlace(program, here({ hours: 'Mo-Su 09:00-17:00' }));
		await sql`delete from public.opening_intervals where location_id = ${place.id}`;
		const { data, error } = await asService().rpc('refresh_directory');
		expect(error).toBeNull();
		expect(data).toBeGreaterThan(0);
		expect(await intervals(place)).toHaveLength(42);
	});

	test('a place’s page has the seven days from the start of today in its program’s zone', async () => {
		const toronto = await aProgram('open-toronto', { timeZone: 'America/Toronto' });
		try {
			const place = await aPlace(toronto, { hours: 'Mo-Su 09:00-10:00', holidays: 'open', at: null });
			const page = await readPlace(db, place.slug, { now: timeAhead(3, '22:00') });
			expect(page?.time_zone).toBe('America/Toronto');
			expect(page?.week).toHaveLength(7);
			// It is the next day in Toronto already.
			expect(new Date(page!.week[0]!.opens)).toEqual(instantOf(`${dayAhead(4)}T09:00`, 'America/Toronto'));
		} finally {
			await forgetProgram(toronto);
		}
	});
});
