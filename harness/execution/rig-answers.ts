// What the system under test answers to the rig at the end of a run: what a round of recovery did, and what reconciliation found.
import { type Fields, parseFields } from '../../src/contract/json.ts';

/** An answer as either lane receives it. */
export interface RigAnswer {
  /** Null when none came. */
  readonly status: number | null;
  readonly body: string;
}

/** A system that has not converged after so many rounds of recovery is judged as it is. */
export const RECOVERY_ROUNDS_MAX = 5;

/** The counts by name of one round of recovery; null for an answer that is no such report. */
export function recoveryReport({ status, body }: RigAnswer): Record<string, number> | null {
  const fields = status === 200 ? parseFields(body) : undefined;
  return fields !== undefined && areCounts(fields) ? { ...fields } : null;
}

function areCounts(fields: Fields): fields is Readonly<Record<string, number>> {
  return Object.values(fields).every((count) => typeof count === 'number');
}

/** Whether a round had nothing to do and left nothing to be done. */
export function isDone(report: Record<string, number> | null): boolean {
  return report !== null && Object.values(report).every((count) => count === 0);
}

/** How long the next round waits: what is pending needs a lease to lapse, or a send to be old enough to be surfaced. */
export function pauseMs(
  report: Record<string, number> | null,
  timings: { readonly leaseMs: number; readonly surfaceAfterMs: number },
): number {
  return (report?.['pending'] ?? 0) > 0 ? Math.max(timings.leaseMs, timings.surfaceAfterMs) : 0;
}

/** The mismatches that the reconciliation command reports; null for an answer that is no such report. */
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
