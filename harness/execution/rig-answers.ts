// Parses what the system under test answers to the rig: the report of a round of recovery, and the mismatches of a reconciliation.
import { type Fields, parseFields } from '../../src/contract/json.ts';

/** An answer as either lane receives it. */
export interface RigAnswer {
  /** Null when no answer arrived. */
  readonly status: number | null;
  readonly body: string;
}

/** The most rounds of recovery after the faults. A system that has not converged by then is judged as it is. */
export const RECOVERY_ROUNDS_MAX = 5;

/** The counts of one round of recovery, by name; null when the answer is not such a report. */
export function recoveryReport({ status, body }: RigAnswer): Record<string, number> | null {
  const fields = status === 200 ? parseFields(body) : undefined;
  return fields !== undefined && areCounts(fields) ? { ...fields } : null;
}

function areCounts(fields: Fields): fields is Readonly<Record<string, number>> {
  return Object.values(fields).every((count) => typeof count === 'number');
}

/** Whether a round had nothing to do and left nothing pending. */
export function isDone(report: Record<string, number> | null): boolean {
  return report !== null && Object.values(report).every((count) => count === 0);
}

/** How long to wait before the next round, in ms. Pending work needs its lease to lapse, or its send to be old enough to be surfaced. */
export function pauseMs(
  report: Record<string, number> | null,
  timings: { readonly leaseMs: number; readonly surfaceAfterMs: number },
): number {
  return (report?.['pending'] ?? 0) > 0 ? Math.max(timings.leaseMs, timings.surfaceAfterMs) : 0;
}

/** The mismatches that the reconciliation reports; null when the answer is not such a report. */
export function reportedMismatches({ status, body }: RigAnswer): { kind: string; messageUuid: string }[] | null {
  const value = status === 200 ? parse(body) : undefined;
  if (!Array.isArray(value)) return null;
  const mismatches = value.flatMap((entry: { kind?: unknown; messageUuid?: unknown } | null) =>
    typeof entry?.kind === 'string' && typeof entry.messageUuid === 'string'
      ? [{ kind: entry.kind, messageUuid: entry.messageUuid }]
      : [],
  );
  return mismatches.length === value.length ? mismatches : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
