// The rig's own observations of one run: what it did and when, on the rig's absolute clock until the history is built.
import type { HistoryEvent, Observation } from '../formats/event.ts';
import { rigMicros } from './observers/clock.ts';

/** An event that has neither its time nor its place in the history yet. */
export type UntimedObservation = HistoryEvent extends infer E
  ? E extends HistoryEvent
    ? Omit<E, 'seq' | 'earliest' | 'latest'>
    : never
  : never;

/** Collects observations of one run. */
export interface RunRecorder {
  /** Notes an event that happened within an interval of the rig's clock. */
  note(event: UntimedObservation, interval: { earliest: number; latest: number }): void;
  /** Does something and notes that it happened somewhere between its start and its end. */
  span<T>(event: UntimedObservation, work: () => Promise<T>): Promise<T>;
  /** Adds what other observers saw, with absolute times. */
  add(observations: readonly Observation[]): void;
  /** Everything so far, in microseconds since `originMicros`. */
  since(originMicros: number): Observation[];
}

/** An empty recorder. */
export function createRunRecorder(): RunRecorder {
  const noted: Observation[] = [];
  const recorder: RunRecorder = {
    note(event, interval) {
      noted.push({ ...event, ...interval });
    },
    async span(event, work) {
      const earliest = rigMicros();
      try {
        return await work();
      } finally {
        recorder.note(event, { earliest, latest: rigMicros() });
      }
    },
    add(observations) {
      noted.push(...observations);
    },
    since: (originMicros) =>
      noted.map((observation) => ({
        ...observation,
        earliest: observation.earliest - originMicros,
        latest: observation.latest - originMicros,
        ...('statementEarliest' in observation
          ? { statementEarliest: observation.statementEarliest - originMicros }
          : {}),
      })),
  };
  return recorder;
}
