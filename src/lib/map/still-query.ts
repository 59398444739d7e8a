/** Reading the address of a still map. Whatever is wrong in it is left out: a picture has nobody to tell. */
import { z } from 'zod';
import { isSlug } from '../slug.ts';
import { mapSchemes } from './colours.ts';
import { tidyBounds } from './geo.ts';
import type { StillPin } from './still.ts';
import { MOST_PINS } from './still-url.ts';

const pixels = (usual: number) => z.coerce.number().int().min(40).max(1600).catch(usual);

const Degrees = z
	.string()
	.regex(/^-?\d{1,3}(\.\d{1,12})?$/)
	.transform(Number);

const Bbox = z
	.string()
	.transform((text) => text.split(','))
	.pipe(z.array(Degrees).length(4))
	.transform((numbers) => tidyBounds(numbers) ?? undefined)
	.optional()
	.catch(undefined);

const Slug = z.string().refine(isSlug);

const Pin = z.preprocess(
	(text: string) => {
		const [lat, lng, category] = text.split(',');
		return { lat, lng, category };
	},
	z.object({
		lat: Degrees.pipe(z.number().min(-90).max(90)),
		lng: Degrees.pipe(z.number().min(-180).max(180)),
		category: Slug.optional().catch(undefined)
	})
);

/** `lat,lng,category;…`: numbered by position; an entry that makes no sense keeps its number and has no pin. */
const Pins = z
	.string()
	.transform((text) => text.split(';', MOST_PINS).map((entry) => Pin.safeParse(entry).data))
	.catch([]);

const StillMapQuery = z.object({
	bbox: Bbox,
	w: pixels(640),
	h: pixels(400),
	scheme: z.enum(mapSchemes as ['light', 'dark', 'print']).catch('light'),
	area: Slug.optional().catch(undefined),
	from: z.coerce.number().int().min(1).max(100_000).catch(1),
	pins: Pins
});

/** What a still map's query asks for; never throws. */
export function readStillMapQuery(params: URLSearchParams) {
	const { bbox, w, h, scheme, area, from, pins } = StillMapQuery.parse(Object.fromEntries(params));
	return {
		bounds: bbox,
		width: w,
		height: h,
		scheme,
		area,
		pins: pins.flatMap((pin, i): StillPin[] => (pin ? [{ number: from + i, ...pin }] : []))
	};
}
