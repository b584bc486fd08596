// The settings of a process, read from its environment. A bad value is reported in one line that names the variable.
import { DEFAULT_TIMINGS, type Settings } from '../contract/settings.ts';

/** Everything that a process reads from its environment. */
export interface ProcessSettings {
  readonly databaseUrl: string;
  readonly port: number;
  /** The maximum number of connections to the database. */
  readonly poolSize: number;
  readonly settings: Settings;
}

/** A variable or argument that is missing or wrong. The message is one line and contains no secret value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_POOL_SIZE = 10;

/** The environment variable of each number, and its least allowed value. */
const NUMBERS: { readonly [K in keyof typeof DEFAULT_TIMINGS]: { readonly variable: string; readonly least: number } } =
  {
    budgetMs: { variable: 'SEND_BUDGET_MS', least: 1 },
    answerByMs: { variable: 'ANSWER_BY_MS', least: 1 },
    providerTimeoutMs: { variable: 'PROVIDER_TIMEOUT_MS', least: 1 },
    leaseMs: { variable: 'LEASE_MS', least: 0 },
    surfaceAfterMs: { variable: 'SURFACE_AFTER_MS', least: 0 },
    breakerFailures: { variable: 'BREAKER_FAILURES', least: 1 },
    breakerWindowMs: { variable: 'BREAKER_WINDOW_MS', least: 1 },
    breakerProbeAfterMs: { variable: 'BREAKER_PROBE_AFTER_MS', least: 0 },
    breakerProbes: { variable: 'BREAKER_PROBES', least: 1 },
    workers: { variable: 'WORKERS', least: 1 },
    shutdownGraceMs: { variable: 'SHUTDOWN_GRACE_MS', least: 0 },
    reconcileGraceMs: { variable: 'RECONCILE_GRACE_MS', least: 0 },
  };

/** Reads the settings; throws SettingsError for the first variable that is missing or wrong. */
export function readSettings(environment: Environment): ProcessSettings {
  const timings = Object.fromEntries(
    (Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map((name) => {
      const { variable, least } = NUMBERS[name];
      return [name, readWhole(environment, variable, { least, fallback: DEFAULT_TIMINGS[name] })];
    }),
  ) as unknown as typeof DEFAULT_TIMINGS;
  return {
    databaseUrl: readUrl(environment, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    port: readWhole(environment, 'PORT', { least: 1, most: 65_535 }),
    poolSize: readWhole(environment, 'POOL_SIZE', { least: 1, fallback: DEFAULT_POOL_SIZE }),
    settings: {
      ...timings,
      serviceUrl: readUrl(environment, 'SERVICE_URL', ['http:', 'https:']).replace(/\/+$/, ''),
      providerUrl: readUrl(environment, 'PROVIDER_URL', ['http:', 'https:']).replace(/\/+$/, ''),
    },
  };
}

function readWhole(
  environment: Environment,
  variable: string,
  bounds: { least: number; most?: number; fallback?: number },
): number {
  const text = environment[variable] ?? '';
  if (text === '' && bounds.fallback !== undefined) return bounds.fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  // A timer of Node can wait at most 2^31 - 1 milliseconds.
  const most = bounds.most ?? 2_147_483_647;
  if (value >= bounds.least && value <= most) return value;
  throw new SettingsError(
    `${variable}: expected a whole number from ${bounds.least} to ${most}, received ${shown(text)}`,
  );
}

function readUrl(environment: Environment, variable: string, protocols: readonly string[]): string {
  const text = environment[variable] ?? '';
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  // A URL can contain a password, so the message does not repeat a wrong one.
  const received = text === '' ? 'nothing' : 'something else';
  throw new SettingsError(
    `${variable}: expected a URL that starts with ${protocols.join(' or ')}//, received ${received}`,
  );
}

function shown(text: string): string {
  return text === '' ? 'nothing' : JSON.stringify(text);
}
