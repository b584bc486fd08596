import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Oracle } from '../evidence/oracle.ts';
import type { ObservedRun } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { HistoryEvent } from '../formats/event.ts';
import { confirmEach } from './confirmation.ts';
import { counterexampleOf, notShrunk } from './counterexample.ts';
import {
  scriptedExecutor,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';
import { judgeCase } from './run-case.ts';

const seen: HistoryEvent = { seq: 0, observer: 'rig', kind: 'quiescent', earliest: 0, latest: 0 };
const tried: Case = { scenario: scriptedScenario(), deviations: [] };
const violating = scriptedRun(tried.scenario, [seen]);
const passing = scriptedRun(tried.scenario);
const troubled = scriptedRun(tried.scenario, [scriptedTrouble()]);

/** An oracle that finds S1 violated in every run that reached quiescence. */
const oracle: Oracle = {
  ...scriptedOracle(),
  judge: (history) =>
    scriptedOracle({
      violates: (_, property) => property === 'S1' && history.events.some(({ kind }) => kind === 'quiescent'),
    }).judge(history),
};

/** Confirms a counterexample by runs with these outcomes, in turn. */
async function confirmed(runs: readonly ObservedRun[], { isDeterministic = false, as = {} } = {}) {
  let count = 0;
  const executor = scriptedExecutor(() => runs[count++ % runs.length] ?? passing, { isDeterministic, capacity: 3 });
  const { lane } = executor;
  const run = judgeCase(tried, { ...violating, history: { ...violating.history, lane } }, oracle);
  const about = { system: 'scripted', lane, fingerprint: 'S1', shrinking: notShrunk(tried) };
  const stored: Counterexample[] = [{ ...counterexampleOf(run, about), ...as }];
  const doubts = await confirmEach(stored, { executor, oracle });
  return { confirmation: stored[0]?.confirmation, doubts, executor };
}

const simulated = (run: ObservedRun): ObservedRun => ({ ...run, history: { ...run.history, lane: 'sim' } });

describe('a counterexample', () => {
  test('a counterexample of a deterministic lane is confirmed by ten runs with one history', async () => {
    const { confirmation, doubts } = await confirmed([simulated(violating)], { isDeterministic: true });
    expect([confirmation, doubts]).toEqual([{ tries: 10, violated: 10, histories: 1 }, []]);
  });

  test('a counterexample of a deterministic lane is doubted when a fresh process does not show it either', async () => {
    const otherwise = [simulated(violating), simulated(passing)];
    const { doubts } = await confirmed(otherwise, { isDeterministic: true });
    expect(doubts).toEqual([expect.stringMatching(/^S1-[0-9a-f]{8}: 1 of 2 replays gave the same history$/)]);
  });

  test('a counterexample of a deterministic lane is not doubted if all fresh processes show it', async () => {
    let runs = 0;
    const executor = scriptedExecutor(
      (_, __, options) => simulated(options?.after === undefined && runs++ % 2 === 1 ? passing : violating),
      { isDeterministic: true },
    );
    const run = judgeCase(tried, simulated(violating), oracle);
    const about = { system: 'scripted', lane: 'sim', fingerprint: 'S1', shrinking: notShrunk(tried) } as const;
    const stored = [counterexampleOf(run, about)];
    expect(await confirmEach(stored, { executor, oracle })).toEqual([]);
    expect(stored[0]?.confirmation).toEqual({ tries: 2, violated: 2, histories: 1 });
  });

  test('a counterexample of a deterministic lane is doubted when every run violates and one has another history', async () => {
    const another = scriptedRun(tried.scenario, [{ ...seen, earliest: 5, latest: 5 }]);
    const { confirmation, doubts } = await confirmed([simulated(violating), simulated(another)], {
      isDeterministic: true,
    });
    expect(doubts).toEqual([expect.stringMatching(/: 1 of 2 replays gave the same history$/)]);
    expect(confirmation).toEqual({ tries: 2, violated: 2, histories: 2 });
  });

  test.each([
    { what: 'that came after other runs', as: { after: { slot: 1, run: 1, batches: [], beside: [], place: 0 } } },
    { what: 'that is a livelock', as: { anomaly: { kind: 'livelock', message: 'it never ended', atMicros: 0 } } },
  ] as const)('a counterexample of a deterministic lane $what is not run again', async ({ as }) => {
    const { confirmation, executor } = await confirmed([simulated(violating)], { isDeterministic: true, as });
    expect([confirmation, executor.ran]).toEqual([undefined, []]);
  });

  test('a counterexample of real processes is run again until its time is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const executor = scriptedExecutor(
      ({ scenario }) => {
        vi.advanceTimersByTime(10);
        return { ...violating, history: { ...violating.history, scenario } };
      },
      { capacity: 1 },
    );
    const run = judgeCase(tried, violating, oracle);
    const about = { system: 'scripted', lane: 'live', fingerprint: 'S1', shrinking: notShrunk(tried) } as const;
    const stored = [counterexampleOf(run, about)];
    await confirmEach(stored, { executor, oracle, liveTimeMs: 25 });
    expect(stored[0]?.confirmation).toMatchObject({ tries: 3, violated: 3 });
  });

  test('a counterexample of real processes is run again five times, in all slots at once', async () => {
    const { confirmation, executor } = await confirmed([violating]);
    expect(confirmation).toMatchObject({ tries: 5, violated: 5 });
    expect([executor.ran.length, executor.overlapMax]).toEqual([5, 3]);
  });

  test('a counterexample of real processes that violates only sometimes is kept, with the number of its violating runs', async () => {
    const { confirmation, doubts } = await confirmed([violating, passing, violating, passing, violating]);
    expect([confirmation, doubts]).toEqual([{ tries: 5, violated: 3, histories: 2 }, []]);
  });

  test('a counterexample is neither confirmed nor doubted by runs with disturbed observers', async () => {
    const { confirmation } = await confirmed([troubled]);
    expect(confirmation).toBeUndefined();
  });
});
