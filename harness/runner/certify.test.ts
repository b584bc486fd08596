import { describe, expect, test } from 'vitest';
import { fingerprintKey } from '../evidence/fingerprint.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { RunOutcome } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import { counterexampleSchema } from '../formats/counterexample.ts';
import type { Verdict } from '../formats/decision.ts';
import type { HistoryEvent } from '../formats/event.ts';
import { type History, historySchema } from '../formats/history.ts';
import { laneResultSchema } from '../formats/lane-result.ts';
import { readReplayToken } from '../formats/replay-token.ts';
import { certified, type Certified, clean, names, planOf, withFault } from './certify.fixture.ts';
import { caseHash } from './counterexample.ts';
import { UsageError } from '../platform/errors.ts';
import {
  scriptedExecutor,
  scriptedHistory,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';

const disturbed = ({ scenario }: Case): RunOutcome => scriptedRun(scenario, [scriptedTrouble()]);
const blinded = ({ scenario }: Case): RunOutcome => scriptedRun(scenario, [scriptedTrouble('lost')]);

const restedAt = (micros: number): HistoryEvent => ({
  seq: 0,
  observer: 'rig',
  kind: 'quiescent',
  earliest: micros,
  latest: micros,
});

/** The verdict with its reasons as text: the code, the subject and the numbers. */
async function verdictOf(options: Certified): Promise<[Verdict, ...string[]]> {
  const { verdict, reasons } = (await certified(options)).lane.decision;
  return [
    verdict,
    ...reasons.map(({ code, subject, numbers }) =>
      [code, subject, ...Object.entries(numbers).map(([name, number]) => `${name} ${number}`)]
        .filter(Boolean)
        .join(', '),
    ),
  ];
}

describe('the verdict of a certification', () => {
  test('the verdict of a certification is pass when every property held and was exercised', async () => {
    const { lane, counterexamples } = await certified();
    expect([lane.decision, counterexamples]).toEqual([
      { verdict: 'pass', reasons: [{ code: 'all-held', subject: '', numbers: {} }] },
      [],
    ]);
    expect(lane.evidence.runs).toMatchObject({ planned: 20, completed: 20, retried: 0 });
    expect(laneResultSchema.safeParse(lane).success).toBe(true);
  });

  test('the verdict of a certification is violation with a stored counterexample', async () => {
    const oracle = scriptedOracle({ violates: ({ faults }, property) => property === 'S1' && faults.length > 0 });
    const { lane, counterexamples } = await certified({ oracle, runs: 40 });
    expect(lane.decision.verdict).toBe('violation');
    const [found] = counterexamples;
    expect(found?.case.scenario.faults).toHaveLength(1);
    expect(counterexampleSchema.safeParse(found).success).toBe(true);
    const key = fingerprintKey('S1');
    expect(lane.evidence.violations).toEqual({ [key]: { hash: expect.any(String), lane: 'live' } });
    expect(lane.evidence.violations[key]?.hash).toBe(found === undefined ? '' : caseHash(found.case));
    expect(lane.evidence.runs.completed).toBe(40);
  });

  test('the verdict of a certification is inconclusive when the plan is empty', async () => {
    expect(await verdictOf({ runs: 0 })).toEqual(expect.arrayContaining(['inconclusive', 'nothing-ran']));
  });

  test('the verdict of a certification is inconclusive when its time runs out', async () => {
    const reasons = ['nothing-ran', 'inconclusive/time-ran-out, 0 of 20 runs were made, count 1'];
    expect(await verdictOf({ maxTimeMs: 0 })).toEqual(expect.arrayContaining(['inconclusive', ...reasons]));
  });

  test('the verdict of a certification is inconclusive when a property is never exercised', async () => {
    const [verdict, ...reasons] = await verdictOf({ oracle: scriptedOracle({ exercised: 0 }) });
    expect(verdict).toBe('inconclusive');
    expect(reasons).toContain('property-exercised-too-rarely, S1, exercised 0, minimum 1');
  });

  test('the verdict of a certification is inconclusive when a planned fault never takes effect', async () => {
    const oracle = scriptedOracle({ receipt: () => 'idle' });
    expect(await verdictOf({ oracle, plan: planOf(withFault('a')) })).toEqual([
      'inconclusive',
      'fault-took-effect-too-rarely, latency, bit 0, minimum 1',
    ]);
  });

  test('the verdict of a certification is inconclusive when a receipt stays missing', async () => {
    const oracle = scriptedOracle({ receipt: ({ scenario }) => (scenario.name === 'a' ? 'missing' : 'bit') });
    const { lane } = await certified({ oracle, plan: planOf(withFault('a'), withFault('b')) });
    expect([lane.decision.verdict, lane.evidence.runs.retried]).toEqual(['inconclusive', 1]);
  });

  test('the verdict of a certification is inconclusive when observers stay disturbed', async () => {
    const executor = scriptedExecutor((tried) => (tried.scenario.name === 'a' ? disturbed(tried) : clean(tried)));
    const plan = planOf(scriptedScenario({ name: 'a' }), scriptedScenario({ name: 'b' }));
    const { lane } = await certified({ executor, plan });
    expect(lane.decision).toEqual({
      verdict: 'inconclusive',
      reasons: [{ code: 'observers-disturbed', subject: '', numbers: { discarded: 1, planned: 2, spared: 0 } }],
    });
    const runs = { planned: 2, completed: 2, random: 1, retried: 1, discarded: 1, compared: 0 };
    expect(lane.evidence.runs).toEqual(runs);
  });

  test('the verdict of a certification is pass if one run in twenty is discarded because of disturbed observers', async () => {
    const plan = planOf(...names.slice(0, 20).map((name) => scriptedScenario({ name })));
    const spoilt = (count: number) =>
      certified({
        plan,
        executor: scriptedExecutor((tried) =>
          names.indexOf(tried.scenario.name) < count ? disturbed(tried) : clean(tried),
        ),
      });
    const [one, two] = [(await spoilt(1)).lane, (await spoilt(2)).lane];
    expect([one.decision.verdict, one.evidence.runs]).toMatchObject(['pass', { discarded: 1, random: 19 }]);
    expect([two.decision.verdict, two.evidence.runs]).toMatchObject(['inconclusive', { discarded: 2 }]);
  });

  test('the verdict of a certification is inconclusive when an observer was lost in one scenario of many', async () => {
    const plan = planOf(...names.map((name) => scriptedScenario({ name })));
    const executor = scriptedExecutor((tried) => (tried.scenario.name === 's7' ? blinded(tried) : clean(tried)));
    const lost = "inconclusive/observer-lost, observer taps lost: 80 ms (scenario 's7'), count 1";
    expect(await verdictOf({ executor, plan })).toEqual(['inconclusive', lost]);
  });

  test('the verdict of a certification is pass when the observers are not disturbed in the second try', async () => {
    const executor = scriptedExecutor((tried, earlier) => (earlier === 0 ? disturbed(tried) : clean(tried)));
    const { lane } = await certified({ executor, runs: 4 });
    expect([lane.decision.verdict, lane.evidence.runs.retried]).toEqual(['pass', 4]);
  });

  test('a scenario whose tries were all disturbed is tried again after all others, and then counts', async () => {
    const executor = scriptedExecutor((tried, earlier) =>
      tried.scenario.name === 'a' && earlier < 3 ? disturbed(tried) : clean(tried),
    );
    const plan = planOf(...['a', ...names].map((name) => scriptedScenario({ name })));
    const { lane } = await certified({ executor, plan });
    expect(executor.ran.map(({ scenario }) => scenario.name).at(-1)).toBe('a');
    const runs = { planned: 41, completed: 41, random: 41, retried: 1, discarded: 0, compared: 0 };
    expect([lane.decision.verdict, lane.evidence.runs]).toEqual(['pass', runs]);
  });

  test('the verdict of a certification is infrastructure when the lane fails every time, and the rest of the plan is not run', async () => {
    const executor = scriptedExecutor(() => ({ kind: 'infrastructure', message: 'no database' }));
    const { lane } = await certified({ executor, runs: 100 });
    expect(lane.decision.verdict).toBe('infrastructure');
    expect(executor.ran.length).toBeLessThan(30);
  });

  test('a certification ends as a usage error when the lane refuses a case', async () => {
    const refused = certified({ executor: scriptedExecutor(() => Promise.reject(new UsageError('not on this lane'))) });
    await expect(refused).rejects.toThrow(UsageError);
  });

  test('the verdict of a certification is infrastructure when the lane throws', async () => {
    const executor = scriptedExecutor(() => Promise.reject(new Error('port in use')));
    const [verdict, reason] = await verdictOf({ executor, runs: 3 });
    expect([verdict, reason]).toEqual(['infrastructure', expect.stringContaining('port in use')]);
  });

  test('the verdict of a certification is self-check when a checker throws', async () => {
    expect(await verdictOf({ oracle: scriptedOracle({ crashed: 'L1' }), runs: 3 })).toEqual([
      'self-check',
      expect.stringContaining('self-check/checker-crashed, the checker of L1 failed: it threw'),
    ]);
  });

  test('the verdict of a certification is self-check when the receipts throw', async () => {
    const oracle = scriptedOracle({
      receipt: () => {
        throw new Error('no such window');
      },
    });
    expect(await verdictOf({ oracle, plan: planOf(withFault('a')) })).toEqual([
      'self-check',
      expect.stringContaining('self-check/receipts-crashed, the receipts failed: no such window'),
    ]);
  });

  test('the verdict of a certification is self-check when a checker throws, even if a property is violated too', async () => {
    const oracle = scriptedOracle({ crashed: 'S9', violates: (_, property) => property === 'S1' });
    const [verdict, ...reasons] = await verdictOf({ oracle, runs: 3 });
    expect(verdict).toBe('self-check');
    expect(reasons).toContainEqual(expect.stringContaining('the checker of S9 failed: it threw'));
  });

  test('the verdict of a certification is self-check when a stored history does not show the finding again', async () => {
    let judged = 0;
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' && judged++ === 0 });
    const { lane, counterexamples } = await certified({ oracle, runs: 1 });
    const { verdict, reasons } = lane.decision;
    expect([verdict, reasons[0]?.code]).toEqual(['self-check', 'self-check/not-confirmed']);
    // Without its history or another run that shows it, it is no counterexample.
    expect(counterexamples).toEqual([]);
  });

  test('the verdict of a certification is self-check when only further runs show the finding, and the counterexample is kept', async () => {
    const made = new Set<History>();
    const executor = scriptedExecutor((tried) => {
      const run = scriptedRun(tried.scenario);
      if (run.kind === 'history') made.add(run.history);
      return run;
    });
    const oracle: Oracle = {
      ...scriptedOracle(),
      judge: (history) =>
        scriptedOracle({ violates: (_, property) => property === 'S1' && made.has(history) }).judge(history),
    };
    const { lane, counterexamples } = await certified({ executor, oracle, runs: 1 });
    expect(lane.decision.verdict).toBe('self-check');
    expect(counterexamples).toHaveLength(1);
  });

  test('the verdict of a certification is self-check when the history of a shrunk run does not show the finding again', async () => {
    let runs = 0;
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario, [restedAt((runs += 1))]));
    const judged = new Set<number>();
    // A run with a fault always violates; a run without one violates only when it is judged for the first time.
    const oracle: Oracle = {
      ...scriptedOracle(),
      judge: (history) => {
        const run = history.events[0]?.earliest ?? 0;
        const isShown = history.scenario.faults.length > 0 || !judged.has(run);
        judged.add(run);
        return scriptedOracle({ violates: (_, property) => property === 'S1' && isShown }).judge(history);
      },
    };
    const [verdict, reason] = await verdictOf({ executor, oracle, plan: planOf(withFault('one')) });
    expect([verdict, reason]).toEqual(['self-check', expect.stringContaining('self-check/not-confirmed')]);
  });

  test('the verdict of a certification is self-check when replays on a deterministic lane have different histories', async () => {
    let runs = 0;
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario, [restedAt((runs += 1))]), {
      isDeterministic: true,
    });
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' });
    const [verdict, ...reasons] = await verdictOf({ executor, oracle, plan: planOf(scriptedScenario()) });
    expect(verdict).toBe('self-check');
    expect(reasons).toContainEqual(expect.stringContaining('0 of 2 replays gave the same history'));
  });

  test('the verdict of a certification is interrupted after an interruption, and completed runs count', async () => {
    const controller = new AbortController();
    const { lane } = await certified({
      runs: 50,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 10) controller.abort();
      },
    });
    expect(lane.decision.verdict).toBe('interrupted');
    expect(lane.evidence.runs.completed).toBeGreaterThanOrEqual(10);
    expect(lane.evidence.runs.completed).toBeLessThan(50);
  });

  test('the verdict of a certification stays violation when the interruption comes after a finding', async () => {
    const controller = new AbortController();
    const { lane, counterexamples } = await certified({
      runs: 50,
      signal: controller.signal,
      oracle: scriptedOracle({ violates: (_, property) => property === 'S9' }),
      onProgress: () => controller.abort(),
    });
    expect(lane.decision.verdict).toBe('violation');
    expect(lane.evidence.problems.interrupted).toBeDefined();
    expect(counterexamples[0]?.shrinking.stopped).toBe('interrupted');
  });
});

