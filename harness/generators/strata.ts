// The strata: one small scenario for each kind of fault in each mode in which it meets traffic, and others that are known to break systems.
import { type Fault, FAULT_DEFINITIONS } from '../faults/catalogue.ts';
import type { FaultEntry, FaultSample } from '../faults/definition.ts';
import { pick, SAMPLE_WINDOW, STREAMS } from '../faults/fields.ts';
import { PROVIDER_OUTCOMES } from '../faults/provider.ts';
import { REPEAT_CHANGES, REPEAT_DELAYS_MS } from '../faults/repeat.ts';
import type { Mode } from '../../src/contract/mode.ts';
import type { PROVIDERS, Step } from '../formats/scenario.ts';
import { BREAKER_STRATA } from './breaker-strata.ts';
import { RECOVERY_STRATA } from './recovery-strata.ts';
import type { Stratum } from './stratum.ts';
import { PROBE_STRATA } from './probe-strata.ts';
import { TWIN_STRATA } from './twin-strata.ts';

type ModeText = 'OFF' | 'SHADOW' | 'ON' | 'on' | null;
type FaultMaker = (variant: number) => Fault;

const ENTRY: FaultEntry = { campaign: 'campaign-1', atMs: 100 };
const SAMPLES = FAULT_DEFINITIONS.flatMap(({ samples }) => samples);

const lateRedelivery: FaultMaker = () => ({ kind: 'redelivery', campaign: ENTRY.campaign, atMs: 1_100 });
const lateAnswer: FaultMaker = (v) => ({
  kind: 'latency',
  stream: pick(STREAMS, v),
  latencyMs: pick([700, 1_200], v),
  jitterMs: 0,
  ...SAMPLE_WINDOW,
});

/** The maker of the catalogue's sample with this title. Throws RangeError if there is none. */
function sampled(title: string): FaultMaker {
  const sample = SAMPLES.find((candidate) => candidate.title === title);
  if (sample === undefined) throw new RangeError(`no fault of the catalogue has the sample '${title}'`);
  return makerOf(sample);
}

function makerOf(sample: FaultSample<Fault>): FaultMaker {
  return (variant) => sample.make(variant, ENTRY);
}

/** A stratum with one tenant and one campaign. */
function single(title: string, mode: ModeText, options: SingleOptions = {}): Stratum {
  return {
    title: `${title}, ${mode ?? 'no flag'}`,
    build: (variant) => ({
      tenants: [{ key: 'tenant-1', mode, quota: options.quota ?? 100 }],
      steps: [
        {
          kind: 'entry',
          campaign: ENTRY.campaign,
          tenant: 'tenant-1',
          messages: options.messages ?? pick([1, 2, 3], variant),
          ...(options.providers === undefined ? {} : { providers: options.providers }),
          ...(options.numbers === undefined ? {} : { numbers: options.numbers }),
          atMs: ENTRY.atMs,
        },
        ...(options.steps ?? []),
      ],
      faults: (options.faults ?? []).map((fault) => fault(variant)),
    }),
  };
}

