// The windows in which a fault hinders a system, so that checkers do not demand what was impossible then.
import { definitionOf, obstacleOf } from '../faults/catalogue.ts';
import type { Obstacle } from '../faults/definition.ts';
import type { History } from '../formats/history.ts';
import { plannedWindow } from './planned-window.ts';
import type { Window } from './window.ts';
import { faultWindow } from './windows.ts';

/** The windows of the matching obstacles as the nemesis reports them or, where it reports none, as the scenario planned them. */
export function obstacleWindows(history: History, isSought: (obstacle: Obstacle) => boolean): Window[] {
  return history.scenario.faults.flatMap((fault, index) => {
    const obstacle = obstacleOf(fault);
    const planned = definitionOf(fault).window(fault);
    return obstacle !== undefined && planned !== undefined && isSought(obstacle)
      ? [plannedWindow(history, index, planned)]
      : [];
  });
}

/** The same, but only where the nemesis reports that the fault was applied. */
export function appliedObstacleWindows(history: History, isSought: (obstacle: Obstacle) => boolean): Window[] {
  return history.scenario.faults.flatMap((fault, index) => {
    const obstacle = obstacleOf(fault);
    return obstacle !== undefined && isSought(obstacle) ? (faultWindow(history, index) ?? []) : [];
  });
}
