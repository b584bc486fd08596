// Every placement of up to two deviations on the engine with the system's own code, of the kinds that the model covers.
import { plainScenario } from '../../../harness/sim/explore/bounded-search.ts';
import type { Deviation } from '../../../harness/formats/case.ts';
import { childrenOf } from '../../../harness/sim/explore/placements.ts';
import { openSimLane } from '../../../harness/sim/lane.ts';
import type { Mode } from '../../../src/contract/mode.ts';
import type { System } from '../../../src/contract/system.ts';
import { outcomeOf, type Placed } from './outcome.ts';

/** The model's label for a deviation of the engine; undefined if the model does not cover it. */
function labelOf({ site, key, choice }: Deviation): string | undefined {
  switch (site) {
    case 'request':
    case 'answer':
      return key.startsWith('dry:') ? undefined : `${site} ${choice}`;
    case 'provider':
      return `${site} ${choice}`;
    case 'commit':
      return `${key.split('-')[0]} ${site} ${choice}`;
    case 'legacy':
    case 'service':
      return choice === 'crash' ? `${site} ${choice}` : undefined;
    default:
      return undefined;
  }
}

/** Runs all placements of up to `most` deviations in one mode, each set of deviations once. */
export async function placeAllOnEngine(system: System, mode: Mode, most: number): Promise<readonly Placed[]> {
  const lane = await openSimLane(system);
  const scenario = plainScenario({ mode, messages: 1, seed: 1 });
  const placed: Placed[] = [];
  let rung: (readonly Deviation[])[] = [[]];
  for (let depth = 0; depth <= most; depth += 1) {
    const requests = rung.map((deviations) => ({ scenario, deviations, isRecording: depth < most })).values();
    const next: (readonly Deviation[])[] = [];
    await lane.explore(
      () => requests.next().value,
      (run) => {
        const labels = run.deviations.map((deviation) => labelOf(deviation) ?? 'not covered');
        placed.push({ labels, outcome: outcomeOf(run.history) });
        if (depth === most) return;
        for (const child of childrenOf(run)) if (labelOf(child) !== undefined) next.push([...run.deviations, child]);
      },
    );
    rung = next;
  }
  return placed;
}
