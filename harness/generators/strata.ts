// The strata: one small scenario for each kind of fault under each mode in which it has traffic to bite, and the known sore spots.
import type { Fault } from '../formats/fault.ts';
import type { Step, Tenant } from '../formats/scenario.ts';
import {
  CRASH_TIMES_MS,
  CUT_BYTES,
  LATENCIES_MS,
  pick,
  PROVIDER_DELAYS_MS,
  PROVIDER_OUTCOMES,
  REDELIVERY_DELAYS_MS,
  RESTART_DELAYS_MS,
} from './magnitudes.ts';

/** One stratum: what is guaranteed to be in every plan. `variant` turns its numbers, so that rounds differ. */
export interface Stratum {
  readonly title: string;
  build(variant: number): { readonly tenants: Tenant[]; readonly steps: Step[]; readonly faults: Fault[] };
}

type ModeText = 'OFF' | 'SHADOW' | 'ON' | 'on' | null;
type FaultMaker = (variant: number) => Fault;

const WINDOW = { fromMs: 0, untilMs: 1_500 };
const ENTRY_AT_MS = 100;
const CAMPAIGN = 'campaign-1';
const STREAMS = ['downstream', 'upstream'] as const;

const LINK_FAULTS: readonly (readonly [string, FaultMaker])[] = [
  ...STREAMS.flatMap((stream): [string, FaultMaker][] => [
    [
      `latency ${stream}`,
      (v) => ({ kind: 'latency', stream, latencyMs: pick(LATENCIES_MS, v), jitterMs: 0, ...WINDOW }),
    ],
    [`reset ${stream}`, () => ({ kind: 'reset', stream, ...WINDOW })],
    [`blackhole ${stream}`, () => ({ kind: 'blackhole', stream, ...WINDOW })],
    [`cut ${stream}`, (v) => ({ kind: 'cut', stream, bytes: pick(CUT_BYTES, v), ...WINDOW })],
  ]),
  ['refuse', () => ({ kind: 'refuse', ...WINDOW })],
];

const redelivery: FaultMaker = (v) => ({
  kind: 'redelivery',
  campaign: CAMPAIGN,
  atMs: ENTRY_AT_MS + pick(REDELIVERY_DELAYS_MS, v),
});
const lateRedelivery: FaultMaker = () => ({ kind: 'redelivery', campaign: CAMPAIGN, atMs: 1_100 });

function provider(system: 'legacy' | 'service', outcome: (typeof PROVIDER_OUTCOMES)[number]): FaultMaker {
  return (v) => ({
    kind: 'provider',
    system,
    outcome,
    delayMs: outcome === 'slow' ? pick(PROVIDER_DELAYS_MS, v) : 0,
    ...WINDOW,
  });
}

function crash(process: 'legacy' | 'service'): FaultMaker {
  return (v) => ({
    kind: 'crash',
    process,
    atMs: pick(CRASH_TIMES_MS, v),
    restartAfterMs: pick(RESTART_DELAYS_MS, v),
  });
}

const breaker =
  (name: 'live' | 'dry'): FaultMaker =>
  () => ({ kind: 'breaker-open', breaker: name, fromMs: 0 });
const refuse: FaultMaker = () => ({ kind: 'refuse', ...WINDOW });
const lateAnswer: FaultMaker = (v) => ({
  kind: 'latency',
  stream: pick(STREAMS, v),
  latencyMs: pick([700, 1_200], v),
  jitterMs: 0,
  ...WINDOW,
});

/** A stratum with one tenant and one campaign. */
function single(title: string, mode: ModeText, options: SingleOptions = {}): Stratum {
  return {
    title: `${title}, ${mode ?? 'no flag'}`,
    build: (variant) => ({
      tenants: [{ key: 'tenant-1', mode, quota: options.quota ?? 100 }],
      steps: [
        {
          kind: 'entry',
          campaign: CAMPAIGN,
          tenant: 'tenant-1',
          messages: options.messages ?? pick([1, 2, 3], variant),
          atMs: ENTRY_AT_MS,
        },
        ...(options.steps ?? []),
      ],
      faults: (options.faults ?? []).map((fault) => fault(variant)),
    }),
  };
}

interface SingleOptions {
  readonly messages?: number;
  readonly quota?: number;
  readonly steps?: readonly Step[];
  readonly faults?: readonly FaultMaker[];
}

/** A stratum with two tenants in different modes, sending at once. */
function pair(modes: readonly [ModeText, ModeText], faults: readonly FaultMaker[] = []): Stratum {
  return {
    title: `two tenants, ${modes.join(' and ')}${faults.length > 0 ? ', with a fault' : ''}`,
    build: (variant) => ({
      tenants: modes.map((mode, index) => ({ key: `tenant-${index + 1}`, mode, quota: 100 })),
      steps: modes.map((_, index) => ({
        kind: 'entry',
        campaign: `campaign-${index + 1}`,
        tenant: `tenant-${index + 1}`,
        messages: pick([1, 2], variant + index),
        atMs: ENTRY_AT_MS,
      })),
      faults: faults.map((fault) => fault(variant)),
    }),
  };
}

