// Spans of time in which something was in force: a fault, a process that is down, a breaker that lets nothing through.
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

/** The windows in which a process was down, by the nemesis or by itself. */
export function downWindows(history: History, process: Role): readonly Window[] {
  return downIndex(history, process).windows;
}

/** The same, for questions about all of them. */
export function downIndex(history: History, process: Role): WindowIndex {
  return downs[process](history);
}

const downs = {
  legacy: perHistory((history) => new WindowIndex(windowsDown(history, 'legacy'))),
  service: perHistory((history) => new WindowIndex(windowsDown(history, 'service'))),
};

function windowsDown(history: History, process: Role): Window[] {
  const windows: Window[] = [];
  if (eventsOf(history, 'crash').length === 0) return windows;
  let down: HistoryEvent | undefined;
  for (const event of history.events) {
    if (event.kind === 'crash' && event.process === process) down ??= event;
    if (event.kind !== 'restart' || event.process !== process || down === undefined) continue;
    windows.push(between(down, event));
    down = undefined;
  }
  if (down !== undefined) windows.push(between(down, undefined));
  return windows;
}

/** The windows from each kill of a process by the nemesis until it served again, in order. */
export function crashWindows(history: History, process: 'legacy' | 'service'): Window[] {
  const restarts = eventsOf(history, 'restart').filter((restart) => restart.process === process);
  return eventsOf(history, 'crash')
    .filter((crash) => crash.process === process && crash.expected)
    .map((crash) =>
      between(
        crash,
        restarts.find((restart) => restart.latest >= crash.earliest),
      ),
    );
}

/** The windows in which the row of a breaker had one of these states. A system with one breaker for all names none. */
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

/** Whether the window was surely in force for the whole of the span. */
export function surelyCovers(window: Window, span: Span): boolean {
  return window.fromLatest <= span.earliest && span.latest <= window.untilEarliest;
}

function between(from: HistoryEvent, until: HistoryEvent | undefined): Window {
  return {
    fromEarliest: from.earliest,
    fromLatest: from.latest,
    untilEarliest: until?.earliest ?? Number.POSITIVE_INFINITY,
    untilLatest: until?.latest ?? Number.POSITIVE_INFINITY,
    witnesses: until === undefined ? [from] : [from, until],
  };
}