describe('the counterexamples of a certification', () => {
  test('the counterexamples of a certification come from first runs, which are repeated only to confirm them', async () => {
    const executor = scriptedExecutor(disturbed);
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' });
    const { lane } = await certified({ executor, oracle, plan: planOf(scriptedScenario()) });
    const same = executor.ran.filter(({ scenario }) => scenario.tenants[0]?.mode === 'ON');
    expect([lane.decision.verdict, lane.evidence.runs.retried, same.length]).toEqual(['violation', 0, 1 + 5]);
  });

  test('the counterexamples of a certification do not come from findings that depend on disturbed observers', async () => {
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S14' });
    const executor = scriptedExecutor(disturbed);
    const { lane, counterexamples } = await certified({ executor, oracle, plan: planOf(scriptedScenario()) });
    expect([lane.decision.verdict, counterexamples]).toEqual(['inconclusive', []]);
  });

  const big = scriptedScenario({
    name: 'big',
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 8, atMs: 100 }],
  });
  const oracle = scriptedOracle({
    violates: ({ name }, property) => (name === 'other' ? property === 'S9' : property === 'S1'),
  });
  const plan = planOf(big, scriptedScenario({ name: 'other' }), scriptedScenario({ name: 'small' }));

  test('the counterexamples of a certification are the smallest case of each finding, those of S1 first', async () => {
    const { counterexamples } = await certified({ oracle, plan });
    expect(counterexamples.map(({ case: { scenario }, shrinking }) => [scenario.name, shrinking.stopped])).toEqual([
      ['small', 'minimal'],
      ['other', 'minimal'],
    ]);
  });

  test('the counterexamples of a certification are repeated and shrunk on a deterministic lane, and hold their replay tokens', async () => {
    const { lane, counterexamples } = await certified({
      oracle,
      plan,
      executor: scriptedExecutor(clean, { isDeterministic: true }),
    });
    expect(lane).toMatchObject({ lane: 'sim', digest: expect.any(String), decision: { verdict: 'violation' } });
    expect(counterexamples.map(({ case: { scenario }, shrinking }) => [scenario.name, shrinking.stopped])).toEqual([
      ['small', 'minimal'],
      ['other', 'minimal'],
    ]);
    expect(counterexamples.map(({ token }) => readReplayToken(token ?? ''))).toEqual(
      counterexamples.map(({ case: found }) => ({ system: 'scripted', case: found })),
    );
  });

  test('the counterexamples of a certification are not shrunk on a deterministic lane after an interruption', async () => {
    const controller = new AbortController();
    const { lane, counterexamples } = await certified({
      oracle,
      plan,
      executor: scriptedExecutor(clean, { isDeterministic: true }),
      signal: controller.signal,
      onProgress: ({ violations }) => violations > 0 && controller.abort(),
    });
    expect(lane.decision.verdict).toBe('violation');
    expect(counterexamples[0]).toMatchObject({ shrinking: { tried: 0, stopped: 'interrupted' } });
  });

  test('a counterexample that does not show again on a deterministic lane makes the verdict self-check', async () => {
    const executor = scriptedExecutor(
      ({ scenario }, earlier) => scriptedRun({ ...scenario, name: earlier === 0 ? 'violates' : 'holds' }),
      { isDeterministic: true },
    );
    const once = scriptedOracle({ violates: ({ name }, property) => property === 'S1' && name === 'violates' });
    const [verdict, reason] = await verdictOf({ executor, oracle: once, plan: planOf(scriptedScenario()) });
    expect([verdict, reason]).toEqual(['self-check', expect.stringMatching(/S1 did not come up again: sim:v2:/)]);
  });
});

describe('the evidence of a certification', () => {
  test('the evidence of a certification counts exercised properties by mode and by the faults that took effect', async () => {
    const { lane } = await certified({ plan: planOf(withFault('a'), scriptedScenario({ name: 'b' })) });
    const { latency: under, none } = lane.evidence.cells['ON'] ?? {};
    expect([under?.S1, none?.S1]).toEqual([
      { exercised: 1, violations: 0 },
      { exercised: 1, violations: 0 },
    ]);
  });

  test('the evidence of a certification comes from histories that are valid documents', () => {
    expect(historySchema.safeParse(scriptedHistory(scriptedScenario(), [scriptedTrouble()])).success).toBe(true);
  });
});
