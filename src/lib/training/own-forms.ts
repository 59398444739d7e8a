/** What the forms about one's own place take. */
import { z } from 'zod';

/** A button on a place: which, and as it was seen. */
export const OfPlace = z.object({ id: z.guid(), version: z.number().int().positive() });
export const ByLink = OfPlace.pick({ version: true });
/** A button on something that names it alone. */
export const OfId = OfPlace.pick({ id: true });
