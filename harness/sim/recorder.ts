// What the simulated observers see. They share one clock and record in order, so they are one observer, whose order is exact.
import type { HistoryEvent, Observation } from '../formats/event.ts';
import type { VirtualClock } from './clock.ts';

/** The observer of a simulated run. */
const SIM_OBSERVER = 'sim';

/** Who sees what the rig itself does, as in a live run: from the outside, between asking for it and hearing that it is done. */
const RIG_OBSERVER = 'rig';

/** An event that has neither its observer nor its time nor its place in the history yet. */
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

  /** Records what the rig asked for at `since` and now sees done: what happened in between came neither before nor after it. */
  span(event: UntimedEvent, since: number): void {
    this.#observe(event, RIG_OBSERVER, since);
  }

  /** Notes what happens now; `since` for what began earlier. */
  note(event: UntimedEvent, since: number = this.#clock.nowMicros): void {
    this.#observe(event, SIM_OBSERVER, since);
  }

  /** The event itself becomes the observation, since copying events would cost a good part of a run: the caller must not keep it. */
  #observe(event: UntimedEvent, observer: string, earliest: number): void {
    const observation = event as Observation;
    observation.observer = observer;
    observation.earliest = earliest;
    observation.latest = this.#clock.nowMicros;
    this.observations.push(observation);
  }
}
