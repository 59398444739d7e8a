import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** PostgreSQL refuses to run as root, so root starts it as this user instead. */
export interface UnprivilegedUser {
	uid: number;
	gid: number;
}

/** `nobody` on most systems; the number is enough, it need not be in /etc/passwd. */
const NOBODY: UnprivilegedUser = { uid: 65534, gid: 65534 };

/** The user to run PostgreSQL as, or null when whoever runs this is ordinary already. */
export const unprivilegedUser = (): UnprivilegedUser | null => (process.getuid?.() === 0 ? NOBODY : null);

/** Whether `user` may enter `folder`: asked of the system itself, which also knows of access lists and mounts. */
export function canEnter(folder: string, user: UnprivilegedUser): boolean {
	return spawnSync('/bin/sh', ['-c', 'cd -- "$1" 2>/dev/null', 'sh', folder], { ...user, cwd: '/' }).status === 0;
}

/** The first folder on the way to `folder` that `user` cannot enter, or null when all can be. */
export function firstBlocked(folder: string, user: UnprivilegedUser): string | null {
	if (canEnter(folder, user)) return null;
	const parent = path.dirname(folder);
	return (parent === folder ? null : firstBlocked(parent, user)) ?? folder;
}
