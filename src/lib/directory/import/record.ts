/**
 * What a row of an import file must be (docs/import-format.md), as zod schemas; the database's constraints mirror them.
 * The records are what the SQL function `import_places` takes.
 */
import { z } from 'zod';
import { parseHours, type Schedule } from '../hours-notation.ts';

const blankIsNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

const text = (max: number) =>
	z.preprocess(
		blankIsNull,
		z
			.string()
			.trim()
			.max(max, `is longer than ${max.toLocaleString('en')} characters`)
			.nullable()
			.default(null)
	);

const yesNo = z.preprocess(
	blankIsNull,
	z
		.enum(['yes', 'no'], 'must be yes, no or blank')
		.transform((value) => value === 'yes')
		.nullable()
		.default(null)
);

const externalId = z
	.string()
	.trim()
	.min(1, { error: 'is missing', abort: true })
	.max(100, 'is longer than 100 characters')
	.regex(/^[a-z0-9][a-z0-9-]*$/, 'must be small letters, digits and hyphens');

const list = (item: z.ZodType<string>) =>
	z.preprocess(
		(value) =>
			typeof value === 'string'
				? value
						.split(';')
						.map((part) => part.trim())
						.filter((part) => part !== '')
				: (value ?? []),
		z.array(item)
	);

const webAddress = z.preprocess(
	blankIsNull,
	z
		.string()
		.trim()
		.max(500, 'is longer than 500 characters')
		.regex(/^https?:\/\/\S+$/, 'must begin with https://')
		.refine((address) => URL.canParse(address), 'is not a web address')
		.nullable()
		.default(null)
);

const degrees = (limit: number) =>
	z.preprocess(
		blankIsNull,
		z
			.string()
			.regex(/^\s*-?\d+(\.\d+)?\s*$/, 'must be degrees, such as 49.2757')
			.transform(Number)
			.refine((value) => Math.abs(value) <= limit, `must be between -${limit} and ${limit}`)
			.nullable()
			.default(null)
	);

const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
	z.enum(values, `must be ${values.join(', ')} or blank`);

const hours = z.string().default('');

export const PlaceColumns = z.object({
	place_id: externalId,
	name: z.string().trim().min(1, 'is missing').max(200, 'is longer than 200 characters'),
	alternate_name: text(200),
	organization: text(200),
	organization_url: webAddress,
	location_type: z.preprocess(blankIsNull, choice(['physical', 'postal', 'virtual']).nullable().default(null)),
	address: text(200),
	city: text(100),
	province: text(100),
	postal_code: text(20),
	latitude: degrees(90),
	longitude: degrees(180),
	neighbourhood: text(100),
	how_to_find: text(500),
	hours,
	hours_note: text(500),
	holidays: z.preprocess(blankIsNull, choice(['open', 'closed']).nullable().default(null)),
	wheelchair: z.preprocess(blankIsNull, choice(['yes', 'limited', 'no']).nullable().default(null)),
	washroom: yesNo,
	accessibility_note: text(500),
	confidential: yesNo,
	confirmed_on: z.preprocess(blankIsNull, z.iso.date('must be a date such as 2026-11-22').nullable().default(null)),
	confirmed_by: z.preprocess(
		blankIsNull,
		choice(['phone', 'visit', 'website', 'open_data', 'organization']).nullable().default(null)
	),
	source: text(300),
	licence: text(100),
	sample: yesNo,
	status: z.preprocess(blankIsNull, choice(['published', 'withdrawn']).nullable().default(null))
});

export const ServiceColumns = z.object({
	service_id: externalId,
	service: text(200),
	description: text(2000),
	categories: list(z.string()).refine((codes) => codes.length > 0, 'is missing'),
	free: yesNo,
	fees: text(500),
	referral: yesNo,
	audience: text(500),
	documents: list(z.string().max(200, 'has an entry longer than 200 characters')),
	languages: list(z.string().regex(/^[a-z]{2,3}$/, 'must be language codes such as en;pa')),
	meets: hours,
	phone: text(60),
	phone_note: text(200),
	email: z.preprocess(
		blankIsNull,
		z.email('is not an e-mail address').max(254, 'is too long').nullable().default(null)
	),
	url: webAddress
});

