// Records what the simulated observers see. They share one clock and record in order, so they count as one observer, whose order is exact.
import type { HistoryEvent, Observation } from '../formats/event.ts';
import type { VirtualClock } from './clock.ts';

/** The observer of a simulated run. */
const SIM_OBSERVER = 'sim';

/** The observer of the rig's own actions. As in a live run, it knows only an interval: from the request of the action to its completion. */
const RIG_OBSERVER = 'rig';

/** An event without its observer, its time and its place in the history. */
export type UntimedEvent = HistoryEvent extends infer E
  ? E extends HistoryEvent
    ? Omit<E, 'seq' | 'observer' | 'earliest' | 'latest'>
    : never
  : never;

/** Collects the observations of one run. */
export class Recorder {
  readonly observations: Observation[] = [];
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Records an action that the rig requested at `since` and that is complete now. It is not ordered with events in between. */
  span(event: UntimedEvent, since: number): void {
    this.#observe(event, RIG_OBSERVER, since);
  }

  /** Records an event that happens now, or that began at `since` and ends now. */
  note(event: UntimedEvent, since: number = this.#clock.nowMicros): void {
    this.#observe(event, SIM_OBSERVER, since);
  }

  /** Turns the event itself into the observation, because a copy would take a good part of a run's time: the caller must not keep it. */
  #observe(event: UntimedEvent, observer: string, earliest: number): void {
    const observation = event as Observation;
    observation.observer = observer;
    observation.earliest = earliest;
    observation.latest = this.#clock.nowMicros;
    this.observations.push(observation);
  }
}
