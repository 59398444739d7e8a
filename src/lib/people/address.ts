/**
 * The address of a staff page, which names the program where the person has several.
 *
 * @param action the form action's name, for a form's address
 * @param done what has just been done, said at the top of the page
 */
export function staffAddress(
	path: string,
	{ program, several, action, done }: { program: string; several: boolean; action?: string; done?: string }
): string {
	const query = [
		action && `/${action}`,
		several && `program=${encodeURIComponent(program)}`,
		done && `done=${encodeURIComponent(done)}`
	];
	const search = query.filter(Boolean).join('&');
	return search ? `${path}?${search}` : path;
}
