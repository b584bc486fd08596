// Which faults are simpler than others, for who has to read a counterexample.
import { type Fault, type FaultKind, FAULTS } from './catalogue.ts';
import type { FaultEntry, FaultSample } from './definition.ts';

/** The kinds of fault, the simplest first: a late or lost message, then a provider that fails, then what happens to a process. */
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

/** How many kinds are simpler than this one. */
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
