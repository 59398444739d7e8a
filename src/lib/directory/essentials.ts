/** What somebody new to an area looks for first, and which category holds it. */
import { m } from '$lib/paraglide/messages';

export interface Essential {
	category: string;
	name: () => string;
}

export const ESSENTIALS: readonly Essential[] = [
	{ category: 'food', name: m.hood_food },
	{ category: 'libraries', name: m.hood_library },
	{ category: 'community-centres', name: m.hood_community },
	{ category: 'clinics', name: m.hood_clinic },
	{ category: 'skytrain', name: m.hood_transit },
	{ category: 'talk', name: m.hood_talk },
	{ category: 'parks', name: m.hood_quiet },
	{ category: 'washrooms', name: m.hood_washroom }
];
