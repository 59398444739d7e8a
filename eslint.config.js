import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{
		ignores: [
			'.svelte-kit/',
			'.wrangler/',
			'.local/',
			'dist/',
			'test-results/',
			'playwright-report/',
			'src/lib/paraglide/',
			'static/enhance/'
		]
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-console': ['error', { allow: ['error', 'warn'] }],
			'svelte/no-at-html-tags': 'error',
			// The addresses are fixed (DESIGN, stable addresses) and the site has no base path.
			'svelte/no-navigation-without-resolve': 'off',
			'@typescript-eslint/no-explicit-any': 'error'
		}
	},
	// Without types: they would take three times as long, and svelte-check has them.
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } }
	},
	// Scripts speak to the person at the terminal.
	{ files: ['scripts/**', 'supabase/**', 'tests/**', 'worker/**'], rules: { 'no-console': 'off' } }
);
