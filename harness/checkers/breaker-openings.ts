// The openings of a breaker, for S15: a breaker opens only if enough calls may have failed, and always if enough calls certainly failed.
import type { History } from '../formats/history.ts';
import { callsOf, possibleFailure, surelyFailed, surelySucceeded } from '../history/breaker-calls.ts';
import { countUpTo } from '../history/bisect.ts';
import { type Breaker, type BreakerSpell, breakerSpells } from '../history/breaker-spells.ts';
import { type Call, eventsOfCall } from '../history/calls.ts';
import { unreachableWindows, unwellWindows } from '../history/excuse-windows.ts';
import { itemsOf } from '../history/messages.ts';
import { mayBePlanted } from '../history/planted-breakers.ts';
import { SpanIndex } from '../history/span-index.ts';
import type { Span } from '../history/window.ts';
import { surelyCovers } from '../history/windows.ts';
import type { CheckerReport } from './report.ts';

/** What the openings of one breaker are judged by. */
interface Judged {
  readonly history: History;
  readonly report: CheckerReport;
  readonly name: Breaker;
  readonly failures: SpanIndex<PossibleFailure>;
  /** The calls that certainly failed or certainly succeeded, sorted by their ends. */
  readonly decided: readonly Call[];
  readonly ends: readonly number[];
  /** How long the legacy app may take to count a failure that a tap saw, when nothing holds it up. */
  readonly slackMicros: number;
}

interface PossibleFailure {
  readonly call: Call;
  readonly span: Span;
}

/** Judges every opening, and every series of failures that must open the breaker. */
export function checkOpenings(history: History, report: CheckerReport, name: Breaker): void {
  const spells = breakerSpells(history, name);
  const isIdle = spells.length === 1 && callsOf(history, name).length === 0;
  if (history.timings.breakerFailures === 0 || isIdle) return;
  const failures = new SpanIndex(possibleFailures(history, name), ({ span }) => span);
  const slackMicros = Math.max(history.tolerances.noiseMs, LEAST_SLACK_MS) * 1_000;
  const decided = decidedCalls(history, name);
  const ends = decided.map(({ endMicros }) => endMicros);
  const judged: Judged = { history, report, name, failures, decided, ends, slackMicros };
  for (const [place, spell] of spells.entries()) {
    const before = spells[place - 1];
    if (spell.state === 'OPEN' && before !== undefined) checkOpening(judged, spell, before);
    if (spell.state === 'CLOSED') checkDue(judged, spell);
  }
}

/** The least time allowed for counting failures: those of the same moment are counted one after the other. */
const LEAST_SLACK_MS = 100;

function possibleFailures(history: History, name: Breaker): PossibleFailure[] {
  return callsOf(history, name).flatMap((call) => {
    const failure = possibleFailure(history, call);
    return failure === undefined ? [] : [{ call, span: { earliest: failure.from, latest: failure.until } }];
  });
}

/** An opening needs `breakerFailures` possible failures within the window; an opening after a probe needs one since the probe. */
function checkOpening(
  { history, report, name, failures, slackMicros }: Judged,
  spell: BreakerSpell,
  before: BreakerSpell,
): void {
  const { begun } = spell;
  if (begun === undefined || mayBePlanted(history, begun)) return;
  const { breakerFailures, breakerWindowMs } = history.timings;
  const isProbed = before.state === 'HALF_OPEN';
  const since = isProbed ? before.window.fromEarliest : begun.earliest - breakerWindowMs * 1_000;
  const span = { earliest: since - slackMicros, latest: begun.latest };
  const needed = isProbed ? 1 : breakerFailures;
  const possible = failures.touching(span);
  if (possible.length >= needed) {
    report.exercised();
    return;
  }
  if (unwellWindows(history).someMayOverlap(span) || unreachableWindows(history).someMayOverlap(span)) {
    report.undecided(
      `how many calls had failed when the ${name} breaker opened: some failures may not have been observed`,
    );
    return;
  }
  report.exercised();
  report.found(`the ${name} breaker opened with at most ${possible.length} of ${needed} required failures`, {
    items: possible.flatMap(({ call }) => itemsOf(history, call.uuids)),
    by: [begun, ...possible.flatMap(({ call }) => eventsOfCall(call))],
  });
}

/**
 * `breakerFailures` certain failures within the window must open a CLOSED breaker. The window must begin with the first of them: no earlier
 * failure can have begun it. And no call between them may have succeeded, because a success may reset the count.
 */
function checkDue(judged: Judged, spell: BreakerSpell): void {
  const { history, report, name, slackMicros } = judged;
  const ended = endedIn(judged, spell);
  // Each failure was a chance to open the breaker too early.
  report.exercised(ended.filter((call) => surelyFailed(history, call)).length);
  const due = firstSeries(judged, spell, ended);
  if (due === undefined) return;
  const last = due.at(-1)?.end?.latest ?? 0;
  report.exercised();
  if (!surelyCovers(spell.window, { earliest: last, latest: last + slackMicros })) return;
  report.found(`${due.length} calls had failed within the window, and the ${name} breaker did not open`, {
    items: due.flatMap((call) => itemsOf(history, call.uuids)),
    by: due.flatMap(eventsOfCall),
  });
}

function decidedCalls(history: History, name: Breaker): Call[] {
  return callsOf(history, name)
    .filter((call) => surelyFailed(history, call) || surelySucceeded(history, call))
    .toSorted((a, b) => a.endMicros - b.endMicros);
}

/** The decided calls that ended while the breaker was in one state. */
function endedIn({ decided, ends }: Judged, { window }: BreakerSpell): readonly Call[] {
  return decided.slice(countUpTo(ends, window.fromLatest), countUpTo(ends, window.untilLatest));
}

/** The first series of failed calls that must have opened the breaker; undefined when there is none. */
function firstSeries(judged: Judged, spell: BreakerSpell, ended: readonly Call[]): readonly Call[] | undefined {
  const { history } = judged;
  const { breakerFailures } = history.timings;
  let series: Call[] = [];
  for (const call of ended) {
    series = surelyFailed(history, call) ? [...series, call].slice(-breakerFailures) : [];
    if (series.length === breakerFailures && isDue(judged, spell, series)) return series;
  }
  return undefined;
}

function isDue({ history, failures, slackMicros }: Judged, { window }: BreakerSpell, series: readonly Call[]): boolean {
  const first = series[0]?.end?.earliest ?? 0;
  const last = series.at(-1)?.end?.latest ?? 0;
  const windowMicros = history.timings.breakerWindowMs * 1_000;
  if (last + slackMicros - first > windowMicros) return false;
  if (last >= window.untilLatest) return false;
  const calm = { earliest: first - windowMicros - slackMicros, latest: last + slackMicros };
  if (unwellWindows(history).someMayOverlap(calm)) return false;
  const before = failures.touching({ earliest: calm.earliest, latest: first });
  return before.every(({ call }) => series.includes(call));
}
