// What only some slots need: a directory and named ports, if the description has the placeholders `${directory}` or `${port:NAME}`.
import { rm } from 'node:fs/promises';
import type { SystemDescription } from '../formats/system-description.ts';
import type { Guard } from './guard/guard.ts';
import { createRunDirectory } from './guard/run-directory.ts';
import type { Placeholders } from './placeholders.ts';
import { freePort } from './process/ports.ts';

/** The directory and the named ports of one slot. */
export interface SlotMeans {
  /** Their values, by the names of their placeholders. */
  readonly values: Placeholders;
  /** Removes the directory. No process may use it any more. */
  close(): Promise<void>;
}

const WANTED = /\$\{(directory|port:[\w-]+)\}/g;

/** The names of these placeholders in the description, such as `directory` and `port:admin`, each once. */
export function wantedOf(description: Pick<SystemDescription, 'processes'>): string[] {
  return [...new Set(Array.from(JSON.stringify(description).matchAll(WANTED), ([, name = '']) => name))];
}

/** Creates the directory and picks the ports. Both systems share them, and they survive a crash, as a disk does. */
export async function openMeans(description: Pick<SystemDescription, 'processes'>, guard: Guard): Promise<SlotMeans> {
  const wanted = wantedOf(description);
  const directory = wanted.includes('directory') ? await createRunDirectory(guard) : undefined;
  const ports: [string, string][] = [];
  for (const name of wanted) if (name !== 'directory') ports.push([name, String(await freePort())]);
  return {
    values: { ...Object.fromEntries(ports), ...(directory === undefined ? {} : { directory }) },
    async close() {
      if (directory === undefined) return;
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
      guard.forgetDirectory(directory);
    },
  };
}
