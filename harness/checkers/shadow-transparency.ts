// S13 ShadowTransparency: users cannot distinguish SHADOW from OFF, and undisturbed rehearsals are answered in time.
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { type Call, callsAt, requestsWith } from '../history/calls.ts';
import { blankCampaigns, type CampaignDelivery } from '../history/campaigns.ts';
import { isQuiescent } from '../history/events-of.ts';
import { mayHaveDisturbedCall, unwellWindows } from '../history/excuse-windows.ts';
import { type EnteredMessage, itemsOf, messagesOf } from '../history/messages.ts';
import { appliedObstacleWindows } from '../history/obstacle-windows.ts';
import { perHistory } from '../history/per-history.ts';
import { unseenBreakers } from '../history/planted-breakers.ts';
import { type Twins, twinsOf } from '../history/twins.ts';
import { WindowIndex } from '../history/window-index.ts';
import { breakerWindows } from '../history/windows.ts';
import { createReport, type CheckerReport } from './report.ts';

/** Compares the answers that the users of twins got, and judges the rehearsals that no fault was near. */
export const shadowTransparency: Checker = {
  property: 'S13',
  vantages: ['wire'],
  check(history) {
    const report = createReport('S13');
    for (const twins of twinsOf(history)) compare(history, report, twins);
    if (!isQuiescent(history)) return report.result();
    for (const call of callsAt(history, 'front')) if (call.dryRun === true) judgeRehearsal(history, report, call);
    for (const message of messagesOf(history).entered)
      if (message.mode === 'SHADOW') judgeAbsence(history, report, message);
    return report.result();
  },
};

/** The windows in which the legacy app was disturbed or its provider did not work: they may have affected only one of two twins. */
const ownTrouble = perHistory(
  (history) =>
    new WindowIndex([
      ...unwellWindows(history).windows,
      ...appliedObstacleWindows(history, ({ kind, process }) => kind === 'faulty-provider' && process === 'legacy'),
    ]),
);

type Answered = CampaignDelivery & { readonly response: EventOf<'user-response'> };

/** Compares the first deliveries of twins. Faults of the service and of the network to it are no excuse. */
function compare(history: History, report: CheckerReport, { off, shadow }: Twins): void {
  const [own, mirror] = [off, shadow].map(({ deliveries: [first] }) => first);
  if (own?.response === undefined || mirror?.response === undefined) return;
  if ([off, shadow].some(({ campaign }) => blankCampaigns(history).has(campaign))) return;
  if ([own, mirror].some(({ span }) => ownTrouble(history).someMayOverlap(span))) return;
  judgeAnswers(history, report, {
    own: own as Answered,
    mirror: mirror as Answered,
    items: [...off.messages, ...shadow.messages].map(({ item }) => item),
    campaign: shadow.campaign,
  });
}

/** The answers to twins: `own` in OFF, `mirror` in SHADOW; the items of both, and the campaign in SHADOW. */
interface AnsweredTwins {
  readonly own: Answered;
  readonly mirror: Answered;
  readonly items: readonly string[];
  readonly campaign: string;
}

function judgeAnswers(
  { tolerances }: History,
  report: CheckerReport,
  { own, mirror, items, campaign }: AnsweredTwins,
): void {
  const by = [own, mirror].flatMap(({ trigger, response }) => [trigger, response]);
  const addedMs = mirror.response.elapsedMs - own.response.elapsedMs;
  const isSame = own.response.status === mirror.response.status && own.response.body === mirror.response.body;
  if (isSame && addedMs > tolerances.shadowEpsilonMs && addedMs <= tolerances.shadowEpsilonMs + tolerances.noiseMs) {
    report.undecided(`whether the answer for ${campaign} took longer because of its rehearsal`);
    return;
  }
  report.exercised();
  if (!isSame) {
    report.found(`the user of ${campaign} in SHADOW got another answer than the user of its twin in OFF`, {
      items,
      by,
    });
  } else if (addedMs > tolerances.shadowEpsilonMs) {
    report.found(`the user of ${campaign} in SHADOW waited ${Math.round(addedMs)} ms longer than in OFF`, {
      items,
      by,
    });
  }
}

/** The status codes that accept a batch as a whole, now or for later. */
const TAKEN: ReadonlySet<number> = new Set([200, 201, 202]);

/** A rehearsal that no fault was near must be accepted for each of its messages, within the budget. */
function judgeRehearsal(history: History, report: CheckerReport, call: Call): void {
  const { request, end } = call;
  if (request === undefined || request.uuids.includes('')) return;
  const latest = Math.max(call.endMicros, call.startMicros + history.tolerances.budgetMs * 1_000);
  if (
    mayHaveDisturbedCall(history, {
      earliest: call.startMicros,
      latest: Number.isFinite(latest) ? latest : call.startMicros,
    })
  )
    return;
  if (end?.kind === 'answer' && TAKEN.has(end.status) && areAccepted(request, end)) {
    report.exercised();
    return;
  }
  const items = itemsOf(history, request.uuids);
  if (history.tolerances.noiseMs > 0 && isLate(history, end)) {
    report.undecided('whether the service or a busy machine made a rehearsal late');
    return;
  }
  report.exercised();
  report.found(`a rehearsal that no fault was near was ${nameOf(end)}`, { items, by: [request, end] });
}

/** A message in SHADOW that no fault was near must be rehearsed, unless the breaker of rehearsals refuses it. */
function judgeAbsence(history: History, report: CheckerReport, { item, campaign, entry }: EnteredMessage): void {
  if (requestsWith(history, entry.messageUuid).length > 0 || blankCampaigns(history).has(campaign)) return;
  const latest = entry.latest + history.tolerances.livenessMs * 1_000;
  const span = { earliest: entry.statementEarliest, latest };
  if (mayHaveDisturbedCall(history, span) || dryBreakerWindows(history).someMayOverlap(span)) return;
  report.exercised();
  report.found(`${item} entered in SHADOW, and was never rehearsed`, { items: [item], by: [entry] });
}

const dryBreakerWindows = perHistory(
  (history) =>
    new WindowIndex([
      ...breakerWindows(history, 'dry', ['OPEN', 'HALF_OPEN']),
      // Rehearsals and live calls may share one breaker.
      ...unseenBreakers(history).map(({ window }) => window),
    ]),
);

function areAccepted({ uuids }: EventOf<'request'>, { results }: EventOf<'answer'>): boolean {
  const accepted = new Set(results.filter(({ status }) => status === 'accepted').map(({ messageUuid }) => messageUuid));
  return uuids.every((messageUuid) => accepted.has(messageUuid));
}

/** Whether a busy machine may have made a rehearsal late: its caller gave it up, or the service answered that it is still in progress. */
function isLate({ tolerances }: History, end: Call['end']): boolean {
  if (end?.kind === 'call-failed') return end.by === 'client' && end.elapsedMs >= tolerances.timeoutDoubtFromMs;
  return end?.results.some(({ status }) => status === 'in_progress') === true;
}

function nameOf(end: Call['end']): string {
  if (end === undefined) return 'never answered';
  return end.kind === 'answer' ? `answered ${end.status}, without accepting every message` : 'not answered';
}
