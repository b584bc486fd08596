// Drives several engines side by side to their ends: one event of each engine, then all microtasks, and so on. Engines share nothing, so
// each run takes the same course as alone. Runs are faster by a third this way: one drain serves all engines, and the code that one run
// used is still in the processor's caches for the next.
import type { Drain, SynchronousDrain } from './drain.ts';
import type { Engine, EngineEnding } from './engine.ts';

/** An engine with its work. */
export interface EngineWork {
  readonly engine: Engine;
  main(): Promise<void>;
}

/** Runs all engines to their ends synchronously. Must be called outside any microtask. */
export function runTogetherNow(works: readonly EngineWork[], drain: SynchronousDrain): EngineEnding[] {
  start(works);
  drain.drainNow();
  for (let going = stepEach(works); going.length > 0; going = stepEach(going)) drain.drainNow();
  return works.map(({ engine }) => engine.conclude());
}

/** Runs all engines to their ends: synchronously if the drain can, and in turns of Node's tick queue otherwise. */
export function runTogether(works: readonly EngineWork[], drain: Drain): Promise<EngineEnding[]> {
  if (drain.isSynchronous) return Promise.resolve(runTogetherNow(works, drain));
  return new Promise((resolve) => {
    let going = works;
    const turn = (): void => {
      going = stepEach(going);
      if (going.length > 0) drain.thenCall(turn);
      else resolve(works.map(({ engine }) => engine.conclude()));
    };
    start(works);
    drain.thenCall(turn);
  });
}

/** Runs one engine alone to its end. */
export async function runAlone(engine: Engine, main: () => Promise<void>, drain: Drain): Promise<EngineEnding> {
  const [ending] = await runTogether([{ engine, main }], drain);
  return ending as EngineEnding;
}

function start(works: readonly EngineWork[]): void {
  for (const { engine, main } of works) engine.start(main);
}

/** Runs one event of each engine and returns the works that are not over yet: the same array if none has ended. */
function stepEach(works: readonly EngineWork[]): readonly EngineWork[] {
  let over = 0;
  for (const { engine } of works) if (!engine.step()) over += 1;
  return over === 0 ? works : works.filter(({ engine }) => !engine.isOver);
}
