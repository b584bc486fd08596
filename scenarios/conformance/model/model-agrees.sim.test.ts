// Compares a second, synchronous model of one message, written from the rules of the protocol, with the engine that runs the system's code.
// The model leaves out: disturbances inside a transaction, which is one step to it (slow and failed statements, and pauses, under which a
// transaction holds its locks); disturbances of a rehearsal's call; ties, which only move time; flips after the entry, because the mode is
// pinned; clocks, which no rule reads; a second delivery of the campaign, a second service process, and a third client of the service.
import { describe, expect, test } from 'vitest';
import { type Mode, MODES } from '../../../src/contract/mode.ts';
import type { System } from '../../../src/contract/system.ts';
import { system as reference } from '../../../src/reference.ts';
import { system as asWritten } from '../../as-written/system.ts';
import { mutantOf } from '../../mutants/all-mutants.ts';
import { differences, outcomesIn, type Reached, reachedBy } from './compare.ts';
import { placeAllOnEngine } from './engine-placements.ts';
import { placeAll } from './run-model.ts';
import type { Sabotage } from './tables.ts';

/** The outcomes of the reference with up to two deviations, by mode. */
const reached = new Map<Mode, Promise<Reached>>();

function reachedByReference(mode: Mode): Promise<Reached> {
  let known = reached.get(mode);
  if (known === undefined) {
    known = placeAllOnEngine(reference, mode, 2).then(reachedBy);
    reached.set(mode, known);
  }
  return known;
}

/** The differences between the model and a system, in all modes, with up to one deviation. */
async function differencesOf(system: System): Promise<string[]> {
  const found: string[] = [];
  for (const mode of MODES) {
    found.push(...differences(reachedBy(placeAll(mode, 1)), reachedBy(await placeAllOnEngine(system, mode, 1))));
  }
  return found;
}

describe.each(MODES)('one message in %s', (mode) => {
  test('one message has the same outcomes in the model and on the engine, for each pair of deviations', async () => {
    const engine = await reachedByReference(mode);
    expect(differences(reachedBy(placeAll(mode, 2)), engine)).toEqual([]);
    expect(engine.size).toBeGreaterThan(60);
    expect(outcomesIn(engine).size).toBeGreaterThan(10);
  });
});

describe('the comparison notices', () => {
  test.each<[Sabotage, string[]]>([
    // The model also reaches every outcome of the engine, with a second deviation that strikes where it has no effect.
    ['leases are ignored', ['only the model']],
    ['unknown sends are charged', ['only the engine', 'only the model']],
    ['sends are not surfaced', ['only the engine', 'only the model']],
  ])('the comparison notices a model in which %s', async (sabotage, sides) => {
    const found = differences(reachedBy(placeAll('ON', 2, sabotage)), await reachedByReference('ON'));
    expect(new Set(found.map((difference) => difference.split(',')[0]))).toEqual(new Set(sides));
  });

  test.each(['M01', 'M03', 'M59', 'M72', 'B04', 'B06', 'N07'])(
    'the comparison notices mutant %s of the reference',
    async (id) => {
      const { system } = await mutantOf(id);
      expect(await differencesOf(system)).not.toEqual([]);
    },
  );

  test('the comparison notices the runbook as written, which follows another protocol', async () => {
    expect(await differencesOf(asWritten)).toContainEqual(
      expect.stringMatching(/^only the engine, under \[answer d[a-z]+\]: .* accepts: legacy 1, service 1;/),
    );
  });
});
