/** The part of qrcode that makes the code; the rest of it draws pictures and writes files. */
declare module 'qrcode/lib/core/qrcode.js' {
	export { create } from 'qrcode';
}
