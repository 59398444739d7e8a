/** Headers of every answer the Worker gives; `_headers` gives the same to what is served without it. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

/**
 * Public pages are alike for everybody: the edge may keep them for a minute. Not longer, and not while it asks again: a page
 * kept past a deployment would name files that are gone.
 */
export const PUBLIC_CACHE = 'public, max-age=0, s-maxage=60';

/** A page whose address says where somebody is stays on their device. */
export const PRIVATE_CACHE = 'private, no-store';
