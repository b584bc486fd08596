import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, type Label, labelsAt } from './labels.ts';
import { type Layout, layOut, yAt } from './layout.ts';
import { textWidth } from './text-width.ts';
import { recipes, sentTwice, storyFrom } from './stories.fixture.ts';

const WIDTHS = fc.constantFrom(360, 760, 1_100);
const SIZES = [
  { events: 5, min: 0, max: 3, numRuns: 60 },
  { events: 60, min: 20, max: 30, numRuns: 20 },
  { events: 200, min: 90, max: 110, numRuns: 6 },
];

/** All labels below the heads. */
function labelsOf({ rows, labels, tracks }: Layout): Label[] {
  const ofTracks = tracks.flatMap(({ spells }) => spells.flatMap(({ label }) => label ?? []));
  return [...rows.flatMap((row) => row.labels), ...labels, ...ofTracks];
}

function meets(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function meeting(labels: readonly Label[]): string[] {
  return labels.flatMap((one, index) =>
    labels.slice(index + 1).flatMap((other) => (meets(one, other) ? [`${one.text} / ${other.text}`] : [])),
  );
}

describe.each(SIZES)('the diagram of a story of about $events events', ({ min, max, numRuns }) => {
  const anyCase = fc.tuple(recipes({ min, max }), WIDTHS);

  test('the diagram of a story has no labels that overlap or are cut off', () => {
    fc.assert(
      fc.property(anyCase, ([recipe, width]) => {
        const layout = layOut(storyFrom(recipe), { width });
        const labels = labelsOf(layout);
        expect(meeting(labels)).toEqual([]);
        expect(meeting(layout.heads)).toEqual([]);
        const cut = [...labels, ...layout.heads].filter(
          ({ left, right, top, bottom }) => left < 0 || right > width || top < 0 || bottom > layout.height,
        );
        expect(cut).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('time in the diagram of a story runs from top to bottom, and each long wait names its length', () => {
    fc.assert(
      fc.property(anyCase, ([recipe, width]) => {
        const { rows, gaps } = layOut(storyFrom(recipe), { width });
        for (const [index, row] of rows.entries()) {
          const before = rows[index - 1];
          if (before === undefined) continue;
          expect(row.y).toBeGreaterThan(before.y);
          expect(row.step.timeMs).toBeGreaterThanOrEqual(before.step.timeMs);
          const gap = gaps.find(({ top }) => top >= before.y && top < row.y);
          const passedMs = row.step.timeMs - before.step.timeMs;
          expect(gap === undefined ? passedMs : gap.untilMs - gap.fromMs).toBe(passedMs);
          expect(gap !== undefined).toBe(passedMs >= 40);
        }
      }),
      { numRuns },
    );
  });

  test('the diagram of a story draws every event of its messages that concerns the finding', () => {
    fc.assert(
      fc.property(anyCase, ([recipe, width]) => {
        const { story, rows, plan } = layOut(storyFrom(recipe), { width });
        const drawn = new Set(rows.flatMap(({ step }) => step.seqs));
        const witnesses = story.elements.filter(({ importance }) => importance === 'witness');
        expect(witnesses.filter(({ seqs }) => !seqs.every((seq) => drawn.has(seq)))).toEqual([]);
        const numbers = rows.flatMap(({ step }) => step.witness ?? []);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        expect(plan.omitted).toBeGreaterThanOrEqual(0);
      }),
      { numRuns },
    );
  });
});

test('the height of a time lies between those of the rows around it', () => {
  const axis = [
    [0, 10],
    [100, 50],
    [100, 70],
    [300, 90],
  ] as const;
  expect([-1, 0, 50, 100, 200, 300].map((ms) => yAt(axis, ms))).toEqual([10, 10, 30, 50, 80, 90]);
  expect(yAt(axis, 301)).toBe(Number.POSITIVE_INFINITY);
});

test('a compressed wait names its length and the awaited answer', () => {
  const { gaps, labels } = layOut(sentTwice(), { width: 760 });
  expect(gaps.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual([[7, 502]]);
  expect(labels.map(({ text }) => text)).toEqual(['495 ms pass: the legacy app waits for an answer, 500 ms at most']);
  expect(layOut(sentTwice(), { width: 336 }).labels.map(({ text }) => text)).toEqual([
    '495 ms pass: waits for an answer, 500 ms at most',
  ]);
});

test('a label that is wider than the drawing continues on the next line, and never breaks at an arrow', () => {
  const font = { size: 10 };
  const linesOf = (text: string, right: number): string[] =>
    labelsAt(0, { text, x: 0, align: 'start', font, tone: 'plain' }, { left: 0, right }).map((line) => line.text);
  expect(linesOf('log: go accepted, message settled', 115)).toEqual(['log: go accepted,', 'message settled']);
  expect(linesOf('balance 10 → 9', textWidth('balance 10 →', font) + 1)).toEqual(['balance', '10 → 9']);
});
