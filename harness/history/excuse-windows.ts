// From when to when what the rig did to the systems may excuse what they do. docs/excuses.md says what is excused, and why.
import { definitionOf, labelOf, obstacleOf } from '../faults/catalogue.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import { type Call, callsAt } from './calls.ts';
import { eventsOf } from './events-of.ts';
import { appliedObstacleWindows, obstacleWindows } from './obstacle-windows.ts';
import { perHistory } from './per-history.ts';
import { plannedWindow } from './planned-window.ts';
import { receipts } from './receipts.ts';
import { sendsByItem } from './sends.ts';
import {
  breakerWindows,
  crashWindows,
  downWindows,
  faultWindow,
  mayOverlap,
  type Span,
  type Window,
} from './windows.ts';

/** How long a fault may be felt after its end: as long as the longest wait of a system that it may have set off. */
export function aftermathMicros({ timings, tolerances }: History): number {
  const { providerTimeoutMs, leaseMs, breakerProbeAfterMs } = timings;
  const longestWaitMs = Math.max(tolerances.budgetMs, providerTimeoutMs, leaseMs, breakerProbeAfterMs);
  return (longestWaitMs + tolerances.noiseMs) * 1_000;
}

/**
 * Whether a fault may have left a message in doubt, or kept it from being sent. One that had nothing to act on may have disturbed what no
 * observer saw, so it excuses while it is in force; but it has no aftermath.
 */
export function mayHaveDisturbed(history: History, span: Span): boolean {
  const aftermath = aftermathMicros(history);
  const near = disturbances(history).filter(({ window }) => mayOverlap(prolonged(window, aftermath), span));
  if (near.some(({ window }) => mayOverlap(window, span))) return true;
  // Receipts are expensive: they are asked for only when they make a difference.
  return near.some(({ fault }) => receipts(history)[fault]?.state !== 'idle');
}

/** A fault that disturbs, by its place in the scenario, while it is in force. */
interface Disturbance {
  readonly fault: number;
  readonly window: Window;
}

const disturbances: (history: History) => readonly Disturbance[] = perHistory((history) => {
  const { faults } = history.scenario;
  const crashes = { legacy: [...crashWindows(history, 'legacy')], service: [...crashWindows(history, 'service')] };
  return faults.flatMap((fault, index) => {
    if (!disturbs(history, fault)) return [];
    const window = fault.kind === 'crash' ? crashes[fault.process].shift() : windowOf(history, fault, index);
    return window === undefined ? [] : [{ fault: index, window }];
  });
});

function disturbs(history: History, fault: Fault): boolean {
  const { causesAmbiguity, preventsSending } = labelOf(fault);
  // An item without a uuid is no message, so its fault keeps no message from being sent.
  if (fault.kind === 'missing-uuid' || !(causesAmbiguity || preventsSending)) return false;
  return fault.kind !== 'provider' || fault.outcome !== 'slow' || isPastTimeout(history, fault.delayMs);
}

/** Whether a system may have given up a provider that is so slow. One that answers sooner leaves no doubt. */
function isPastTimeout({ timings, tolerances }: History, delayMs: number): boolean {
  return delayMs >= timings.providerTimeoutMs - tolerances.noiseMs;
}

/** Whether the provider took so long over an attempt to send an item that the system may have given it up, with or without a fault. */
export function wasAnsweredLate(history: History, item: string): boolean {
  return (sendsByItem(history).get(item) ?? []).some(({ attempt, accept, reject }) => {
    const answered = accept ?? reject;
    return answered === undefined || isPastTimeout(history, (answered.latest - attempt.earliest) / 1_000);
  });
}

function windowOf(history: History, fault: Fault, index: number): Window | undefined {
  // A pause that no answer set off has stopped nothing.
  if (obstacleOf(fault)?.kind === 'stopped') return faultWindow(history, index);
  const planned = definitionOf(fault).window(fault);
  return planned === undefined ? undefined : plannedWindow(history, index, planned);
}

function prolonged(window: Window, micros: number): Window {
  const { untilEarliest, untilLatest } = window;
  return { ...window, untilEarliest: untilEarliest + micros, untilLatest: untilLatest + micros };
}

