// The windows in which faults may excuse a system. docs/excuses.md says which properties they excuse, and why.
import type { Role } from '../../src/contract/message.ts';
import { definitionOf, labelOf, obstacleOf } from '../faults/catalogue.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import { type Call, callsAt } from './calls.ts';
import { eventsOf } from './events-of.ts';
import { appliedObstacleWindows, obstacleWindows } from './obstacle-windows.ts';
import { perHistory } from './per-history.ts';
import { mayBePlanted, unseenBreakers } from './planted-breakers.ts';
import { plannedWindow } from './planned-window.ts';
import { receipts } from './receipts.ts';
import { sendsByItem } from './sends.ts';
import { SpanIndex } from './span-index.ts';
import { possibleSpan, WindowIndex } from './window-index.ts';
import type { Span, Window } from './window.ts';
import { breakerWindows, crashWindows, deathIndex, downWindows, exitWindows, faultWindow } from './windows.ts';

/** How long a fault can have effects after its end, in microseconds: the longest wait that it can have started in a system, and noise. */
export function aftermathMicros({ timings, tolerances }: History): number {
  const { providerTimeoutMs, leaseMs, breakerProbeAfterMs } = timings;
  const longestWaitMs = Math.max(tolerances.budgetMs, providerTimeoutMs, leaseMs, breakerProbeAfterMs);
  return (longestWaitMs + tolerances.noiseMs) * 1_000;
}

/** A fault that can disturb messages, by its index in the scenario, and when it was in force. */
interface Disturbance {
  readonly fault: number;
  readonly window: Window;
}

const disturbances: (history: History) => readonly Disturbance[] = perHistory((history) => {
  const { faults } = history.scenario;
  const ends = { legacy: endsOf(history, 'legacy'), service: endsOf(history, 'service') };
  return faults.flatMap((fault, index) => {
    if (!disturbs(history, fault)) return [];
    const window = windowOf(history, { fault, index, ends });
    return window === undefined ? [] : [{ fault: index, window }];
  });
});

/** The ends of a process that are not matched to a fault yet: each fault that ends the process takes the next one. */
interface Ends {
  readonly crashes: Window[];
  /** Undefined for a process that ended by itself when it was asked to: it had time to finish its work. */
  readonly exits: (Window | undefined)[];
}

function endsOf(history: History, process: Role): Ends {
  const exits = exitWindows(history, process).map(({ isKilled, window }) => (isKilled ? window : undefined));
  return { crashes: [...crashWindows(history, process)], exits };
}

function disturbs(history: History, fault: Fault): boolean {
  const { causesAmbiguity, preventsSending } = labelOf(fault);
  // An item without a uuid never becomes a message, so this fault prevents no send.
  if (fault.kind === 'missing-uuid' || !(causesAmbiguity || preventsSending)) return false;
  return fault.kind !== 'provider' || fault.outcome !== 'slow' || isPastTimeout(history, fault.delayMs);
}

/** Whether a system may give up a provider call that takes this long. A faster answer leaves no doubt. */
function isPastTimeout({ timings, tolerances }: History, delayMs: number): boolean {
  return delayMs >= timings.providerTimeoutMs - tolerances.noiseMs;
}

/** Whether a disturbance may have affected a span. */
type Excuse = (history: History, span: Span) => boolean;

/**
 * Every disturbance excuses while it is in force: even one that seems to have had nothing to act on may have affected something that no
 * observer saw. Only a disturbance that had something to act on has an aftermath.
 */
function excuseOf(causesOf: (history: History) => readonly Disturbance[]): Excuse {
  const inForce = perHistory((history) => new WindowIndex(causesOf(history).map(({ window }) => window)));
  const inAftermath = perHistory((history) => new WindowIndex(prolonged(history, causesOf(history))));
  /** The disturbances that had something to act on, each with its aftermath. */
  const felt = perHistory((history) => {
    const seen = receipts(history);
    const effective = causesOf(history).filter(({ fault }) => seen[fault]?.state !== 'idle');
    return new WindowIndex(prolonged(history, effective));
  });
  return (history, span) => {
    if (causesOf(history).length === 0) return false;
    if (inForce(history).someMayOverlap(span)) return true;
    // Receipts are expensive: they are computed only when the answer depends on them.
    return inAftermath(history).someMayOverlap(span) && felt(history).someMayOverlap(span);
  };
}

