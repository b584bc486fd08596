// L6 BreakerCloses: once all is well and a call comes along, a breaker that was OPEN is CLOSED again.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { type Breaker, BREAKERS, type BreakerSpell, breakerSpells } from '../history/breaker-spells.ts';
import { blankCampaigns } from '../history/campaigns.ts';
import { isQuiescent } from '../history/events-of.ts';
import { mayHaveDisturbedCall, unwellWindows } from '../history/excuse-windows.ts';
import { type EnteredMessage, messagesOf } from '../history/messages.ts';
import type { Span } from '../history/window.ts';
import { surelyCovers } from '../history/windows.ts';
import { createReport } from './report.ts';

/**
 * A message that enters when a breaker is not CLOSED, has had the time to probe, and no fault is near, makes it probe. What it probes is
 * well, so that it closes before the run comes to rest.
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
      for (const message of messagesOf(history).entered) {
        const place = spells.findIndex((spell) => mustProbe(history, { name, spell, message }));
        const spell = spells[place];
        if (spell === undefined) continue;
        report.exercised();
        if (spells.slice(place + 1).some(({ state }) => state === 'CLOSED')) continue;
        report.found(
          `the ${name} breaker stayed ${spell.state} although ${message.item} came along when all was well`,
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

interface Judged {
  readonly name: Breaker;
  readonly spell: BreakerSpell;
  readonly message: EnteredMessage;
}

/** Whether the message finds the breaker in this spell, and must make it probe with success. */
function mustProbe(history: History, { name, spell, message }: Judged): boolean {
  const { entry, campaign, mode } = message;
  if (spell.state === 'CLOSED' || mode !== (name === 'live' ? 'ON' : 'SHADOW')) return false;
  const entered: Span = { earliest: entry.statementEarliest, latest: entry.latest };
  if (!surelyCovers(spell.window, entered) || blankCampaigns(history).has(campaign)) return false;
  return entry.statementEarliest - spell.window.fromLatest >= probeDueMicros(history) && isWell(history, entered);
}

/** How long after it opened a breaker surely lets a call through, also where a probe that told nothing came between. */
function probeDueMicros({ timings, tolerances }: History): number {
  return (timings.breakerProbeAfterMs + tolerances.budgetMs + tolerances.noiseMs) * 1_000;
}

/** Whether nothing was wrong from the entry of a message until its call was surely over. */
function isWell(history: History, { earliest, latest }: Span): boolean {
  const span: Span = { earliest, latest: latest + history.tolerances.livenessMs * 1_000 };
  return !mayHaveDisturbedCall(history, span) && !unwellWindows(history).someMayOverlap(span);
}
