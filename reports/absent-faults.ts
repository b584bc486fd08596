// The faults that a system is declared not to have, in words. A fault that a reading rules out is marked NOT OBSERVED, with the reading.
import type { Result } from '../harness/formats/result.ts';

/** The faults that a reading rules out. With redelivery=resends a redelivery makes new messages, so no property can judge it. */
const RULED_OUT: Readonly<Record<string, { readonly reading: string; readonly value: string }>> = {
  redelivery: { reading: 'redelivery', value: 'resends' },
};

/** The absent faults, each with the reading that rules it out, if any. */
export function absentFaults({ absent, readings }: Pick<Result, 'absent' | 'readings'>): string[] {
  return absent.map((fault) => {
    const ruled = RULED_OUT[fault];
    if (ruled === undefined || readings[ruled.reading] !== ruled.value) return fault;
    return `${fault} (NOT OBSERVED: ${ruled.reading}=${ruled.value})`;
  });
}
