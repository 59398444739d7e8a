/** Where to go after signing in: a path of our own, never another site's; `/my` for anything else. */
export function safeNext(given: string | null | undefined): string {
	if (!given || given.length > 500 || !/^\/(?![/\\])[\w\-./?=&%,:+~]*$/.test(given)) return '/my';
	return given.startsWith('/sign-') ? '/my' : given;
}
