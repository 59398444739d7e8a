import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import path from 'node:path';
import { defineConfig } from 'vite';
import { paraglideOptions } from './paraglide.options.ts';

/**
 * Builds `src/enhance`, the script that pages without a framework ask for (docs/adr/0007), into static/enhance, before Kit
 * builds the site. The entry's name has no hash, for pages to name it; what it imports has.
 */
export default defineConfig({
	plugins: [paraglideVitePlugin(paraglideOptions), svelte({ configFile: false })],
	resolve: { alias: { $lib: path.resolve(import.meta.dirname, 'src/lib') } },
	base: '/enhance/',
	publicDir: false,
	// MapLibre's worker is a module.
	worker: { format: 'es' },
	build: {
		outDir: 'static/enhance',
		emptyOutDir: true,
		chunkSizeWarningLimit: 1500,
		rollupOptions: {
			input: 'src/enhance/index.ts',
			output: {
				entryFileNames: 'index.js',
				chunkFileNames: 'chunks/[name]-[hash].js',
				assetFileNames: 'chunks/[name]-[hash][extname]'
			}
		}
	}
});
