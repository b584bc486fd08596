// The few lines of a story that show how its finding came about, for a reader who has not seen the drawing yet.
import type { Story, StoryElement, StoryMessage } from '../../harness/history/story/story.ts';
import { participantsOf } from './actors.ts';
import { linesOf, type StoryLine } from './story-lines.ts';

/** The maximum number of lines. */
const LINES_MAX = 6;

/** Elements that explain everything after them: the entry of a message, and what was done from outside. */
const BEGINNINGS: ReadonlySet<StoryElement['what']> = new Set(['entry', 'flip', 'redelivery', 'repeat', 'crash']);

const FAILED: ReadonlySet<StoryMessage['outcome']['state']> = new Set([
  'late',
  'too-late',
  'lost',
  'rejected',
  'error',
  'unanswered',
]);

/** The lines in the order of the story: the witnesses and what led to them. `more` counts the witnesses left out. */
export function seenLines(story: Story): { lines: readonly StoryLine[]; more: number } {
  const all = linesOf(story);
  const witnesses = all.filter(({ isWitness }) => isWitness);
  const last = witnesses.at(-1);
  if (last === undefined) return { lines: [], more: 0 };
  const past = new Set(story.past);
  const before = all.filter(({ place, seqs }) => place <= last.place && seqs.some((seq) => past.has(seq)));
  const ranked = before.map((line) => ({ line, rank: line === last ? -1 : rankOf(line, story) }));
  const sorted = ranked.toSorted((one, other) => one.rank - other.rank || compareByPlace(one, other));
  const picked = sorted.filter(({ rank }) => rank < RANKS.rest);
  const named = withoutNamedRounds(
    picked.map(({ line }) => line),
    story,
  );
  const shown = new Set(named.slice(0, LINES_MAX));
  return {
    lines: all.filter((line) => shown.has(line)),
    more: witnesses.filter((line) => !shown.has(line)).length,
  };
}

/** Sorts lines of one rank: the earlier first, but for states the later first. */
function compareByPlace(one: RankedLine, other: RankedLine): number {
  const earlier = one.line.place - other.line.place;
  return one.rank === RANKS.state ? -earlier : earlier;
}

/** A line with its rank. */
interface RankedLine {
  readonly line: StoryLine;
  readonly rank: number;
}

/** Ranks: a line with a lower rank says more. */
const RANKS = { witness: 0, beginning: 1, failure: 2, recovery: 3, state: 4, rest: 5 } as const;

function rankOf({ elements, isWitness }: StoryLine, { findings }: Story): number {
  if (isWitness) return RANKS.witness;
  const has = (isWanted: (element: StoryElement) => boolean): boolean => elements.some(isWanted);
  if (has(({ what }) => BEGINNINGS.has(what))) return RANKS.beginning;
  const isOfCharges = findings[0]?.property === 'S9' || findings[0]?.property === 'S10';
  if (has((element) => isFailure(element) || (isOfCharges && isSettledCharge(element)))) return RANKS.failure;
  if (has(({ what }) => what === 'recovery')) return RANKS.recovery;
  return has((element) => tableOf(element) === 'send_authority') ? RANKS.state : RANKS.rest;
}

/** Whether an element failed or was affected by a fault. Every send counts, because it shows which system acted. */
function isFailure(element: StoryElement): boolean {
  if (element.kind === 'point') return element.what === 'call-ended' || element.faults.length > 0;
  return element.what === 'send' || element.faults.length > 0 || FAILED.has(element.outcome.state);
}

function tableOf(element: StoryElement): string | undefined {
  return element.kind === 'point' ? element.row?.table : undefined;
}

/** Whether an element charges or releases a reservation. Making the reservation does not count: every message has one. */
function isSettledCharge(element: StoryElement): boolean {
  return tableOf(element) === 'quota_ledger' && element.kind === 'point' && element.row?.words !== 'ledger reserved';
}

/** Leaves out the line of a recovery round if another line names the round. */
function withoutNamedRounds(lines: readonly StoryLine[], story: Story): readonly StoryLine[] {
  const named = lines.map(({ elements: [first] }) => participantsOf(first, story));
  return lines.filter(({ elements: [first] }) => {
    const round = first.what === 'recovery' ? first.labels.at(-1)?.replace('recovery ', 'round ') : undefined;
    return round === undefined || !named.some((who) => who.includes(`${round})`));
  });
}
