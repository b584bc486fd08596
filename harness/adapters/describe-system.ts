// Turns a checked configuration into the SystemDescription that the rig uses: fills in the defaults that depend on other fields, and
// resolves paths.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { TABLES } from '../../src/contract/tables.ts';
import type { Action, CheckedAction } from '../formats/action.ts';
import type { CheckedSystemConfig } from '../formats/system-config.ts';
import { RUNBOOK_PROTOCOL } from '../formats/protocol.ts';
import type { ProviderDescription } from '../formats/provider.ts';
import { type Vantage, VANTAGES } from '../formats/vantages.ts';
import type { ProcessDescription, SystemDescription, TableDescription } from '../formats/system-description.ts';
import { describeAction, describeCommand } from './describe-command.ts';

/** Tables that every pair has, under any name. */
const MANDATORY = ['campaign_sms', 'sms_logs', 'quota_accounts'];

/** Empties every table of the database except those of PostgreSQL and of the audit. */
const TRUNCATE_ALL = `DO $$
DECLARE names text;
BEGIN
  SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO names FROM pg_tables
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'onesend_audit');
  IF names IS NOT NULL THEN EXECUTE 'TRUNCATE ' || names; END IF;
END $$`;

/** Describes the system of a configuration in `folder`, whose SQL files were read before, by `readSql`. */
export function describeSystem(config: CheckedSystemConfig, folder: string): SystemDescription {
  const { name, database, seed, mode, flipRead, openBreaker, recover, reconcile } = config;
  const { entersLater: _, ...trigger } = config.trigger;
  const [counts, mismatches] = [recover?.counts, reconcile?.mismatches];
  const processes = {
    legacy: describeProcess(config.processes.legacy, folder),
    service: describeProcess(config.processes.service, folder),
  };
  const action = (written: CheckedAction): Action => describeAction(written, { folder, process: processes.legacy });
  const code = config.code?.map((path) => resolve(folder, path)) ?? Object.values(processes).flatMap(filesNamedBy);
  return {
    name,
    code: [...new Set(code)],
    processes,
    database: {
      roles: database.roles,
      prepare: database.prepare.map((command) => describeCommand(command, { folder, process: processes.legacy })),
      setup: [database.setup].flat(),
      reset: database.reset === 'truncate-all' ? [TRUNCATE_ALL] : database.reset,
      tables: describeTables(database.tables),
    },
    seed: {
      tenant: [seed.tenant].flat(),
      item: [seed.item].flat(),
      ...(seed.credentials === undefined ? {} : { credentials: [seed.credentials].flat() }),
    },
    providers: config.providers.map((each) => withFile(each, folder)),
    refusedHosts: config.refusedHosts,
    isProxied: true,
    accounts: config.accounts,
    mode: [mode].flat(),
    flush: [config.flush].flat().map(action),
    ...(flipRead === undefined ? {} : { flipRead: action(flipRead) }),
    between: [config.between].flat().map(action),
    atRest: [config.atRest].flat(),
    ...(openBreaker === undefined ? {} : { openBreaker: opening(openBreaker, action) }),
    identity: config.identity,
    protocol: config.protocol,
    trigger,
    ...(recover === undefined ? {} : { recover: { ...action(recover), ...(counts && { counts }) } }),
    ...(reconcile === undefined ? {} : { reconcile: { ...action(reconcile), ...(mismatches && { mismatches }) } }),
    vantages: vantagesOf(config),
    absent: [...new Set([...config.absent, ...impossibleFaults(config)])],
    credentials: [],
    readings: { ...DEFAULT_READINGS, ...config.readings },
    timings: config.timings,
  };
}

/** How the rig opens a breaker: by an action (one of SQL has a short form), or by a number of failing calls. */
function opening(
  written: NonNullable<CheckedSystemConfig['openBreaker']>,
  action: (written: CheckedAction) => Action,
): NonNullable<SystemDescription['openBreaker']> {
  if (typeof written === 'string' || Array.isArray(written)) return { sql: [written].flat() };
  return 'failures' in written ? written : action(written);
}

