import { m } from '$lib/paraglide/messages';
import { dayInWords } from '$lib/ui/day';
import type { PlaceDetail } from './types';

const STALE_DAYS = 180;

const HOW = {
	phone: m.place_confirmed_phone,
	visit: m.place_confirmed_visit,
	website: m.place_confirmed_website,
	open_data: m.place_confirmed_open_data,
	organization: m.place_confirmed_organization
};

/** When and how the facts were last confirmed; a visit shows its month only, and half a year is said in words. */
export function trustWords(place: Pick<PlaceDetail, 'confirmed_on' | 'confirmed_by'>, now: Date): string[] {
	if (!place.confirmed_on) return [m.place_not_confirmed()];
	const on = dayInWords(place.confirmed_on);
	const said =
		place.confirmed_by === 'visit'
			? m.place_confirmed_visit_month({ month: on.replace(/^\d+ /, '') })
			: m.place_confirmed({ date: on, how: place.confirmed_by ? HOW[place.confirmed_by]() : '' });
	const days = (now.getTime() - new Date(`${place.confirmed_on}T00:00:00Z`).getTime()) / 86_400_000;
	return days > STALE_DAYS ? [said, m.place_stale()] : [said];
}
