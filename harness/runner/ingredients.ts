// The ingredients of a case: each part that can be necessary for a violation, with the cases that lack it or have another value of it.
// Pure: a lane finds out which of these cases violate.
import { MODES } from '../../src/contract/mode.ts';
import { faultWords } from '../faults/catalogue.ts';
import { timesOf } from '../faults/times.ts';
import type { Case } from '../formats/case.ts';
import type { Explanation } from '../formats/explanation.ts';
import type { Scenario, Step, Tenant } from '../formats/scenario.ts';
import { deviationWords } from './deviation-words.ts';
import { prune } from './shrink-candidates.ts';

type Kind = Explanation['ingredients'][number]['kind'];
type Entry = Extract<Step, { kind: 'entry' }>;

/** One part of a case. */
export interface Ingredient {
  readonly kind: Kind;
  /** Its name in reports, for example `the flip of tenant-1 to OFF`. */
  readonly words: string;
  /** The cases without it, or with other values of it. */
  readonly instead: readonly Instead[];
}

/** A case that differs in one ingredient, with the difference in words. */
export interface Instead {
  /** For example `without the flip of tenant-1 to OFF`. */
  readonly words: string;
  readonly case: Case;
}

/** The shortest delay, in milliseconds. */
const LEAST_MS = 1;

/** The largest offset that a step or a crash can have, in milliseconds. */
const TIME_MS_MAX = 60_000;

/** The ingredients of a case. Cases that differ only in times and seeds have the same ingredients in the same order. */
export function ingredientsOf(whole: Case): Ingredient[] {
  return [
    ...faults(whole),
    ...deviations(whole),
    ...faultTimes(whole),
    ...whole.scenario.steps.flatMap((step, index) => ofStep(whole, step, index)),
    ...whole.scenario.tenants.flatMap((tenant, index) => ofTenant(whole, tenant, index)),
    ...hosts(whole),
  ];
}

function faults({ scenario, deviations: decided }: Case): Ingredient[] {
  return scenario.faults.map((fault, index) =>
    without('fault', `the fault ${faultWords(fault)}`, {
      scenario: { ...scenario, faults: scenario.faults.toSpliced(index, 1) },
      deviations: decided,
    }),
  );
}

function deviations({ scenario, deviations: decided }: Case): Ingredient[] {
  return decided.map((deviation, index) =>
    without('deviation', deviationWords(deviation), { scenario, deviations: decided.toSpliced(index, 1) }),
  );
}

/** The times of faults: a delay is tried at its minimum, a moment is tried earlier and later. */
function faultTimes(whole: Case): Ingredient[] {
  const { scenario } = whole;
  return scenario.faults.flatMap((fault, index) =>
    timesOf(fault).map(({ words, atMs, at }): Ingredient => {
      const others = 'atMs' in fault ? otherMoments(atMs) : [LEAST_MS];
      const instead = others.map((ms) => ({
        words: `with ${ms} ms instead of ${atMs} ms as ${words}`,
        case: withScenario(whole, { faults: scenario.faults.with(index, at(ms)) }),
      }));
      return { kind: 'time', words: `${words}: ${atMs} ms`, instead };
    }),
  );
}

function ofStep(whole: Case, step: Step, index: number): Ingredient[] {
  const { steps } = whole.scenario;
  const gone = withScenario(whole, { steps: steps.toSpliced(index, 1) });
  switch (step.kind) {
    case 'entry':
      return ofEntry(whole, step, index);
    case 'flip':
      return [
        without('flip', `the flip of ${step.tenant} to ${step.mode}`, gone),
        moment(whole, `the moment of the flip of ${step.tenant} to ${step.mode}`, index),
      ];
    case 'recover':
      return [without('setting', `the recovery at ${step.atMs} ms`, gone)];
    case 'reconcile':
      return [without('setting', 'the reconciliation', gone)];
  }
}

