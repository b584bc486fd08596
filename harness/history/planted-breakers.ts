// When the rig opened a breaker, as a fault of the scenario. If the system does not show the breaker, nothing else is known about it.
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import type { Breaker } from './breaker-spells.ts';
import { eventsOf } from './events-of.ts';
import { perHistory } from './per-history.ts';
import type { Row } from './rows.ts';
import type { Window } from './window.ts';

/** One opening of a breaker by the rig; `fault` is the index of the fault in the scenario. */
export interface PlantedBreaker {
  readonly fault: number;
  readonly breaker: Breaker;
  readonly applied: HistoryEvent;
  /** The breaker is certainly OPEN until `untilEarliest`. The latest end is infinite, since no observer sees when the breaker closes. */
  readonly window: Window;
}

/** The breakers that the rig opened. */
export const plantedBreakers: (history: History) => readonly PlantedBreaker[] = perHistory((history) =>
  eventsOf(history, 'fault-applied').flatMap((applied) => {
    const fault = history.scenario.faults[applied.fault];
    if (fault?.kind !== 'breaker-open') return [];
    return [{ fault: applied.fault, breaker: fault.breaker, applied, window: windowOf(history, applied) }];
  }),
);

function windowOf({ timings, tolerances }: History, applied: HistoryEvent): Window {
  const refusesMicros = (timings.breakerProbeAfterMs - tolerances.noiseMs) * 1_000;
  return {
    fromEarliest: applied.earliest,
    fromLatest: applied.latest,
    untilEarliest: Math.max(applied.latest, applied.earliest + refusesMicros),
    untilLatest: Number.POSITIVE_INFINITY,
    witnesses: [applied],
  };
}

/** The same for a system that does not show its breaker; empty for a system that does, because its rows say more. */
export function unseenBreakers(history: History): readonly PlantedBreaker[] {
  return history.vantages.includes('breaker') ? NONE : plantedBreakers(history);
}

const NONE: readonly PlantedBreaker[] = [];

/** Whether the rig may have caused a breaker's row: it wrote the row, or the system wrote it while the rig opened the breaker. */
export function mayBePlanted(history: History, row: Row): boolean {
  return (
    row.role === history.roles.rig ||
    plantedBreakers(history).some(({ applied }) => row.earliest <= applied.latest && applied.earliest <= row.latest)
  );
}
