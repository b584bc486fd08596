// The one temporary directory of a run. All that the rig writes and does not hand to the user lies below it.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InfrastructureError } from '../../platform/errors.ts';
import type { Guard } from './guard.ts';

/**
 * Makes `onesend-XXXXXXXXXXXX` in the system's temporary directory; the guard removes it when the rig is gone. Run by root, others
 * may pass through it (Postgres runs as another user) but not list it.
 */
export async function createRunDirectory(guard: Guard): Promise<string> {
  try {
    // Without symbolic links, because the guard compares it with the paths of running programs.
    const path = join(realpathSync(tmpdir()), `onesend-${randomBytes(6).toString('hex')}`);
    // The guard knows of it before it is there, so that a rig killed at any moment leaves none behind.
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
