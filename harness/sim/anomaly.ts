// What a run itself has to confess: things no healthy system and no healthy simulator does, which no property speaks of.

/** The kinds of anomaly. Those of `BOUND_ANOMALIES` make a run inconclusive; all others are findings. */
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

/** Troubles that say the run was too short rather than that something is wrong. */
export const BOUND_ANOMALIES: ReadonlySet<AnomalyKind> = new Set<AnomalyKind>(['out-of-events', 'out-of-time']);

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
