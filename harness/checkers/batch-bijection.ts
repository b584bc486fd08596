// S19 BatchBijection: an answer names each message of its request once, and the legacy app falls back only for messages that it holds.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { authorityRowsOf } from '../history/authority-rows.ts';
import { answerOf, type Call, callsAt, callsWith } from '../history/calls.ts';
import { itemsOf, messagesOf } from '../history/messages.ts';
import { mayPrecede } from '../history/ordering.ts';
import { sendsByItem } from '../history/sends.ts';
import { createReport, listed, type CheckerReport } from './report.ts';

/** Compares each whole answer at the back tap with its request and, where the authority is visible, each fallback with the authority. */
export const batchBijection: Checker = {
  property: 'S19',
  vantages: ['wire', 'results'],
  check(history) {
    const report = createReport('S19');
    for (const call of callsAt(history, 'back')) checkAnswer(history, report, call);
    if (history.vantages.includes('authority')) checkFallbacks(history, report);
    return report.result();
  },
};

/** Only an answer with a 2xx status names messages. */
function checkAnswer(history: History, report: CheckerReport, call: Call): void {
  const answer = answerOf(call);
  if (call.request === undefined || answer === undefined || answer.status < 200 || answer.status > 299) return;
  report.exercised();
  const asked = countsOf(call.uuids);
  const answered = countsOf(answer.results.map(({ messageUuid }) => messageUuid));
  const missing = [...asked.keys()].filter((uuid) => !answered.has(uuid));
  const strange = [...answered.keys()].filter((uuid) => !asked.has(uuid));
  const repeated = [...asked.keys()].filter((uuid) => (answered.get(uuid) ?? 0) > (asked.get(uuid) ?? 0));
  const wrong = [
    ...missing.map((uuid) => `omits ${nameOf(history, uuid)}`),
    ...strange.map((uuid) => `names ${nameOf(history, uuid)}, which was not requested`),
    ...repeated.map((uuid) => `names ${nameOf(history, uuid)} more than once`),
  ];
  if (wrong.length === 0) return;
  report.found(`an answer of the service ${listed(wrong)}`, {
    items: itemsOf(history, [...missing, ...strange, ...repeated]),
    by: [call.request, answer],
  });
}

function countsOf(uuids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const uuid of uuids) counts.set(uuid, (counts.get(uuid) ?? 0) + 1);
  return counts;
}

function nameOf(history: History, messageUuid: string): string {
  return messagesOf(history).itemOf(messageUuid)?.item ?? (messageUuid === '' ? 'a blank uuid' : messageUuid);
}

/** When the legacy app sends a message in ON after a call, it must hold the authority. S20 judges when exactly it was granted. */
function checkFallbacks(history: History, report: CheckerReport): void {
  for (const { item, mode, entry } of messagesOf(history).entered) {
    if (mode !== 'ON' || callsWith(history, 'front', entry.messageUuid).length === 0) continue;
    const attempts = (sendsByItem(history).get(item) ?? []).filter(({ attempt }) => attempt.system === 'legacy');
    if (attempts.length === 0) continue;
    report.exercised();
    const own = authorityRowsOf(history, entry.messageUuid).filter(({ holder }) => holder === 'legacy');
    const unheld = attempts.filter(({ attempt }) => !own.some(({ row }) => mayPrecede(row, attempt)));
    if (unheld.length === 0) continue;
    report.found(`the legacy app fell back for ${item} without holding its authority`, {
      items: [item],
      by: unheld.map(({ attempt }) => attempt),
    });
  }
}
