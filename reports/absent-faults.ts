// The faults that a system is declared not to have, in words: one that a reading rules out is not observed, and says by which.
import type { Result } from '../harness/formats/result.ts';

/** What is triggered again under such a reading is another message, so that no property could judge it. */
const RULED_OUT: Readonly<Record<string, { readonly reading: string; readonly value: string }>> = {
  redelivery: { reading: 'redelivery', value: 'resends' },
};

/** The faults, each with the reading that rules it out where there is one. */
export function absentFaults({ absent, readings }: Pick<Result, 'absent' | 'readings'>): string[] {
  return absent.map((fault) => {
    const ruled = RULED_OUT[fault];
    if (ruled === undefined || readings[ruled.reading] !== ruled.value) return fault;
    return `${fault} (NOT OBSERVED: ${ruled.reading}=${ruled.value})`;
  });
}