/** The vantages of the pair: some follow from other fields, the others are those that the author lists. */
function vantagesOf({ vantages, identity, protocol, reconcile, trigger }: CheckedSystemConfig): Vantage[] {
  const { request, answer, statuses } = protocol;
  const derived: Partial<Record<Vantage, boolean>> = {
    identity: identity !== 'wire',
    entry: identity === 'column',
    admission: !trigger.entersLater,
    // Only an answer with a list of results can leave a message out.
    results: answer.results !== null && answer.results !== '',
    duplicates: statuses === undefined || Object.values(statuses).includes('duplicate'),
    payload: request.recipient !== null && request.body !== null,
    reconciliation: reconcile !== undefined,
  };
  return VANTAGES.filter((vantage) => derived[vantage] ?? (vantages as readonly Vantage[]).includes(vantage));
}

/** Faults that the rig cannot inject into this pair, or whose effect no property judges. */
function impossibleFaults({
  identity,
  openBreaker,
  breakers,
  protocol,
  readings,
  reconcile,
  database,
}: CheckedSystemConfig): string[] {
  const { path: _, ...bodies } = protocol;
  const canTamper = identity !== 'wire' && reconcile !== undefined && database.tables['go_sms_logs'] !== undefined;
  return [
    ...(openBreaker === undefined ? ['breaker-open'] : []),
    ...(openBreaker !== undefined && breakers === 'one' ? ['breaker OPEN (dry)'] : []),
    ...(identity === 'column' ? [] : ['missing-uuid']),
    ...(canTamper ? [] : ['tamper']),
    // Under this reading a redelivery is sent and charged again under a new uuid: to every property it is another message.
    ...(readings.redelivery === 'resends' ? ['redelivery'] : []),
    // The rig's own client, which repeats the uuid, writes the bodies of the runbook. It takes the path from the request that it repeats.
    ...(isDeepStrictEqual(bodies, RUNBOOK_PROTOCOL) ? [] : ['repeat']),
  ];
}

/** Resolves the path of a provider's module. */
function withFile(provider: ProviderDescription, folder: string): ProviderDescription {
  if (typeof provider === 'string' || !('module' in provider)) return provider;
  return { ...provider, module: resolve(folder, provider.module) };
}

function describeProcess(
  { command, cwd = '.', environment, also, prepare, logs, readyPath, port }: CheckedSystemConfig['processes']['legacy'],
  folder: string,
): ProcessDescription {
  const process = { directory: resolve(folder, cwd), environment };
  return {
    ...describeCommand({ command }, { folder, process }),
    also: also.map((beside) => describeCommand(beside, { folder, process })),
    prepare: prepare.map((before) => describeCommand(before, { folder, process })),
    // A path that begins with a placeholder is absolute once the slot has filled it in.
    logs: logs.map((path) => (path.startsWith('${') ? path : resolve(process.directory, path))),
    readyPath,
    ...(port === undefined ? {} : { port }),
  };
}

function describeTables(tables: CheckedSystemConfig['database']['tables']): Record<string, TableDescription> {
  const canonical = [...new Set([...MANDATORY, ...Object.keys(tables)])];
  return Object.fromEntries(
    canonical.map((canonicalName) => {
      const { name = canonicalName, key = keyOf(canonicalName), ...words } = tables[canonicalName] ?? {};
      return [canonicalName, { name, key, ...words }];
    }),
  );
}

function keyOf(canonical: string): readonly string[] {
  return Object.entries(TABLES).find(([name]) => name === canonical)?.[1].primaryKey ?? ['id'];
}

/** The existing files that the command lines of a process name: programs and scripts of the system. */
function filesNamedBy({ also, prepare, ...main }: ProcessDescription): string[] {
  return [main, ...also, ...prepare]
    .flatMap(({ command, arguments: rest, directory = '.' }) => [command, ...rest].map((word) => ({ word, directory })))
    .filter(({ word }) => word.includes('.') || word.includes('/'))
    .map(({ word, directory }) => resolve(directory, word))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}