const reconcile: Step = { kind: 'reconcile' };

const faultless: readonly Stratum[] = [
  single('no fault', 'ON', { messages: 1, steps: [reconcile] }),
  single('no fault', 'OFF', { messages: 1, steps: [reconcile] }),
  single('no fault', 'SHADOW', { messages: 1, steps: [reconcile] }),
];

const underOn: readonly Stratum[] = [
  ...LINK_FAULTS.map(([title, fault]) => single(title, 'ON', { faults: [fault] })),
  ...PROVIDER_OUTCOMES.map((outcome) =>
    single(`provider of service: ${outcome}`, 'ON', { faults: [provider('service', outcome)] }),
  ),
  single('crash of service', 'ON', { faults: [crash('service')] }),
  single('crash of legacy', 'ON', { faults: [crash('legacy')] }),
  single('redelivery', 'ON', { faults: [redelivery] }),
  single('live breaker OPEN', 'ON', { faults: [breaker('live')] }),
];

/** The strata of a mode in which the legacy app sends. */
function underLegacySender(mode: 'SHADOW' | 'OFF'): Stratum[] {
  return [
    ...PROVIDER_OUTCOMES.map((outcome) =>
      single(`provider of legacy: ${outcome}`, mode, { faults: [provider('legacy', outcome)] }),
    ),
    single('crash of legacy', mode, { faults: [crash('legacy')] }),
    single('redelivery', mode, { faults: [redelivery] }),
  ];
}

const underShadowAndOff: readonly Stratum[] = [
  ...LINK_FAULTS.map(([title, fault]) => single(title, 'SHADOW', { faults: [fault] })),
  single('dry breaker OPEN', 'SHADOW', { faults: [breaker('dry')] }),
  single('crash of service', 'SHADOW', { faults: [crash('service')] }),
  ...underLegacySender('SHADOW'),
  ...underLegacySender('OFF'),
];

/** Two things at once that are known to break systems each of them leaves whole. */
const combined: readonly Stratum[] = [
  single('late answer and redelivery', 'ON', { faults: [lateAnswer, lateRedelivery] }),
  single('crash of service and redelivery', 'ON', { faults: [crash('service'), lateRedelivery] }),
  single('crash of legacy and redelivery', 'ON', { faults: [crash('legacy'), lateRedelivery] }),
  single('rejection and redelivery', 'ON', { faults: [provider('service', 'reject'), lateRedelivery] }),
  single('lost reply and redelivery', 'ON', { faults: [provider('service', 'accept-lose-reply'), lateRedelivery] }),
  ...PROVIDER_OUTCOMES.map((outcome) =>
    single(`service refuses, provider of legacy: ${outcome}`, 'ON', { faults: [refuse, provider('legacy', outcome)] }),
  ),
  single('a full batch, refused', 'ON', { messages: 8, faults: [refuse] }),
  single('a full batch, live breaker OPEN', 'ON', { messages: 8, faults: [breaker('live')] }),
  single('a full batch and a slow provider', 'ON', { messages: 8, faults: [provider('service', 'slow')] }),
  single('a full batch and a late answer', 'ON', { messages: 8, faults: [lateAnswer] }),
];

const MODES = ['OFF', 'SHADOW', 'ON'] as const;

const configurations: readonly Stratum[] = [
  pair(['ON', 'OFF']),
  pair(['SHADOW', 'ON']),
  pair(['ON', 'SHADOW'], [lateAnswer]),
  single('unknown mode', 'on'),
  single('no mode', null),
  single('no units', 'ON', { quota: 0 }),
  single('fewer units than messages', 'ON', { quota: 1, messages: 3, faults: [lateRedelivery] }),
  single('fewer units than messages', 'OFF', { quota: 1, messages: 3 }),
  ...MODES.flatMap((from) =>
    MODES.filter((to) => to !== from).map((to) =>
      single(`flip to ${to} before a redelivery`, from, {
        steps: [{ kind: 'flip', tenant: 'tenant-1', mode: to, atMs: 700 }],
        faults: [lateRedelivery],
      }),
    ),
  ),
];

/** All strata, the most telling first: a plan that is too short for all keeps a useful beginning. */
export const STRATA: readonly Stratum[] = [
  ...faultless,
  ...underOn,
  ...configurations.slice(0, 3),
  ...underShadowAndOff,
  ...combined,
  ...configurations.slice(3),
];
