// Certifications with different findings: each finding is reported and kept once, and labelled if only a process with earlier runs shows
// it.
import { describe, expect, test } from 'vitest';
import { fingerprintKey } from '../evidence/fingerprint.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { Executor } from '../execution/executor.ts';
import { counterexampleSchema } from '../formats/counterexample.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { Scenario } from '../formats/scenario.ts';
import { certified, clean, names, planOf, withFault } from './certify.fixture.ts';
import { scriptedExecutor, scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';

describe('a certification of a system with two bugs', () => {
  /** S9 is violated in every run; S1 only in a run with a fault. */
  const oracle = scriptedOracle({
    violates: ({ faults }, property) => property === 'S9' || (property === 'S1' && faults.length > 0),
  });
  const plan = planOf(...names.slice(0, 12).map((name) => scriptedScenario({ name })), withFault('last'));

  test('a certification of a system with two bugs shrinks both, even if one needs no fault and shows in every run', async () => {
    const executor = scriptedExecutor(clean, { capacity: 2 });
    const { lane, counterexamples } = await certified({ executor, oracle, plan });
    expect(lane.evidence.runs.completed).toBe(13);
    expect(counterexamples.map(({ id, case: found }) => [id.split('-')[0], found.scenario.faults.length])).toEqual([
      ['S1', 1],
      ['S9', 0],
    ]);
    expect(Object.keys(lane.evidence.violations).toSorted()).toEqual([fingerprintKey('S1'), fingerprintKey('S9')]);
  });

  test('a certification of a system with two bugs reports each bug once, as soon as it is found', async () => {
    const reported: (readonly string[])[] = [];
    const onFinding = (_: unknown, fingerprints: readonly string[]): number => reported.push(fingerprints);
    await certified({ executor: scriptedExecutor(clean, { capacity: 1 }), oracle, plan, onFinding });
    expect(reported).toEqual([['S9'], ['S1']]);
  });

  test('a certification that ends at the first finding reports how many planned runs it did not make', async () => {
    const executor = scriptedExecutor(clean, { capacity: 1 });
    const { lane, counterexamples } = await certified({ executor, oracle, plan, stopsAtFirst: true });
    expect([lane.decision.verdict, lane.evidence.runs]).toMatchObject(['violation', { planned: 13, completed: 1 }]);
    expect(counterexamples).toHaveLength(1);
  });

  test('a certification that ends at the first finding shrinks, confirms and explains only that one', async () => {
    const both = planOf(withFault('first'), scriptedScenario({ name: 'beside' }));
    const shrinkings = async (stopsAtFirst: boolean): Promise<string[]> => {
      const executor = scriptedExecutor(clean, { capacity: 2 });
      const { counterexamples } = await certified({ executor, oracle, plan: both, stopsAtFirst });
      return counterexamples.map(({ id, shrinking, confirmation, explanation }) =>
        [
          id.split('-')[0],
          shrinking.stopped,
          ...(confirmation === undefined ? [] : ['confirmed']),
          ...(explanation === undefined ? [] : ['explained']),
        ].join(' '),
      );
    };
    expect(await shrinkings(true)).toEqual(['S1 minimal confirmed explained', 'S9 not-run']);
    expect(await shrinkings(false)).toEqual(['S1 minimal confirmed explained', 'S9 minimal confirmed explained']);
  });
});

test('counterexamples are confirmed, but neither shrunk nor explained where there is no time for it', async () => {
  const oracle = scriptedOracle({ violates: ({ faults }, property) => property === 'S1' && faults.length > 0 });
  const about = async (shrinkTimeMs: number) => {
    const { counterexamples } = await certified({ oracle, plan: planOf(withFault('late')), shrinkTimeMs });
    return counterexamples.map(({ confirmation, shrinking, explanation }) => ({
      violated: confirmation?.violated,
      shrinking: shrinking.stopped,
      isExplained: explanation !== undefined,
    }));
  };
  expect(await about(0)).toEqual([{ violated: 5, shrinking: 'not-run', isExplained: false }]);
  expect(await about(60_000)).toEqual([{ violated: 5, shrinking: 'minimal', isExplained: true }]);
});

test('an anomaly of real processes is a violation without a confirmation by its history', async () => {
  const anomaly = { kind: 'egress', message: 'the service process asked for example.com:443', atMicros: 5 } as const;
  const executor = scriptedExecutor(({ scenario }) => ({ ...scriptedRun(scenario), anomalies: [anomaly] }));
  const { lane, counterexamples } = await certified({ executor, runs: 3 });
  expect(lane.decision.verdict).toBe('violation');
  expect(counterexamples).toMatchObject([{ anomaly, findings: [] }]);
});

describe('a certification that ends at the first finding, with a rare race', () => {
  const raced: HistoryEvent = { seq: 0, observer: 'rig', kind: 'quiescent', earliest: 0, latest: 0 };
  const race = scriptedOracle({
    violates: ({ name }, property) => property === (name === 'race' ? 'S1' : 'S2'),
  });
  const always = scriptedOracle({ violates: ({ faults }, property) => property === 'S9' && faults.length > 0 });
  /** A run with an event violates S1 or S2; a run with a fault violates S9. */
  const oracle: Oracle = { ...always, judge: (history) => (history.events.length > 0 ? race : always).judge(history) };
  /** The race shows only in the first run of its scenario. */
  const racing = () =>
    scriptedExecutor(
      ({ scenario }, earlier) =>
        scriptedRun(scenario, scenario.name.startsWith('race') && earlier === 0 ? [raced] : []),
      { capacity: 1 },
    );
  const found = async (...scenarios: Scenario[]) => {
    const executor = racing();
    const { lane, counterexamples } = await certified({
      executor,
      oracle,
      plan: planOf(...scenarios),
      stopsAtFirst: true,
    });
    const kept = counterexamples.map(({ fingerprint, confirmation }) => [fingerprint, confirmation?.violated]);
    return { verdict: lane.decision.verdict, completed: lane.evidence.runs.completed, kept };
  };
  const plain = (name: string): Scenario => scriptedScenario({ name });

  test('the first finding that a replay shows too ends the search, and is the one that is confirmed', async () => {
    expect(await found(plain('race'), plain('a'), withFault('late'), plain('b'))).toEqual({
      verdict: 'violation',
      completed: 3,
      kept: [
        ['S9', 5],
        ['S1', undefined],
      ],
    });
  });

  test('the search runs to its end if no replay shows a finding, and all findings are confirmed', async () => {
    expect(await found(plain('race'), plain('a'), plain('race 2'))).toEqual({
      verdict: 'violation',
      completed: 3,
      kept: [
        ['S1', 0],
        ['S2', 0],
      ],
    });
  });
});

describe('a finding that shows only during shrinking', () => {
  /** With a fault S1 is violated, without one S9. Every planned scenario has a fault, so only shrinking meets S9. */
  const oracle = scriptedOracle({
    violates: ({ faults }, property) => property === (faults.length > 0 ? 'S1' : 'S9'),
  });
  const fingerprints = async ({ stopsAtFirst = false }): Promise<string[]> => {
    const executor = scriptedExecutor(clean, { capacity: 2 });
    const { counterexamples, lane } = await certified({
      executor,
      oracle,
      plan: planOf(withFault('one')),
      stopsAtFirst,
    });
    expect(lane.evidence.problems).toEqual({});
    return counterexamples.map(({ fingerprint }) => fingerprint);
  };

  test('a finding that shows only during shrinking gets a counterexample', async () => {
    expect(await fingerprints({})).toEqual(['S1', 'S9']);
  });

  test('a finding that shows only during shrinking gets no counterexample where the search ends at the first finding', async () => {
    expect(await fingerprints({ stopsAtFirst: true })).toEqual(['S1']);
  });
});

describe('a finding of processes that make several runs', () => {
  const plan = planOf(...names.slice(0, 6).map((name) => scriptedScenario({ name })));
  const sound = scriptedOracle();
  const violating = scriptedOracle({ violates: (_, property) => property === 'S1' });
  /** A run with any event violates S1. */
  const violates: Oracle = {
    ...sound,
    judge: (history) => (history.events.length > 0 ? violating : sound).judge(history),
  };
  const seen: HistoryEvent = { seq: 0, observer: 'rig', kind: 'quiescent', earliest: 0, latest: 0 };
  /** With state, runs violate from the fourth run of their process on, so a fresh process never violates. */
  const withState = (isRemembering: boolean): Executor => {
    let runs = 0;
    return scriptedExecutor(
      ({ scenario }, _, options) => {
        const before = options?.after === undefined ? runs++ : 0;
        const events = isRemembering && before < 3 ? [] : [seen];
        return { ...scriptedRun(scenario, events), place: { slot: 1, run: before } };
      },
      { capacity: 1 },
    );
  };

  test('a finding of processes that make several runs is a violation with a label when no fresh process shows it', async () => {
    const { lane, counterexamples } = await certified({ executor: withState(true), oracle: violates, plan });
    expect([lane.decision.verdict, lane.evidence.problems]).toEqual(['violation', {}]);
    expect(counterexamples).toMatchObject([{ after: { slot: 1, run: expect.any(Number) } }]);
    expect(counterexampleSchema.safeParse(counterexamples[0]).success).toBe(true);
  });

  test('a finding of processes that make several runs has no label when a fresh process shows it too', async () => {
    const { counterexamples } = await certified({ executor: withState(false), oracle: violates, plan });
    expect(counterexamples[0]?.after).toBeUndefined();
  });
});
