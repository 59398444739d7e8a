import { createServer } from 'node:net';
import { portTaken } from './messages.ts';
import { Trouble } from './trouble.ts';

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function portIsFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(false));
		probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
	});
}

/**
 * @param what who needs the port, as in "the mailbox"
 * @param variable the environment variable that moves it
 * @throws Trouble naming all three when the port is taken
 */
export async function requireFreePort(what: string, port: number, variable: string): Promise<void> {
	if (!(await portIsFree(port))) throw new Trouble(portTaken(what, port, variable));
}

/** The first port from `start` on where it and each of its `offsets` are free. */
export async function findFreePorts(start: number, offsets: readonly number[]): Promise<number> {
	for (let port = start; port < 65_000; port += 10) {
		const free = await Promise.all(offsets.map((offset) => portIsFree(port + offset)));
		if (free.every(Boolean)) return port;
	}
	throw new Trouble(`No free ports were found from ${start} on.`);
}
