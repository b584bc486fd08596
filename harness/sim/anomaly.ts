// What a run itself has to confess: things no healthy system and no healthy simulator does, which no property speaks of.

/** The kinds of anomaly. What each of them means for a verdict is decided where runs are judged. */
export type AnomalyKind =
  | 'deadlock'
  | 'livelock'
  | 'out-of-events'
  | 'out-of-time'
  | 'unhandled-rejection'
  | 'forbidden-call'
  | 'egress'
  | 'failed-boot'
  | 'engine';

/** One anomaly: one sentence, and when. */
export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly message: string;
  readonly atMicros: number;
}

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
