// Replays the stored cases of several files and prints a line for each; the exit code is that of the worst verdict.
import { replayAnnotationLines } from '../../reports/annotations.ts';
import { renderReplays } from '../../reports/replays.ts';
import { renderReplaySummary } from '../../reports/step-summary.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { worstOf } from '../evidence/decide.ts';
import type { LoadedSystem } from '../adapters/load-system.ts';
import { EXIT_CODES } from '../formats/decision.ts';
import type { ReplayRow, ReplaysReport } from '../formats/replays.ts';
import { replayAttempts } from '../runner/replay.ts';
import { type NamedCase, replayEach } from '../runner/replay-each.ts';
import type { CommandContext } from './command.ts';
import { idOf } from './find-stored.ts';
import type { LaneFlags } from './flags.ts';
import { showOnGithub } from './github.ts';
import { withLane } from './open-lane.ts';
import { caseOfDocument, type StoredFile, systemOf } from './read-stored.ts';
import { grouped } from '../history/counted-words.ts';

/** Where files are replayed. Without `lane`, each case runs on the lane on which it was found. */
export interface ReplayFilesFlags extends Omit<LaneFlags, 'lane'> {
  readonly lane?: LaneFlags['lane'] | undefined;
  readonly system?: string;
}

/** Cases that run on one system and lane. */
interface Group {
  readonly system: LoadedSystem;
  readonly lane: LaneFlags['lane'];
  readonly cases: NamedCase[];
}

/** Replays the cases of files that were read: all of them before any case runs, so that a bad file costs no run. */
export async function replayFiles(
  files: readonly StoredFile[],
  flags: ReplayFilesFlags,
  context: CommandContext,
): Promise<number> {
  const cases = files.map(({ file, document }): NamedCase => ({ id: idOf(file), ...caseOfDocument(document) }));
  const { replays, verdict } = await replayCases(cases, flags, context);
  const report: ReplaysReport = { format: 'onesend.replays/1', verdict, replays };
  context.screen.result(report, () => renderReplays(report, context.screen.render));
  const shown = { summary: () => renderReplaySummary(report), annotations: () => replayAnnotationLines(report) };
  await showOnGithub(shown, context);
  return EXIT_CODES[verdict];
}

/** Replays cases. Returns a row for each case that ran, in their order, and the worst verdict. */
export async function replayCases(
  cases: readonly NamedCase[],
  flags: ReplayFilesFlags,
  context: CommandContext,
): Promise<Pick<ReplaysReport, 'replays' | 'verdict'>> {
  const rows = new Map<string, ReplayRow>();
  for (const group of await groupsOf(cases, flags, context)) {
    for (const row of await replayGroup(group, flags, context)) rows.set(row.id, row);
  }
  const replays = cases.flatMap(({ id }) => rows.get(id) ?? []);
  const isStopped = context.signal.aborted && replays.length < cases.length;
  const verdicts = [...replays.map((row) => row.verdict), ...(isStopped ? ['interrupted' as const] : [])];
  return { replays, verdict: worstOf(verdicts) };
}

async function groupsOf(
  cases: readonly NamedCase[],
  { lane: named, system: namedSystem }: ReplayFilesFlags,
  context: CommandContext,
): Promise<Group[]> {
  const groups = new Map<string, Group>();
  for (const each of cases) {
    const lane = named ?? each.foundOn ?? 'live';
    const key = `${lane} ${namedSystem ?? each.system}`;
    const group = groups.get(key) ?? { system: await systemOf(each, { named: namedSystem, context }), lane, cases: [] };
    group.cases.push(each);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function replayGroup(
  { system, lane, cases }: Group,
  flags: ReplayFilesFlags,
  context: CommandContext,
): Promise<ReplayRow[]> {
  const { screen, signal } = context;
  const runs = replayAttempts(lane === 'sim') * cases.length;
  return withLane({ system, flags: { ...flags, lane }, runs, context }, async ({ executor }) => {
    let done = 0;
    const onReplayed = (): void =>
      screen.status(`${lane}: ${grouped((done += 1))} of ${grouped(cases.length)} replayed`);
    const replayed = await replayEach(cases, { executor, oracle: checkersOracle, signal, onReplayed });
    return replayed.map(({ row }) => row);
  });
}
