// The one temporary directory of a run. It holds everything that the rig writes, except its results for the user.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InfrastructureError } from '../../platform/errors.ts';
import type { Guard } from './guard.ts';

/**
 * Makes `onesend-XXXXXXXXXXXX` in the system's temporary directory; the guard removes it when the rig has ended. If the rig runs as root,
 * other users can pass through it, because PostgreSQL runs as another user, and cannot list it.
 */
export async function createRunDirectory(guard: Guard): Promise<string> {
  try {
    // Without symbolic links, because the guard compares it with the paths of running programs.
    const path = join(realpathSync(tmpdir()), `onesend-${randomBytes(6).toString('hex')}`);
    // The guard watches it before it exists, so that a rig that is killed at any moment leaves none behind.
    guard.watchDirectory(path);
    mkdirSync(path, { mode: 0o700 });
    if (process.getuid?.() === 0) chmodSync(path, 0o711);
    return path;
  } catch (error) {
    if (error instanceof InfrastructureError) throw error;
    throw new InfrastructureError(`expected to make a directory in ${tmpdir()}: ${String(error)}`, {
      hint: 'Set TMPDIR to a directory that can be written to.',
      cause: error,
    });
  }
}
