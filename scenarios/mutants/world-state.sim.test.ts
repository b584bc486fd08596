// Looking at the simulated world at one instant changes nothing, and shows the state of the run.
import { describe, expect, test } from 'vitest';
import type { Case } from '../../harness/formats/case.ts';
import { dumpSchema, type WorldState } from '../../harness/formats/dump.ts';
import type { HistoryEvent } from '../../harness/formats/event.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import type { SimRun } from '../../harness/sim/run.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { killingCase as late } from './killing-cases/m01.ts';
import { killingCase as crashed } from './killing-cases/m14.ts';
import { killingCase as batch } from './killing-cases/m28.ts';

const cases = { late, crashed, batch };

async function runUntil(system: System, { scenario, deviations }: Case, atMs?: number): Promise<SimRun> {
  const lane = await openSimLane(system);
  const stop = atMs === undefined ? {} : { untilMicros: atMs * 1_000 };
  return lane.simulate(scenario, { deviations, ...stop });
}

async function worldAt(atMs: number, found: Case, system: System = asWritten): Promise<WorldState> {
  const world = (await runUntil(system, found, atMs)).state();
  return dumpSchema.parse({ format: 'onesend.dump/1', system: system.name, scenario: '', atMs, world }).world;
}

/** The events observed up to a moment. `seq` is 0 in all of them, because events that end later are numbered too. */
function until(atMs: number, { history }: SimRun): HistoryEvent[] {
  return history.events.filter(({ latest }) => latest <= atMs * 1_000).map((event) => ({ ...event, seq: 0 }));
}

describe.each(Object.entries(cases))('a run of the case %s', (_name, found) => {
  test('a run that is stopped and inspected at a moment is the same as the whole run up to it', async () => {
    const whole = await runUntil(reference, found);
    for (let atMs = 0; atMs < 1_500; atMs += 61) {
      const stopped = await runUntil(reference, found, atMs);
      const before = JSON.stringify(stopped.state());
      expect(until(atMs, stopped)).toEqual(until(atMs, whole));
      expect(stopped.history.events.every(({ latest }) => latest <= atMs * 1_000)).toBe(true);
      expect(JSON.stringify(stopped.state())).toBe(before);
      expect(stopped.anomalies).toEqual([]);
    }
  });
});

describe('the world of the runbook as written', () => {
  test('the world of the runbook as written shows, while an answer is late, which caller waits for it and until when', async () => {
    const { connections, processes, queue, isOver } = await worldAt(503, late);
    expect(isOver).toBe(false);
    expect(connections).toMatchObject([
      { from: 'user', to: 'legacy-1' },
      { from: 'legacy-1.1', to: 'service', state: 'the answer is on its way' },
    ]);
    const legacy = processes.find(({ process }) => process === 'legacy-1');
    expect(legacy).toMatchObject({ incarnation: 'legacy-1.1', state: 'up', underWay: 1 });
    expect(legacy?.waitsFor.join()).toMatch(/^the time limit of a call, at 60\d/);
    expect(queue.map(({ what }) => what)).toContain('a message arrives over the link');
    const times = queue.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((atMs) => atMs > 503)).toBe(true);
  });

  test('the world of the runbook as written shows the rows of every table as they are then', async () => {
    const rowsAt = async (atMs: number): Promise<unknown[]> => {
      const { tables } = await worldAt(atMs, late);
      return tables.find(({ table }) => table === 'sms_logs')?.rows ?? [];
    };
    expect(await rowsAt(503)).toEqual([]);
    expect(await rowsAt(2_000)).toMatchObject([{ committed: { source: 'legacy', status: 'accepted' }, waiting: [] }]);
  });

  test('the world of the runbook as written ends with no work left', async () => {
    const world = await worldAt(10 * 60_000, late);
    expect(world).toMatchObject({ isOver: true, connections: [], transactions: [] });
  });
});

test('a process that crashed is down, and its start is in the queue', async () => {
  const run = await runUntil(reference, crashed);
  const crash = run.history.events.find(({ kind }) => kind === 'crash');
  const { processes, queue } = await worldAt((crash?.latest ?? 0) / 1_000 + 1, crashed, reference);
  expect(processes.find(({ process }) => process === 'service-1')).toMatchObject({ state: 'down', incarnation: null });
  expect(queue.map(({ what }) => what)).toContain('a crashed process is started');
  expect(queue.map(({ wakes }) => wakes)).not.toContain('service-1.1');
});

test('a paused process shows the events that wait for it to resume', async () => {
  const pause = { kind: 'pause', process: 'legacy', lastsMs: 700, fromMs: 0, untilMs: 1_500 } as const;
  const paused = { scenario: { ...late.scenario, faults: [pause] }, deviations: [] };
  const { processes } = await worldAt(600, paused, reference);
  const legacy = processes.find(({ process }) => process === 'legacy-1');
  expect(legacy).toMatchObject({ state: 'paused' });
  expect(legacy?.parked).toContain('the end of a call');
});

test('a waiting transaction names the one that holds its row, and the row names both', async () => {
  const twice = { kind: 'redelivery', campaign: 'campaign-1', atMs: 100 } as const;
  const raced = { scenario: { ...late.scenario, faults: [twice] }, deviations: [] };
  const seen: WorldState[] = [];
  for (let atMs = 100; atMs < 104; atMs += 0.1) seen.push(await worldAt(atMs, raced, reference));
  const waiting = seen.flatMap(({ tables, transactions }) =>
    transactions.filter(({ state }) => state === 'waiting').map((transaction) => ({ transaction, tables })),
  );
  expect(waiting.length).toBeGreaterThan(0);
  for (const { transaction, tables } of waiting) {
    const held = tables.flatMap(({ rows }) => rows).filter((row) => row.waiting.includes(transaction.name));
    expect(held.map(({ lockedBy }) => lockedBy)).toEqual([transaction.waitsFor]);
  }
});
