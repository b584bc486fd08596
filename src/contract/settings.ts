// The numbers and addresses of a process. All come from its environment variables.

/** The settings of one process. */
export interface Settings {
  /** The total time of a call to the service, connecting included. */
  readonly budgetMs: number;
  /** The service answers within this time, even if messages are unfinished. */
  readonly answerByMs: number;
  readonly providerTimeoutMs: number;
  /** How long a claim excludes other attempts while its send has not begun. */
  readonly leaseMs: number;
  /** Recovery turns a message that has been SENDING for longer into UNKNOWN. */
  readonly surfaceAfterMs: number;
  readonly breakerFailures: number;
  readonly breakerWindowMs: number;
  readonly breakerProbeAfterMs: number;
  readonly breakerProbes: number;
  /** Concurrent provider calls of one service process. */
  readonly workers: number;
  /** Rows younger than this are left out of reconciliation. */
  readonly reconcileGraceMs: number;
  /** How long a process that is asked to end can finish the work it has begun. */
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
