import { describe, expect, test } from 'vitest';
import type { Case } from '../formats/case.ts';
import type { Fault } from '../formats/fault.ts';
import { type BoundaryOptions, findBoundaries } from './boundaries.ts';
import {
  scriptedExecutor,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';
import { judgeCase } from './run-case.ts';

const late: Extract<Fault, { kind: 'latency' }> = {
  kind: 'latency',
  stream: 'downstream',
  latencyMs: 600,
  jitterMs: 0,
  fromMs: 0,
  untilMs: 1_500,
};

/** The longest delay of answers in a scenario. */
function delayIn({ faults }: Case['scenario']): number {
  return Math.max(0, ...faults.map((fault) => (fault.kind === 'latency' ? fault.latencyMs : 0)));
}

/** An oracle that finds S1 violated if the delay lies in a range. */
function violatesFrom(leastMs: number, mostMs = Infinity) {
  return scriptedOracle({
    violates: (scenario, property) => property === 'S1' && delayIn(scenario) >= leastMs && delayIn(scenario) <= mostMs,
  });
}

function boundaries(faults: Fault[], { isDeterministic = true, oracle = violatesFrom(501), capacity = 1 } = {}) {
  const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), { isDeterministic, capacity });
  const scenario = scriptedScenario({ faults });
  const run = judgeCase({ scenario, deviations: [] }, scriptedRun(scenario), oracle);
  return boundariesIn({ executor, oracle, run, fingerprint: 'S1' }).then((found) => ({ found, executor }));
}

async function boundariesIn(options: BoundaryOptions) {
  return (await findBoundaries(options)).map(({ boundary }) => boundary);
}

