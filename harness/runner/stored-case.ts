// A stored case, and how it is replayed: with its own values and names, never with a seed.
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { brokenBy } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { withCurrentKeys, withCurrentWords } from '../formats/renamed-tables.ts';
import { FRESH, type RunsBefore } from '../formats/runs-before.ts';
import { replay, type Replay } from './replay.ts';
import type { RunContext } from './run-case.ts';

/** What is replayed. */
export interface StoredCase {
  readonly case: Case;
  /** The name of the system it was found on. */
  readonly system: string;
  /** What was broken, where that is known. */
  readonly expected?: string | undefined;
  /** Its fingerprint, where it is a counterexample. */
  readonly fingerprint?: string | undefined;
  /** The runs that it came after. */
  readonly after?: RunsBefore | undefined;
  /** The history it was kept with, and the lane it was found on, where it is a counterexample. */
  readonly history?: History | undefined;
  readonly foundOn?: Executor['lane'] | undefined;
}

/** The case of a counterexample. */
export function storedCase(stored: Counterexample): StoredCase {
  const { system, lane: foundOn, after, history } = stored;
  const fingerprint = withCurrentWords(stored.fingerprint);
  const found = withCurrentKeys(stored.case);
  return { case: found, system, expected: brokenBy(fingerprint), fingerprint, after, history, foundOn };
}

/** Replays a stored case. A simulated run is made in a fresh worker each time, or what the system keeps would carry over to the next. */
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
