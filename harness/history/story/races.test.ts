import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import type { Finding } from '../../formats/finding.ts';
import { at, committed, decrement, entry, historyOf, logRow } from '../history.fixture.ts';
import { storyOf } from './story-of.ts';

const finding = (property: Finding['property'], witnesses: number[], items: string[]): Finding => ({
  property,
  message: 'wrong',
  items,
  witnesses,
});

describe('the race of a finding', () => {
  const entries = [at(1, entry('c1#1', 'u1')), at(2, entry('c1#2', 'u2')), at(3, entry('c1#3', 'u3'))];
  /** One charge: its log row, and the balance that it writes. */
  const charge = (
    fromMs: number,
    untilMs: number,
    { uuid, from, to }: { uuid: string; from: number; to: number },
  ): Observation[] => [
    committed(fromMs, [untilMs, untilMs], logRow(uuid, { status: 'accepted', transaction: `charge-${uuid}` })),
    committed(untilMs - 1, [untilMs, untilMs], decrement({ from, to, transaction: `charge-${uuid}` })),
  ];
  const raced = historyOf({ messages: 3 }, [
    ...entries,
    ...charge(10, 20, { uuid: 'u1', from: 9, to: 8 }),
    ...charge(15, 25, { uuid: 'u2', from: 8, to: 8 }),
    ...charge(30, 40, { uuid: 'u3', from: 8, to: 7 }),
  ]);
  const witness = raced.events.find((event) => event.kind === 'row' && event.key === 'u2')?.seq ?? -1;

  test('the race of a finding shows the message that wrote the same row at the same time, and both of its changes', () => {
    const drawnStory = storyOf(raced, { findings: [finding('S9', [witness], ['c1#2'])] });
    expect(drawnStory.items.toSorted()).toEqual(['c1#1', 'c1#2']);
    expect(
      drawnStory.elements.flatMap(({ importance, items, labels }) =>
        importance === 'change' ? [[items, labels]] : [],
      ),
    ).toEqual([
      [['c1#1'], ['balance 9 -> 8 #1']],
      [['c1#2'], ['balance 8 -> 8 #2']],
    ]);
  });

  test('the race of a finding is empty if the finding’s own transaction raced with no other', () => {
    const alone = raced.events.find((event) => event.kind === 'row' && event.key === 'u3')?.seq ?? -1;
    expect(storyOf(raced, { findings: [finding('S9', [alone], ['c1#3'])] }).items).toEqual(['c1#3']);
    expect(storyOf(raced, { findings: [finding('S1', [0], ['c1#2'])] }).items).toEqual(['c1#2']);
  });
});
