// One small scenario for each network fault, in each direction it has: what every proxy server must be able to do.
import type { Fault } from '../../harness/formats/fault.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { FROM_THE_START, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const STREAMS = ['upstream', 'downstream'] as const;

const FAULTS: readonly Fault[] = [
  ...STREAMS.flatMap((stream): Fault[] => [
    { kind: 'latency', stream, latencyMs: 900, jitterMs: 0, ...FROM_THE_START },
    { kind: 'blackhole', stream, ...FROM_THE_START },
    { kind: 'reset', stream, ...FROM_THE_START },
    { kind: 'cut', stream, bytes: 20, ...FROM_THE_START },
  ]),
  { kind: 'refuse', ...FROM_THE_START },
];

/** The scenarios: one message of a tenant in ON, with the fault from the start. */
export const NETWORK_FAULT_SCENARIOS: readonly Scenario[] = FAULTS.map((fault) =>
  campaignScenario({
    name: `${fault.kind}${'stream' in fault ? ` ${fault.stream}` : ''}`,
    mode: 'ON',
    faults: [fault],
  }),
);
