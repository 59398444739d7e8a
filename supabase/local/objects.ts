import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '@supabase/lite';

/** Lite names the type of its storage adapters nowhere else. */
type StorageAdapter = NonNullable<App['_storageAdapter']>;
type ObjectMetadata = Awaited<ReturnType<StorageAdapter['headObject']>>;
type ObjectResponse = Awaited<ReturnType<StorageAdapter['getObject']>>;
type Body = Parameters<StorageAdapter['uploadObject']>[3];

/**
 * Keeps stored objects as files: `<root>/<bucket>/<key>`, with what is known of each beside it in `<key>.json`.
 * (Lite documents an adapter like it, but does not export it.) Versions are ignored: there is one of each object.
 */
export class FileObjects implements StorageAdapter {
	driver = null;
	readonly #root: string;

	constructor(root: string) {
		this.#root = path.resolve(root);
	}

	/** Every segment is escaped, and `.` and `..` with it, so that no key leads out of the root. */
	#file(bucket: string, key: string): string {
		const segments = [bucket, ...key.split('/')].map((segment) =>
			encodeURIComponent(segment).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'))
		);
		return path.join(this.#root, ...segments.map((segment) => segment || '%'));
	}

	async #metadata(file: string): Promise<ObjectMetadata> {
		const found = await stat(file).catch(() => null);
		if (!found?.isFile()) throw Object.assign(new Error('Object not found'), { statusCode: 404, code: 'NoSuchKey' });
		const known = JSON.parse(await readFile(`${file}.json`, 'utf8')) as {
			mimetype: string;
			cacheControl: string;
			eTag: string;
		};
		return { ...known, contentLength: found.size, size: found.size, lastModified: found.mtime, httpStatusCode: 200 };
	}

	async getObject(
		bucket: string,
		key: string,
		_version: string | undefined,
		headers?: { range?: string }
	): Promise<ObjectResponse> {
		const file = this.#file(bucket, key);
		const metadata = await this.#metadata(file);
		const bytes = await readFile(file);
		const range = /^bytes=(\d+)-(\d*)$/.exec(headers?.range ?? '');
		if (!range) return { metadata, httpStatusCode: 200, body: new Blob([bytes]) };
		const from = Number(range[1]);
		const to = Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1);
		const part = bytes.subarray(from, to + 1);
		const contentRange = `bytes ${from}-${to}/${bytes.length}`;
		return {
			metadata: { ...metadata, contentLength: part.length, contentRange, httpStatusCode: 206 },
			httpStatusCode: 206,
			body: new Blob([part])
		};
	}

	async uploadObject(
		bucket: string,
		key: string,
		_version: string | undefined,
		body: Body,
		mimetype: string,
		cacheControl: string
	): Promise<ObjectMetadata> {
		const file = this.#file(bucket, key);
		await mkdir(path.dirname(file), { recursive: true });
		const bytes = body instanceof Uint8Array ? body : await readAll(body);
		const eTag = `"${createHash('md5').update(bytes).digest('hex')}"`;
		await writeFile(file, bytes);
		await writeFile(`${file}.json`, JSON.stringify({ mimetype, cacheControl, eTag }));
		return this.#metadata(file);
	}

	async deleteObject(bucket: string, key: string): Promise<void> {
		const file = this.#file(bucket, key);
		await rm(file, { force: true });
		await rm(`${file}.json`, { force: true });
	}

	async deleteObjects(bucket: string, keys: string[]): Promise<void> {
		for (const key of keys) await this.deleteObject(bucket, key);
	}

	async copyObject(
		fromBucket: string,
		fromKey: string,
		_version: string | undefined,
		toBucket: string,
		toKey: string
	): Promise<Pick<ObjectMetadata, 'httpStatusCode' | 'eTag' | 'lastModified'>> {
		const from = this.#file(fromBucket, fromKey);
		const to = this.#file(toBucket, toKey);
		await this.#metadata(from);
		await mkdir(path.dirname(to), { recursive: true });
		await copyFile(from, to);
		await copyFile(`${from}.json`, `${to}.json`);
		const { eTag, lastModified } = await this.#metadata(to);
		return { httpStatusCode: 200, eTag, lastModified };
	}

	headObject(bucket: string, key: string): Promise<ObjectMetadata> {
		return this.#metadata(this.#file(bucket, key));
	}

	async privateAssetUrl(bucket: string, key: string): Promise<string> {
		return `file://${this.#file(bucket, key)}`;
	}
}

async function readAll(stream: Exclude<Body, Uint8Array>): Promise<Uint8Array> {
	return new Uint8Array(await new Response(stream as ReadableStream).arrayBuffer());
}
