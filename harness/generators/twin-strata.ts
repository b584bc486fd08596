// Strata for twins: two tenants with the same campaigns at the same times, one in OFF and one in SHADOW.
import type { Fault } from '../formats/fault.ts';
import type { Step } from '../formats/scenario.ts';
import type { Stratum } from './stratum.ts';

const TENANTS = [
  { key: 'tenant-1', mode: 'OFF', quota: 100 },
  { key: 'tenant-2', mode: 'SHADOW', quota: 100 },
];

/** When the campaigns of each tenant enter. */
const TIMES_MS = [100, 250];

function twins(title: string, faults: readonly Fault[] = []): Stratum {
  return {
    title: `twins, ${title}, OFF and SHADOW`,
    build: (variant) => ({
      tenants: TENANTS,
      steps: TIMES_MS.flatMap((atMs, place) =>
        TENANTS.map(({ key }, index): Step => ({
          kind: 'entry',
          campaign: `campaign-${place * TENANTS.length + index + 1}`,
          tenant: key,
          messages: 1 + ((variant + place) % 3),
          atMs,
        })),
      ),
      faults: [...faults],
    }),
  };
}

const IN_FORCE = { fromMs: 0, untilMs: 1_500 };

/** Faults of the link to the service affect only the rehearsals of SHADOW: the messages of both twins must still have the same outcome. */
export const TWIN_STRATA: readonly Stratum[] = [
  twins('no fault'),
  twins('no connection to the service', [{ kind: 'refuse', ...IN_FORCE }]),
  twins('late answers of the service', [
    { kind: 'latency', stream: 'downstream', latencyMs: 450, jitterMs: 0, ...IN_FORCE },
  ]),
  twins('no answer of the service', [{ kind: 'blackhole', stream: 'downstream', ...IN_FORCE }]),
];
