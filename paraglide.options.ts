/** How messages are compiled, for everything that compiles them. */
export const paraglideOptions = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	strategy: ['baseLocale' as const] as ['baseLocale'],
	emitTsDeclarations: true
};