describe('the boundaries of the times of a case', () => {
  test('the boundaries of a time are one millisecond apart on a deterministic lane', async () => {
    const { found } = await boundaries([late]);
    expect(found).toEqual([
      {
        words: 'the delay of answers',
        fails: { atMs: 501, tries: 1, violated: 1 },
        passes: { atMs: 500, tries: 1, violated: 0 },
      },
    ]);
  });

  test('the boundaries of a time are two where it is bounded on both sides', async () => {
    const { found } = await boundaries([late], { oracle: violatesFrom(501, 800) });
    expect(found.map(({ fails, passes }) => [fails.atMs, passes.atMs])).toEqual([
      [501, 500],
      [800, 801],
    ]);
  });

  test('the boundaries of a time lie at least 25 ms apart on a lane of real processes, each value tried five times', async () => {
    const { found, executor } = await boundaries([late], { isDeterministic: false, capacity: 8 });
    expect(found).toHaveLength(1);
    const [{ fails, passes } = { fails: undefined, passes: undefined }] = found;
    expect(fails).toMatchObject({ tries: 5, violated: 5 });
    expect(passes).toMatchObject({ tries: 5, violated: 0 });
    expect((fails?.atMs ?? 0) - (passes?.atMs ?? 0)).toBeGreaterThanOrEqual(25);
    expect((fails?.atMs ?? 0) - (passes?.atMs ?? 0)).toBeLessThan(50);
    expect(executor.overlapMax).toBe(8);
  });

  test('the boundaries of a time do not exist on the live lane where the end of the range is nearer than 25 ms', async () => {
    const early = { ...late, latencyMs: 20 };
    expect((await boundaries([early], { oracle: violatesFrom(10) })).found).toHaveLength(1);
    expect((await boundaries([early], { oracle: violatesFrom(10), isDeterministic: false })).found).toEqual([]);
  });

  test('the boundaries of a time are moved apart where a race has both outcomes', async () => {
    let runs = 0;
    const wavering = scriptedOracle({
      violates: (scenario, property) => {
        if (property !== 'S1') return false;
        runs += 1;
        return delayIn(scenario) > (runs % 3 === 0 ? 500 : 530);
      },
    });
    const { found } = await boundaries([late], { isDeterministic: false, oracle: wavering, capacity: 1 });
    for (const { fails, passes } of found) expect([fails.violated, passes.violated]).toEqual([5, 0]);
    expect(found[0]?.fails.atMs).toBeGreaterThan(530);
    expect(found[0]?.passes.atMs).toBeLessThanOrEqual(500);
  });

  test('the boundaries of a time are not reported where the outcomes of values further apart vary too', async () => {
    let runs = 0;
    const racing = scriptedOracle({
      violates: (scenario, property) => {
        if (property !== 'S1') return false;
        runs += 1;
        return delayIn(scenario) > (runs % 3 === 0 ? 300 : 590);
      },
    });
    expect((await boundaries([late], { isDeterministic: false, oracle: racing })).found).toEqual([]);
  });

  test('the boundaries of a time of real processes are searched on both sides at once, with one value for each slot', async () => {
    const { executor } = await boundaries([late], { isDeterministic: false, capacity: 8 });
    const first = executor.ran.slice(0, 8).map(({ scenario }) => delayIn(scenario));
    expect(first).toEqual([450, 301, 151, 1, 1_075, 1_550, 2_025, 2_500]);
  });

  test('the boundaries of a time do not exist where every value violates, nor for a fault that has only a window', async () => {
    const always = scriptedOracle({ violates: (_, property) => property === 'S1' });
    expect((await boundaries([late], { oracle: always })).found).toEqual([]);
    expect((await boundaries([{ kind: 'refuse', fromMs: 0, untilMs: 1_500 }], { oracle: always })).found).toEqual([]);
  });

  test('the boundaries of a time are not reported where the other side violates another property', async () => {
    const other = scriptedOracle({
      violates: (scenario, property) => (property === 'S1' ? delayIn(scenario) > 500 : property === 'S9'),
    });
    expect((await boundaries([late], { oracle: other })).found).toEqual([]);
  });

  test('the boundaries of a time are not reported where the fault of the other side left no receipt', async () => {
    const oracle = scriptedOracle({
      violates: (scenario, property) => property === 'S1' && delayIn(scenario) > 500,
      receipt: ({ scenario }) => (delayIn(scenario) > 500 ? 'bit' : 'missing'),
    });
    expect((await boundaries([late], { oracle })).found).toEqual([]);
  });

  test('the boundaries of a time are not reported where the observers of the other side were disturbed', async () => {
    const executor = scriptedExecutor(({ scenario }) =>
      scriptedRun(scenario, delayIn(scenario) > 500 ? [] : [scriptedTrouble()]),
    );
    const oracle = violatesFrom(501);
    const scenario = scriptedScenario({ faults: [late] });
    const run = judgeCase({ scenario, deviations: [] }, scriptedRun(scenario), oracle);
    expect(await boundariesIn({ executor, oracle, run, fingerprint: 'S1' })).toEqual([]);
  });

  test('the boundaries of a time are not searched with values that the lane refuses', async () => {
    const oracle = violatesFrom(501);
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), {
      isDeterministic: true,
      refusal: ({ scenario }) => (delayIn(scenario) < 100 ? { message: 'too short', hint: 'a longer one' } : undefined),
    });
    const scenario = scriptedScenario({ faults: [late] });
    const run = judgeCase({ scenario, deviations: [] }, scriptedRun(scenario), oracle);
    expect(await boundariesIn({ executor, oracle, run, fingerprint: 'S1' })).toEqual([]);
    expect(executor.ran.map((each) => delayIn(each.scenario))).toEqual([10_000]);
  });

  test('the search for the boundaries of a time stops trying a value as soon as one of its tries disagrees', async () => {
    let above = 0;
    const wavering = scriptedOracle({
      violates: (scenario, property) => {
        if (property !== 'S1' || delayIn(scenario) < 300) return false;
        if (delayIn(scenario) < 600) above += 1;
        return above % 2 === 0;
      },
    });
    const { found, executor } = await boundaries([late], { isDeterministic: false, oracle: wavering });
    expect(found).toEqual([]);
    const delays = executor.ran.map(({ scenario }) => delayIn(scenario)).filter((ms) => ms >= 300 && ms < 600);
    const counts = delays.map((ms) => delays.filter((other) => other === ms).length);
    expect(Math.max(...counts)).toBeLessThan(5);
  });

  test('the boundaries of a time are not reported when the search is interrupted before they are confirmed', async () => {
    const controller = new AbortController();
    const oracle = violatesFrom(501);
    let runs = 0;
    const scenario = scriptedScenario({ faults: [late] });
    const run = judgeCase({ scenario, deviations: [] }, scriptedRun(scenario), oracle);
    const found = async (most: number) => {
      runs = 0;
      const executor = scriptedExecutor(
        (each) => {
          runs += 1;
          if (runs === most) controller.abort();
          return scriptedRun(each.scenario);
        },
        { capacity: 1 },
      );
      const boundary = await boundariesIn({ executor, oracle, run, fingerprint: 'S1', signal: controller.signal });
      return { boundary, ran: executor.ran.length };
    };
    const whole = await found(Infinity);
    expect(whole.boundary).toHaveLength(1);
    expect((await found(whole.ran - 1)).boundary).toEqual([]);
  });

  test('the boundaries of a decision are those of the fault with the same effect', async () => {
    const oracle = violatesFrom(501);
    const decision = { site: 'answer', key: 'campaign-1#1', attempt: 0, choice: 'delay' };
    const decided: Fault = { ...late, latencyMs: 590, decided: { of: 'answer', what: 'late 590 ms' } };
    const simulated = ({ scenario, deviations }: Case) => ({
      ...scriptedRun(deviations.length > 0 ? { ...scenario, faults: [...scenario.faults, decided] } : scenario),
      deviations,
    });
    const tried = { scenario: scriptedScenario(), deviations: [decision] };
    const run = judgeCase(tried, simulated(tried), oracle);
    const executor = scriptedExecutor(simulated, { isDeterministic: true });
    const found = await boundariesIn({ executor, oracle, run, fingerprint: 'S1' });
    expect(found.map(({ fails, passes }) => [fails.atMs, passes.atMs])).toEqual([[501, 500]]);
  });

  test('the boundaries of a time are not searched when the signal is aborted already', async () => {
    const oracle = violatesFrom(501);
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), { isDeterministic: true });
    const scenario = scriptedScenario({ faults: [late] });
    const run = judgeCase({ scenario, deviations: [] }, scriptedRun(scenario), oracle);
    const found = boundariesIn({ executor, oracle, run, fingerprint: 'S1', signal: AbortSignal.abort() });
    expect(await found).toEqual([]);
    expect(executor.ran).toEqual([]);
  });
});
