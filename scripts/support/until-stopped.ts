/** Ends this process: what runs is stopped once, however many signals come. */
export interface Stopper {
	/** Whatever has been started so far; called from the last to the first. */
	add(stop: () => Promise<void> | void): void;
	/** Stops all of it and exits with `code`. */
	now(code: number): Promise<never>;
	stopping(): boolean;
}

/**
 * Stops on Ctrl-C, on SIGTERM and SIGHUP, and when the process that started this one is gone.
 *
 * @param onStop called once, before anything is stopped
 */
export function stopOnSignals(onStop: () => void): Stopper {
	const stops: (() => Promise<void> | void)[] = [];
	let stopping: Promise<never> | null = null;
	const now = (code: number) => (stopping ??= stopAll(code));
	const stopAll = async (code: number): Promise<never> => {
		for (const stop of stops.splice(0).reverse()) {
			try {
				await stop();
			} catch (error) {
				console.error(error);
			}
		}
		process.exit(code);
	};
	const signalled = () => {
		if (!stopping) onStop();
		void now(0);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, signalled);
	// scripts/run.mjs holds a channel open for as long as it lives.
	if (process.channel) {
		process.once('disconnect', signalled);
		process.channel.unref();
	}
	// A terminal that is gone must not keep this from stopping.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
	return { add: (stop) => stops.push(stop), now, stopping: () => stopping !== null };
}
