/** What names a page in an address: small letters, digits and single hyphens between them. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** As `locations.slug` and its like are in the database. */
export const MAX_SLUG_LENGTH = 120;

export const isSlug = (text: string): boolean => text.length <= MAX_SLUG_LENGTH && SLUG.test(text);