export const COLUMNS: ReadonlySet<string> = new Set([
	...Object.keys(PlaceColumns.shape),
	...Object.keys(ServiceColumns.shape)
]);

export type PlaceRecord = Omit<
	z.infer<typeof PlaceColumns>,
	'hours' | 'holidays' | 'organization' | 'city' | 'province' | 'location_type' | 'status' | 'confidential' | 'sample'
> & {
	organization: string;
	city: string;
	province: string;
	location_type: string;
	status: string;
	confidential: boolean;
	sample: boolean;
	hours: Schedule[];
};

export type ServiceRecord = Omit<z.infer<typeof ServiceColumns>, 'meets' | 'phone' | 'service'> & {
	service: string;
	phone: string | null;
	extension: string | null;
	meets: Schedule[];
};

export type Row = Record<string, string>;
export type Checked<T> = { ok: true; value: T } | { ok: false; reasons: string[] };

const sentences = (error: z.ZodError) =>
	error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`.replace(/\.\.$/, '.'));

/** The place that a row describes, or why it describes none. */
export function readPlace(row: Row): Checked<PlaceRecord> {
	const columns = PlaceColumns.safeParse(row);
	if (!columns.success) return { ok: false, reasons: sentences(columns.error) };
	const { holidays, hours: hoursText, ...place } = columns.data;
	const reasons: string[] = [];
	const parsed = parseHours(hoursText, holidays);
	if (!parsed.ok) reasons.push(`hours: ${parsed.reason}`);
	if ((place.latitude === null) !== (place.longitude === null)) {
		reasons.push('latitude and longitude belong together: give both or neither.');
	}
	if (place.confidential && (place.address ?? place.latitude ?? place.neighbourhood ?? place.how_to_find) !== null) {
		reasons.push('a confidential place must have no address, position, neighbourhood or way to find it.');
	}
	if (reasons.length > 0 || !parsed.ok) return { ok: false, reasons };
	return {
		ok: true,
		value: {
			...place,
			organization: place.organization ?? place.name,
			city: place.city ?? 'Vancouver',
			province: place.province ?? 'BC',
			location_type: place.location_type ?? 'physical',
			status: place.status ?? 'published',
			confidential: place.confidential ?? false,
			sample: place.sample ?? false,
			hours: parsed.value
		}
	};
}

/** The service that a row describes at a place of that name, or why it describes none. */
export function readService(row: Row, placeName: string, categories: ReadonlySet<string>): Checked<ServiceRecord> {
	const columns = ServiceColumns.safeParse(row);
	if (!columns.success) return { ok: false, reasons: sentences(columns.error) };
	const { meets, phone, service, ...rest } = columns.data;
	const reasons = rest.categories
		.filter((code) => !categories.has(code))
		.map((code) => `categories: there is no category “${code}”.`);
	const parsed = parseHours(meets);
	if (!parsed.ok) reasons.push(`meets: ${parsed.reason}`);
	const number = /^(.*?)(?:\s+x\s*(\d{1,10}))?$/.exec(phone ?? '');
	if (phone !== null && (number?.[1] ?? '').replace(/\D/g, '').length < 3) reasons.push('phone is not a phone number.');
	if ((number?.[1] ?? '').length > 40) reasons.push('phone is longer than 40 characters.');
	if (reasons.length > 0 || !parsed.ok) return { ok: false, reasons };
	return {
		ok: true,
		value: {
			...rest,
			categories: [...new Set(rest.categories)],
			service: service ?? placeName,
			phone: phone === null ? null : (number?.[1] ?? null),
			extension: number?.[2] ?? null,
			meets: parsed.value
		}
	};
}
