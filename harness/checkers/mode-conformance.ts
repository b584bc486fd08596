// S4 ModeConformance: the mode at the entry decides whether the service gets requests and which system sends.
import type { Mode } from '../../src/contract/mode.ts';
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { requestsWith } from '../history/calls.ts';
import { eventsOf } from '../history/events-of.ts';
import { type EnteredMessage, modesFlaggedFor, messagesOf, showsUuids } from '../history/messages.ts';
import { mustBeRejected } from '../history/rejected-flags.ts';
import { sendsByItem } from '../history/sends.ts';
import { fallbackCause } from './fallback-cause.ts';
import { createReport, listed, type CheckerReport } from './report.ts';

/**
 * Judges by the mode that was flagged when the message entered, not by the pinned one; where several may have been flagged, one must fit.
 * OFF: no request carries the message. SHADOW: only dry runs do. Both: the service never tries it. ON: the legacy app tries it only after a
 * cause to fall back. An unknown mode acts as OFF, unless the readings demand its rejection.
 */
export const modeConformance: Checker = {
  property: 'S4',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S4');
    const sends = sendsByItem(history);
    for (const message of messagesOf(history).entered) {
      const requests = requestsWith(history, message.entry.messageUuid);
      const attempts = (sends.get(message.item) ?? []).map(({ attempt }) => attempt);
      if (requests.length + attempts.length === 0) continue;
      const { mode } = message;
      if (mustBeRejected(history, message)) checkRejected(report, { message, requests, attempts });
      else if (mode === undefined) checkAnyMode(history, report, { message, requests, attempts });
      else checkMode(history, report, { message, mode, requests, attempts });
    }
    checkUnentered(history, report);
    return report.result();
  },
};

/** A message with its requests and attempts. */
interface Seen {
  readonly message: EnteredMessage;
  readonly requests: readonly EventOf<'request'>[];
  readonly attempts: readonly EventOf<'attempt'>[];
}

/** The same, judged by one mode. */
type Judged = Seen & { readonly mode: Mode };

function checkMode(history: History, report: CheckerReport, judged: Judged): void {
  if (judged.mode === 'ON') checkFallback(history, report, judged);
  else checkLegacyOnly(report, judged);
}

/** A system may follow any of the flags that were in force during the entry. */
function checkAnyMode(history: History, report: CheckerReport, seen: Seen): void {
  const { item, entry } = seen.message;
  const modes = modesFlaggedFor(entry);
  const results = modes.map((mode) => {
    const underMode = createReport('S4');
    checkMode(history, underMode, { ...seen, mode });
    return underMode.result();
  });
  const isUndecided = results.some(({ undecided }) => undecided.length > 0);
  const isAllowed = results.some(({ findings, undecided }) => findings.length === 0 && undecided.length === 0);
  if (isUndecided && !isAllowed) {
    report.undecided(`in which mode ${item} entered`);
    return;
  }
  report.exercised();
  if (isAllowed) return;
  report.found(`${item} entered in ${modes.join(' or ')}, and what happened to it is allowed in none of them`, {
    items: [item],
    by: [entry, ...seen.requests, ...seen.attempts],
  });
}

/** By some readings a message must be rejected if its flag is not a mode. */
function checkRejected(report: CheckerReport, { message: { item, entry }, requests, attempts }: Seen): void {
  report.exercised();
  const [what, by] =
    attempts.length > 0 ? (['it was sent', attempts] as const) : ['the service got a request for it', requests];
  report.found(`${item} entered in '${entry.flagged.join("' or '")}', which must be rejected, and ${what}`, {
    items: [item],
    by: [entry, ...by],
  });
}

function checkLegacyOnly(report: CheckerReport, { message, mode, requests, attempts }: Judged): void {
  const { item, entry } = message;
  report.exercised();
  const forbidden = mode === 'OFF' ? requests : requests.filter((request) => request.dryRun !== true);
  const where = flagName(entry, mode);
  if (forbidden.length > 0) {
    const what =
      mode === 'OFF' ? 'the service got a request for it' : 'the service was asked to send it, not to rehearse it';
    report.found(`${item} entered in ${where}, and ${what}`, { items: [item], by: [entry, ...forbidden] });
  }
  const trespass = attempts.filter((attempt) => attempt.system === 'service');
  if (trespass.length > 0) {
    report.found(`${item} entered in ${where}, and the service tried to send it`, {
      items: [item],
      by: [entry, ...trespass],
    });
  }
}

function checkFallback(history: History, report: CheckerReport, { message, attempts }: Judged): void {
  const causes = attempts
    .filter(({ system }) => system === 'legacy')
    .map((attempt) => ({ attempt, cause: fallbackCause(history, message, attempt) }));
  const causeless = causes.filter(({ cause }) => cause.kind === 'none');
  const doubtful = causes.flatMap(({ cause }) => (cause.kind === 'undecided' ? [cause.why] : []));
  if (causeless.length === 0 && doubtful.length > 0) {
    const reasons = listed([...new Set(doubtful)]);
    report.undecided(`whether the legacy app had a cause to send ${message.item}: ${reasons}`);
    return;
  }
  report.exercised();
  for (const { attempt } of causeless) {
    report.found(`${message.item} entered in ON, and the legacy app sent it without a cause to fall back`, {
      items: [message.item],
      by: [message.entry, attempt],
    });
  }
}

/** An item that was sent without an entry is judged by its tenant's mode, if that never changed. */
function checkUnentered(history: History, report: CheckerReport): void {
  const messages = messagesOf(history);
  for (const attempt of eventsOf(history, 'attempt')) {
    const message = messages.byItem.get(attempt.item ?? '');
    if (message === undefined || message.entry !== undefined) continue;
    // A system that does not show uuids may have entered it unseen.
    if (attempt.system === 'legacy' && !showsUuids(history)) continue;
    if (message.mode === undefined) report.undecided(`in which mode ${message.item} entered`);
    else if (message.mode !== 'ON' && attempt.system === 'service') {
      report.exercised();
      report.found(`${message.item} is in ${message.mode}, and the service tried to send it`, {
        items: [message.item],
        by: [attempt],
      });
    }
  }
}

function flagName({ flagged }: EventOf<'entry'>, mode: Mode): string {
  const other = flagged.find((text) => text !== mode);
  if (other === undefined) return mode;
  return other === '' ? `${mode} (no flag was set)` : `'${other}', which acts as OFF`;
}
