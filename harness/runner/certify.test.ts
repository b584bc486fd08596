import { describe, expect, it } from 'vitest';
import { historySchema } from '../formats/history.ts';
import { counterexampleSchema, resultSchema } from '../formats/result.ts';
import type { RunOutcome } from '../execution/executor.ts';
import type { Scenario } from '../formats/scenario.ts';
import { certify, type CertifyOptions } from './certify.ts';
import {
  scriptedHistory,
  scriptedLane,
  scriptedOracle,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';

const clean = (scenario: Scenario): RunOutcome => ({ kind: 'history', history: scriptedHistory(scenario) });
const troubled = (scenario: Scenario): RunOutcome => ({
  kind: 'history',
  history: scriptedHistory(scenario, [scriptedTrouble()]),
});

const blinded = (scenario: Scenario): RunOutcome => ({
  kind: 'history',
  history: scriptedHistory(scenario, [scriptedTrouble('lost')]),
});

function options(overrides: Partial<CertifyOptions> = {}): CertifyOptions {
  return {
    lane: scriptedLane(clean),
    oracle: scriptedOracle(),
    system: { name: 'scripted', sha256: 'abc', files: {} },
    seed: 7,
    runs: 20,
    readings: {},
    timings: {},
    infrastructure: {},
    versions: {},
    ...overrides,
  };
}

const latency = {
  kind: 'latency',
  stream: 'downstream',
  latencyMs: 700,
  jitterMs: 0,
  fromMs: 0,
  untilMs: 1_500,
} as const;
const withFault = (name: string): Scenario => scriptedScenario({ name, faults: [latency] });
const planOf = (...scenarios: Scenario[]): CertifyOptions['plan'] =>
  scenarios.map((scenario) => ({ scenario, origin: 'random' }));

describe('the verdict of a certification', () => {
  it('is pass, 0, when every property held and was exercised', async () => {
    const {
      result,
      decision: { exitCode },
      counterexamples,
    } = await certify(options());
    expect(result.reasons).toEqual(['every observed property held and was exercised']);
    expect([result.verdict, exitCode, counterexamples]).toEqual(['pass', 0, []]);
    expect(result.scenarios).toMatchObject({ planned: 20, completed: 20, retried: 0 });
    expect(resultSchema.safeParse(result).success).toBe(true);
  });

  it('is violation, 1, with a stored counterexample', async () => {
    const oracle = scriptedOracle({ violates: ({ faults }, property) => property === 'S1' && faults.length > 0 });
    const {
      result,
      decision: { exitCode },
      counterexamples,
    } = await certify(options({ oracle, runs: 40 }));
    expect([result.verdict, exitCode]).toEqual(['violation', 1]);
    expect(result.counterexamples[0]).toMatchObject({ messages: 1, faults: 1 });
    expect(counterexampleSchema.safeParse(counterexamples[0]).success).toBe(true);
    expect(result.scenarios.completed).toBeLessThan(40);
  });

  it('is inconclusive, 3, when the plan is empty', async () => {
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ runs: 0 }));
    expect([result.verdict, exitCode]).toEqual(['inconclusive', 3]);
    expect(result.reasons).toContain('no scenario ran');
  });

  it('is inconclusive, 3, when time runs out', async () => {
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ maxTimeMs: 0 }));
    expect([result.verdict, exitCode, result.scenarios.completed]).toEqual(['inconclusive', 3, 0]);
    expect(result.reasons).toContain('time ran out before the planned scenarios had run');
  });

  it('is inconclusive, 3, when a property is never exercised', async () => {
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ oracle: scriptedOracle({ exercised: 0 }) }));
    expect([result.verdict, exitCode]).toEqual(['inconclusive', 3]);
  });

  it('is inconclusive, 3, when a planned fault never bites', async () => {
    const oracle = scriptedOracle({ receipt: () => 'idle' });
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ oracle, plan: planOf(withFault('a')) }));
    expect([result.verdict, exitCode]).toEqual(['inconclusive', 3]);
    expect(result.reasons).toEqual(["fault 'latency' bit 0 times, at least 1 are needed"]);
  });

  it('is inconclusive, 3, when a receipt stays missing', async () => {
    const oracle = scriptedOracle({ receipt: ({ scenario }) => (scenario.name === 'a' ? 'missing' : 'bit') });
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ oracle, plan: planOf(withFault('a'), withFault('b')) }));
    expect([result.verdict, exitCode, result.scenarios.retried]).toEqual(['inconclusive', 3, 1]);
  });

  it('is inconclusive, 3, when observers stay troubled', async () => {
    const lane = scriptedLane((scenario) => (scenario.name === 'a' ? troubled(scenario) : clean(scenario)));
    const plan = planOf(scriptedScenario({ name: 'a' }), scriptedScenario({ name: 'b' }));
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ lane, plan }));
    expect([result.verdict, exitCode]).toEqual(['inconclusive', 3]);
    expect(result.reasons).toEqual(['the observers were stalled in 1 of 2 scenarios, at most 0 can be spared']);
    expect(result.scenarios).toEqual({ planned: 2, completed: 2, random: 1, retried: 1, discarded: 1 });
  });

  it('spares one stalled scenario in twenty, which then is no evidence', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const plan = planOf(...names.map((name) => scriptedScenario({ name })));
    const spoilt = (count: number) =>
      certify(
        options({
          plan,
          lane: scriptedLane((scenario) =>
            names.indexOf(scenario.name) < count ? troubled(scenario) : clean(scenario),
          ),
        }),
      );
    const [one, two] = [await spoilt(1), await spoilt(2)];
    expect([one.result.verdict, one.result.scenarios.discarded, one.result.scenarios.random]).toEqual(['pass', 1, 19]);
    expect([two.result.verdict, two.result.scenarios.discarded]).toEqual(['inconclusive', 2]);
  });

  it('is inconclusive, 3, when an observer was lost in one scenario of many', async () => {
    const plan = planOf(...Array.from({ length: 40 }, (_, index) => scriptedScenario({ name: `s${index}` })));
    const lane = scriptedLane((scenario) => (scenario.name === 's7' ? blinded(scenario) : clean(scenario)));
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ lane, plan }));
    expect([result.verdict, exitCode]).toEqual(['inconclusive', 3]);
    expect(result.reasons).toEqual(["1 scenarios had a lost observer, first scenario 's7': observer taps lost: 80 ms"]);
  });

  it('is pass when trouble is gone at the second try', async () => {
    const lane = scriptedLane((scenario, earlier) => (earlier === 0 ? troubled(scenario) : clean(scenario)));
    const { result } = await certify(options({ lane, runs: 4 }));
    expect([result.verdict, result.scenarios.retried]).toEqual(['pass', 4]);
  });

  it('is infrastructure, 4, when the lane fails twice, and the rest of a hopeless plan is not run', async () => {
    const lane = scriptedLane(() => ({ kind: 'infrastructure', message: 'no database' }));
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ lane, runs: 100 }));
    expect([result.verdict, exitCode]).toEqual(['infrastructure', 4]);
    expect(lane.ran.length).toBeLessThan(30);
  });

  it('is infrastructure, 4, when the lane throws', async () => {
    const lane = scriptedLane(() => Promise.reject(new Error('port in use')));
    const { result } = await certify(options({ lane, runs: 3 }));
    expect(result.verdict).toBe('infrastructure');
    expect(result.reasons[0]).toContain('port in use');
  });

  it('is self-check, 5, when a checker throws', async () => {
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ oracle: scriptedOracle({ crashed: 'L1' }), runs: 3 }));
    expect([result.verdict, exitCode]).toEqual(['self-check', 5]);
  });

  it('is self-check, 5, when the receipts throw', async () => {
    const oracle = scriptedOracle({
      receipt: () => {
        throw new Error('no such window');
      },
    });
    const { result } = await certify(options({ oracle, plan: planOf(withFault('a')) }));
    expect([result.verdict, result.reasons]).toEqual(['self-check', ['the receipts failed: no such window']]);
  });

  it('is self-check, 5, when a checker throws, even beside a violation', async () => {
    const oracle = scriptedOracle({ crashed: 'S9', violates: (_, property) => property === 'S1' });
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ oracle, runs: 3 }));
    expect([result.verdict, exitCode]).toEqual(['self-check', 5]);
    expect(result.reasons).toContain('the checker of S9 failed: it threw');
  });

  it('is self-check, 5, when a stored history does not show the finding again', async () => {
    let judged = 0;
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' && judged++ === 0 });
    const {
      result,
      decision: { exitCode },
    } = await certify(options({ oracle, runs: 1, shrinkTimeMs: 0 }));
    expect([result.verdict, exitCode]).toEqual(['self-check', 5]);
  });

  it('is interrupted, 130, and keeps what ran', async () => {
    const controller = new AbortController();
    const {
      result,
      decision: { exitCode },
    } = await certify(
      options({
        runs: 50,
        signal: controller.signal,
        onProgress: ({ done }) => {
          if (done === 10) controller.abort();
        },
      }),
    );
    expect([result.verdict, exitCode]).toEqual(['interrupted', 130]);
    expect(result.scenarios.completed).toBeGreaterThanOrEqual(10);
    expect(result.scenarios.completed).toBeLessThan(50);
  });

  it('stays violation, 1, when the interruption comes after a finding', async () => {
    const controller = new AbortController();
    const {
      result,
      decision: { exitCode },
      counterexamples,
    } = await certify(
      options({
        runs: 50,
        signal: controller.signal,
        oracle: scriptedOracle({ violates: (_, property) => property === 'S9' }),
        onProgress: () => controller.abort(),
      }),
    );
    expect([result.verdict, exitCode]).toEqual(['violation', 1]);
    expect(counterexamples[0]?.shrinking.stopped).toBe('interrupted');
  });
});

