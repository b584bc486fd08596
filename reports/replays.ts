// Replays on a terminal, with a line for each.
import type { ReplayOutcome } from '../harness/formats/replay.ts';
import type { ReplayRow, ReplaysReport } from '../harness/formats/replays.ts';
import { columnsOf, palette, type Palette, type RenderOptions } from './colors.ts';
import { wrapText } from './wrap-text.ts';
import { grouped } from '../harness/history/counted-words.ts';

/** The colour of each outcome of a replay. */
export const REPLAY_PAINTS = {
  FAILED: 'bad',
  CHANGED: 'bad',
  FIXED: 'good',
  STALE: 'doubtful',
  ERROR: 'doubtful',
} as const satisfies Record<ReplayOutcome, keyof Palette>;

/** The lines of a report, and a line that counts the outcomes. */
export function renderReplays({ replays }: ReplaysReport, options: RenderOptions): string {
  return [...replayLines(replays, options), ...(replays.length === 0 ? [] : ['']), replaySum(replays)].join('\n');
}

/** A line for each replay; a long one continues on up to two more lines. */
export function replayLines(replays: readonly ReplayRow[], options: RenderOptions): string[] {
  const paint = palette(options.color);
  const columns = columnsOf(options) - INDENT;
  return replays.flatMap(({ id, lane, outcome, message }) => {
    const [first, ...more] = wrapText(`${id} (${lane}): ${message}`, { columns, lines: 3 });
    const head = paint[REPLAY_PAINTS[outcome]](outcome.padEnd(INDENT - 1));
    return [`${head} ${first ?? ''}`, ...more.map((line) => `${' '.repeat(INDENT)}${line}`)];
  });
}

const INDENT = 'CHANGED '.length;

/** For example `3 replayed: 1 FAILED, 2 FIXED`. */
export function replaySum(replays: readonly Pick<ReplayRow, 'outcome'>[]): string {
  const counts = new Map<ReplayOutcome, number>();
  for (const { outcome } of replays) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const outcomes = Object.keys(REPLAY_PAINTS) as ReplayOutcome[];
  const parts = outcomes.flatMap((outcome) =>
    counts.has(outcome) ? [`${grouped(counts.get(outcome) ?? 0)} ${outcome}`] : [],
  );
  return `${grouped(replays.length)} replayed${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}
