// onesend replay WHAT: runs stored counterexamples or scenarios, or the case of a token, again, and prints the outcome of each.
import { columnsOf, palette } from '../../../reports/colors.ts';
import { explainCommand } from '../../../reports/explain-command.ts';
import { renderMermaid } from '../../../reports/html/mermaid.ts';
import { readingLines } from '../../../reports/reading-lines.ts';
import { REPLAY_PAINTS } from '../../../reports/replays.ts';
import { renderPlainText } from '../../../reports/plain-text.ts';
import { renderTimeline } from '../../../reports/timeline.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { storyOf } from '../../history/story/story-of.ts';
import type { ReplayReport } from '../../formats/replay.ts';
import { isReplayToken } from '../../formats/replay-token.ts';
import { UsageError } from '../../platform/errors.ts';
import { type Replay, replayAttempts } from '../../runner/replay.ts';
import { replayStored, type StoredCase } from '../../runner/stored-case.ts';
import { bisectCode } from '../bisect/exit-code.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { storedFolders } from '../corpus-folder.ts';
import { lastFailed } from '../failures.ts';
import { findStored, type FoundStored } from '../find-stored.ts';
import type { CommonFlags, LaneFlags, ReplayFormat } from '../flags.ts';
import { withLane } from '../open-lane.ts';
import { caseOfDocument, readEachStored, readStored, systemOf, caseOfToken } from '../read-stored.ts';
import { pasteLine } from '../paste-line.ts';
import { replayFiles } from '../replay-files.ts';
import { dumpWorld, instantOf } from './dump.ts';

/** The flags of a replay, and what to replay. */
export interface ReplayFlags extends Omit<CommonFlags, 'lane'> {
  /** A file, a folder, the beginning of an id, or a token; undefined with `lastFailed`. */
  readonly file?: string | undefined;
  readonly lastFailed?: boolean;
  /** Undefined: the lane on which the case was found. */
  readonly lane?: LaneFlags['lane'];
  /** With `dump`: the instant of the run, in milliseconds. */
  readonly until?: number;
  readonly dump?: boolean;
  /** Whether to use the exit codes of `git bisect run`. */
  readonly bisect?: boolean;
  readonly format?: ReplayFormat;
}

/** Replays one case, or each case of a folder. */
export const replayCommand: RunCommand<ReplayFlags> = async (flags, context) => {
  const { file, bisect } = flags;
  if (file !== undefined && flags.lastFailed !== true && isReplayToken(file))
    return replayOne(caseOfToken(file), { ...flags, file }, context);
  const { files, isFolder } = await filesOf(flags, context);
  const [first] = files;
  if (isFolder && instantOf(flags) !== undefined) throw new UsageError('--dump: expected one case, received a folder');
  if (isFolder && bisect === true) throw new UsageError('--bisect: expected one counterexample');
  if (bisect === true && instantOf(flags) !== undefined) throw new UsageError('--bisect: expected without --dump');
  if (isFolder || first === undefined) return replayFiles(await readEachStored(files), flags, context);
  const document = await readStored(first);
  return replayOne(caseOfDocument(document), { ...flags, file: file ?? first, document }, context);
};

async function filesOf(
  { file, lastFailed: isLast, system }: ReplayFlags,
  context: CommandContext,
): Promise<FoundStored> {
  if (isLast === true && file === undefined) return { files: await lastFailed(context.folder), isFolder: true };
  if (isLast === true) throw new UsageError(`--last-failed: expected without a file or id, received '${file}'`);
  if (file === undefined) throw new UsageError("missing required argument 'file'");
  return findStored(file, await storedFolders(system, context));
}

/** The flags with the name of the case on the command line, and its document unless it is a token. */
type OneFlags = ReplayFlags & { readonly file: string; readonly document?: Awaited<ReturnType<typeof readStored>> };

async function replayOne(stored: StoredCase, flags: OneFlags, context: CommandContext): Promise<number> {
  if (flags.bisect === true && stored.fingerprint === undefined)
    throw new UsageError('--bisect: expected a counterexample, whose fingerprint identifies the failure');
  const system = await systemOf(stored, { named: flags.system, context });
  const { foundOn } = stored;
  const lane = flags.lane ?? foundOn ?? 'live';
  const untilMs = instantOf(flags);
  if (untilMs !== undefined)
    return dumpWorld({ case: stored.case, after: stored.after, system, lane, untilMs }, context);
  const runs = replayAttempts(lane === 'sim');
  return withLane({ system, flags: { ...flags, lane }, runs, context }, async ({ executor }) => {
    context.screen.status('replaying');
    const replayed = await replayStored(stored, { executor, oracle: checkersOracle, signal: context.signal });
    const shown = { system: flags.system ?? stored.system, file: flags.file, lane: executor.lane };
    const about = { ...shown, ...(foundOn === undefined ? {} : { foundOn }) };
    context.screen.result(documentOf(replayed, about), () => textOf(replayed, { flags, context }));
    return flags.bisect === true ? bisectCode(replayed) : EXIT_CODES[replayed.verdict];
  });
}

function documentOf(
  { outcome, verdict, message, missing, run, isSame }: Replay,
  about: Pick<ReplayReport, 'system' | 'file' | 'lane' | 'foundOn'>,
): ReplayReport {
  const { findings = [], history } = run?.judgement ?? {};
  const seen = history === undefined ? {} : { findings: [...findings], history };
  const same = isSame === undefined ? {} : { isSame };
  return { format: 'onesend.replay/2', outcome, verdict, message, ...about, missing: [...missing], ...same, ...seen };
}

function textOf(
  { outcome, message, run }: Replay,
  { flags, context }: { flags: OneFlags; context: CommandContext },
): string {
  if (flags.format === 'text' && run !== undefined) return plainTextOf({ outcome, message, run }, flags);
  if (flags.format === 'mermaid' && run !== undefined) {
    context.screen.note(`${outcome}: ${flags.file}: ${message}`);
    return renderMermaid(storyOf(run.judgement.history, run.judgement)).trimEnd();
  }
  const paint = palette(context.screen.render.color);
  const line = `${paint[REPLAY_PAINTS[outcome]](outcome)}: ${flags.file}: ${message}`;
  if (run === undefined) return line;
  const { render } = context.screen;
  const readings = readingLines(run.judgement.history.readings, { paint, columns: columnsOf(render) });
  const explain = explainCommand(run.judgement);
  const last = explain === undefined ? [] : [`explain it: ${explain}`];
  return [line, renderTimeline(run.judgement, render), readings.join('\n'), ...last].join('\n\n');
}

/** The stored explanation of the violation is printed only if the replay FAILED. */
function plainTextOf(
  {
    outcome,
    message,
    run,
  }: { readonly outcome: string; readonly message: string; readonly run: NonNullable<Replay['run']> },
  { document, file, system: named }: OneFlags,
): string {
  const { history, findings } = run.judgement;
  const stored = document?.format === 'onesend.counterexample/3' ? document : undefined;
  const { anomaly, explanation } = outcome === 'FAILED' && stored !== undefined ? stored : {};
  const subject = {
    id: stored?.id ?? history.scenario.name,
    system: history.system,
    lane: history.lane,
    history,
    findings,
    ...(anomaly === undefined ? {} : { anomaly }),
    ...(explanation === undefined ? {} : { explanation }),
  };
  const replay = pasteLine(['replay', file, ...(named === undefined ? [] : ['--system', named])]);
  return renderPlainText(subject, { replay, outcome: `${outcome}: ${message}` });
}
