// When the rig opened a breaker, of a scenario's faults. Where the system does not show the breaker itself, this is all that is known of it.
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import type { Breaker } from './breaker-spells.ts';
import { eventsOf } from './events-of.ts';
import { perHistory } from './per-history.ts';
import type { Row } from './rows.ts';
import type { Window } from './window.ts';

/** A time in which the rig opened a breaker, by its fault's place in the scenario. */
export interface PlantedBreaker {
  readonly fault: number;
  readonly breaker: Breaker;
  readonly applied: HistoryEvent;
  /** Surely OPEN in between; it may stay so forever, since no observer sees when it closes. */
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

/** The same of a system that shows no breaker; none of one whose rows say more. */
export function unseenBreakers(history: History): readonly PlantedBreaker[] {
  return history.vantages.includes('breaker') ? NONE : plantedBreakers(history);
}

const NONE: readonly PlantedBreaker[] = [];

/** Whether a breaker's row may be the rig's doing: its own, or one that the system wrote when the rig opened the breaker by other means. */
export function mayBePlanted(history: History, row: Row): boolean {
  return (
    row.role === history.roles.rig ||
    plantedBreakers(history).some(({ applied }) => row.earliest <= applied.latest && applied.earliest <= row.latest)
  );
}
