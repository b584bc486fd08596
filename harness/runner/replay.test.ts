import { describe, expect, test } from 'vitest';
import type { RunOutcome } from '../execution/executor.ts';
import type { Case, Deviation } from '../formats/case.ts';
import type { History } from '../formats/history.ts';
import {
  type OracleScript,
  scriptedExecutor,
  scriptedHistory,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';
import { type Replay, replay } from './replay.ts';

const tried: Case = { scenario: scriptedScenario(), deviations: [] };
const plain = ({ scenario }: Case): RunOutcome => scriptedRun(scenario);
const replayWith = (script: OracleScript): Promise<Replay> =>
  replay({ executor: scriptedExecutor(plain), oracle: scriptedOracle(script), case: tried, expected: 'S1' });
const always =
  (wanted: string): OracleScript['violates'] =>
  (_, property) =>
    property === wanted;

describe('a replay', () => {
  test('a replay is FAILED when the same property is violated in any of three attempts', async () => {
    let judged = 0;
    const once: OracleScript['violates'] = (_, property) => property === 'S1' && (judged += 1) === 3;
    expect(await replayWith({ violates: once })).toMatchObject({
      outcome: 'FAILED',
      verdict: 'violation',
      message: 'violates still: S1 AtMostOnce',
    });
  });

  test('a replay is FIXED when nothing is violated', async () => {
    expect(await replayWith({})).toMatchObject({
      outcome: 'FIXED',
      verdict: 'pass',
      message: 'not seen in 3 replays; a race can stay unseen by chance',
    });
  });

  test('a replay without the earlier runs that its case needs is ERROR when nothing is violated, and FAILED when it violates', async () => {
    const after = (violates: OracleScript['violates']): Promise<Replay> =>
      replay({
        executor: scriptedExecutor(plain),
        oracle: scriptedOracle({ violates }),
        case: tried,
        expected: 'S1',
        lacksRunsBefore: true,
      });
    expect(await after(undefined)).toMatchObject({ outcome: 'ERROR', verdict: 'inconclusive' });
    expect(await after(always('S1'))).toMatchObject({ outcome: 'FAILED', verdict: 'violation' });
  });

  test('a replay is STALE, and names the fault, when a fault of the stored history takes effect in no attempt', async () => {
    const scenario = scriptedScenario({ faults: [{ kind: 'refuse', fromMs: 0, untilMs: 10 }] });
    const history = scriptedHistory(scenario);
    const replayWhere = (bites: (each: History) => boolean): Promise<Replay> => {
      const oracle = scriptedOracle({ receipt: (each) => (each === history || bites(each) ? 'bit' : 'idle') });
      return replay({ executor: scriptedExecutor(plain), oracle, case: { scenario, deviations: [] }, history });
    };
    expect(await replayWhere(() => false)).toMatchObject({
      outcome: 'STALE',
      verdict: 'inconclusive',
      missing: ["the fault 'refuse' took no effect"],
    });
    const bitten = new Set<History>();
    const atLast = (each: History): boolean => bitten.add(each).size === 3;
    expect(await replayWhere(atLast)).toMatchObject({ outcome: 'FIXED', missing: [] });
  });

  test('a replay can be FIXED without the faults that only the stored history lists, after those of the scenario', async () => {
    const history = scriptedHistory(scriptedScenario({ faults: [{ kind: 'refuse', fromMs: 0, untilMs: 10 }] }));
    const ended = await replay({ executor: scriptedExecutor(plain), oracle: scriptedOracle(), case: tried, history });
    expect(ended).toMatchObject({ outcome: 'FIXED', missing: [] });
  });

  test('a replay is FAILED in another way when the property is violated under another fingerprint', async () => {
    const failed = (fingerprint: string): Promise<Replay> =>
      replay({
        executor: scriptedExecutor(plain),
        oracle: scriptedOracle({ violates: always('S1') }),
        case: tried,
        expected: 'S1',
        fingerprint,
      });
    expect(await failed('S1')).toMatchObject({ isSame: true, message: 'violates still: S1 AtMostOnce' });
    expect(await failed('S1: accept service ON')).toMatchObject({
      outcome: 'FAILED',
      isSame: false,
      message: 'violates still: S1 AtMostOnce, in another way',
    });
  });

  test('a replay names the lane on which its case was found if that is the other one', async () => {
    const executor = scriptedExecutor(plain);
    const message = async (foundOn: 'live' | 'sim'): Promise<string> =>
      (await replay({ executor, oracle: scriptedOracle(), case: tried, foundOn })).message;
    expect(await message('live')).toBe('not seen in 3 replays; a race can stay unseen by chance');
    expect(await message('sim')).toContain('found on the sim lane and replayed on the live lane');
  });

  test('a replay is CHANGED when another property is violated', async () => {
    expect(await replayWith({ violates: always('S9') })).toMatchObject({
      outcome: 'CHANGED',
      message: 'violates S9 QuotaOnce now',
    });
  });

  test('a replay is FAILED for any violation when no property is expected', async () => {
    const oracle = scriptedOracle({ violates: always('S9') });
    expect((await replay({ executor: scriptedExecutor(plain), oracle, case: tried })).outcome).toBe('FAILED');
  });

  test('a replay is ERROR when a checker throws, a receipt is missing, observers are disturbed or the lane fails', async () => {
    const oracle = scriptedOracle();
    const faulty = { ...tried, scenario: scriptedScenario({ faults: [{ kind: 'refuse', fromMs: 0, untilMs: 10 }] }) };
    const silent = { oracle: scriptedOracle({ receipt: () => 'missing' }), case: faulty };
    const disturbed = scriptedExecutor(({ scenario }) => scriptedRun(scenario, [scriptedTrouble()]));
    const broken = scriptedExecutor(() => ({ kind: 'infrastructure', message: 'no database' }));
    expect(await replayWith({ crashed: 'S2' })).toMatchObject({ outcome: 'ERROR', verdict: 'self-check' });
    expect(await replay({ executor: scriptedExecutor(plain), ...silent })).toMatchObject({
      outcome: 'ERROR',
      verdict: 'inconclusive',
      message: "fault 'refuse' left no receipt",
    });
    expect(await replay({ executor: disturbed, oracle, case: tried })).toMatchObject({
      outcome: 'ERROR',
      verdict: 'inconclusive',
    });
    expect(await replay({ executor: broken, oracle, case: tried })).toMatchObject({
      outcome: 'ERROR',
      verdict: 'infrastructure',
      message: 'no database',
    });
  });

  test('a replay of a case that the lane refuses is a usage error, and runs nothing', async () => {
    const executor = scriptedExecutor(plain, { refusal: () => ({ message: 'it cannot be', hint: 'leave it out' }) });
    const refused = replay({ executor, oracle: scriptedOracle(), case: tried });
    await expect(refused).rejects.toMatchObject({ code: 'ONESEND_USAGE' });
    expect(executor.ran).toEqual([]);
  });

  test('a replay is ERROR when it is stopped before it ran', async () => {
    const stopped = { executor: scriptedExecutor(plain), oracle: scriptedOracle(), signal: AbortSignal.abort() };
    expect(await replay({ ...stopped, case: tried })).toMatchObject({ outcome: 'ERROR', verdict: 'interrupted' });
  });
});

describe('a replay on a deterministic lane', () => {
  const deviation: Deviation = { site: 'answer', key: 'campaign-1#1', attempt: 0, choice: 'delay' };
  const deviated: Case = { ...tried, deviations: [deviation] };
  const reached = ({ scenario, deviations }: Case): RunOutcome => ({ ...scriptedRun(scenario), deviations });
  const on = (script: (each: Case, earlier: number) => RunOutcome, violates?: OracleScript['violates']) => {
    const executor = scriptedExecutor(script, { isDeterministic: true });
    return {
      executor,
      replayed: replay({ executor, oracle: scriptedOracle({ violates }), case: deviated, expected: 'S1' }),
    };
  };

  test('a replay on a deterministic lane consists of two runs of the case', async () => {
    const { executor, replayed } = on(reached);
    expect((await replayed).outcome).toBe('FIXED');
    expect(executor.ran).toEqual([deviated, deviated]);
  });

  test('a replay on a deterministic lane is a failed self-check when the second run differs, even if it violates', async () => {
    const fickle = ({ scenario }: Case, earlier: number): RunOutcome =>
      scriptedRun(scenario, earlier === 0 ? [] : [scriptedTrouble()]);
    expect(await on(fickle, always('S1')).replayed).toMatchObject({ outcome: 'ERROR', verdict: 'self-check' });
  });

  test('a replay on a deterministic lane is STALE, and names the deviation, when a deviation did not come up', async () => {
    const missing = ["the deviation 'answer: delay' of campaign-1#1 did not come up"];
    expect(await on(plain).replayed).toMatchObject({
      outcome: 'STALE',
      verdict: 'inconclusive',
      message: `no finding in the same run; ${missing[0]}`,
      missing,
    });
  });

  test('a replay on a deterministic lane is FAILED when it violates without one of its deviations, which it names', async () => {
    expect(await on(reached, always('S1')).replayed).toMatchObject({ outcome: 'FAILED', missing: [] });
    expect(await on(plain, always('S1')).replayed).toMatchObject({
      outcome: 'FAILED',
      message: expect.stringContaining("'answer: delay' of campaign-1#1 did not come up"),
    });
  });

  test('a replay on a deterministic lane is FAILED with the message of the anomaly when the expected anomaly shows again', async () => {
    const anomaly = { kind: 'deadlock', message: 'nothing is left that could happen', atMicros: 5 } as const;
    const stuck = ({ scenario, deviations }: Case): RunOutcome => {
      return { ...scriptedRun(scenario), deviations, anomalies: [anomaly] };
    };
    const executor = scriptedExecutor(stuck, { isDeterministic: true });
    const asked = { executor, oracle: scriptedOracle(), case: deviated };
    expect(await replay({ ...asked, expected: 'deadlock' })).toMatchObject({
      outcome: 'FAILED',
      message: 'violates still: deadlock: nothing is left that could happen',
    });
    expect(await replay({ ...asked, expected: 'S1' })).toMatchObject({ outcome: 'CHANGED' });
  });
});
