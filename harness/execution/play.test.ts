import { describe, expect, test } from 'vitest';
import type { Scenario } from '../formats/scenario.ts';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { Play } from './play.ts';
import { type ScriptedAnswers, type ScriptedStage, scriptedStage, scriptOf } from './stage.fixture.ts';

const scenario = campaignScenario({ tenant: 't', campaign: 'c', atMs: 0 });

const refuse = (fromMs: number) => ({ kind: 'refuse', fromMs, untilMs: fromMs + 100 }) as const;
const latency = { kind: 'latency', stream: 'upstream', latencyMs: 900, jitterMs: 100, fromMs: 0, untilMs: 50 } as const;

async function played(changes: Partial<Scenario>, answers: ScriptedAnswers = {}): Promise<ScriptedStage> {
  const whole = { ...scenario, ...changes };
  const stage = scriptedStage(whole, answers);
  await new Play(stage, scriptOf(whole)).run();
  return stage;
}

const DONE = '{"settled":0,"pending":0}';
const PENDING = '{"settled":1,"pending":1}';

describe('the script of a run', () => {
  test('the script of a run applies the faults that begin at 0 one after the other, before the clock starts', async () => {
    const slow = async (line: string): Promise<void> => {
      if (line === 'apply 0') await new Promise((resolve) => void setImmediate(resolve));
    };
    const { lines } = await played({ faults: [latency, refuse(0), refuse(20)] }, { onLine: slow });
    expect(lines.slice(0, 4)).toEqual(['prepare', 'apply 0', 'apply 1', 'clock']);
    expect(lines.slice(4)).toContain('apply 2');
  });

  test('the script of a run performs every action, and none before its time', async () => {
    const { lines } = await played({
      steps: [...scenario.steps, { kind: 'flip', tenant: 't', mode: 'OFF', atMs: 70 }],
      faults: [{ kind: 'crash', process: 'service', atMs: 30, restartAfterMs: 20 }],
    });
    for (const [time, action] of [
      ['until 0', 'trigger 1 of 1'],
      ['until 30', 'crash service'],
      ['until 50', 'restart service'],
      ['until 70', 'flag 1 OFF'],
    ] as const) {
      expect(lines.indexOf(time)).toBeGreaterThan(0);
      expect(lines.indexOf(action)).toBeGreaterThan(lines.indexOf(time));
      expect(lines.indexOf('end faults')).toBeGreaterThan(lines.indexOf(action));
    }
  });

  test('the script of a run counts the deliveries of each campaign and records how long the user waited', async () => {
    const { events } = await played({
      steps: [...scenario.steps, { kind: 'entry', campaign: 'd', tenant: 't', messages: 1, atMs: 5 }],
      faults: [{ kind: 'redelivery', campaign: 'c', atMs: 90 }],
    });
    const triggers = events.flatMap((event) => (event.kind === 'trigger' ? [[event.campaign, event.delivery]] : []));
    expect(triggers).toEqual([
      ['c', 1],
      ['d', 1],
      ['c', 2],
    ]);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'user-response', delivery: 2, elapsedMs: 2.5 }));
  });

  test('the script of a run performs the flips and triggers that decisions add before it ends the faults', async () => {
    const stage = scriptedStage(scenario, {
      async onLine(line) {
        if (line === 'flag 1 SHADOW') await new Promise((resolve) => void setImmediate(resolve));
        if (line !== 'trigger 1 of 1' || stage.events.length > 1) return;
        play.addFlip('t', 'SHADOW');
        play.addTrigger('c');
      },
    });
    const play = new Play(stage, scriptOf(scenario));
    await play.run();
    expect([...play.triggered]).toEqual(['c']);
    const end = stage.lines.indexOf('end faults');
    expect(stage.lines.indexOf('flag 1 SHADOW')).toBeLessThan(end);
    expect(stage.lines.lastIndexOf('trigger 1 of 1')).toBeLessThan(end);
    expect(stage.events).toContainEqual({ kind: 'flip', tenant: 't', mode: 'SHADOW' });
  });

  test('the script of a run records quiescence after a rest, recovery and another rest, and then the balances', async () => {
    const { lines, events } = await played({ faults: [latency] }, { recovery: [DONE] });
    const end = lines.indexOf('end faults');
    expect(lines.slice(end + 1)).toEqual(['sleep 2500', 'rest 0', 'recover', 'rest 0', 'balances']);
    expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['recover', 'quiescent']);
  });

  test('the script of a run waits between rounds of recovery while work is pending, and afterwards until its effects have ended', async () => {
    const { lines } = await played({}, { recovery: [PENDING, DONE] });
    const end = lines.indexOf('end faults');
    expect(lines.slice(end + 2, -1)).toEqual(['rest 0', 'recover', 'sleep 1500', 'recover', 'rest 1000']);
  });

  test('the script of a run requests recovery at most five times', async () => {
    const { lines, events } = await played({}, { recovery: [PENDING] });
    expect(lines.filter((line) => line === 'recover')).toHaveLength(5);
    expect(events.flatMap((event) => (event.kind === 'recover' ? [event.round] : []))).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)).toEqual({ kind: 'quiescent' });
  });

  test('the script of a run tampers and reconciles after quiescence, and only if a step demands it', async () => {
    const faults: Scenario['faults'] = [{ kind: 'tamper', item: 'c#1', mismatch: 'status_mismatch' }];
    const steps: Scenario['steps'] = [...scenario.steps, { kind: 'reconcile' }];
    const mismatches = [{ kind: 'status_mismatch', messageUuid: 'u' }];
    const answers = { reconciliation: JSON.stringify(mismatches) };
    const asked = await played({ faults, steps }, answers);
    expect(asked.lines.slice(-3)).toEqual(['balances', 'tamper c#1 status_mismatch', 'reconcile']);
    expect(asked.events.at(-1)).toEqual({ kind: 'reconciliation', mismatches });
    expect((await played({ faults }, answers)).lines.at(-1)).toBe('balances');
    const elsewhere: Scenario['faults'] = [{ kind: 'tamper', item: 'c#9', mismatch: 'status_mismatch' }];
    await expect(played({ faults: elsewhere, steps }, answers)).rejects.toThrow('no item c#9');
  });

  test('the script of a run recovers and reconciles during traffic at the times of the steps, and numbers all rounds in one sequence', async () => {
    const steps: Scenario['steps'] = [
      ...scenario.steps,
      { kind: 'recover', atMs: 30 },
      { kind: 'reconcile', atMs: 40 },
    ];
    const { lines, events } = await played({ steps }, { recovery: [PENDING, DONE], reconciliation: '[]' });
    const end = lines.indexOf('end faults');
    for (const [time, action] of [
      ['until 30', 'recover'],
      ['until 40', 'reconcile'],
    ] as const) {
      expect(lines.indexOf(action)).toBeGreaterThan(lines.indexOf(time));
      expect(lines.indexOf(action)).toBeLessThan(end);
    }
    expect(lines.slice(end)).not.toContain('reconcile');
    expect(events.flatMap((event) => (event.kind === 'recover' ? [event.round] : []))).toEqual([1, 2]);
  });

  test('the script of a run leaves out commands that a system does not have', async () => {
    const { lines, events } = await played({ steps: [...scenario.steps, { kind: 'reconcile' }] });
    expect(lines.slice(-3)).toEqual(['rest 0', 'rest 0', 'balances']);
    expect(events.map(({ kind }) => kind)).toEqual(['trigger', 'user-response', 'quiescent']);
  });

  test('the script of a run stops after the faults when its end is not judged', async () => {
    const { lines } = await played({}, { timings: { quiescenceMsMin: 0 } });
    expect(lines.at(-1)).toBe('end faults');
  });
});
