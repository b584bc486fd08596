// The windows in which a fault was in force, a process was down, or a breaker was in given states.
import type { Role } from '../../src/contract/message.ts';
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import { groupBy } from './group-by.ts';
import { perHistory } from './per-history.ts';
import { rowsOf } from './rows.ts';
import { textIn } from './row-values.ts';
import type { Span, Window } from './window.ts';
import { WindowIndex } from './window-index.ts';

/** The window in which fault number `fault` was applied; undefined if it never was. */
export function faultWindow(history: History, fault: number): Window | undefined {
  const applied = faultApplied(history, fault);
  return applied === undefined ? undefined : between(applied, healed(history).get(fault)?.[0]);
}

/** When fault number `fault` was applied. */
export function faultApplied(history: History, fault: number): EventOf<'fault-applied'> | undefined {
  return applied(history).get(fault)?.[0];
}

const applied = perHistory((history) => groupBy(eventsOf(history, 'fault-applied'), ({ fault }) => fault));

const healed = perHistory((history) => groupBy(eventsOf(history, 'fault-healed'), ({ fault }) => fault));

/** The windows in which a process was down, whether the nemesis ended it or it ended by itself. */
export function downWindows(history: History, process: Role): readonly Window[] {
  return downIndex(history, process).windows;
}

/** The same windows as an index. */
export function downIndex(history: History, process: Role): WindowIndex {
  return downs[process](history);
}

const downs = {
  legacy: perHistory((history) => new WindowIndex(windowsDown(history, 'legacy'))),
  service: perHistory((history) => new WindowIndex(windowsDown(history, 'service'))),
};

function windowsDown(history: History, process: Role): Window[] {
  return lifeWindows(history, process, { isSought: isEnd, sinceAsked: true });
}

/** The windows in which a process was down because it was killed, or ended unasked: its unfinished work was cut off. */
export function deathIndex(history: History, process: Role): WindowIndex {
  return deaths[process](history);
}

const deaths = {
  legacy: perHistory((history) => new WindowIndex(windowsDead(history, 'legacy'))),
  service: perHistory((history) => new WindowIndex(windowsDead(history, 'service'))),
};

function windowsDead(history: History, process: Role): Window[] {
  const isSought = (end: LifeEvent): boolean => end.kind === 'crash' || (end.kind === 'exit' && end.isKilled);
  return lifeWindows(history, process, { isSought, sinceAsked: false });
}

/** The windows in which the service, or an instance of it, had ended for any reason and was not serving again: no request reached it. */
export const serviceGone: (history: History) => WindowIndex = perHistory(
  (history) => new WindowIndex(lifeWindows(history, 'service', { isSought: isEnd, sinceAsked: false })),
);

type LifeEvent = EventOf<'crash' | 'terminate' | 'exit' | 'restart'>;

function isEnd({ kind }: LifeEvent): boolean {
  return kind === 'crash' || kind === 'exit';
}

/** Which ends of a process are looked for, and whether a window may have begun when the process was asked to end. */
interface Sought {
  isSought(end: LifeEvent): boolean;
  readonly sinceAsked: boolean;
}

/** The windows from the ends that are looked for until the process served again, of each instance. */
function lifeWindows(history: History, process: Role, sought: Sought): Window[] {
  if (eventsOf(history, 'crash').length === 0 && eventsOf(history, 'terminate').length === 0) return [];
  const events = history.events.filter(isOfLife).filter((event) => event.process === process);
  const instances = new Set([undefined, ...events.map(instanceOf)]);
  return [...instances].flatMap((instance) => {
    // An event that names no instance is about all of them.
    const own = events.filter((event) => [undefined, instance].includes(instanceOf(event)));
    return windowsOfOne(own, sought);
  });
}

function windowsOfOne(events: readonly LifeEvent[], { isSought, sinceAsked }: Sought): Window[] {
  const windows: Window[] = [];
  let asked: HistoryEvent | undefined;
  let down: readonly [first: HistoryEvent, last: HistoryEvent] | undefined;
  for (const event of events) {
    if (event.kind === 'terminate') asked ??= event;
    else if (event.kind === 'restart') {
      if (down !== undefined) windows.push(spanning(down, event));
      [asked, down] = [undefined, undefined];
    } else if (isSought(event)) down ??= [sinceAsked ? (asked ?? event) : event, event];
  }
  if (down !== undefined) windows.push(spanning(down, undefined));
  return windows;
}

function isOfLife(event: HistoryEvent): event is LifeEvent {
  return event.kind === 'crash' || event.kind === 'terminate' || event.kind === 'exit' || event.kind === 'restart';
}

/** The instance that an event is about; undefined for all of them. */
function instanceOf(event: LifeEvent): number | undefined {
  return 'instance' in event ? event.instance : undefined;
}

/** The restart after an end of a process: that of the same instance, or of all instances; undefined when there was none. */
export function restartAfter(history: History, end: EventOf<'crash' | 'exit'>): EventOf<'restart'> | undefined {
  const instance = instanceOf(end);
  return eventsOf(history, 'restart').find(
    (restart) =>
      restart.process === end.process &&
      (restart.instance === undefined || restart.instance === instance) &&
      restart.latest >= end.earliest,
  );
}

/** The windows from the exit of a process that was asked to end until it served again, in order, and whether it was killed. */
export function exitWindows(history: History, process: Role): { isKilled: boolean; window: Window }[] {
  return eventsOf(history, 'exit')
    .filter((exit) => exit.process === process)
    .map((exit) => ({ isKilled: exit.isKilled, window: between(exit, restartAfter(history, exit)) }));
}

/** The windows from each kill of a process by the nemesis until it served again, in order. */
export function crashWindows(history: History, process: Role): Window[] {
  return eventsOf(history, 'crash')
    .filter((crash) => crash.process === process && crash.expected)
    .map((crash) => between(crash, restartAfter(history, crash)));
}

/** The windows in which the row of a breaker had one of these states. A row without a name belongs to both breakers. */
export function breakerWindows(history: History, breaker: 'live' | 'dry', states: readonly string[]): Window[] {
  const windows: Window[] = [];
  let open: HistoryEvent | undefined;
  for (const row of rowsOf(history, 'messaging_breakers')) {
    const name = textIn(row.after ?? row.before, 'name');
    if (name !== '' && name !== breaker) continue;
    const inState = states.includes(textIn(row.after, 'state').toUpperCase());
    if (inState) open ??= row;
    else if (open !== undefined) {
      windows.push(between(open, row));
      open = undefined;
    }
  }
  if (open !== undefined) windows.push(between(open, undefined));
  return windows;
}

/** Whether the window may have been in force at some time of the span. */
export function mayOverlap(window: Window, span: Span): boolean {
  return window.fromEarliest <= span.latest && span.earliest <= window.untilLatest;
}

/** Whether the window was certainly in force for the whole of the span. */
export function surelyCovers(window: Window, span: Span): boolean {
  return window.fromLatest <= span.earliest && span.latest <= window.untilEarliest;
}

function between(from: HistoryEvent, until: HistoryEvent | undefined): Window {
  return spanning([from, from], until);
}

/** A window that began at some time from the first event to the last. */
function spanning([first, last]: readonly [HistoryEvent, HistoryEvent], until: HistoryEvent | undefined): Window {
  const from = first === last ? [first] : [first, last];
  return {
    fromEarliest: first.earliest,
    fromLatest: last.latest,
    untilEarliest: until?.earliest ?? Number.POSITIVE_INFINITY,
    untilLatest: until?.latest ?? Number.POSITIVE_INFINITY,
    witnesses: until === undefined ? from : [...from, until],
  };
}
