// S15 Breaker: an OPEN breaker allows no call, a HALF_OPEN one only its probes; a breaker opens after enough failures, and not before.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { countBelow } from '../history/bisect.ts';
import { callsOf } from '../history/breaker-calls.ts';
import { type Breaker, BREAKERS, type BreakerSpell, breakerSpells } from '../history/breaker-spells.ts';
import { type Call, callsWith, eventsOfCall } from '../history/calls.ts';
import { unwellWindows } from '../history/excuse-windows.ts';
import { type EnteredMessage, itemsOf, messagesOf } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import type { Span } from '../history/window.ts';
import { WindowIndex } from '../history/window-index.ts';
import { surelyCovers } from '../history/windows.ts';
import { checkOpenings } from './breaker-openings.ts';
import { createReport, type CheckerReport } from './report.ts';

/** Judges the breaker of live calls and the breaker of rehearsals separately. */
export const breaker: Checker = {
  property: 'S15',
  vantages: ['wire', 'database', 'breaker'],
  check(history) {
    const report = createReport('S15');
    for (const name of BREAKERS) {
      const spells = breakerSpells(history, name);
      if (spells.length > 1) {
        checkOpen(history, report, name);
        for (const [place, spell] of spells.entries()) {
          if (spell.state === 'HALF_OPEN') checkProbes(history, report, { name, spell, before: spells[place - 1] });
        }
      }
      checkOpenings(history, report, name);
    }
    return report.result();
  },
};

const openWindows = {
  live: perHistory((history) => windowsIn(history, 'live', 'OPEN')),
  dry: perHistory((history) => windowsIn(history, 'dry', 'OPEN')),
};

function windowsIn(history: History, name: Breaker, state: string): WindowIndex {
  const spells = breakerSpells(history, name).filter((spell) => spell.state === state);
  return new WindowIndex(spells.map(({ window }) => window));
}

const callStarts = {
  live: perHistory((history) => callsOf(history, 'live').map(({ startMicros }) => startMicros)),
  dry: perHistory((history) => callsOf(history, 'dry').map(({ startMicros }) => startMicros)),
};

/** A call that asked an OPEN breaker must not leave. A message that entered then and caused no call exercises the property. */
function checkOpen(history: History, report: CheckerReport, name: Breaker): void {
  const open = openWindows[name](history);
  for (const call of callsOf(history, name)) {
    const { request } = call;
    if (request === undefined || request.dryRun === null) continue;
    if (!open.someSurelyCovers({ earliest: call.startMicros, latest: request.latest })) continue;
    const asked = { earliest: askedFrom(history, call), latest: request.latest };
    const opening = open.windows.find((window) => surelyCovers(window, asked));
    const wasWell = !unwellWindows(history).someMayOverlap(shortlyBefore(history, call));
    if (opening === undefined || !wasWell) {
      const why = wasWell
        ? 'the legacy app may have asked the breaker before it opened'
        : 'the legacy app may not have been able to ask the breaker';
      report.undecided(`whether a call left although the ${name} breaker was OPEN: ${why}`);
      continue;
    }
    report.exercised();
    report.found(`a ${name === 'dry' ? 'rehearsal' : 'call'} left while the ${name} breaker was OPEN`, {
      items: itemsOf(history, call.uuids),
      by: [...opening.witnesses, ...eventsOfCall(call)],
    });
  }
  for (const message of messagesOf(history).entered) {
    if (message.mode === (name === 'live' ? 'ON' : 'SHADOW') && wasKept(history, name, message)) report.exercised();
  }
}

/** The earliest time at which the legacy app can have asked the breaker: after the call's messages entered, and shortly before the call. */
function askedFrom(history: History, call: Call): number {
  const entries = call.uuids.map((messageUuid) => messagesOf(history).itemOf(messageUuid)?.entry);
  return Math.max(shortlyBefore(history, call).earliest, ...entries.map((entry) => entry?.earliest ?? 0));
}

function shortlyBefore(history: History, { startMicros }: Call): Span {
  return { earliest: startMicros - slackMicros(history), latest: startMicros };
}

function wasKept(history: History, name: Breaker, { entry }: EnteredMessage): boolean {
  const span: Span = { earliest: entry.earliest, latest: entry.latest + slackMicros(history) };
  if (!openWindows[name](history).someSurelyCovers(span)) return false;
  return callsWith(history, 'front', entry.messageUuid).every(({ startMicros }) => startMicros > span.latest);
}

/** How long a system may take from one step to the next, when nothing holds it up. */
function slackMicros({ tolerances }: History): number {
  return tolerances.budgetEpsilonMs * 1_000;
}

interface HalfOpen {
  readonly name: Breaker;
  readonly spell: BreakerSpell;
  readonly before: BreakerSpell | undefined;
}

/** At most `breakerProbes` calls are in flight while the breaker is HALF_OPEN. Calls that asked it before it was OPEN are left out. */
function checkProbes(history: History, report: CheckerReport, { name, spell, before }: HalfOpen): void {
  const { breakerProbes } = history.timings;
  if (breakerProbes === 0 || before?.state !== 'OPEN') return;
  const from = before.window.fromLatest + slackMicros(history);
  const until = spell.window.untilEarliest;
  const calls = callsOf(history, name);
  const begun = callStarts[name](history);
  const admitted = calls
    .slice(countBelow(begun, from), countBelow(begun, until))
    .filter(({ request }) => request !== undefined && request.latest < until);
  if (admitted.length === 0) return;
  const crowd = mostInFlight(admitted);
  if (crowd.length <= breakerProbes) {
    report.exercised();
    return;
  }
  const starts = crowd.map(({ startMicros }) => startMicros);
  const asked = { earliest: Math.min(...starts) - slackMicros(history), latest: Math.max(...starts) };
  if (unwellWindows(history).someMayOverlap(asked)) {
    report.undecided(
      `whether more than ${breakerProbes} calls probed the ${name} breaker: the legacy app was disturbed`,
    );
    return;
  }
  report.exercised();
  report.found(`${crowd.length} calls were in flight at once while the ${name} breaker was HALF_OPEN`, {
    items: crowd.flatMap(({ uuids }) => itemsOf(history, uuids)),
    by: [spell.begun, ...crowd.flatMap(eventsOfCall)],
  });
}

/** The largest set of calls that were certainly in flight at one time. */
function mostInFlight(calls: readonly Call[]): readonly Call[] {
  let most: readonly Call[] = [];
  let open: Call[] = [];
  for (const call of calls) {
    const startLatest = call.request?.latest ?? call.startMicros;
    open = [...open.filter(({ endMicros }) => endMicros > startLatest), call];
    if (open.length > most.length) most = open;
  }
  return most;
}
