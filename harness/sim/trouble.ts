// What a run itself has to confess: things no healthy system and no healthy simulator does, which no property speaks of.

/** The kinds of trouble. Those of `BOUND_TROUBLES` make a run inconclusive; all others are findings. */
export type TroubleKind =
  | 'deadlock'
  | 'livelock'
  | 'out-of-events'
  | 'out-of-time'
  | 'unhandled-rejection'
  | 'poisoned-call'
  | 'egress'
  | 'failed-boot'
  | 'engine';

/** One trouble: one sentence, and when. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly message: string;
  readonly atMicros: number;
}

/** Troubles that say the run was too short rather than that something is wrong. */
export const BOUND_TROUBLES: ReadonlySet<TroubleKind> = new Set<TroubleKind>(['out-of-events', 'out-of-time']);

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
