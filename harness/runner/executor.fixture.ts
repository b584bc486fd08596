// A scripted executor and a scripted oracle: tests of the runner choose every outcome with them, without running a system.
import { acceptedStatuses } from '../formats/accepted-statuses.ts';
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import { PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import type { Executor, ObservedRun, RunOptions, RunOutcome } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Scenario } from '../formats/scenario.ts';
import { SCRIPTED_TIMINGS, SCRIPTED_TOLERANCES } from '../formats/tolerances.fixture.ts';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import type { Oracle, PropertyResult } from '../evidence/oracle.ts';

/** A small scenario with one tenant in ON, one message and no fault. */
export function scriptedScenario(overrides: Partial<Scenario> = {}): Scenario {
  return {
    format: 'onesend.scenario/1',
    name: 'scripted',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
    ...overrides,
  };
}

/** A valid history of a scenario, with the given events. */
export function scriptedHistory(scenario: Scenario, events: readonly HistoryEvent[] = []): History {
  const entries = scenario.steps.filter((step) => step.kind === 'entry');
  return {
    format: 'onesend.history/4',
    scenario,
    lane: 'live',
    system: 'scripted',
    vantages: ['wire', 'database'],
    readings: { ...DEFAULT_READINGS },
    accepted: acceptedStatuses(),
    tolerances: SCRIPTED_TOLERANCES,
    timings: SCRIPTED_TIMINGS,
    tenants: scenario.tenants.map(({ key, quota }, index) => ({
      key,
      tenantId: index,
      account: `account-${index}`,
      quota,
    })),
    items: entries.flatMap(({ campaign, tenant, messages }) =>
      Array.from({ length: messages }, (_, index) => {
        const item = `${campaign}#${index + 1}`;
        return { item, campaign, tenant, recipient: `recipient of ${item}`, body: 'body' };
      }),
    ),
    roles: { legacy: 'legacy', service: 'service', rig: 'rig' },
    events: [...events],
  };
}

/** The event with which an observer reports that it failed. */
export function scriptedTrouble(problem: EventOf<'observer-problem'>['problem'] = 'stalled'): HistoryEvent {
  return {
    seq: 0,
    observer: 'taps',
    earliest: 0,
    latest: 0,
    kind: 'observer-problem',
    problem,
    detail: '80 ms',
  };
}

/** An observed run of a scenario without deviations, with the given events. */
export function scriptedRun(scenario: Scenario, events: readonly HistoryEvent[] = []): ObservedRun {
  return { kind: 'history', history: scriptedHistory(scenario, events), deviations: [], anomalies: [] };
}

/** A scripted executor that records its runs. */
export interface ScriptedExecutor extends Executor {
  /** All cases that it ran, in order. */
  readonly ran: readonly Case[];
  /** The largest number of runs that were in flight at once. */
  readonly overlapMax: number;
}

/** Properties of a scripted executor apart from its script. */
export interface ScriptedExecutorOptions {
  readonly capacity?: number;
  readonly isDeterministic?: boolean;
  readonly refusal?: Executor['refusal'];
}

/** Makes an executor. `script` gets the case, the number of earlier runs with a scenario of this name, and the options of this run. */
export function scriptedExecutor(
  script: (tried: Case, earlier: number, options?: RunOptions) => RunOutcome | Promise<RunOutcome>,
  { capacity = 4, isDeterministic = false, refusal = () => undefined }: ScriptedExecutorOptions = {},
): ScriptedExecutor {
  const ran: Case[] = [];
  let active = 0;
  let overlapMax = 0;
  return {
    lane: isDeterministic ? 'sim' : 'live',
    capacity,
    isDeterministic,
    refusal,
    ran,
    get overlapMax() {
      return overlapMax;
    },
    async run(tried, options) {
      const earlier = ran.filter(({ scenario }) => scenario.name === tried.scenario.name).length;
      ran.push(tried);
      active += 1;
      overlapMax = Math.max(overlapMax, active);
      try {
        // One turn of the event loop, so that runs overlap.
        await new Promise((resolve) => setImmediate(resolve));
        return await script(tried, earlier, options);
      } finally {
        active -= 1;
      }
    },
    describe: () => ({ slots: String(capacity) }),
    close: () => Promise.resolve(),
  };
}

/** What a scripted oracle reports. By default every property is observed, exercised once and not violated, and every fault took effect. */
export interface OracleScript {
  readonly violates?: ((scenario: Scenario, property: PropertyId) => boolean) | undefined;
  readonly observes?: (property: PropertyId) => boolean;
  readonly exercised?: number | ((scenario: Scenario, property: PropertyId) => number);
  readonly receipt?: (history: History) => 'bit' | 'idle' | 'missing';
  readonly crashed?: PropertyId;
}

/** Makes an oracle that reports what the script says. */
export function scriptedOracle(script: OracleScript = {}): Oracle {
  return {
    judge: ({ scenario }) => PROPERTY_IDS.map((property) => scriptedJudgement(script, scenario, property)),
    receipts: (history) =>
      history.scenario.faults.map(({ kind }) => ({ kind, state: script.receipt?.(history) ?? 'bit' })),
    label: ({ kind }) => kind,
  };
}

function scriptedJudgement(script: OracleScript, scenario: Scenario, property: PropertyId): PropertyResult {
  const observed = script.observes?.(property) ?? true;
  const violated = script.violates?.(scenario, property) ?? false;
  const { exercised = 1 } = script;
  const chances = typeof exercised === 'number' ? exercised : exercised(scenario, property);
  return {
    property,
    observed,
    exercised: observed ? chances : 0,
    findings: violated ? [{ property, message: 'seen', items: ['campaign-1#1'], witnesses: [] }] : [],
    undecided: [],
    ...(script.crashed === property ? { crashed: 'it threw' } : {}),
  };
}
