// onesend replay FILE: runs a stored counterexample or scenario, or the simulated run of a token, again and says what has become of it.
import { readFile } from 'node:fs/promises';
import { renderTimeline } from '../../../reports/timeline.ts';
import { palette } from '../../../reports/colors.ts';
import { parseDocument } from '../../formats/document.ts';
import { DocumentError, InterruptedError, UsageError } from '../../platform/errors.ts';
import { type Counterexample, counterexampleDocument } from '../../formats/result.ts';
import { type Scenario, scenarioDocument } from '../../formats/scenario.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { replayRun } from '../../sim/explore/replay-run.ts';
import { openThreadsFor } from '../../sim/explore/thread-pool.ts';
import { decodeReplay, isReplayToken } from '../../sim/replay-token.ts';
import { counterexampleReplay, replay, type Replay } from '../../runner/replay.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { assemblyOf, loadNamed, withLane } from '../open-lane.ts';
import { SYSTEMS } from '../systems.ts';

/** The flags of a replay, and the file. */
export interface ReplayFlags extends CommonFlags {
  readonly file: string;
}

/** Replays one file. */
export const replayCommand: RunCommand<ReplayFlags> = async (flags, context) => {
  if (isReplayToken(flags.file)) return replayToken({ token: flags.file }, { flags, context });
  const stored = await readStored(flags.file);
  if (stored.format === 'onesend.counterexample/1' && stored.replay !== undefined) {
    const expected = stored.anomaly?.kind ?? stored.findings[0]?.property;
    return replayToken({ token: stored.replay.token, expected }, { flags, context });
  }
  const system = flags.system ?? systemOf(stored);
  return withLane({ system, flags, context }, async ({ lane }) => {
    context.screen.status('replaying');
    const what = stored.format === 'onesend.counterexample/1' ? counterexampleReplay(stored) : { scenario: stored };
    const replayed = await replay({ ...what, lane, oracle: checkersOracle, signal: context.signal });
    context.screen.result(documentOf(replayed, { system, file: flags.file }), () =>
      textOf(replayed, { flags, context }),
    );
    return EXIT_CODES[replayed.verdict];
  });
};

/** Replays a simulated run on the sim lane, which alone can. */
async function replayToken(
  { token, expected }: { token: string; expected?: string | undefined },
  { flags, context }: { flags: ReplayFlags; context: CommandContext },
): Promise<number> {
  const recipe = decodeReplay(token);
  const system = flags.system ?? systemNamed(recipe.system, 'this token');
  const crew = openThreadsFor(assemblyOf(await loadNamed(system)), 1);
  const { signal } = context;
  const end = (): void => void crew.close();
  signal.addEventListener('abort', end);
  try {
    context.screen.status('replaying');
    const replayed = await replayRun({ make: crew.make, oracle: checkersOracle, recipe, expected });
    context.screen.result(documentOf(replayed, { system, file: flags.file }), () =>
      textOf(replayed, { flags, context }),
    );
    return EXIT_CODES[replayed.verdict];
  } catch (error) {
    if (signal.aborted) throw new InterruptedError('interrupted before the run came to its end', { cause: error });
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await crew.close();
    context.screen.clearStatus();
  }
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
  const known = `${counterexampleDocument.format} or ${scenarioDocument.format}`;
  throw new DocumentError(`${file}: expected format ${known}, found ${JSON.stringify(format)}`);
}

/** The format that a text claims to have; undefined when it is no JSON object or claims none. */
function formatOf(text: string): unknown {
  try {
    const value: { format?: unknown } | null = JSON.parse(text);
    return value?.format;
  } catch {
    return undefined;
  }
}

function systemOf(stored: Counterexample | Scenario): string {
  if (stored.format === 'onesend.scenario/1') return 'reference';
  return systemNamed(stored.system, 'this counterexample');
}

function systemNamed(name: string, what: string): string {
  if (Object.hasOwn(SYSTEMS, name)) return name;
  throw new UsageError(`${what} is of the system '${name}': expected its file, with --system FILE`);
}

function documentOf({ outcome, message, run }: Replay, about: { system: string; file: string }): unknown {
  const seen = run === undefined ? {} : { findings: run.findings, history: run.history };
  return { format: 'onesend.replay/1', outcome, message, ...about, ...seen };
}

function textOf(
  { outcome, message, run }: Replay,
  { flags, context }: { flags: ReplayFlags; context: CommandContext },
): string {
  const paint = palette(context.screen.render.color);
  const painter = outcome === 'FIXED' ? paint.good : outcome === 'ERROR' ? paint.doubtful : paint.bad;
  const line = `${painter(outcome)}: ${flags.file}: ${message}`;
  return run === undefined ? line : `${line}\n\n${renderTimeline(run, context.screen.render)}`;
}
