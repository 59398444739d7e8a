/** The two devices that pages are looked at with, whichever project a test runs in. */
export const phone = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true };
export const desktop = { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false };
