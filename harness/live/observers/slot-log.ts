// Collects the events of one slot's recording when they arrive at the rig's thread, and counts them, so that a missing event is noticed.
import type { Observation } from '../../formats/event.ts';
import { rigMicros } from './clock.ts';
import type { RecordedEvent } from './recording.ts';

/** The log of one recording. */
export class SlotLog {
  /** The number of the recording. */
  readonly recording: number;
  readonly #beganMicros = rigMicros();
  readonly #observations: Observation[] = [];
  #expectedSequence = 0;
  readonly #gaps: string[] = [];

  constructor(recording: number) {
    this.recording = recording;
  }

  /** Adds the next event; an event of another recording is ignored. */
  add({ recording, sequence, observation }: RecordedEvent): void {
    if (recording !== this.recording) return;
    if (sequence !== this.#expectedSequence) this.#gaps.push(`event ${this.#expectedSequence} to ${sequence - 1}`);
    this.#expectedSequence = sequence + 1;
    this.#observations.push(observation);
  }

  /** All events. If the observatory recorded `count` events and some are missing, a gap is reported after them. */
  read(count: number): Observation[] {
    const gaps = [...this.#gaps];
    if (count !== this.#expectedSequence) gaps.push(`event ${this.#expectedSequence} to ${count - 1}`);
    const detail = `the observers recorded ${count} events, missing: ${gaps.join(', ')}`;
    return gaps.length === 0 ? [...this.#observations] : [...this.#observations, this.#problem('gap', detail)];
  }

  /** The events that arrived before the observatory was lost, and a report of the loss. */
  readLost(reason: string): Observation[] {
    return [...this.#observations, this.#problem('lost', reason)];
  }

  #problem(problem: 'gap' | 'lost', detail: string): Observation {
    const interval = { earliest: this.#beganMicros, latest: rigMicros() };
    return { observer: 'observatory', kind: 'observer-problem', problem, detail, ...interval };
  }
}
