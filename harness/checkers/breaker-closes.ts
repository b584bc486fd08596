// L6 BreakerCloses: a breaker that was OPEN is CLOSED again once a message needs a call and no fault is near.
import type { Mode } from '../../src/contract/mode.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { callsOf, possibleFailure } from '../history/breaker-calls.ts';
import { type Breaker, BREAKERS, type BreakerSpell, breakerSpells } from '../history/breaker-spells.ts';
import { blankCampaigns } from '../history/campaigns.ts';
import { isQuiescent } from '../history/events-of.ts';
import { mayHaveDisturbedCall, unwellWindows } from '../history/excuse-windows.ts';
import { type EnteredMessage, messagesOf } from '../history/messages.ts';
import { SpanIndex } from '../history/span-index.ts';
import type { Span } from '../history/window.ts';
import { certainSpan } from '../history/window-index.ts';
import { surelyCovers } from '../history/windows.ts';
import { createReport } from './report.ts';

/**
 * A message makes a breaker probe if the breaker is not CLOSED and its waiting time is over when the message enters. If no fault is near,
 * the probe succeeds, so the breaker must be CLOSED before quiescence.
 */
export const breakerCloses: Checker = {
  property: 'L6',
  vantages: ['wire', 'database', 'breaker'],
  check(history) {
    const report = createReport('L6');
    if (!isQuiescent(history) || history.timings.breakerProbeAfterMs === 0) return report.result();
    for (const name of BREAKERS) {
      const spells = breakerSpells(history, name);
      if (spells.length < 2) continue;
      const lastClosed = spells.findLastIndex(({ state }) => state === 'CLOSED');
      const placed = spells.map((spell, place) => ({ spell, place })).filter(({ spell }) => spell.state !== 'CLOSED');
      const notClosed = new SpanIndex(placed, ({ spell }) => certainSpan(spell.window));
      for (const message of messagesOf(history).entered) {
        if (message.mode !== MODE_OF[name]) continue;
        const met = notClosed.touching(enteredIn(message)).find(({ spell }) => mustProbe(history, spell, message));
        if (met === undefined) continue;
        const { spell, place } = met;
        const hasClosed = place < lastClosed;
        if (!hasClosed && aCallMayHaveFailed(history, name, message)) {
          report.undecided(`whether the probe for ${message.item} succeeded`);
          continue;
        }
        report.exercised();
        if (hasClosed) continue;
        report.found(
          `the ${name} breaker stayed ${spell.state} although ${message.item} entered when no fault was near`,
          {
            items: [message.item],
            by: [spell.begun, message.entry],
          },
        );
      }
    }
    return report.result();
  },
};

/** The mode of the messages whose calls a breaker guards. */
const MODE_OF: Readonly<Record<Breaker, Mode>> = { live: 'ON', dry: 'SHADOW' };

function enteredIn({ entry }: EnteredMessage): Span {
  return { earliest: entry.statementEarliest, latest: entry.latest };
}

/** Whether the message entered in this spell, in which its breaker is not CLOSED, and must have made the breaker probe with success. */
function mustProbe(history: History, { window }: BreakerSpell, message: EnteredMessage): boolean {
  const entered = enteredIn(message);
  if (!surelyCovers(window, entered) || blankCampaigns(history).has(message.campaign)) return false;
  return entered.earliest - window.fromLatest >= probeDueMicros(history) && isWell(history, entered);
}

/** How long after its opening a breaker certainly allows a call, even after a probe without a result. */
function probeDueMicros({ timings, tolerances }: History): number {
  return (timings.breakerProbeAfterMs + tolerances.budgetMs + tolerances.noiseMs) * 1_000;
}

/** Whether no fault was near from the entry of a message until its call was certainly over. */
function isWell(history: History, entered: Span): boolean {
  const span = untilCallEnded(history, entered);
  return !mayHaveDisturbedCall(history, span) && !unwellWindows(history).someMayOverlap(span);
}

/** Whether a call that counts for the breaker may have failed meanwhile: a breaker whose probe failed must stay OPEN. */
function aCallMayHaveFailed(history: History, breaker: Breaker, message: EnteredMessage): boolean {
  const { earliest, latest } = untilCallEnded(history, enteredIn(message));
  return callsOf(history, breaker).some(
    (call) =>
      call.startMicros >= earliest && call.startMicros <= latest && possibleFailure(history, call) !== undefined,
  );
}

/** The time from the entry of a message until its call was certainly over. */
function untilCallEnded({ tolerances }: History, { earliest, latest }: Span): Span {
  return { earliest, latest: latest + tolerances.livenessMs * 1_000 };
}
