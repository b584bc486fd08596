// Simulated runs of the reference, and what tests read from their histories: which system sent, what the tables hold, what the user got.
import assert from 'node:assert/strict';
import type { Env } from '../../src/contract/env.ts';
import type { HttpOutcome, HttpPost, HttpRequest, HttpResponse } from '../../src/contract/http.ts';
import { BATCH_PATH } from '../../src/contract/batch.ts';
import type { Role } from '../../src/contract/message.ts';
import type { System } from '../../src/contract/system.ts';
import type { RowOf, TableName } from '../../src/contract/tables.ts';
import { system as reference } from '../../src/reference.ts';
import type { Deviation } from '../../harness/formats/case.ts';
import type { EventKind, EventOf, HistoryEvent } from '../../harness/formats/event.ts';
import type { History } from '../../harness/formats/history.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { type CampaignOptions, campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { openSimLane, type SimLane, type SimLaneOptions } from '../../harness/sim/lane.ts';
import type { SimRun } from '../../harness/sim/run.ts';

/** A statement that fails, or whose COMMIT fails. Two failures of one statement mean its first and its second execution in the run. */
export interface DatabaseFailure {
  /** For example `service call sa_claim` or `legacy insert sms_logs`. */
  readonly at: `${Role} ${string}`;
  /** `disconnect` makes the statement itself fail; the others are ends of the COMMIT that follows it. */
  readonly end: 'disconnect' | 'deadlock' | 'lose-acknowledgement' | 'lose-commit';
}

/** How a run differs from one message in ON without a fault. */
export interface RunOptions extends CampaignOptions {
  /** Replaces the scenario that the other options describe. */
  readonly scenario?: Scenario;
  readonly system?: System;
  readonly settings?: NonNullable<SimLaneOptions['settings']>;
  readonly deviations?: readonly Deviation[];
  readonly databaseFailures?: readonly DatabaseFailure[];
}

/** What the observers saw of a run, up to some moment. */
export interface Seen {
  readonly events: readonly HistoryEvent[];
  /** The systems that called the provider, in the order of the calls. */
  readonly senders: readonly Role[];
  /** The system and the item of each provider call, for example `service campaign-1#2`. */
  readonly sends: readonly string[];
  /** The requests that left the legacy app for the service. */
  readonly calls: readonly EventOf<'request'>[];
  readonly balance: number;
  eventsOf<K extends EventKind>(kind: K): readonly EventOf<K>[];
  /** The committed rows that the run wrote, without rows from before the run that never changed. */
  rows<T extends TableName>(table: T): readonly RowOf<T>[];
  /** The changes that the two systems made to a table, without those of the rig. */
  changes(table: TableName): readonly EventOf<'row'>[];
  /** The log lines that begin with this word. */
  logged(start: string): readonly string[];
}

/** What was seen of a whole run, and of parts of it. */
export interface ReferenceRun extends Seen {
  readonly history: History;
  readonly beforeRecovery: Seen;
  /** What was seen until the user got the answer number `trigger`, from 0. */
  whenAnswered(trigger?: number): Seen;
  /** The answers to the user, in the order of the answers. */
  readonly responses: readonly { readonly status: number | null; readonly body: string; readonly elapsedMs: number }[];
  /** What each round of recovery reported. */
  readonly recoveries: readonly (Readonly<Record<string, number>> | null)[];
  /** How often a process sent a statement, such as `service call sa_claim`, before recovery. */
  statements(name: DatabaseFailure['at']): number;
}

/** Runs the reference, or another system. Throws an AssertionError when a deviation is not reached or the run has anomalies. */
export async function runReference(options: RunOptions = {}): Promise<ReferenceRun> {
  const { system = reference, settings = {}, databaseFailures = [] } = options;
  const lane = await openSimLane(system, { settings });
  const scenario = options.scenario ?? campaignScenario(options);
  const deviations = [...(options.deviations ?? [])];
  for (const [index, failed] of databaseFailures.entries()) {
    const earlier = databaseFailures.slice(0, index).filter(({ at }) => at === failed.at).length;
    deviations.push(await deviationOf(failed, { lane, scenario, deviations, earlier }));
  }
  const run = await lane.simulate(scenario, { deviations, isRecording: true });
  assert.deepEqual(run.anomalies, [], 'expected a run without anomalies');
  assert.equal(run.deviations.length, deviations.length, 'expected the run to reach every deviation');
  return readRun(run);
}

/** The deviation of the simulator for a database failure, found in a run with the deviations before it. */
async function deviationOf(
  { at, end }: DatabaseFailure,
  from: { lane: SimLane; scenario: Scenario; deviations: readonly Deviation[]; earlier: number },
): Promise<Deviation> {
  const key = statementKey(at);
  if (end === 'disconnect') return { site: 'statement', key, attempt: from.earlier, choice: end };
  const { points } = await from.lane.simulate(from.scenario, { deviations: from.deviations, isRecording: true });
  const statements = points.filter((point) => point.site.name === 'statement' && point.key === key);
  const statement = statements[from.earlier];
  assert(statement !== undefined, `expected the run to reach: ${at}`);
  const commit = points
    .slice(points.indexOf(statement))
    .find((point) => point.site.name === 'commit' && key.startsWith(`${point.key} `));
  assert(commit !== undefined, `expected a COMMIT after: ${at}`);
  return { site: 'commit', key: commit.key, attempt: commit.attempt, choice: end };
}

