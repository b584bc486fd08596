// Compares the outcomes of the model and the engine: deviations of the same kinds must lead to the same set of outcomes.
import { lineOf, type Placed } from './outcome.ts';

/** The outcomes by the kinds of deviations that lead to them, over all moments at which these can strike. */
export type Reached = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups placements by the kinds of their deviations. */
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

/** The outcomes that only the model or only the engine reaches, one line each. */
export function differences(model: Reached, engine: Reached): string[] {
  const lackedBy = (who: string, one: Reached, other: Reached): string[] =>
    [...one].flatMap(([key, outcomes]) =>
      [...outcomes]
        .filter((outcome) => other.get(key)?.has(outcome) !== true)
        .map((outcome) => `only the ${who}, under [${key}]: ${outcome}`),
    );
  return [...lackedBy('model', model, engine), ...lackedBy('engine', engine, model)];
}

/** All outcomes, with any deviations. */
export function outcomesIn(reached: Reached): ReadonlySet<string> {
  return new Set([...reached.values()].flatMap((outcomes) => [...outcomes]));
}
