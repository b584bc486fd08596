// A stored case, and how it is replayed: with its stored values and names, never with the seed of the search.
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { brokenBy } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { withCurrentKeys, withCurrentWords } from '../formats/renamed-tables.ts';
import { FRESH, type RunsBefore } from '../formats/runs-before.ts';
import { replay, type Replay } from './replay.ts';
import type { RunContext } from './run-case.ts';

/** A stored case, with what a replay compares it with. */
export interface StoredCase {
  readonly case: Case;
  /** The name of the system on which it was found. */
  readonly system: string;
  /** What it violated, if that is known: a property, or the kind of an anomaly. */
  readonly expected?: string | undefined;
  /** The fingerprint of its violation, if it is a counterexample. */
  readonly fingerprint?: string | undefined;
  /** The earlier runs that it needs. */
  readonly after?: RunsBefore | undefined;
  /** The stored history and the lane on which it was found, if it is a counterexample. */
  readonly history?: History | undefined;
  readonly foundOn?: Executor['lane'] | undefined;
}

/** The stored case of a counterexample, with the current names of tables. */
export function storedCase(stored: Counterexample): StoredCase {
  const { system, lane: foundOn, after, history } = stored;
  const fingerprint = withCurrentWords(stored.fingerprint);
  const found = withCurrentKeys(stored.case);
  return { case: found, system, expected: brokenBy(fingerprint), fingerprint, after, history, foundOn };
}

/** Replays a stored case. Each simulated run has a fresh worker, so that state that a system keeps does not reach the next run. */
export function replayStored(
  { case: tried, expected, fingerprint, history, foundOn, after }: StoredCase,
  context: Omit<RunContext, 'after'>,
): Promise<Replay> {
  const { isDeterministic } = context.executor;
  return replay({
    ...context,
    case: tried,
    expected,
    fingerprint,
    history,
    foundOn,
    lacksRunsBefore: !isDeterministic && after !== undefined,
    after: isDeterministic ? (after ?? FRESH) : undefined,
  });
}
