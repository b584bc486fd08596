// What a description asks of a slot by its placeholders, beside what each slot has: a directory, and ports by name.
import { rm } from 'node:fs/promises';
import type { SystemDescription } from '../formats/system-description.ts';
import type { Guard } from './guard/guard.ts';
import { createRunDirectory } from './guard/run-directory.ts';
import type { Placeholders } from './placeholders.ts';
import { freePort } from './process/ports.ts';

/** What was made for one slot. */
export interface SlotMeans {
  readonly values: Placeholders;
  /** Removes the directory. Nothing may use it any more. */
  close(): Promise<void>;
}

const WANTED = /\$\{(directory|port:[\w-]+)\}/g;

/** The placeholders of this kind that a description holds anywhere, each once. */
export function wantedOf(description: Pick<SystemDescription, 'processes'>): string[] {
  return [...new Set(Array.from(JSON.stringify(description).matchAll(WANTED), ([, name = '']) => name))];
}

/** Makes what a description asks for. What is made once serves both systems, also after a crash, as a disk does. */
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