/** The simulator's name of a statement: `service call sa_claim` becomes `service-1 call sa_claim`. */
function statementKey(name: string): string {
  return name.replace(/^\w+/, '$&-1');
}

function readRun(run: SimRun): ReferenceRun {
  const { history, points } = run;
  const whole = seen(history, history.events);
  const until = (moment: HistoryEvent | undefined): Seen =>
    seen(
      history,
      history.events.filter((event) => moment === undefined || event.latest <= moment.earliest),
    );
  return {
    ...whole,
    history,
    beforeRecovery: until(whole.eventsOf('recover')[0]),
    whenAnswered: (trigger = 0) => until(whole.eventsOf('user-response')[trigger]),
    responses: whole.eventsOf('user-response'),
    recoveries: whole.eventsOf('recover').map(({ report }) => report),
    statements: (name) =>
      points.filter(({ site, key }) => site.name === 'statement' && key === statementKey(name)).length,
  };
}

function seen(history: History, events: readonly HistoryEvent[]): Seen {
  const eventsOf: Seen['eventsOf'] = <K extends EventKind>(kind: K) =>
    events.filter((event): event is EventOf<K> => event.kind === kind);
  const changes = (table: TableName) =>
    eventsOf('row').filter((row) => row.table === table && row.role !== history.roles.rig);
  const attempts = eventsOf('attempt');
  const [account] = rowsAfter(eventsOf('row'), 'quota_accounts');
  return {
    events,
    eventsOf,
    changes,
    senders: attempts.map(({ system }) => system),
    sends: attempts.map(({ system, item }) => `${system} ${item}`),
    calls: eventsOf('request').filter(({ tap }) => tap === 'front'),
    balance: account?.units ?? history.tenants[0]?.quota ?? 0,
    rows: (table) => rowsAfter(eventsOf('row'), table),
    logged: (start) =>
      eventsOf('log')
        .map(({ line }) => line)
        .filter((line) => line.startsWith(start)),
  };
}

function rowsAfter<T extends TableName>(changes: readonly EventOf<'row'>[], table: T): readonly RowOf<T>[] {
  const rows = new Map<string, unknown>();
  for (const { key, after } of changes.filter((change) => change.table === table)) {
    if (after === null) rows.delete(key);
    else rows.set(key, after);
  }
  return [...rows.values()] as RowOf<T>[];
}

/** The unchanged legacy app, for the user of the current trigger. */
export interface TriggeredApp {
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/** What the legacy app does when the rig triggers a campaign; `delivery` is the number of the trigger, from 1. */
export type TriggerAct = (
  world: { readonly app: TriggeredApp; readonly env: Env; readonly delivery: number },
  request: HttpRequest,
) => Promise<HttpResponse>;

/** The system with a legacy app that runs `act` when a campaign is triggered. */
export function whenTriggered(act: TriggerAct, system: System = reference): System {
  return {
    ...system,
    boot(env, role) {
      const app = system.boot(env, role);
      if (role === 'service') return app;
      let delivery = 0;
      return {
        handle(request, caller) {
          if (!request.path.endsWith('/send')) return app.handle(request, caller);
          delivery += 1;
          return act({ app: { handle: (asked) => app.handle(asked, caller) }, env, delivery }, request);
        },
      };
    },
  };
}

/** A request to the legacy app. */
export function post(path: string, body = '{}'): HttpRequest {
  return { method: 'POST', path, headers: {}, body };
}

/** The system whose first call to the service gets this outcome without reaching it. */
export function whoseFirstCall(outcomeOf: (post: HttpPost) => HttpOutcome, system: System = reference): System {
  return {
    ...system,
    boot(env, role) {
      let isFirst = true;
      const http = {
        post: async (request: HttpPost): Promise<HttpOutcome> => {
          if (!isFirst || !request.url.endsWith(BATCH_PATH)) return env.http.post(request);
          isFirst = false;
          return outcomeOf(request);
        },
      };
      return system.boot(role === 'legacy' ? withHttp(env, http) : env, role);
    },
  };
}

/** The Env with another HTTP client. */
function withHttp(env: Env, http: Env['http']): Env {
  const { now, sleep, within, spawn, uuid, store, log, settings } = env;
  return { now, sleep, within, spawn, uuid, store, log, settings, http };
}

/** An answer of the service with this status and content. */
export function answer(status: number, content: unknown): HttpOutcome {
  return { kind: 'answer', status, body: JSON.stringify(content), elapsedMs: 1 };
}

/** A call that failed for this reason. */
export function failure(reason: Extract<HttpOutcome, { kind: 'failure' }>['reason']): HttpOutcome {
  const definite = reason === 'refused' || reason === 'reset-before-write';
  return { kind: 'failure', reason, definite, elapsedMs: 1 };
}

/** The reference whose tenant has no credentials at the provider. */
export const withoutCredentials = whenTriggered(async ({ app, env }, request) => {
  await env.store.transaction((tx) => tx.remove('provider_credentials', {}));
  return app.handle(request);
});

/** The report of a round of recovery that found nothing to do. */
export const NOTHING_TO_RECOVER = { surfaced: 0, settled: 0, reentered: 0, pending: 0 } as const;
