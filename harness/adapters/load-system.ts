// Loads the system that a command names: one of the registry, or a file that exports an assembly or a description.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { CONTRACT_VERSION, type System } from '../../src/contract/system.ts';
import { SystemDescriptionError, UsageError } from '../platform/errors.ts';
import { maskForms } from '../formats/credential.ts';
import { checkSystemConfig } from '../formats/system-config.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { openApis } from '../live/observers/provider-apis/open-apis.ts';
import { describeAssembly } from './assembly.ts';
import { describeSystem } from './describe-system.ts';
import { credentialsOf } from './find-credentials.ts';
import { hashSystem, type SystemHashes } from './hash-system.ts';
import { readSql } from './read-sql.ts';

/** The systems that come with the rig, by name; each is loaded on demand. */
export type SystemRegistry = Readonly<Record<string, () => Promise<System>>>;

/** A system ready to be certified: its description and the hashes of what was described. */
export interface LoadedSystem extends SystemHashes {
  readonly description: SystemDescription;
  /** The assembled system, which the sim lane can run; undefined for an external pair. */
  readonly assembly: System | undefined;
}

/**
 * Loads a system by name or by path. A module exports an assembly as `system`, or a description or a configuration as its default; a JSON
 * file holds a description or a configuration. Throws UsageError for a name that is neither, and SystemDescriptionError for a file that
 * describes no system.
 */
export async function loadSystem(nameOrFile: string, registry: SystemRegistry): Promise<LoadedSystem> {
  const load = registry[nameOrFile];
  if (load !== undefined) return ofAssembly(await load());
  const path = resolve(nameOrFile);
  if (!existsSync(path)) {
    throw new UsageError(
      `unknown system '${nameOrFile}': expected ${Object.keys(registry).join(', ')} or an existing file`,
    );
  }
  const exported = await importSystem(path, nameOrFile);
  if (isAssembly(exported.system)) {
    assertContract(exported.system, nameOrFile);
    return ofAssembly(await assertOwnModule(exported.system, nameOrFile));
  }
  return ofAuthor(exported.default ?? exported.system, { path, source: nameOrFile });
}

/**
 * The absolute path of the folder that a configuration names for its corpus; undefined if it names none, and for any other file. Throws
 * SystemDescriptionError for a corpus that is not a path.
 */
export async function corpusNamedBy(file: string): Promise<string | undefined> {
  const path = resolve(file);
  const { default: config } = await importSystem(path, file);
  if (typeof config !== 'object' || config === null || !('system' in config && 'corpus' in config)) return undefined;
  if (typeof config.corpus === 'string') return resolve(dirname(path), config.corpus);
  throw new SystemDescriptionError(`${file}: corpus: expected the path of a folder, received ${typeof config.corpus}`);
}

/** A system built for another version of the contract would fail, but not because of an error of its own. */
function assertContract({ name, contract = CONTRACT_VERSION }: System, file: string): void {
  if (contract === CONTRACT_VERSION) return;
  throw new SystemDescriptionError(
    `${file}: expected '${name}' to be built for version ${CONTRACT_VERSION} of the contract, received version ${contract}`,
    { hint: 'it uses another release of Onesend than the one that runs' },
  );
}

async function ofAssembly(assembly: System): Promise<LoadedSystem> {
  const description = describeAssembly(assembly);
  return { description, assembly, ...(await hashSystem(description)) };
}

/** Loads what an author wrote: the description of a system, or a configuration that holds it as `system`. */
async function ofAuthor(written: unknown, { path, source }: { path: string; source: string }): Promise<LoadedSystem> {
  if (written === undefined) {
    throw new SystemDescriptionError(`${source}: expected an export 'system' or a default export, found neither`);
  }
  const folder = dirname(path);
  const isConfig = typeof written === 'object' && written !== null && 'system' in written;
  const checked = checkSystemConfig(isConfig ? written.system : written, source);
  const { config, files } = await readSql(checked, { folder, source });
  const description = describeSystem(config, folder);
  await openApis(description.providers);
  const modules = description.providers.flatMap((each) =>
    typeof each === 'object' && 'module' in each ? [each.module] : [],
  );
  const hashed = { ...description, code: [...new Set([path, ...files, ...modules, ...description.code])] };
  const credentials = credentialsOf(config, folder);
  return { description: { ...hashed, credentials }, assembly: undefined, ...(await hashSystem(hashed, folder)) };
}

/** Processes and threads load an assembly again from the module that it names: if that exports another, they would certify the other. */
async function assertOwnModule(assembly: System, file: string): Promise<System> {
  const { name, module } = assembly;
  const named = (await import(module).catch(() => ({}))) as { system?: unknown };
  if (named.system === assembly) return assembly;
  throw new SystemDescriptionError(
    `${file}: expected the module of '${name}' to export it as 'system', received ${module}`,
    {
      hint: "write 'module: import.meta.url' in the system, in the file that exports it",
    },
  );
}

const AS_MODULE_HINT = 'end its name in .mjs, or write "type": "module" in the nearest package.json';

async function importSystem(path: string, shown: string): Promise<{ system?: unknown; default?: unknown }> {
  try {
    // Node before 22.18 cannot import TypeScript by itself.
    if (path.endsWith('.ts'))
      return await createJiti(import.meta.url, { fsCache: false, moduleCache: false }).import(path);
    const json = path.endsWith('.json') ? ({ with: { type: 'json' } } as const) : undefined;
    return (await import(pathToFileURL(path).href, json)) as { system?: unknown; default?: unknown };
  } catch (cause) {
    const message = maskForms((cause as Error).message.split('\n')[0] ?? '');
    throw new SystemDescriptionError(`${shown}: expected a module or a JSON file that can be loaded: ${message}`, {
      cause,
      ...(message.endsWith('outside a module') && { hint: AS_MODULE_HINT }),
    });
  }
}

function isAssembly(value: unknown): value is System {
  return typeof value === 'object' && value !== null && 'parts' in value && 'boot' in value && 'module' in value;
}