interface SingleOptions {
  readonly messages?: number;
  readonly numbers?: 'near' | 'equal';
  readonly providers?: (typeof PROVIDERS)[number][];
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
        atMs: ENTRY.atMs,
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

/** One cell of the matrix of faults and modes: a sample in one mode in which it meets traffic. */
interface Cell {
  readonly title: string;
  readonly mode: Mode;
  readonly stratum: Stratum;
}

const CELLS: readonly Cell[] = SAMPLES.flatMap((sample) =>
  sample.modes.map((mode) => ({
    title: sample.title,
    mode,
    stratum: single(sample.title, mode, { faults: [makerOf(sample)] }),
  })),
);

const ON_LINK = STREAMS.flatMap((stream) =>
  ['latency', 'reset', 'blackhole', 'cut'].map((kind) => `${kind} ${stream}`),
);

/** How the cells' titles begin, in the order of a plan. It must not change: the numbers of a stratum depend on its place in the plan. */
const ORDER: Readonly<Record<Mode, readonly string[]>> = {
  ON: [
    ...ON_LINK,
    'refuse',
    'provider of service',
    'crash of service',
    'crash of legacy',
    'redelivery',
    'live breaker',
  ],
  SHADOW: [
    ...ON_LINK,
    'refuse',
    'dry breaker',
    'crash of service',
    'provider of legacy',
    'crash of legacy',
    'redelivery',
  ],
  OFF: ['provider of legacy', 'crash of legacy', 'redelivery'],
};

/** The cells of a mode that ORDER lists, in its order. */
function ordered(mode: Mode): Cell[] {
  return ORDER[mode].flatMap((beginning) =>
    CELLS.filter((cell) => cell.mode === mode && cell.title.startsWith(beginning)),
  );
}

const [underOn, underShadow, underOff] = [ordered('ON'), ordered('SHADOW'), ordered('OFF')];
const placed = new Set([...underOn, ...underShadow, ...underOff]);

/** Combinations that are known to break systems which survive each part alone. */
const combined: readonly Stratum[] = [
  single('late answer and redelivery', 'ON', { faults: [lateAnswer, lateRedelivery] }),
  single('crash of service and redelivery', 'ON', { faults: [sampled('crash of service'), lateRedelivery] }),
  single('crash of legacy and redelivery', 'ON', { faults: [sampled('crash of legacy'), lateRedelivery] }),
  single('rejection and redelivery', 'ON', { faults: [sampled('provider of service: reject'), lateRedelivery] }),
  single('lost reply and redelivery', 'ON', {
    faults: [sampled('provider of service: accept-lose-reply'), lateRedelivery],
  }),
  ...PROVIDER_OUTCOMES.map((outcome) =>
    single(`service refuses, provider of legacy: ${outcome}`, 'ON', {
      faults: [sampled('refuse'), sampled(`provider of legacy: ${outcome}`)],
    }),
  ),
  single('a full batch, refused', 'ON', { messages: 8, faults: [sampled('refuse')] }),
  single('a full batch, live breaker OPEN', 'ON', { messages: 8, faults: [sampled('live breaker OPEN')] }),
  single('a full batch and a slow provider', 'ON', { messages: 8, faults: [sampled('provider of service: slow')] }),
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

/** By then the faults of the samples are over, and so is everything that they can cause. */
const LONG_AFTER_MS = 3_500;

/** A message that enters when no fault excuses the system any more: for systems that stay damaged after a fault. */
const longAfter: readonly Stratum[] = ['provider of service: accept-lose-reply', 'refuse', 'crash of service'].map(
  (title) =>
    single(`${title}, and a message long after it`, 'ON', {
      faults: [sampled(title)],
      steps: [{ kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: LONG_AFTER_MS }],
    }),
);

/** Campaigns with sizes or recipients' numbers that a system may not expect. */
const campaigns: readonly Stratum[] = [
  single('a campaign of 12', 'ON', { messages: 12 }),
  single('a campaign of 40', 'OFF', { messages: 40 }),
  single('more messages than are sent at once, refused', 'ON', { messages: 9, faults: [sampled('refuse')] }),
  single('more messages than are sent at once', 'SHADOW', { messages: 12, steps: [reconcile] }),
  single('near numbers', 'ON', { messages: 3, numbers: 'near' }),
  single('near numbers', 'SHADOW', { messages: 3, numbers: 'near' }),
  single('equal numbers', 'ON', { messages: 3, numbers: 'equal', steps: [reconcile] }),
  single('equal numbers, refused', 'ON', { messages: 2, numbers: 'equal', faults: [sampled('refuse')] }),
  single('equal numbers', 'OFF', { messages: 2, numbers: 'equal', faults: [lateRedelivery] }),
];

/** Combinations that were added later. */
const combinedLater: readonly Stratum[] = [
  single('slow provider and crash of legacy', 'ON', {
    faults: [
      sampled('provider of service: slow'),
      () => ({ kind: 'crash', process: 'legacy', atMs: 200, restartAfterMs: 200 }),
    ],
  }),
  ...(['service', 'legacy'] as const).map((process) =>
    single(`slow provider and termination of ${process}`, process === 'service' ? 'ON' : 'OFF', {
      faults: [
        () => ({ kind: 'provider', system: process, outcome: 'slow', delayMs: 450, ...SAMPLE_WINDOW }),
        () => ({ kind: 'terminate', process, atMs: 200, graceMs: 600, restartAfterMs: 200 }),
      ],
    }),
  ),
];

/** A client repeats the uuid of each message of a campaign with another payload. */
const repeated: readonly Stratum[] = [
  single('a campaign of 12, each uuid repeated', 'ON', {
    messages: 12,
    faults: Array.from({ length: 12 }, (_, index): FaultMaker => (variant) => ({
      kind: 'repeat',
      item: `${ENTRY.campaign}#${index + 1}`,
      changes: pick(REPEAT_CHANGES, index),
      afterMs: pick(REPEAT_DELAYS_MS, index + variant),
    })),
  }),
];

/** Accounts with just as many units as the campaign needs, and with one fewer. */
const accounts: readonly Stratum[] = (['ON', 'OFF'] as const).flatMap((mode) => [
  single('as many units as messages', mode, { messages: 3, quota: 3 }),
  single('a unit fewer than messages', mode, { messages: 3, quota: 2 }),
]);

/** The legacy app requests a full batch again `afterMs` after its entry, while the service's answer to the first request is delayed. */
function askedAgain(title: string, afterMs: number, faults: readonly FaultMaker[] = []): Stratum {
  const late: FaultMaker = () => ({
    kind: 'latency',
    stream: 'downstream',
    latencyMs: 700,
    jitterMs: 0,
    ...SAMPLE_WINDOW,
  });
  const again: FaultMaker = () => ({ kind: 'redelivery', campaign: ENTRY.campaign, atMs: ENTRY.atMs + afterMs });
  return single(title, 'ON', { messages: 8, faults: [late, again, ...faults] });
}

const askedTwice: readonly Stratum[] = [
  askedAgain('a full batch, asked again before its answer', 150),
  askedAgain('a full batch, asked again later before its answer', 300),
  ...['slow', 'reject', 'accept-lose-reply'].map((outcome) =>
    askedAgain(`a full batch, asked again, provider of service: ${outcome}`, 150, [
      sampled(`provider of service: ${outcome}`),
    ]),
  ),
];

/** Campaigns through two providers, whose accounts a system may mix up. */
const throughTwo: readonly Stratum[] = [
  single('two providers', 'ON', { messages: 4, providers: ['twilio', 'vonage'] }),
  single('two providers, refused', 'ON', { messages: 2, providers: ['twilio', 'vonage'], faults: [sampled('refuse')] }),
  single('two providers', 'OFF', { messages: 4, providers: ['twilio', 'vonage'] }),
];

/**
 * The strata without those of faults that were added to the catalogue later. The random runs of the simulated lane are planned with these,
 * because they must stay the same for each seed. They need no stratum of a pause: deviations pause a process whenever it wakes.
 */
export const SETTLED_STRATA: readonly Stratum[] = [
  ...faultless,
  ...strataOf(underOn),
  ...configurations.slice(0, 3),
  ...strataOf([...underShadow, ...underOff]),
  ...combined,
  ...configurations.slice(3),
];

/** All strata. The most useful ones are first, because a short plan holds only the beginning; new cells follow all settled ones. */
export const STRATA: readonly Stratum[] = [
  ...SETTLED_STRATA,
  ...strataOf(CELLS.filter((cell) => !placed.has(cell))),
  ...longAfter,
  ...campaigns,
  ...accounts,
  ...askedTwice,
  ...combinedLater,
  ...RECOVERY_STRATA,
  ...BREAKER_STRATA,
  ...throughTwo,
  ...TWIN_STRATA,
  ...PROBE_STRATA,
  ...repeated,
];

function strataOf(cells: readonly Cell[]): Stratum[] {
  return cells.map(({ stratum }) => stratum);
}
