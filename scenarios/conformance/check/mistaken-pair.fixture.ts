// The smallest pair with one mistake, as its author might make it: in the description, or in a file.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadSystem } from '../../../harness/adapters/load-system.ts';
import type { CheckStep } from '../../../harness/formats/check.ts';
import type { SystemConfig } from '../../../harness/formats/system-config.ts';
import type { SystemDescription } from '../../../harness/formats/system-description.ts';
import { checkPair } from '../../../harness/live/check/check-pair.ts';
import { openSharedInfrastructure } from '../../../harness/live/shared-server.fixture.ts';
import { packageRoot } from '../../../harness/platform/compiled-module.ts';
import { OnesendError } from '../../../harness/platform/errors.ts';

const EXAMPLE = join(packageRoot, 'examples/node-pair');
/** Long enough for a process on a busy machine, and short enough for tests of a process that never serves. */
const READY_TIMEOUT_MS = 15_000;

/** A text in a file, and its replacement. */
export type Replacement = readonly [from: string, to: string];

/** One mistake. */
export interface Mistake {
  /** Changes the description. The result is written as JSON. */
  readonly described?: (config: SystemConfig) => object;
  /** Replacements in files of the pair, or the whole text of a file. */
  readonly files?: Readonly<Record<string, readonly Replacement[] | string>>;
}

/** The code of the service that rehearses or sends, and that of the legacy app that falls back. */
const REHEARSES = 'const { status, id } = dryRun';
const FALLS_BACK = 'await sendBySelf(message, { charged: true });';

/** The lines that the runbook demands, as texts of a template. */
const DEMANDED = {
  rehearsal: 'DRY_RUN_NO_PROVIDER_CALL message_uuid=${uuid}',
  fallback: 'LEGACY_SEND_FALLBACK_ON_MODE message_uuid=${uuid}',
};

/** The pair with 'log' in `vantages`. Its systems log the demanded lines, or these instead. */
export function loggingPair(lines: Partial<typeof DEMANDED> = {}): Mistake {
  const { rehearsal, fallback } = { ...DEMANDED, ...lines };
  return {
    described: (config) => ({ ...config, vantages: ['wire', 'database', 'log'] }),
    files: {
      'service.js': [[REHEARSES, `if (dryRun) console.log(\`${rehearsal}\`);\n  ${REHEARSES}`]],
      'legacy.js': [[FALLS_BACK, `{ const { uuid } = message; console.log(\`${fallback}\`); ${FALLS_BACK} }`]],
    },
  };
}

/** Checks a pair on the shared server, and returns all steps. */
export async function checkOnSharedServer(description: SystemDescription): Promise<CheckStep[]> {
  const infrastructure = await openSharedInfrastructure();
  try {
    return await checkPair({ description, infrastructure, readyTimeoutMs: READY_TIMEOUT_MS });
  } finally {
    await infrastructure.close();
  }
}

/** The failed steps, one line each. */
export function failuresOf(steps: readonly CheckStep[]): string[] {
  return steps.flatMap(({ step, outcome, finding, hint, details }) =>
    outcome === 'failed' ? [`${step}: ${finding} (${hint})${details.map((line) => `; ${line}`).join('')}`] : [],
  );
}

/** The names of the steps with this outcome. */
export function outcomesOf(steps: readonly CheckStep[], outcome: CheckStep['outcome']): string[] {
  return steps.flatMap((step) => (step.outcome === outcome ? [step.step] : []));
}

/** The lines that a check of the pair with this mistake reports, also when it cannot load the description. */
export async function linesOf(mistake: Mistake): Promise<string[]> {
  try {
    return failuresOf(await withPair(mistake, checkOnSharedServer));
  } catch (error) {
    if (!(error instanceof OnesendError)) throw error;
    const { message, hint, details } = error;
    return [[`${message}${hint === undefined ? '' : ` (${hint})`}`, ...details].join('; ')];
  }
}

/** Calls `work` with the pair with this mistake, in a temporary folder. */
export async function withPair<T>(mistake: Mistake, work: (description: SystemDescription) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-mistake-'));
  try {
    const { description } = await loadSystem(await writePair(folder, mistake), {});
    return await work(description);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The configuration of the smallest pair. */
export async function exampleConfig(): Promise<SystemConfig> {
  const module: unknown = await import(pathToFileURL(join(EXAMPLE, 'onesend.config.js')).href);
  return (module as { default: { system: SystemConfig } }).default.system;
}

/** Writes the pair with this mistake into a folder, and returns the path of its description. */
export async function writePair(
  folder: string,
  { described = (config) => config, files = {} }: Mistake,
): Promise<string> {
  await cp(EXAMPLE, folder, { recursive: true });
  await rm(join(folder, 'onesend.config.js'));
  await symlink(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, replacements] of Object.entries(files)) {
    const path = join(folder, name);
    const text =
      typeof replacements === 'string' ? replacements : replacements.reduce(replaceIn, await readFile(path, 'utf8'));
    await writeFile(path, text);
  }
  const config = join(folder, 'onesend.config.json');
  await writeFile(config, JSON.stringify({ system: described(await exampleConfig()) }));
  return config;
}

function replaceIn(text: string, [from, to]: Replacement): string {
  if (!text.includes(from)) throw new Error(`expected to find ${from}`);
  return text.replaceAll(from, to);
}