describe('the search of a certification', () => {
  it('runs as many scenarios at once as the lane has slots, and no more', async () => {
    const lane = scriptedLane(clean, 6);
    await certify(options({ lane }));
    expect(lane.overlapMax).toBe(6);
  });

  it('never tries again what showed a violation', async () => {
    const lane = scriptedLane(troubled);
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' });
    const { result } = await certify(options({ lane, oracle, plan: planOf(scriptedScenario()), shrinkTimeMs: 0 }));
    expect([result.verdict, result.scenarios.retried, lane.ran.length]).toEqual(['violation', 0, 1]);
  });

  it('does not count a finding that rests on troubled observers', async () => {
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S14' });
    const { result } = await certify(
      options({ lane: scriptedLane(troubled), oracle, plan: planOf(scriptedScenario()) }),
    );
    expect(result.verdict).toBe('inconclusive');
  });

  it('prefers a double send with few messages', async () => {
    const big = scriptedScenario({
      name: 'big',
      steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 8, atMs: 100 }],
    });
    const oracle = scriptedOracle({
      violates: ({ name }, property) => (name === 'other' ? property === 'S9' : property === 'S1'),
    });
    const plan = planOf(big, scriptedScenario({ name: 'other' }), scriptedScenario({ name: 'small' }));
    const { counterexamples } = await certify(options({ oracle, plan, shrinkTimeMs: 0 }));
    expect(counterexamples.map(({ scenario }) => scenario.name)).toEqual(['small', 'other']);
  });

  it('counts cells by mode and by the faults that bit', async () => {
    const { result } = await certify(options({ plan: planOf(withFault('a'), scriptedScenario({ name: 'b' })) }));
    expect(result.cells.filter(({ property }) => property === 'S1')).toEqual([
      { property: 'S1', mode: 'ON', fault: 'latency', exercised: 1, violations: 0 },
      { property: 'S1', mode: 'ON', fault: 'none', exercised: 1, violations: 0 },
    ]);
  });

  it('scripts histories that are valid documents', () => {
    expect(historySchema.safeParse(scriptedHistory(scriptedScenario(), [scriptedTrouble()])).success).toBe(true);
  });
});
