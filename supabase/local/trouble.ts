/**
 * A failure whose message is a whole sentence for the person at the terminal: what is wrong and how to mend it.
 * Whoever catches it prints the message alone; any other error is a bug and keeps its stack.
 */
export class Trouble extends Error {
	override name = 'Trouble';
}
