// onesend replay FILE: runs a stored counterexample or scenario, or the case of a token, again and says what has become of it.
import { readFile } from 'node:fs/promises';
import { columnsOf, palette } from '../../../reports/colors.ts';
import { readingLines } from '../../../reports/reading-lines.ts';
import { renderTimeline } from '../../../reports/timeline.ts';
import type { Executor } from '../../execution/executor.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import type { Case } from '../../formats/case.ts';
import { type Counterexample, counterexampleDocument } from '../../formats/counterexample.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { brokenBy } from '../../formats/finding.ts';
import { FRESH, type RunsBefore } from '../../formats/runs-before.ts';
import type { History } from '../../formats/history.ts';
import { parseDocument, unknownFormat } from '../../formats/document.ts';
import type { ReplayOutcome, ReplayReport } from '../../formats/replay.ts';
import { isReplayToken, readReplayToken } from '../../formats/replay-token.ts';
import { type Scenario, scenarioDocument } from '../../formats/scenario.ts';
import { DocumentError, UsageError } from '../../platform/errors.ts';
import { parseJson } from '../../platform/parse-json.ts';
import { replay, type Replay, replayAttempts } from '../../runner/replay.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommonFlags, LaneFlags } from '../flags.ts';
import { withLane } from '../open-lane.ts';
import { SYSTEMS } from '../systems.ts';

/** The flags of a replay, and the file. */
export interface ReplayFlags extends Omit<CommonFlags, 'lane'> {
  readonly file: string;
  /** The lane that the case was found on, where none is named. */
  readonly lane?: LaneFlags['lane'];
}

/** What is replayed. */
interface Stored {
  readonly case: Case;
  /** The name of the system it was found on. */
  readonly system: string;
  /** What was broken, where that is known. */
  readonly expected?: string | undefined;
  /** The runs that it came after. */
  readonly after?: RunsBefore | undefined;
  /** The history it was kept with, and the lane it was found on, where it is a counterexample. */
  readonly history?: History | undefined;
  readonly foundOn?: Executor['lane'] | undefined;
}

/** Replays one file. */
export const replayCommand: RunCommand<ReplayFlags> = async (flags, context) => {
  const stored = isReplayToken(flags.file) ? tokenised(flags.file) : storedIn(await readStored(flags.file));
  const system = flags.system ?? systemOf(stored);
  const { foundOn } = stored;
  const lane = flags.lane ?? foundOn ?? 'live';
  const runs = replayAttempts(lane === 'sim');
  return withLane({ system, flags: { ...flags, lane }, runs, context }, async ({ executor }) => {
    context.screen.status('replaying');
    const replayed = await replay({
      case: stored.case,
      expected: stored.expected,
      history: stored.history,
      foundOn,
      lacksRunsBefore: lane === 'live' && stored.after !== undefined,
      executor,
      // A simulated run is made in a fresh worker each time, or what the system keeps would carry over from the first to the second.
      after: lane === 'sim' ? (stored.after ?? FRESH) : undefined,
      oracle: checkersOracle,
      signal: context.signal,
    });
    const { lane: playedOn } = executor;
    const about = { system, file: flags.file, lane: playedOn, ...(foundOn === undefined ? {} : { foundOn }) };
    context.screen.result(documentOf(replayed, about), () => textOf(replayed, { flags, context }));
    return EXIT_CODES[replayed.verdict];
  });
};

function tokenised(token: string): Stored {
  return { ...readReplayToken(token), foundOn: 'sim' };
}

function storedIn(document: Counterexample | Scenario): Stored {
  if (document.format === 'onesend.scenario/1') {
    return { case: { scenario: document, deviations: [] }, system: 'reference' };
  }
  const { case: found, system, lane: foundOn, fingerprint, after, history } = document;
  return { case: found, system, expected: brokenBy(fingerprint), after, history, foundOn };
}

/** Reads a counterexample or a bare scenario. Anything else is one DocumentError. */
export async function readStored(file: string): Promise<Counterexample | Scenario> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DocumentError(`${file}: expected a counterexample or a scenario, found no readable file`, { cause });
  });
  const format = formatOf(text);
  if (format === counterexampleDocument.format) return parseDocument(counterexampleDocument, text, file);
  if (format === undefined || format === scenarioDocument.format) {
    return parseDocument(scenarioDocument, text, file);
  }
  throw unknownFormat(file, { found: format, known: [counterexampleDocument.format, scenarioDocument.format] });
}

/** The format that a text claims to have; undefined when it is no JSON object or claims none. */
function formatOf(text: string): unknown {
  try {
    const value = parseJson(text) as { format?: unknown } | null;
    return value?.format;
  } catch {
    return undefined;
  }
}

function systemOf({ system }: Stored): string {
  if (Object.hasOwn(SYSTEMS, system)) return system;
  throw new UsageError(`the case was found on the system '${system}': expected its file, with --system FILE`);
}

function documentOf(
  { outcome, verdict, message, missing, run }: Replay,
  about: Pick<ReplayReport, 'system' | 'file' | 'lane' | 'foundOn'>,
): ReplayReport {
  const { findings = [], history } = run?.judgement ?? {};
  const seen = history === undefined ? {} : { findings: [...findings], history };
  return { format: 'onesend.replay/2', outcome, verdict, message, ...about, missing: [...missing], ...seen };
}

const PAINTS = {
  FAILED: 'bad',
  CHANGED: 'bad',
  FIXED: 'good',
  STALE: 'doubtful',
  ERROR: 'doubtful',
} as const satisfies Record<ReplayOutcome, string>;

function textOf(
  { outcome, message, run }: Replay,
  { flags, context }: { flags: ReplayFlags; context: CommandContext },
): string {
  const paint = palette(context.screen.render.color);
  const line = `${paint[PAINTS[outcome]](outcome)}: ${flags.file}: ${message}`;
  if (run === undefined) return line;
  const { render } = context.screen;
  const readings = readingLines(run.judgement.history.readings, { paint, columns: columnsOf(render) });
  return [line, renderTimeline(run.judgement, render), readings.join('\n')].join('\n\n');
}
