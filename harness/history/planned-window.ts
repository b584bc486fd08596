// The window of a fault as the nemesis reports it or, when it reports none, as the scenario planned it.
import type { FaultWindow } from '../faults/definition.ts';
import type { History } from '../formats/history.ts';
import type { Window } from './window.ts';
import { faultWindow } from './windows.ts';

/** The window in which the effect of a fault is looked for. */
export function plannedWindow(history: History, index: number, planned: FaultWindow): Window {
  const applied = faultWindow(history, index);
  if (applied !== undefined) return applied;
  const [from, until] = [planned.fromMs * 1_000, planned.untilMs * 1_000];
  return { fromEarliest: from, fromLatest: from, untilEarliest: until, untilLatest: until, witnesses: [] };
}
