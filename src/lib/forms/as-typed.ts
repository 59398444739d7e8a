/** As it was typed: browsers send a line's end as two characters, where people count one. */
export const asTyped = (sent: string): string => sent.replaceAll('\r\n', '\n').trim();
