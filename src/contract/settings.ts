// The numbers and addresses a process runs with. All come from its environment.

/** Settings of one process. Times in milliseconds. */
export interface Settings {
  /** The whole of a call to the service, connecting included. */
  readonly budgetMs: number;
  /** The service answers by then, finished or not. */
  readonly answerByMs: number;
  readonly providerTimeoutMs: number;
  /** How long a claim that has not begun to send keeps others away. */
  readonly leaseMs: number;
  /** A send that has been SENDING for longer is surfaced as UNKNOWN by recovery. */
  readonly surfaceAfterMs: number;
  readonly breakerFailures: number;
  readonly breakerWindowMs: number;
  readonly breakerProbeAfterMs: number;
  readonly breakerProbes: number;
  /** Concurrent provider calls of one service process. */
  readonly workers: number;
  /** Rows younger than this are left out of reconciliation. */
  readonly reconcileGraceMs: number;
  /** How long a process that is asked to end may go on with what it has begun. */
  readonly shutdownGraceMs: number;
  readonly serviceUrl: string;
  readonly providerUrl: string;
}

/** The numbers of a certification run. The addresses have no default. */
export const DEFAULT_TIMINGS: Omit<Settings, 'serviceUrl' | 'providerUrl'> = {
  budgetMs: 500,
  answerByMs: 400,
  providerTimeoutMs: 1_000,
  leaseMs: 800,
  surfaceAfterMs: 1_500,
  breakerFailures: 5,
  breakerWindowMs: 1_000,
  breakerProbeAfterMs: 500,
  breakerProbes: 1,
  workers: 8,
  reconcileGraceMs: 200,
  shutdownGraceMs: 2_000,
};
