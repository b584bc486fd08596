// Anomalies: behaviour that no healthy system and no healthy simulator shows, and that no property covers.
import { z } from 'zod';

/**
 * The kinds of anomaly. `deadlock`, `livelock`, `unhandled-rejection` and `egress` are findings about the system. `out-of-events`,
 * `out-of-time` and `failed-boot` make a run inconclusive. `forbidden-call` and `engine` mean that the run cannot be trusted.
 */
export const ANOMALY_KINDS = [
  'deadlock',
  'livelock',
  'unhandled-rejection',
  'egress',
  'out-of-events',
  'out-of-time',
  'failed-boot',
  'forbidden-call',
  'engine',
] as const;

/** One of the kinds of anomaly. */
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

/** The schema of one anomaly. */
export const anomalySchema = z.strictObject({
  kind: z.enum(ANOMALY_KINDS),
  /** One sentence: what happened. */
  message: z.string(),
  /** When it was noticed, in microseconds since the start of the run. */
  atMicros: z.number(),
});

/** One anomaly. */
export type Anomaly = z.infer<typeof anomalySchema>;
