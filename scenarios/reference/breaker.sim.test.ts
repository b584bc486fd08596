// The breaker: its transitions, over the store that all processes share and by the database's clock.
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/formats/fault.ts';
import type { Step } from '../../harness/formats/scenario.ts';
import { CAMPAIGN } from '../../harness/generators/campaign-scenario.ts';
import { DEFAULT_TIMINGS } from '../../src/contract/settings.ts';
import { type ReferenceRun, type RunOptions, runReference, type Seen } from './reference-run.fixture.ts';

const { breakerFailures, breakerProbeAfterMs, breakerWindowMs, budgetMs } = DEFAULT_TIMINGS;

/** Makes every call fail at once. */
const FAILING: Fault = { kind: 'reset', stream: 'upstream', fromMs: 0, untilMs: 20_000 };

/** Delays every answer. */
const late = (latencyMs: number): Fault => ({
  kind: 'latency',
  stream: 'downstream',
  latencyMs,
  jitterMs: 0,
  fromMs: 0,
  untilMs: 20_000,
});

/** The rig opens the live breaker. */
const openAt = (fromMs: number): Fault => ({ kind: 'breaker-open', breaker: 'live', fromMs });

/** A run whose campaigns of one message are triggered at these times. */
function triggeredAt([atMs = 0, ...later]: readonly number[], options: RunOptions = {}): Promise<ReferenceRun> {
  const steps = later.map((time, index): Step => {
    return { kind: 'entry', campaign: `later-${index + 1}`, tenant: CAMPAIGN.tenant, messages: 1, atMs: time };
  });
  return runReference({ atMs, ...options, steps: [...steps, ...(options.steps ?? [])] });
}

/** `count` times, 10 ms apart. */
const times = (count: number, fromMs = 50): number[] =>
  Array.from({ length: count }, (_, index) => fromMs + 10 * index);

/** The state and the number of failures of the breaker after each transaction of a system that changed it. */
function transitions(seen: Seen): string[] {
  const last = new Map(seen.changes('messaging_breakers').map(({ transaction, after }) => [transaction, after]));
  return [...last.values()].map((row) => `${String(row?.['state'])} ${String(row?.['failures'])}`);
}

/** How many messages fell back because the breaker was OPEN. */
const turnedAway = (seen: Seen): number =>
  seen.logged('LEGACY_SEND_FALLBACK_ON_MODE').filter((line) => line.endsWith('cause=breaker-open')).length;

test('the breaker admits while no failure was recorded, and a healthy call writes nothing', async () => {
  const run = await triggeredAt(times(2));
  expect(run.calls).toHaveLength(2);
  expect(run.changes('messaging_breakers')).toEqual([]);
});

test('the breaker opens at the last failure of its window, and not before', async () => {
  const { beforeRecovery } = await triggeredAt(times(breakerFailures + 1), { faults: [FAILING] });
  expect(transitions(beforeRecovery)).toEqual(['CLOSED 1', 'CLOSED 2', 'CLOSED 3', 'CLOSED 4', 'OPEN 5']);
  expect(beforeRecovery.calls).toHaveLength(breakerFailures);
  expect(turnedAway(beforeRecovery)).toBe(1);
});

test('the breaker forgets failures when their window has passed', async () => {
  const first = times(breakerFailures - 1);
  const { beforeRecovery } = await triggeredAt([...first, 60 + breakerWindowMs], { faults: [FAILING] });
  expect(transitions(beforeRecovery)).toEqual(['CLOSED 1', 'CLOSED 2', 'CLOSED 3', 'CLOSED 4', 'CLOSED 1']);
});

test.each([
  [1, 1],
  [2, 2],
])('with %i probes, the breaker admits %i calls when its OPEN time ends, and no more', async (breakerProbes, calls) => {
  const probing = { settings: { breakerProbes }, faults: [openAt(0), late(300)] };
  const run = await triggeredAt([breakerProbeAfterMs - 50, ...times(3, breakerProbeAfterMs + 50)], probing);
  const early = run.whenAnswered(0);
  expect([early.calls.length, turnedAway(early)]).toEqual([0, 1]);
  expect(run.beforeRecovery.calls).toHaveLength(calls);
  expect(turnedAway(run.beforeRecovery)).toBe(4 - calls);
  expect(transitions(run.beforeRecovery)[0]).toMatch(/^HALF_OPEN/);
});

