import { gzipSync } from 'node:zlib';

export const KIB = 1024;

/** How many bytes this is on its way, compressed as an ordinary server does it. */
export const gzipped = (content: Buffer | string): number => gzipSync(content).length;
