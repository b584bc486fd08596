// Tests the summary of runs whose cause is hard to find: the steps that the page names, the system of each step, and where to look.
import { describe, expect, test } from 'vitest';
import { whereToLook } from '../../../reports/html/beside.ts';
import { circumstances } from '../../../reports/counterexample-words.ts';
import { seenLines } from '../../../reports/html/seen-lines.ts';
import { linesOf, lineText } from '../../../reports/html/story-lines.ts';
import { storyOf } from '../../history/story/story-of.ts';
import type { Story } from '../../history/story/story.ts';
import { runOfMutant } from './counterexample-page.fixture.ts';

async function storyOfMutant(id: string): Promise<Story> {
  const { history, findings } = await runOfMutant(id);
  return storyOf(history, { findings });
}

function seenIn(story: Story): string[] {
  return seenLines(story).lines.map((line) => lineText(line, story));
}

describe('a message that is never charged', () => {
  test('the page names the round of recovery that released the reservation, and the round that settled without a charge', async () => {
    const story = await storyOfMutant('W05');
    expect(seenIn(story)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/legacy app \(recovery, round 1\): log: go unknown.*, ledger released$/u),
        expect.stringMatching(/legacy app \(recovery, round 2\): log: go accepted.*, message settled$/u),
      ]),
    );
    expect(seenIn(story).length).toBeLessThanOrEqual(6);
    expect(String(whereToLook(story))).toMatch(/^<strong>The legacy app&#39;s recovery, round 2<\/strong>, at \d+ ms/u);
  });

  test('the list of events has the ledger and the settlement, and repeats no text in a line', async () => {
    const story = await storyOfMutant('W05');
    const lines = linesOf(story).map((line) => lineText(line, story));
    expect(lines.filter((line) => line.includes('ledger'))).toHaveLength(2);
    expect(lines.filter((line) => /(service paused \d+ ms).*\1/u.test(line))).toEqual([]);
  });
});

test('the page names the changes of the mode, and the recovery that read it again and sent', async () => {
  const story = await storyOfMutant('W08');
  const seen = seenIn(story);
  expect(circumstances(story)).toMatch(/^1 message; (mode becomes (ON|SHADOW|OFF) at \d+ ms(; )?)+/u);
  expect(seen.filter((line) => line.includes('flag: mode becomes'))).not.toEqual([]);
  expect(seen).toEqual(
    expect.arrayContaining([expect.stringMatching(/legacy app \(recovery, round 1\) to provider: send, SENT$/u)]),
  );
  expect(String(whereToLook(story))).toContain('The legacy app&#39;s recovery, round 1');
});
