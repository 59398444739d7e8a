/** A QR code as what an SVG draws (ISO/IEC 18004). */
import { create } from 'qrcode/lib/core/qrcode.js';

/** Light modules around it, so that phones find its edge. */
const QUIET = 4;

export interface Qr {
	/** Of a side, quiet zone included, in modules. */
	size: number;
	/** One path of all dark modules, each a unit long. */
	path: string;
}

/** @param text at most some 2,000 letters; a fifth of it may get dirty or creased and phones still read it */
export function qrOf(text: string): Qr {
	const { modules } = create(text, { errorCorrectionLevel: 'Q' });
	let path = '';
	for (let row = 0; row < modules.size; row++)
		for (let column = 0; column < modules.size; column++) {
			if (!modules.get(row, column)) continue;
			let length = 1;
			while (column + length < modules.size && modules.get(row, column + length)) length++;
			path += `M${column + QUIET} ${row + QUIET}h${length}v1h-${length}z`;
			column += length;
		}
	return { size: modules.size + 2 * QUIET, path };
}
