// Compares what the model and the engine reach, by the kinds of the deviations: the same ones must lead to the same set of outcomes.
import { lineOf, type Placed } from './outcome.ts';

/** The outcomes that each set of kinds of deviation leads to, over all moments at which they can strike. */
export type Reached = ReadonlyMap<string, ReadonlySet<string>>;

/** Sorts placements by the kinds of their deviations. */
export function reachedBy(all: Iterable<Placed>): Reached {
  const reached = new Map<string, Set<string>>();
  for (const { labels, outcome } of all) {
    const key = labels.toSorted().join(' + ');
    let own = reached.get(key);
    if (own === undefined) {
      own = new Set();
      reached.set(key, own);
    }
    own.add(lineOf(outcome));
  }
  return reached;
}

/** What one of the two reaches and the other does not, a line each. */
export function differences(model: Reached, engine: Reached): string[] {
  const lackedBy = (who: string, one: Reached, other: Reached): string[] =>
    [...one].flatMap(([key, outcomes]) =>
      [...outcomes]
        .filter((outcome) => other.get(key)?.has(outcome) !== true)
        .map((outcome) => `only the ${who}, under [${key}]: ${outcome}`),
    );
  return [...lackedBy('model', model, engine), ...lackedBy('engine', engine, model)];
}

/** All outcomes, from any deviations. */
export function outcomesIn(reached: Reached): ReadonlySet<string> {
  return new Set([...reached.values()].flatMap((outcomes) => [...outcomes]));
}
