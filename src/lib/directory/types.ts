/** What lists, maps and machines are told about a place. Shared by the server and the browser; no imports. */

export type OpenState = 'open' | 'closed' | 'appointment' | 'unconfirmed';

export interface OpenNow {
	state: OpenState;
	/** When it closes, if it is open: an ISO instant. Null when it does not close in the weeks ahead. */
	until: string | null;
	/** When it next opens, if it is closed: an ISO instant. */
	opens: string | null;
}

/** Yes, no, or null where nobody has confirmed either. */
export type Known = boolean | null;

export interface PlaceSummary {
	id: string;
	slug: string;
	name: string;
	/** WGS 84 degrees; null for a place whose position is confidential or not known. */
	lat: number | null;
	lng: number | null;
	address: string | null;
	/** Category slugs, the main one first. */
	categories: string[];
	neighbourhood: { slug: string; name: string } | null;
	summary: string;
	phone: string | null;
	open: OpenNow;
	free: Known;
	wheelchair: Known;
	washroom: Known;
	/** Metres from the position that was asked about. */
	distance_m: number | null;
	/** Invented for the demonstration; marked on screen, never open, never exported. */
	sample: boolean;
	/** The day the facts were last confirmed, `YYYY-MM-DD`. */
	confirmed_on: string | null;
}

export interface Category {
	slug: string;
	name: string;
	description: string;
	/** The slug of the category above it, or null. */
	parent: string | null;
	/** A Maki icon's name. */
	icon: string;
}

export interface CategoryCount extends Category {
	count: number;
}

export interface Neighbourhood {
	slug: string;
	name: string;
	description: string;
	lat: number;
	lng: number;
}

/** A row of HSDS `schedules`, with times as `HH:MM` local. */
export interface PlaceSchedule {
	freq: 'WEEKLY' | 'MONTHLY' | null;
	byday: string | null;
	opens_at: string | null;
	closes_at: string | null;
	holidays: 'open' | 'closed' | null;
	by_appointment: boolean;
}

/** ISO instants. */
export interface Interval {
	opens: string;
	closes: string;
}

export interface PlaceService {
	name: string;
	description: string;
	email: string | null;
	audience: string | null;
	referral: Known;
	categories: string[];
	free: Known;
	fees: string | null;
	documents: string[];
	languages: string[];
	phones: { number: string; extension: string | null; description: string | null }[];
	url: string | null;
	schedules: PlaceSchedule[];
	/** When it next runs, or runs now. */
	next: Interval | null;
}

/** Everything a place's own page shows. */
export interface PlaceDetail extends PlaceSummary {
	alternate_name: string | null;
	organization: { name: string; website: string | null };
	location_type: 'physical' | 'postal' | 'virtual';
	confidential: boolean;
	how_to_find: string | null;
	hours_note: string | null;
	hours: 'scheduled' | 'always' | 'appointment' | 'unconfirmed';
	schedules: PlaceSchedule[];
	time_zone: string;
	/** The opening intervals of seven days, from the start of today. */
	week: Interval[];
	/** Statutory holidays in those seven days. */
	holidays: { date: string; name: string }[];
	wheelchair_access: 'yes' | 'limited' | 'no' | null;
	accessibility_note: string | null;
	postal_address: { address: string; city: string; province: string; postal_code: string | null } | null;
	confirmed_by: 'phone' | 'visit' | 'website' | 'open_data' | 'organization' | null;
	source: string | null;
	licence: string | null;
	services: PlaceService[];
	nearby: PlaceSummary[];
}

/** How many places there would be with each facet, were it chosen. */
export interface Facets {
	categories: Record<string, number>;
	neighbourhoods: Record<string, number>;
	free: number;
	wheelchair: number;
}

export interface SearchResult {
	total: number;
	page: number;
	pages: number;
	places: PlaceSummary[];
	facets: Facets;
	/** The words that were searched for instead of what was typed, or null. */
	corrected: string | null;
	/** True where nothing had all the words, so that places with some of them are shown. */
	loose: boolean;
	/** Where distances are measured from; it has a name where words said it. */
	position: { lat: number; lng: number; name?: string } | null;
}

export interface NeighbourhoodCount extends Neighbourhood {
	count: number;
}

export interface Overview {
	total: number;
	categories: CategoryCount[];
	neighbourhoods: NeighbourhoodCount[];
}

export interface Suggestion {
	kind: 'category' | 'neighbourhood' | 'place';
	slug: string;
	name: string;
	detail: string;
}
