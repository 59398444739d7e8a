/** What we use of fontkit, which comes without types. */
declare module 'fontkit' {
	export interface Font {
		hasGlyphForCodePoint(codePoint: number): boolean;
	}
	export function create(bytes: Uint8Array): Font;
}
