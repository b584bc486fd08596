import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { SlotLog } from './slot-log.ts';

const observation: Observation = { observer: 'x', kind: 'quiescent', earliest: 1, latest: 2 };

function logOf(sequences: readonly number[]): SlotLog {
  const log = new SlotLog(7);
  for (const sequence of sequences) log.add({ slot: 1, recording: 7, sequence, observation });
  return log;
}

describe('the log of a slot', () => {
  test('the log of a slot holds the events of its recording and of no other', () => {
    const log = logOf([0, 1]);
    log.add({ slot: 1, recording: 6, sequence: 2, observation });
    expect(log.read(2)).toEqual([observation, observation]);
  });

  test.each([
    ['in the middle', [0, 2], 3],
    ['at the start', [1, 2], 3],
    ['at the end', [0, 1], 3],
    ['all of them', [], 3],
  ])('the log of a slot reports lost events: %s', (_where, sequences, count) => {
    expect(logOf(sequences).read(count)).toContainEqual(
      expect.objectContaining({ kind: 'observer-problem', problem: 'gap' }),
    );
  });

  test('the log of a slot keeps its events when the observers are lost, and reports the loss', () => {
    expect(logOf([0]).readLost('gone')).toEqual([
      observation,
      expect.objectContaining({ kind: 'observer-problem', problem: 'lost', detail: 'gone' }),
    ]);
  });
});
