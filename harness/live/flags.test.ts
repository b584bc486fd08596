import { expect, test } from 'vitest';
import type { Action } from '../formats/action.ts';
import { flagMode, settleFlag } from './flags.ts';
import type { Slot } from './slot.ts';

const flipRead = { method: 'GET', path: '/modes/:tenantId' } as const;
const flush: Action[] = [{ method: 'POST', path: '/flush' }];

/** A slot whose legacy app gives these answers, one per call, and repeats the last one. */
function slotThat(answers: readonly string[], described: object): { slot: Slot; calls: string[]; queries: unknown[] } {
  const calls: string[] = [];
  const queries: unknown[] = [];
  const user = {
    call({ path }: { path: string }) {
      const body = answers[Math.min(calls.length, answers.length - 1)] ?? '';
      calls.push(path);
      return Promise.resolve({ status: 200, body });
    },
  };
  const database = { query: (query: unknown) => Promise.resolve({ rows: [queries.push(query)] }) };
  const description = { mode: ['UPDATE flags SET mode = :mode WHERE id = :tenantId'], flush: [], ...described };
  return { slot: { user, database, description } as unknown as Slot, calls, queries };
}

test('a mode is set by the statements of the description', async () => {
  const { slot, queries } = slotThat([], {});
  await flagMode(slot, { tenantId: 7, mode: 'ON' });
  expect(queries).toEqual([{ text: 'UPDATE flags SET mode = $1 WHERE id = $2', values: ['ON', 7] }]);
});

test('the legacy app flushes its caches, and is asked for its mode until it reports the new one', async () => {
  const { slot, calls } = slotThat(['', '{"mode":"OFF"}', '{"mode":"ON"}'], { flush, flipRead });
  expect(await settleFlag(slot, { tenantId: 7, mode: 'ON' })).toBe(true);
  expect(calls).toEqual(['/flush', '/modes/:tenantId', '/modes/:tenantId']);
});

test('a mode that the legacy app does not report is unread, even if a longer word contains its name', async () => {
  const { slot } = slotThat(['MODE_ONCE'], { flipRead });
  expect(await settleFlag(slot, { tenantId: 7, mode: 'ON' })).toBe(false);
});

test('the legacy app is not asked for a value that is no mode, or if the description has no `flipRead`', async () => {
  const odd = slotThat(['OFF'], { flipRead });
  expect(await settleFlag(odd.slot, { tenantId: 7, mode: 'sometimes' })).toBe(true);
  expect(odd.calls).toEqual([]);
  expect(await settleFlag(slotThat([], {}).slot, { tenantId: 7, mode: 'ON' })).toBe(true);
});
