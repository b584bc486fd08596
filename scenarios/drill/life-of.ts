// What a planted bug remembers of its process, as a careless module variable would; the memory ends with the process.
import type { Context } from '../../src/contract/parts.ts';

/** The memory of one process. */
export interface Life {
  /** How often something happened, by name. */
  readonly counts: Map<string, number>;
  /** Events that have happened, by name. */
  readonly marks: Set<string>;
}

const lives = new WeakMap<Context['env'], Life>();

/** The memory of the process of this context. */
export function lifeOf({ env }: Context): Life {
  const life = lives.get(env) ?? { counts: new Map(), marks: new Set() };
  lives.set(env, life);
  return life;
}

/** Counts one more occurrence and returns the count. */
export function countIn(context: Context, name: string): number {
  const { counts } = lifeOf(context);
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count;
}
