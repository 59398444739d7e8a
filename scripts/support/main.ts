import { Trouble } from '../../supabase/local/trouble.ts';

/** Runs a script: a Trouble is one sentence on stderr, anything else a bug with its stack; either ends with code 1. */
export function runMain(main: () => Promise<void>): void {
	main().catch((error: unknown) => {
		console.error(error instanceof Trouble ? `\n${error.message}` : error);
		process.exit(1);
	});
}
