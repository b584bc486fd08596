import { describe, expect, it } from 'vitest';
import type { Scenario } from '../formats/scenario.ts';
import { judgeRun } from './judged-run.ts';
import { recheck, replay } from './replay.ts';
import {
  scriptedHistory,
  scriptedLane,
  scriptedOracle,
  scriptedScenario,
  scriptedTrouble,
  type OracleScript,
} from './executor.fixture.ts';

const scenario = scriptedScenario();
const lane = (): ReturnType<typeof scriptedLane> =>
  scriptedLane((ran) => ({ kind: 'history', history: scriptedHistory(ran) }));
const replayWith = (script: OracleScript): ReturnType<typeof replay> =>
  replay({ lane: lane(), oracle: scriptedOracle(script), scenario, expected: 'S1' });
const always =
  (wanted: string): OracleScript['violates'] =>
  (_: Scenario, property) =>
    property === wanted;

describe('a replay', () => {
  it('is FAILED when the same property is violated in any attempt', async () => {
    let judged = 0;
    const once: OracleScript['violates'] = (_, property) => property === 'S1' && (judged += 1) === 3;
    expect(await replayWith({ violates: once })).toMatchObject({
      outcome: 'FAILED',
      message: 'violates still: S1 AtMostOnce',
    });
  });

  it('is FIXED when nothing is violated', async () => {
    expect((await replayWith({})).outcome).toBe('FIXED');
  });

  it('is CHANGED when another property is violated', async () => {
    expect((await replayWith({ violates: always('S9') })).outcome).toBe('CHANGED');
  });

  it('is FAILED for any violation when no property is expected', async () => {
    const oracle = scriptedOracle({ violates: always('S9') });
    expect((await replay({ lane: lane(), oracle, scenario })).outcome).toBe('FAILED');
  });

  it('is ERROR when a checker throws, a receipt is missing, observers are troubled or the lane fails', async () => {
    const faulty = scriptedScenario({ faults: [{ kind: 'refuse', fromMs: 0, untilMs: 10 }] });
    const oracle = scriptedOracle({ receipt: () => 'missing' });
    const troubled = scriptedLane((ran) => ({ kind: 'history', history: scriptedHistory(ran, [scriptedTrouble()]) }));
    const broken = scriptedLane(() => ({ kind: 'infrastructure', message: 'no database' }));
    expect(await replayWith({ crashed: 'S2' })).toMatchObject({ outcome: 'ERROR' });
    expect(await replay({ lane: lane(), oracle, scenario: faulty })).toMatchObject({ outcome: 'ERROR' });
    expect(await replay({ lane: troubled, oracle, scenario })).toMatchObject({ outcome: 'ERROR' });
    expect(await replay({ lane: broken, oracle, scenario })).toMatchObject({
      outcome: 'ERROR',
      message: 'no database',
    });
  });

  it('is ERROR when it is stopped before it ran', async () => {
    const signal = AbortSignal.abort();
    expect(await replay({ lane: lane(), oracle: scriptedOracle(), scenario, signal })).toMatchObject({
      outcome: 'ERROR',
    });
  });
});

describe('the re-check of a stored history', () => {
  const oracle = scriptedOracle({ violates: always('S1') });
  const { history, findings } = judgeRun(scriptedHistory(scenario), oracle);

  it('confirms findings that it derives again', () => {
    expect(recheck({ history, findings: [...findings] }, oracle)).toEqual({ confirmed: true });
  });

  it('does not confirm other findings, none, or those of a checker that throws', () => {
    const altered = findings.map((finding) => ({ ...finding, items: ['campaign-1#2'] }));
    const throwing = scriptedOracle({ violates: always('S1'), crashed: 'S1' });
    expect(recheck({ history, findings: altered }, oracle).confirmed).toBe(false);
    expect(recheck({ history, findings: [] }, oracle).confirmed).toBe(false);
    expect(recheck({ history, findings: [...findings] }, throwing).confirmed).toBe(false);
    expect(recheck({ history, findings: [...findings] }, scriptedOracle()).confirmed).toBe(false);
  });
});
