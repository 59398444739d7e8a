import { createServer } from 'node:net';
import { portTaken } from './messages.ts';
import { Trouble } from './trouble.ts';

/** The one trouble that another port mends. */
export class PortTaken extends Trouble {
	constructor(what: string, port: number, variable: string) {
		super(portTaken(what, port, variable));
	}
}

/** A server's failure to listen, as a sentence when the port was taken since it was asked for. */
export const listenFailure = (error: NodeJS.ErrnoException, ...who: ConstructorParameters<typeof PortTaken>): Error =>
	error.code === 'EADDRINUSE' ? new PortTaken(...who) : error;

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
 * @throws PortTaken naming all three when the port is taken
 */
export async function requireFreePort(what: string, port: number, variable: string): Promise<void> {
	if (!(await portIsFree(port))) throw new PortTaken(what, port, variable);
}

/** The first port from `start` on where it and each of its `offsets` are free. */
export async function findFreePorts(start: number, offsets: readonly number[]): Promise<number> {
	for (let port = start; port < 65_000; port += 10) {
		const free = await Promise.all(offsets.map((offset) => portIsFree(port + offset)));
		if (free.every(Boolean)) return port;
	}
	throw new Trouble(`No free ports were found from ${start} on.`);
}

/**
 * Calls `start` with free ports (see `findFreePorts`), and with others when somebody else took them first: two test runs
 * that begin together find the same ones free.
 */
export async function startOnFreePorts<T>(
	from: number,
	offsets: readonly number[],
	start: (port: number) => Promise<T>
): Promise<T> {
	for (let next = from, tries = 1; ; tries++) {
		const port = await findFreePorts(next, offsets);
		try {
			return await start(port);
		} catch (error) {
			if (!(error instanceof PortTaken) || tries === 5) throw error;
			next = port + 10;
		}
	}
}
