import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SystemDescription } from '../formats/system-description.ts';
import { type Guard, startGuard } from './guard/guard.ts';
import { openMeans, wantedOf } from './slot-means.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await startGuard();
});
afterAll(() => guard.close());

/** A pair whose legacy app has a worker with these variables and arguments, and the same variables itself. */
function pair(environment: Record<string, string>, words: readonly string[] = []) {
  const service = {
    command: 'serve',
    arguments: ['${port}'],
    environment: {},
    also: [],
    prepare: [],
    logs: [],
    readyPath: '/',
  };
  const also = [{ command: 'work', arguments: words, environment }];
  return { processes: { legacy: { ...service, environment, also }, service } } satisfies Pick<
    SystemDescription,
    'processes'
  >;
}

test('a slot without placeholders for a directory or a named port has neither', async () => {
  expect(wantedOf(pair({ PORT: '${port}', HOME: '${directories}' }))).toEqual([]);
  expect((await openMeans(pair({}), guard)).values).toEqual({});
});

test('the ports of a slot are distinguished by their names, in any place', async () => {
  const { values } = await openMeans(
    pair({ ADMIN: '127.0.0.1:${port:admin}' }, ['${port:fpm}', '${port:admin}']),
    guard,
  );
  expect(Object.keys(values).toSorted()).toEqual(['port:admin', 'port:fpm']);
  expect(values['port:admin']).not.toBe(values['port:fpm']);
});

test('the directory of a slot exists until the slot is closed, and is then removed with its content', async () => {
  const means = await openMeans(pair({ STORAGE: '${directory}/storage' }), guard);
  const { directory = '' } = means.values;
  await writeFile(join(directory, 'log'), 'line');
  await means.close();
  expect(existsSync(directory)).toBe(false);
});

test('the guard removes the directory of a slot that was not closed', async () => {
  const other = await startGuard();
  const { directory = '' } = (await openMeans(pair({ STORAGE: '${directory}' }), other)).values;
  expect(existsSync(directory)).toBe(true);
  await other.close();
  expect(existsSync(directory)).toBe(false);
});
