import { expect, test } from 'vitest';
import { inDoubt, tryStep, tryUntil } from './tries.ts';
import { failed, ok } from './walk.ts';

/** Makes these tries in turn, repeats the last one, and counts. */
function trying<T>(tries: readonly { result: T; wasDisturbed: boolean }[]) {
  const made = { count: 0 };
  const makeTry = () => {
    const next = tries[Math.min(made.count, tries.length - 1)];
    if (next === undefined) throw new Error('no try is given');
    made.count += 1;
    return Promise.resolve(next);
  };
  return { made, makeTry };
}

const isGood = (result: string): boolean => result === 'good';
const fair = (result: string) => ({ result, wasDisturbed: false });
const disturbed = (result: string) => ({ result, wasDisturbed: true });

test('a good try is the last one, even if the machine disturbed it', async () => {
  const { made, makeTry } = trying([fair('bad'), disturbed('good')]);
  expect(await tryUntil(isGood, makeTry)).toEqual(disturbed('good'));
  expect(made.count).toBe(2);
});

test('three bad tries on an idle machine are enough, and those on a busy machine do not count', async () => {
  const idle = trying([fair('bad')]);
  expect(await tryUntil(isGood, idle.makeTry)).toEqual(fair('bad'));
  expect(idle.made.count).toBe(3);
  const mixed = trying([fair('bad'), disturbed('bad'), disturbed('bad'), fair('bad')]);
  await tryUntil(isGood, mixed.makeTry);
  expect(mixed.made.count).toBe(5);
});

test('on a machine that is always busy the tries end too', async () => {
  const { made, makeTry } = trying([disturbed('bad')]);
  expect(await tryUntil(isGood, makeTry)).toEqual(disturbed('bad'));
  expect(made.count).toBe(10);
});

test('a step with one fair try fails at once on an idle machine, and is repeated on a busy one', async () => {
  const failure = failed('the pair was still busy', 'see its worker');
  const idle = trying([{ result: failure, wasDisturbed: false }]);
  expect(await tryStep(idle.makeTry, 1)).toEqual(failure);
  expect(idle.made.count).toBe(1);
  const busy = trying([
    { result: failure, wasDisturbed: true },
    { result: ok('nothing moved'), wasDisturbed: false },
  ]);
  expect(await tryStep(busy.makeTry, 1)).toEqual(ok('nothing moved'));
});

test('a step that fails on a busy machine says so, and no other step does', () => {
  const failure = failed('no answer', 'see the log', ['a line']);
  expect(inDoubt({ result: failure, wasDisturbed: true }).details).toEqual([
    expect.stringContaining('the machine was too busy for this step'),
    'a line',
  ]);
  expect(inDoubt({ result: failure, wasDisturbed: false })).toEqual(failure);
  expect(inDoubt({ result: ok('fine'), wasDisturbed: true })).toEqual(ok('fine'));
});