/** Whether a fault may have affected the span by leaving a message in doubt or by preventing a send. */
export const mayHaveDisturbed: Excuse = excuseOf((history) => disturbances(history));

/** Whether a fault may have left a message in doubt that was sent in the span. */
export const mayHaveLeftDoubt: Excuse = excuseOf((history) => doubts(history));

const doubts = perHistory((history) =>
  disturbances(history).filter(({ fault }) => {
    const cause = history.scenario.faults[fault];
    return cause !== undefined && labelOf(cause).causesAmbiguity;
  }),
);

/** Whether the provider answered an attempt for the item so late, or never, that the system may have given up, with or without a fault. */
export function wasAnsweredLate(history: History, item: string): boolean {
  return (sendsByItem(history).get(item) ?? []).some(({ attempt, accept, reject }) => {
    const answered = accept ?? reject;
    return answered === undefined || isPastTimeout(history, (answered.latest - attempt.earliest) / 1_000);
  });
}

function windowOf(
  history: History,
  { fault, index, ends }: { fault: Fault; index: number; ends: Readonly<Record<Role, Ends>> },
): Window | undefined {
  if (fault.kind === 'crash') return ends[fault.process].crashes.shift();
  if (fault.kind === 'terminate') return ends[fault.process].exits.shift();
  // A pause begins with an answer: a pause that was never applied has stopped nothing.
  if (obstacleOf(fault)?.kind === 'stopped') return faultWindow(history, index);
  const planned = definitionOf(fault).window(fault);
  return planned === undefined ? undefined : plannedWindow(history, index, planned);
}

/** The windows of the disturbances with their aftermath. */
function prolonged(history: History, disturbing: readonly Disturbance[]): Window[] {
  const micros = aftermathMicros(history);
  return disturbing.map(({ window }) => {
    const { untilEarliest, untilLatest } = window;
    return { ...window, untilEarliest: untilEarliest + micros, untilLatest: untilLatest + micros };
  });
}

/** The windows in which no call could reach the service: connections were refused, or it was down. */
export const unreachableWindows: (history: History) => WindowIndex = perHistory(
  (history) =>
    new WindowIndex([
      ...appliedObstacleWindows(history, ({ kind }) => kind === 'unreachable'),
      ...downWindows(history, 'service'),
    ]),
);

/** Whether a fault may have disturbed a call in the span, or the service was unreachable, for example because it had been asked to end. */
export function mayHaveDisturbedCall(history: History, span: Span): boolean {
  return mayHaveDisturbed(history, span) || unreachableWindows(history).someMayOverlap(span);
}

/** The windows in which the legacy app executed nothing. */
export const stoppedWindows: (history: History) => WindowIndex = perHistory(
  (history) =>
    new WindowIndex(appliedObstacleWindows(history, ({ kind, process }) => kind === 'stopped' && process === 'legacy')),
);

/** The windows in which the legacy app was stopped, down, or held up by its database or its clock. */
export const unwellWindows: (history: History) => WindowIndex = perHistory(
  (history) =>
    new WindowIndex([
      ...obstacleWindows(history, ({ kind, process }) => kind === 'held-up' && process === 'legacy'),
      ...stoppedWindows(history).windows,
      ...downWindows(history, 'legacy'),
    ]),
);

