/** Drawn with the device's own letters: no glyphs are fetched. */
export const FONT = ['sans-serif'];