test('the breaker closes when the probe succeeds, and admits all calls again', async () => {
  const { beforeRecovery } = await triggeredAt(times(3, 600), { faults: [openAt(0)] });
  expect(transitions(beforeRecovery)).toEqual(['HALF_OPEN 5', 'CLOSED 0']);
  expect(beforeRecovery.rows('messaging_breakers')).toMatchObject([{ probes: 0, opened_at: null }]);
  expect(beforeRecovery.calls).toHaveLength(3);
});

test('the breaker opens again for its whole time when the probe fails', async () => {
  const failedMs = 600 + budgetMs;
  const lost: Fault = { kind: 'blackhole', stream: 'downstream', fromMs: 0, untilMs: 20_000 };
  const entries = [600, failedMs + breakerProbeAfterMs - 10, failedMs + breakerProbeAfterMs + 10];
  const run = await triggeredAt(entries, { faults: [openAt(0), lost] });
  expect(transitions(run.whenAnswered(0))).toEqual(['HALF_OPEN 5', 'OPEN 5']);
  expect(run.whenAnswered(1).calls).toHaveLength(1);
  expect(turnedAway(run.whenAnswered(1))).toBe(1);
  expect(run.whenAnswered(2).calls).toHaveLength(2);
});

test('the breaker admits one other call as a probe after the process of the first probe died', async () => {
  const lapsedMs = 600 + breakerProbeAfterMs + budgetMs;
  const died: Fault = { kind: 'crash', process: 'legacy', atMs: 650, restartAfterMs: 10 };
  const run = await triggeredAt([600, lapsedMs - 10, ...times(2, lapsedMs + 20)], {
    faults: [openAt(0), late(400), died],
  });
  expect(run.whenAnswered(1).calls).toHaveLength(1);
  expect(turnedAway(run.whenAnswered(1))).toBe(1);
  expect(run.beforeRecovery.calls).toHaveLength(2);
  expect(turnedAway(run.beforeRecovery)).toBe(2);
});

test.each([
  { call: 'a success', latencyMs: 200, status: 'answer' },
  { call: 'a failure', latencyMs: 700, status: 'call-failed' },
])('an OPEN breaker is not changed by $call of an earlier call', async ({ latencyMs, status }) => {
  const { beforeRecovery } = await triggeredAt([50], { faults: [openAt(100), late(latencyMs)] });
  const [end] = beforeRecovery.events.filter((event) => 'tap' in event && event.tap === 'front').slice(-1);
  expect(end?.kind).toBe(status);
  expect(beforeRecovery.rows('messaging_breakers')).toMatchObject([{ state: 'OPEN' }]);
  expect(beforeRecovery.changes('messaging_breakers')).toEqual([]);
});

test('the breaker of dry runs does not change the live one', async () => {
  const rehearsals = times(breakerFailures + 1);
  const live: Step = { kind: 'entry', campaign: 'live', tenant: CAMPAIGN.tenant, messages: 1, atMs: 400 };
  const flip: Step = { kind: 'flip', tenant: CAMPAIGN.tenant, mode: 'ON', atMs: 300 };
  const options = { mode: 'SHADOW', faults: [FAILING], steps: [flip, live] };
  const { beforeRecovery } = await triggeredAt(rehearsals, options);
  expect(beforeRecovery.rows('messaging_breakers')).toMatchObject([
    { name: 'dry', state: 'OPEN' },
    { name: 'live', state: 'CLOSED', failures: 1 },
  ]);
  expect(beforeRecovery.logged('SHADOW_SEND_FAILED').slice(-1)).toEqual([
    expect.stringContaining('cause=breaker-open'),
  ]);
  expect(beforeRecovery.calls.map(({ dryRun }) => dryRun)).toEqual([...rehearsals.slice(1).map(() => true), false]);
});

test('a breaker that cannot be read admits the call, and a log line reports it', async () => {
  const lost = { at: 'legacy select messaging_breakers', end: 'disconnect' } as const;
  const { beforeRecovery } = await triggeredAt([50], { faults: [openAt(0)], databaseFailures: [lost] });
  expect(beforeRecovery.calls).toHaveLength(1);
  expect(beforeRecovery.logged('BREAKER_UNREADABLE')).toHaveLength(1);
});
