// From what an author wrote to what the rig works with: defaults that depend on other fields, and paths that depend on where it was written.
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

/** Empties every table of the database but those of PostgreSQL and of the audit. */
const TRUNCATE_ALL = `DO $$
DECLARE names text;
BEGIN
  SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO names FROM pg_tables
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'onesend_audit');
  IF names IS NOT NULL THEN EXECUTE 'TRUNCATE ' || names; END IF;
END $$`;

/** The description of what an author wrote in a file in `folder`, with its SQL read from the files that it names. */
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

/** How a breaker is opened; SQL may be written as it is. */
function opening(
  written: NonNullable<CheckedSystemConfig['openBreaker']>,
  action: (written: CheckedAction) => Action,
): NonNullable<SystemDescription['openBreaker']> {
  if (typeof written === 'string' || Array.isArray(written)) return { sql: [written].flat() };
  return 'failures' in written ? written : action(written);
}

/** What the pair lets be seen: what its author says, and what follows from the rest. */
function vantagesOf({ vantages, identity, protocol, reconcile, trigger }: CheckedSystemConfig): Vantage[] {
  const { request, answer, statuses } = protocol;
  const derived: Partial<Record<Vantage, boolean>> = {
    identity: identity !== 'wire',
    entry: identity === 'column',
    admission: !trigger.entersLater,
    // An answer that is one result as a whole, or none, cannot leave a message out.
    results: answer.results !== null && answer.results !== '',
    duplicates: statuses === undefined || Object.values(statuses).includes('duplicate'),
    payload: request.recipient !== null && request.body !== null,
    reconciliation: reconcile !== undefined,
  };
  return VANTAGES.filter((vantage) => derived[vantage] ?? (vantages as readonly Vantage[]).includes(vantage));
}

/** Faults that cannot be planted with this description, or whose effect is not judged. */
function impossibleFaults({
  identity,
  openBreaker,
  breakers,
  protocol,
  readings,
  reconcile,
  database,
}: CheckedSystemConfig): string[] {
  const canTamper = identity !== 'wire' && reconcile !== undefined && database.tables['go_sms_logs'] !== undefined;
  return [
    ...(openBreaker === undefined ? ['breaker-open'] : []),
    ...(openBreaker !== undefined && breakers === 'one' ? ['breaker OPEN (dry)'] : []),
    ...(identity === 'column' ? [] : ['missing-uuid']),
    ...(canTamper ? [] : ['tamper']),
    // What is sent again under another uuid, and charged again, is no longer one message to any property.
    ...(readings.redelivery === 'resends' ? ['redelivery'] : []),
    // The rig itself speaks as the runbook has it.
    ...(isDeepStrictEqual(protocol, RUNBOOK_PROTOCOL) ? [] : ['repeat']),
  ];
}

/** A module of the author's is named by its file. */
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
    // What is in a directory of the slot has its full path there.
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

/** The files among the words of a command line: programs and scripts of the system's own. */
function filesNamedBy({ also, prepare, ...main }: ProcessDescription): string[] {
  return [main, ...also, ...prepare]
    .flatMap(({ command, arguments: rest, directory = '.' }) => [command, ...rest].map((word) => ({ word, directory })))
    .filter(({ word }) => word.includes('.') || word.includes('/'))
    .map(({ word, directory }) => resolve(directory, word))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}
