/** What adapter-cloudflare writes; the file itself exists only after a build. */
declare module '*/_worker.js' {
	const app: { fetch(request: Request, env: unknown, context: ExecutionContext): Promise<Response> };
	export default app;
}