/** The windows of provider faults that refused or delayed sends, if the legacy app made an attempt in the window. */
export const unsentWindows: (history: History) => WindowIndex = perHistory((history) => {
  const windows = history.scenario.faults.flatMap((fault, index) =>
    fault.kind === 'provider' && fault.system === 'legacy' && keepsUnsent(history, fault)
      ? [plannedWindow(history, index, fault)]
      : [],
  );
  if (windows.length === 0) return new WindowIndex([]);
  const asked = eventsOf(history, 'attempt').filter(({ system }) => system === 'legacy');
  const attempts = new SpanIndex(asked, (attempt) => attempt);
  return new WindowIndex(windows.filter((window) => attempts.reach(window.untilLatest) >= window.fromEarliest));
});

function keepsUnsent(history: History, { outcome, delayMs }: Extract<Fault, { kind: 'provider' }>): boolean {
  if (outcome === 'slow') return isPastTimeout(history, delayMs);
  return outcome === 'reject' || outcome === 'error-not-accepted';
}

/** The windows in which the live breaker refused calls for a reason: a failure may have happened before, or the rig opened the breaker. */
export const refusingBreakerWindows: (history: History) => WindowIndex = perHistory(
  (history) =>
    new WindowIndex([
      ...breakerWindows(history, 'live', ['OPEN', 'HALF_OPEN']).filter(
        ({ fromLatest, witnesses: [opened] }) =>
          (opened?.kind === 'row' && mayBePlanted(history, opened)) || mayHaveOpenedBreaker(history, fromLatest),
      ),
      ...unseenBreakers(history).map(({ window }) => window),
    ]),
);

/** Whether a failure that a breaker counts may have happened by then: a failed call, or a fault that fails calls which no tap sees. */
export function mayHaveOpenedBreaker(history: History, untilMicros: number): boolean {
  return firstFailure(history) <= untilMicros;
}

/** When the first such failure may have happened; infinite when there was none. */
const firstFailure = perHistory((history) => {
  let first = Number.POSITIVE_INFINITY;
  for (const call of callsAt(history, 'front')) first = Math.min(first, mayHaveFailedAt(history, call));
  const unseen = disturbances(history).flatMap(({ fault, window }) =>
    history.scenario.faults[fault]?.kind === 'provider' ? [] : [window],
  );
  const windows = [...unseen, ...unreachableWindows(history).windows, ...unwellWindows(history).windows];
  for (const { fromEarliest } of windows) first = Math.min(first, fromEarliest);
  return first;
});

/** From when on a call may have counted as a failure; infinite when it never did. */
function mayHaveFailedAt({ tolerances }: History, { dryRun, startMicros, end }: Call): number {
  if (dryRun === true) return Number.POSITIVE_INFINITY;
  const doubtMicros = tolerances.timeoutDoubtFromMs * 1_000;
  const endMicros = end?.latest ?? Number.POSITIVE_INFINITY;
  const slowFrom = endMicros - startMicros >= doubtMicros ? startMicros + doubtMicros : Number.POSITIVE_INFINITY;
  const hasFailed = end !== undefined && (end.kind === 'call-failed' || end.status > 299 || end.results.length === 0);
  return hasFailed ? Math.min(slowFrom, end.earliest) : slowFrom;
}

/**
 * Whether a process was killed while it may still have been doing the work that it began in `begun`: within the aftermath of that span, or
 * within the aftermath of a window in which a process was held up meanwhile.
 */
export function mayHaveDiedAt(history: History, process: Role, begun: Span): boolean {
  const down = deathIndex(history, process);
  if (down.windows.length === 0) return false;
  const aftermath = aftermathMicros(history);
  let reach = begun.latest + aftermath;
  // A window in which a process was held up can prolong the work into the next such window.
  for (let next = heldUp(history).reach(reach) + aftermath; next > reach;) {
    reach = next;
    next = heldUp(history).reach(reach) + aftermath;
  }
  return down.someMayOverlap({ earliest: begun.earliest, latest: reach });
}

const heldUp = perHistory((history) => {
  const windows = [...obstacleWindows(history, ({ kind }) => kind === 'held-up'), ...stoppedWindows(history).windows];
  return new SpanIndex(windows, possibleSpan);
});
