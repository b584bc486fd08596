// Strata for circuit breakers: bursts of failing calls, and calls at the time when an OPEN breaker is allowed to probe.
import type { Mode } from '../../src/contract/mode.ts';
import type { Fault } from '../formats/fault.ts';
import type { Step } from '../formats/scenario.ts';
import type { Stratum } from './stratum.ts';

/** Five failing calls open a breaker of the reference; the sixth call meets it OPEN. */
const BURST = 6;

/** One campaign of one message. */
function campaign(number: number, tenant: string, atMs: number): Step {
  return { kind: 'entry', campaign: `campaign-${number}`, tenant, messages: 1, atMs };
}

function campaigns(count: number, tenant: string, atMs: number): Step[] {
  return Array.from({ length: count }, (_, index) => campaign(index + 1, tenant, atMs + index));
}

const tenant = (number: number, mode: Mode) => ({ key: `tenant-${number}`, mode, quota: 100 });

const answersBreak: Fault = { kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 710 };

/** Failing rehearsals open the dry breaker; a live message enters while it is OPEN. */
export const REHEARSALS_FAIL: Stratum = {
  title: 'a burst of failing rehearsals, then a live message, SHADOW and ON',
  build: () => ({
    tenants: [tenant(1, 'SHADOW'), tenant(2, 'ON')],
    steps: [...campaigns(BURST, 'tenant-1', 100), campaign(BURST + 1, 'tenant-2', 900)],
    faults: [answersBreak],
  }),
};

/** Failing calls open the live breaker; later messages let it probe and become CLOSED again. */
export const OPENS_AND_CLOSES: Stratum = {
  title: 'a burst of failing calls, then messages when all is well, ON',
  build: () => ({
    tenants: [tenant(1, 'ON')],
    steps: [
      ...campaigns(BURST, 'tenant-1', 100),
      campaign(BURST + 1, 'tenant-1', 1_200),
      campaign(BURST + 2, 'tenant-1', 1_450),
    ],
    faults: [answersBreak],
  }),
};

/** Several calls at once meet an OPEN breaker that is allowed to probe: one of them is the probe, and its answer is slow. */
export const PROBED_AT_ONCE: Stratum = {
  title: 'a burst of calls when the breaker may probe, ON',
  build: () => ({
    tenants: [tenant(1, 'ON')],
    steps: campaigns(BURST, 'tenant-1', 800),
    faults: [
      { kind: 'breaker-open', breaker: 'live', fromMs: 0 },
      { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 300, fromMs: 0, untilMs: 1_500 },
    ],
  }),
};

/** All strata for breakers, in the order of a plan. */
export const BREAKER_STRATA: readonly Stratum[] = [REHEARSALS_FAIL, OPENS_AND_CLOSES, PROBED_AT_ONCE];
