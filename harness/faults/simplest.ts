// Which faults are simpler to understand than others, for the reader of a counterexample.
import { type Fault, type FaultKind, FAULTS } from './catalogue.ts';
import type { FaultEntry, FaultSample } from './definition.ts';

/** The kinds of fault, the simplest first: faults of the link, then of the provider, then of processes and data. */
const SIMPLEST_FIRST = [
  'latency',
  'refuse',
  'reset',
  'blackhole',
  'cut',
  'provider',
  'redelivery',
  'crash',
  'breaker-open',
  'terminate',
  'pause',
  'repeat',
  'missing-uuid',
  'tamper',
] as const satisfies readonly FaultKind[];

/** The number of kinds that are simpler than this one. */
export function kindRank(kind: FaultKind): number {
  return SIMPLEST_FIRST.indexOf(kind);
}

/** The samples of all simpler kinds for a campaign, the simplest first. */
export function simplerFaults({ kind }: Fault, entry: FaultEntry): Fault[] {
  return SIMPLEST_FIRST.slice(0, kindRank(kind)).flatMap((simpler) => {
    const samples: readonly FaultSample<Fault>[] = FAULTS[simpler].samples;
    return samples.map((sample) => sample.make(0, entry));
  });
}
