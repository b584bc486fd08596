import { describe, expect, test } from 'vitest';
import type { Ending } from '../../../src/contract/parts.ts';
import type { Fault } from '../../formats/fault.ts';
import type { History } from '../../formats/history.ts';
import { receipts } from '../../history/receipts.ts';
import { openSimLane } from '../lane.ts';
import { toyScenario } from '../toy-scenario.fixture.ts';
import { toySystem } from '../toy-system.fixture.ts';

const window = { fromMs: 0, untilMs: 1_500 };
const slow: Fault = { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 300, ...window };

const asked = (atMs: number, graceMs: number): Fault => {
  return { kind: 'terminate', process: 'service', atMs, graceMs, restartAfterMs: 100 };
};

/** The history of a run of the toy whose service has this shutdown handler. */
async function historyUnder(faults: Fault[], shutdown?: (ending: Ending) => Promise<void>): Promise<History> {
  const toy = toySystem();
  const boot: typeof toy.boot = (env, role) => ({
    ...toy.boot(env, role),
    ...(shutdown === undefined ? {} : { shutdown }),
  });
  const lane = await openSimLane({ ...toy, boot });
  const run = await lane.simulate(toyScenario({ faults }));
  expect(run.anomalies).toEqual([]);
  return run.history;
}

/** The requests to shut down, exits and restarts of the service, with their times in whole milliseconds. */
function livesOf({ events }: History): string[] {
  return events.flatMap((event) => {
    const ms = Math.round(event.latest / 1_000);
    if (event.kind === 'terminate' || event.kind === 'restart') return [`${event.kind} ${ms}`];
    return event.kind === 'exit' ? [`${event.isKilled ? 'killed' : 'exit'} ${ms}`] : [];
  });
}

/** The outcome of the legacy app's call to the service. */
function outcomeOf({ events }: History): string | undefined {
  const log = events.find((event) => event.kind === 'log');
  return log?.kind === 'log' ? log.line : undefined;
}

const inOrder = async (ending: Ending): Promise<void> => {
  ending.stopAccepting();
  await ending.untilIdle();
};

describe('a simulated process that is asked to shut down', () => {
  test('a simulated process that is asked to shut down ends once its work is finished, and restarts after the grace', async () => {
    const history = await historyUnder([slow, asked(200, 600)], inOrder);
    expect(livesOf(history)).toEqual(['terminate 200', 'exit 401', 'restart 900']);
    expect(outcomeOf(history)).toBe('outcome 200');
    expect(receipts(history)[1]).toMatchObject({ kind: 'terminate service', state: 'bit' });
  });

  test('a simulated process that is asked to shut down is killed when the grace is over first', async () => {
    const history = await historyUnder([slow, asked(200, 50)], inOrder);
    expect(livesOf(history)).toEqual(['terminate 200', 'killed 250', 'restart 350']);
    expect(outcomeOf(history)).toBe('outcome closed');
  });

  test('a simulated process that is asked to shut down refuses calls from then on', async () => {
    const history = await historyUnder([slow, asked(50, 600)], async (ending) => {
      ending.stopAccepting();
      await new Promise(() => {});
    });
    expect(livesOf(history)).toEqual(['terminate 50', 'killed 650', 'restart 750']);
    expect(outcomeOf(history)).toBe('outcome closed');
  });

  test('a simulated process that is asked to shut down accepts calls until it refuses them', async () => {
    const history = await historyUnder([asked(50, 600)], () => new Promise(() => {}));
    expect(outcomeOf(history)).toBe('outcome 200');
  });

  test('a simulated process that is asked to shut down ends at once when it has no handler for that', async () => {
    expect(livesOf(await historyUnder([slow, asked(200, 600)]))).toEqual(['terminate 200', 'exit 200', 'restart 900']);
  });

  test('a simulated process that is asked to shut down ends when its handler fails, and logs that', async () => {
    const history = await historyUnder([asked(50, 600)], () => Promise.reject(new Error('no')));
    expect(livesOf(history)).toEqual(['terminate 50', 'exit 50', 'restart 750']);
    expect(outcomeOf(history)).toBe('SHUTDOWN_FAILED: no');
  });

  test('a simulated process that is asked to shut down stays down if it is down already', async () => {
    const crash: Fault = { kind: 'crash', process: 'service', atMs: 50, restartAfterMs: 300 };
    const history = await historyUnder([crash, asked(100, 100)], inOrder);
    expect(livesOf(history)).toEqual(['terminate 100', 'restart 300', 'restart 350']);
    expect(receipts(history)[1]?.state).toBe('idle');
  });
});
