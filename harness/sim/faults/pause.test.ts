import { describe, expect, test } from 'vitest';
import type { Fault } from '../../formats/fault.ts';
import type { History } from '../../formats/history.ts';
import { receipts } from '../../history/receipts.ts';
import { openSimLane } from '../lane.ts';
import { toyScenario } from '../toy-scenario.fixture.ts';
import { toySystem } from '../toy-system.fixture.ts';

const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 700, fromMs: 0, untilMs: 1_500 };

async function historyUnder(...faults: Fault[]): Promise<History> {
  const lane = await openSimLane(toySystem());
  const run = await lane.simulate(toyScenario({ faults }));
  expect(run.anomalies).toEqual([]);
  return run.history;
}

/** The times of all events of this kind, in milliseconds. */
function timesOf(history: History, kind: 'fault-applied' | 'fault-healed' | 'answer' | 'log' | 'crash'): number[] {
  return history.events.filter((event) => event.kind === kind).map(({ latest }) => latest / 1_000);
}

describe('a pause in the simulated lane', () => {
  test('a pause in the simulated lane stops the legacy app between the last byte of an answer and its reaction', async () => {
    const history = await historyUnder(pause);
    const [stoppedMs = 0] = timesOf(history, 'fault-applied');
    expect(timesOf(history, 'answer')).toContain(stoppedMs);
    expect(timesOf(history, 'fault-healed')).toEqual([stoppedMs + 700]);
    expect(timesOf(history, 'log')).toEqual([stoppedMs + 700]);
    expect(receipts(history)[0]).toMatchObject({ kind: 'pause legacy', state: 'bit' });
  });

  test('a pause in the simulated lane does not stop the legacy app when no answer comes in its window', async () => {
    const history = await historyUnder({ ...pause, untilMs: 50 });
    expect(timesOf(history, 'fault-applied')).toEqual([]);
    expect(receipts(history)[0]?.state).toBe('idle');
  });

  test('a pause in the simulated lane stops the legacy app once, at the first of several answers', async () => {
    const again: Fault = { kind: 'redelivery', campaign: 'c', atMs: 1_200 };
    const history = await historyUnder(pause, again);
    expect(timesOf(history, 'answer').length).toBeGreaterThan(2);
    expect(timesOf(history, 'fault-applied')).toHaveLength(1);
  });

  test('a pause in the simulated lane ends with its window, and then leaves no receipt', async () => {
    const history = await historyUnder({ ...pause, untilMs: 400 });
    expect(timesOf(history, 'fault-healed')).toEqual([400]);
    expect(timesOf(history, 'log')).toEqual([400]);
    expect(receipts(history)[0]?.state).toBe('idle');
  });

  test('a pause in the simulated lane neither keeps a process from being killed nor stops the process started after it', async () => {
    const crash: Fault = { kind: 'crash', process: 'legacy', atMs: 300, restartAfterMs: 100 };
    const again: Fault = { kind: 'redelivery', campaign: 'c', atMs: 500 };
    const history = await historyUnder(pause, crash, again);
    expect(timesOf(history, 'crash')).toEqual([300]);
    const [answeredAgainMs = 0] = timesOf(history, 'log');
    expect(answeredAgainMs).toBeGreaterThan(500);
    expect(answeredAgainMs).toBeLessThan(600);
  });
});
