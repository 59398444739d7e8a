import { getLocale } from '$lib/paraglide/runtime';

/** A number as it stands in a sentence: "10,000". */
export const numberInWords = (number: number): string => number.toLocaleString(getLocale());
