import { describe, expect, test } from 'vitest';
import type { Case } from '../formats/case.ts';
import { scriptedExecutor, scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { type NamedCase, replayEach } from './replay-each.ts';

const named = (id: string): NamedCase => ({
  id,
  case: { scenario: scriptedScenario({ name: id }), deviations: [] },
  system: 'scripted',
  expected: 'S1',
});
const cases = ['one', 'two', 'three'].map(named);
const play = ({ scenario }: Case): ReturnType<typeof scriptedRun> => scriptedRun(scenario);
const oracle = scriptedOracle({ violates: ({ name }, property) => name === 'two' && property === 'S1' });

describe('replay of several stored cases', () => {
  test('several stored cases are replayed one by one, and reported in their order', async () => {
    const replayed = await replayEach(cases, { executor: scriptedExecutor(play, { capacity: 9 }), oracle });
    expect(replayed.map(({ row: { id, outcome, lane } }) => [id, outcome, lane])).toEqual([
      ['one', 'FIXED', 'live'],
      ['two', 'FAILED', 'live'],
      ['three', 'FIXED', 'live'],
    ]);
  });

  test('a stored case that the lane does not accept is STALE and says why, and the others are replayed', async () => {
    const refusal = ({ scenario: { name } }: Case): { message: string } | undefined =>
      name === 'one' ? { message: 'no such fault' } : undefined;
    const executor = scriptedExecutor(play, { refusal: refusal as never });
    const replayed = await replayEach(cases, { executor, oracle });
    expect(replayed.map(({ row }) => row.outcome)).toEqual(['STALE', 'FAILED', 'FIXED']);
    expect(replayed[0]?.row).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('no such fault'),
    });
  });

  test('no further stored case is replayed after a stop', async () => {
    const done: string[] = [];
    const replayed = await replayEach(cases, {
      executor: scriptedExecutor(play, { capacity: 3 }),
      oracle,
      isOver: () => done.length > 0,
      onReplayed: ({ row }) => done.push(row.id),
    });
    expect(replayed.map(({ row }) => row.id)).toEqual(['one']);
  });
});
