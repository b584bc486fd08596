// Records the rig's own observations of one run: what the rig did and when. Times are absolute until the history is built.
import type { HistoryEvent, Observation } from '../formats/event.ts';
import { rigMicros } from './observers/clock.ts';

/** An event without its time and its place in the history. */
export type UntimedObservation = HistoryEvent extends infer E
  ? E extends HistoryEvent
    ? Omit<E, 'seq' | 'earliest' | 'latest'>
    : never
  : never;

/** Collects observations of one run. All times are in microseconds. */
export interface RunRecorder {
  /** Records an event that happened within an interval of the rig's clock. */
  note(event: UntimedObservation, interval: { earliest: number; latest: number }): void;
  /** Does `work` and records an event whose interval is the time from its start to its end, also if it fails. */
  span<T>(event: UntimedObservation, work: () => Promise<T>): Promise<T>;
  /** Adds the observations of other observers, with absolute times. */
  add(observations: readonly Observation[]): void;
  /** All observations so far, with times since `originMicros`. */
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
