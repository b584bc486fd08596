// Finds the system that a command names: one of the registry, or a file that exports an assembly or a description.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { System } from '../../src/contract/system.ts';
import { SystemDescriptionError, UsageError } from '../platform/errors.ts';
import { defineSystem, type SystemDescription } from '../formats/system-description.ts';
import { describeAssembly } from './assembly.ts';
import { hashSystem, type SystemHashes } from './hash-system.ts';

/** Systems that have a name of their own, loaded when asked for. */
export type SystemRegistry = Readonly<Record<string, () => Promise<System>>>;

/** A system ready to be certified: its description and the hashes of what was described. */
export interface LoadedSystem extends SystemHashes {
  readonly description: SystemDescription;
  /** The system itself, where it is an assembly that this process can load: then the sim lane can run it. */
  readonly assembly: System | undefined;
}

/**
 * Loads a system by name or by path. A module exports `system`, an assembly, or a description as its default; a JSON file is a description.
 * Throws UsageError for a name that is neither, SystemDescriptionError for a file that describes no system.
 */
export async function loadSystem(nameOrFile: string, registry: SystemRegistry): Promise<LoadedSystem> {
  const load = registry[nameOrFile];
  const found = load === undefined ? await loadFile(nameOrFile, registry) : await load();
  const assembly = isAssembly(found) ? found : undefined;
  const description = isAssembly(found) ? describeAssembly(found) : found;
  return { description, assembly, ...(await hashSystem(description)) };
}

async function loadFile(file: string, registry: SystemRegistry): Promise<System | SystemDescription> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new UsageError(`unknown system '${file}': expected ${Object.keys(registry).join(', ')} or an existing file`);
  }
  const exported = await importSystem(path, file);
  if (isAssembly(exported.system)) return assertOwnModule(exported.system, file);
  const described = exported.default ?? exported.system;
  if (described === undefined) {
    throw new SystemDescriptionError(`${file}: expected an export 'system' or a default export, found neither`);
  }
  return defineSystem(described as Parameters<typeof defineSystem>[0], file);
}

/** Processes and threads load an assembly anew from the module that it names: what that exports would be certified in its place. */
async function assertOwnModule(assembly: System, file: string): Promise<System> {
  const { name, module } = assembly;
  const named = (await import(module).catch(() => ({}))) as { system?: unknown };
  if (named.system === assembly) return assembly;
  throw new SystemDescriptionError(
    `${file}: expected the module of '${name}' to export it as 'system', received ${module}`,
    {
      hint: "the file that makes a system says 'module: import.meta.url' in it",
    },
  );
}

async function importSystem(path: string, shown: string): Promise<{ system?: unknown; default?: unknown }> {
  try {
    const json = path.endsWith('.json') ? ({ with: { type: 'json' } } as const) : undefined;
    return (await import(pathToFileURL(path).href, json)) as { system?: unknown; default?: unknown };
  } catch (cause) {
    const message = (cause as Error).message.split('\n')[0] ?? '';
    throw new SystemDescriptionError(`${shown}: expected a module or a JSON file that can be loaded: ${message}`, {
      cause,
    });
  }
}

function isAssembly(value: unknown): value is System {
  return typeof value === 'object' && value !== null && 'parts' in value && 'boot' in value && 'module' in value;
}
