// The simulated store against PostgreSQL: the same commands in the same order must give the same answers, waits, ends and rows. Stores with
// planted differences must be found.
import { assert, asyncProperty } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STORE_PARTS, type StoreParts } from '../../../harness/sim/store/parts.ts';
import { type PairDatabase, type PairServer, startPairServer } from '../pair-database.fixture.ts';
import type { Step } from './command.ts';
import { EXAMPLE_SETUP, EXAMPLES, textOf } from './examples.ts';
import type { Trace } from './play.ts';
import { openPostgresArena, type PostgresArena } from './postgres-arena.ts';
import { RANDOM_SETUP, script } from './script-arbitrary.ts';
import { playInSim } from './sim-arena.ts';

let server: PairServer;
let database: PairDatabase;
let arena: PostgresArena;
beforeAll(async () => {
  server = await startPairServer();
  database = await server.open();
  arena = await openPostgresArena(database, RANDOM_SETUP.roles);
});
afterAll(async () => {
  await arena.close();
  await database.close();
  await server.close();
});

/** The played part of a script, with its trace on PostgreSQL. */
interface Witnessed {
  readonly steps: readonly Step[];
  readonly real: Trace;
}

async function witness(steps: readonly Step[]): Promise<Witnessed> {
  const real = await arena.play(steps, RANDOM_SETUP.contents);
  return { steps: steps.slice(0, real.lines.length), real };
}

describe('examples of behaviour on PostgreSQL', () => {
  test.each(EXAMPLES.map((example) => [example.title, example] as const))(
    'an example of behaviour is the same on PostgreSQL: %s',
    async (_title, { steps, reported }) => {
      const { lines } = await arena.play(steps, EXAMPLE_SETUP.contents);
      expect(lines.map(textOf)).toEqual(reported);
    },
  );
});

describe('random scripts of three sessions', () => {
  const seen: Witnessed[] = [];
  const linesWith = (isMeant: (line: string) => boolean): number =>
    seen.flatMap(({ real }) => real.lines.map(textOf)).filter(isMeant).length;

  test('random scripts of three sessions have the same answers, waits, ends and rows on both stores', async () => {
    await assert(
      asyncProperty(script, async (steps) => {
        const played = await witness(steps);
        seen.push(played);
        expect(await playInSim(played.steps, RANDOM_SETUP)).toEqual(played.real);
      }),
      { numRuns: 150 },
    );
  });

  test('random scripts of three sessions reach waits, refusals and deadlocks', () => {
    expect(linesWith((line) => line.includes('waits'))).toBeGreaterThan(100);
    expect(linesWith((line) => line.includes('refused 23505'))).toBeGreaterThan(20);
    expect(linesWith((line) => line === 'deadlock')).toBeGreaterThan(5);
  });

  const planted: readonly (readonly [string, Partial<StoreParts>])[] = [
    ['a locking select that returns the row of its snapshot', { readUnderLock: ({ seen: version }) => version }],
    ['an update that changes the row of its snapshot', { changeUnderLock: ({ seen: version }) => version }],
    ['an update that does not check its condition again', { changeUnderLock: ({ newest }) => newest }],
    ['an insert that ignores conflicts and does not wait', { aboutOpenRival: () => 'ignore' }],
    [
      'a rollback that keeps its changes',
      {
        rollBack(slot) {
          slot.committed = slot.draft;
          slot.isDrafted = false;
        },
      },
    ],
  ];
  test.each(planted)(
    'random scripts of three sessions distinguish PostgreSQL from a store with %s',
    async (_title, parts) => {
      const differing: Witnessed[] = [];
      for (const played of seen) {
        const trace = await playInSim(played.steps, RANDOM_SETUP, { ...STORE_PARTS, ...parts });
        if (JSON.stringify(trace) !== JSON.stringify(played.real)) differing.push(played);
      }
      expect(differing.length).toBeGreaterThan(0);
    },
  );
});