/** The windows in which no call could reach the service: connections were refused, or it was down. */
export const unreachableWindows: (history: History) => readonly Window[] = perHistory((history) => [
  ...appliedObstacleWindows(history, ({ kind }) => kind === 'unreachable'),
  ...downWindows(history, 'service'),
]);

/** The windows in which the legacy app executed nothing. */
export const stoppedWindows: (history: History) => readonly Window[] = perHistory((history) =>
  appliedObstacleWindows(history, ({ kind, process }) => kind === 'stopped' && process === 'legacy'),
);

/** The windows in which the legacy app was stopped, down, or held up by its database or its clock. */
export const unwellWindows: (history: History) => readonly Window[] = perHistory((history) => [
  ...obstacleWindows(history, ({ kind, process }) => kind === 'held-up' && process === 'legacy'),
  ...stoppedWindows(history),
  ...downWindows(history, 'legacy'),
]);

/** The windows in which the legacy app asked its provider, and the provider did not take what it was asked for, or took it late. */
export const unsentWindows: (history: History) => readonly Window[] = perHistory((history) =>
  history.scenario.faults.flatMap((fault, index) => {
    if (fault.kind !== 'provider' || fault.system !== 'legacy' || !keepsUnsent(history, fault)) return [];
    const window = plannedWindow(history, index, fault);
    const asked = eventsOf(history, 'attempt').filter(({ system }) => system === 'legacy');
    return asked.some((attempt) => mayOverlap(window, attempt)) ? [window] : [];
  }),
);

function keepsUnsent(history: History, { outcome, delayMs }: Extract<Fault, { kind: 'provider' }>): boolean {
  if (outcome === 'slow') return isPastTimeout(history, delayMs);
  return outcome === 'reject' || outcome === 'error-not-accepted';
}

/** The windows in which the live breaker refused calls, as far as something had happened that opens a breaker, or the rig had opened it. */
export const refusingBreakerWindows: (history: History) => readonly Window[] = perHistory((history) =>
  breakerWindows(history, 'live', ['OPEN', 'HALF_OPEN']).filter(
    ({ fromLatest, witnesses: [opened] }) =>
      (opened?.kind === 'row' && opened.role === history.roles.rig) || mayHaveOpenedBreaker(history, fromLatest),
  ),
);

/** Whether anything that a breaker counts as a failure may have happened by then: a call in vain, or a fault that fails calls unseen. */
export function mayHaveOpenedBreaker(history: History, untilMicros: number): boolean {
  if (callsAt(history, 'front').some((call) => mayHaveFailed(history, call, untilMicros))) return true;
  const unseen = disturbances(history).flatMap(({ fault, window }) =>
    history.scenario.faults[fault]?.kind === 'provider' ? [] : [window],
  );
  return [...unseen, ...unreachableWindows(history), ...unwellWindows(history)].some(
    ({ fromEarliest }) => fromEarliest <= untilMicros,
  );
}

function mayHaveFailed({ tolerances }: History, { dryRun, startMicros, end }: Call, untilMicros: number): boolean {
  if (dryRun === true) return false;
  const lastedMicros = Math.min(end?.latest ?? Infinity, untilMicros) - startMicros;
  if (lastedMicros >= tolerances.timeoutDoubtFromMs * 1_000) return true;
  if (end === undefined || end.earliest > untilMicros) return false;
  return end.kind === 'call-failed' || end.status > 299 || end.results.length === 0;
}

/**
 * Whether a process was killed while it may have been at something that it had begun: within the aftermath of the beginning, or of a time
 * in which one of the processes was held up meanwhile.
 */
export function mayHaveDiedAt(history: History, process: 'legacy' | 'service', begun: Span): boolean {
  const aftermath = aftermathMicros(history);
  const heldUp = [...obstacleWindows(history, ({ kind }) => kind === 'held-up'), ...stoppedWindows(history)].toSorted(
    (a, b) => a.fromEarliest - b.fromEarliest,
  );
  let reach = begun.latest + aftermath;
  for (const window of heldUp) {
    if (window.fromEarliest <= reach) reach = Math.max(reach, window.untilLatest + aftermath);
  }
  return downWindows(history, process).some((window) =>
    mayOverlap(window, { earliest: begun.earliest, latest: reach }),
  );
}
