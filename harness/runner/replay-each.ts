// Replays several stored cases on one lane, as many at once as its slots allow.
import type { ReplayRow } from '../formats/replays.ts';
import { type Replay, replayAttempts } from './replay.ts';
import { runInOrder } from './run-in-order.ts';
import type { RunContext } from './run-case.ts';
import { replayStored, type StoredCase } from './stored-case.ts';

/** A stored case with its id. */
export interface NamedCase extends StoredCase {
  readonly id: string;
}

/** The outcome of the replay of one stored case. */
export interface Replayed<Named extends NamedCase = NamedCase> {
  readonly stored: Named;
  readonly replay: Replay;
  readonly row: ReplayRow;
}

/** What replaying several cases needs. */
export interface ReplayEachOptions<Named extends NamedCase> extends Omit<RunContext, 'after'> {
  /** Called before each case; no further case begins once it returns true. */
  readonly isOver?: (() => boolean) | undefined;
  readonly onReplayed?: ((replayed: Replayed<Named>) => void) | undefined;
}

/** Replays the cases, and reports each in their order. Cases that had not begun before a stop are missing in the answer. */
export async function replayEach<Named extends NamedCase>(
  cases: readonly Named[],
  options: ReplayEachOptions<Named>,
): Promise<Replayed<Named>[]> {
  const { executor, signal, isOver, onReplayed } = options;
  const replayed: Replayed<Named>[] = [];
  await runInOrder({
    tasks: cases,
    capacity: Math.max(1, Math.floor(executor.capacity / replayAttempts(executor.isDeterministic))),
    isOver: () => signal?.aborted === true || isOver?.() === true,
    keepsBegun: true,
    run: (stored) => replayOrRefusal(stored, options),
    onResult: (replay, stored) => {
      const { outcome, verdict, message } = replay;
      const each = { stored, replay, row: { id: stored.id, lane: executor.lane, outcome, verdict, message } };
      onReplayed?.(each);
      return replayed.push(each) > 0;
    },
  });
  return replayed;
}

/** A case that the lane refuses is STALE, for example because its fault cannot happen to the system by its current description. */
async function replayOrRefusal(stored: StoredCase, context: Omit<RunContext, 'after'>): Promise<Replay> {
  const refusal = context.executor.refusal(stored.case);
  if (refusal === undefined) return replayStored(stored, context);
  const message = `it cannot be played: ${refusal.message}`;
  return { outcome: 'STALE', verdict: 'inconclusive', message, missing: [refusal.message], run: undefined };
}