/** The ingredients of an entry. The only message of a case is none, since nothing happens without it; nor is the only moment of a case. */
function ofEntry(whole: Case, entry: Entry, index: number): Ingredient[] {
  const { steps } = whole.scenario;
  const { campaign, messages, numbers, providers, ...rest } = entry;
  const withEntry = (changed: Entry): Case => withScenario(whole, { steps: steps.with(index, changed) });
  const isOnly = steps.filter(({ kind }) => kind === 'entry').length === 1;
  const isTimed = steps.some((other, place) => place !== index && 'atMs' in other);
  const plain: Entry = { ...rest, campaign, messages };
  return [
    ...(isOnly
      ? []
      : [without('message', `the messages of ${campaign}`, withScenario(whole, { steps: steps.toSpliced(index, 1) }))]),
    ...(messages === 1
      ? []
      : [without('message', `the message ${campaign}#${messages}`, withEntry({ ...entry, messages: messages - 1 }))]),
    ...(numbers === undefined
      ? []
      : [
          without(
            'setting',
            `that the numbers of ${campaign} are ${numbers}`,
            withEntry(providers === undefined ? plain : { ...plain, providers }),
          ),
        ]),
    ...(providers === undefined
      ? []
      : [
          without(
            'setting',
            `the providers of ${campaign}`,
            withEntry(numbers === undefined ? plain : { ...plain, numbers }),
          ),
        ]),
    ...(isTimed ? [moment(whole, `the moment of the entry of ${campaign}`, index)] : []),
  ];
}

function ofTenant(whole: Case, tenant: Tenant, index: number): Ingredient[] {
  const { tenants, steps } = whole.scenario;
  const withTenant = (changed: Tenant): Case => withScenario(whole, { tenants: tenants.with(index, changed) });
  const { key, mode, quota } = tenant;
  const wanted = steps.reduce(
    (sum, step) => sum + (step.kind === 'entry' && step.tenant === key ? step.messages : 0),
    0,
  );
  // With a flip the tenant has several modes; this one is where it begins.
  const isFlipped = steps.some((step) => step.kind === 'flip' && step.tenant === key);
  const modes: Ingredient = {
    kind: 'mode',
    words: mode === null ? `that ${key} has no flag` : `the ${isFlipped ? 'first ' : ''}mode ${mode} of ${key}`,
    instead: MODES.filter((other) => other !== mode).map((other) => ({
      words: `with ${key} in mode ${other}`,
      case: withTenant({ ...tenant, mode: other }),
    })),
  };
  const ample = { words: `with a quota of ${wanted} for ${key}`, case: withTenant({ ...tenant, quota: wanted }) };
  return quota >= wanted
    ? [modes]
    : [modes, { kind: 'setting', words: `the quota ${quota} of ${key}`, instead: [ample] }];
}

function hosts({ scenario, deviations: decided }: Case): Ingredient[] {
  const { serviceInstances, skewMicros, ...rest } = scenario;
  const found: Ingredient[] = [];
  if (serviceInstances === 2) {
    const one = skewMicros === undefined ? rest : { ...rest, skewMicros };
    found.push(without('setting', 'the second service process', { scenario: one, deviations: decided }));
  }
  if (skewMicros !== undefined) {
    const right = serviceInstances === undefined ? rest : { ...rest, serviceInstances };
    found.push(without('setting', 'the clocks that are off', { scenario: right, deviations: decided }));
  }
  return found;
}

function moment(whole: Case, words: string, index: number): Ingredient {
  const { steps } = whole.scenario;
  const step = steps[index];
  const atMs = step !== undefined && 'atMs' in step ? (step.atMs ?? 0) : 0;
  const instead = otherMoments(atMs).flatMap((ms) =>
    step === undefined
      ? []
      : [
          {
            words: `with ${ms} ms instead of ${atMs} ms as ${words}`,
            case: withScenario(whole, { steps: steps.with(index, { ...step, atMs: ms }) }),
          },
        ],
  );
  return { kind: 'time', words: `${words}: ${atMs} ms`, instead };
}

/** Moments much earlier and much later than this one. */
function otherMoments(atMs: number): number[] {
  const others = [0, Math.floor(atMs / 2), Math.min(TIME_MS_MAX, atMs + 1_000), Math.min(TIME_MS_MAX, atMs + 3_000)];
  return [...new Set(others)].filter((ms) => ms !== atMs);
}

function without(kind: Kind, words: string, rest: Case): Ingredient {
  const pruned = { scenario: prune(rest.scenario), deviations: rest.deviations };
  return { kind, words, instead: [{ words: `without ${words}`, case: pruned }] };
}

function withScenario({ scenario, deviations: decided }: Case, changed: Partial<Scenario>): Case {
  return { scenario: { ...scenario, ...changed }, deviations: decided };
}
