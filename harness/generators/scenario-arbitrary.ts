// The arbitrary of whole scenarios: several tenants and campaigns, flips, quotas, and at most three faults in different places.
import * as fc from 'fast-check';
import type { Scenario, Step, Tenant } from '../formats/scenario.ts';
import { faultDraftArbitrary } from './fault-arbitraries.ts';
import { BATCH_SIZES, ENTRY_TIMES_MS, LARGE_BATCH_SIZES, MODE_TEXTS, QUOTAS } from './magnitudes.ts';

/** The most faults of a random scenario, of all kinds together. */
export const FAULT_BUDGET = 3;

const tenantDraft = fc.record({ mode: fc.constantFrom(...MODE_TEXTS), quota: fc.constantFrom(...QUOTAS) });
const entryDraft = fc.record({
  tenant: fc.nat({ max: 2 }),
  messages: fc.oneof(
    { weight: 39, arbitrary: fc.constantFrom(...BATCH_SIZES) },
    { weight: 1, arbitrary: fc.constantFrom(...LARGE_BATCH_SIZES) },
  ),
  numbers: fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constantFrom('near' as const, 'equal' as const) },
  ),
  providers: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(['twilio', 'vonage'] as const, ['vonage'] as const) },
  ),
  atMs: fc.constantFrom(...ENTRY_TIMES_MS),
});
const flipDraft = fc.record({
  tenant: fc.nat({ max: 2 }),
  mode: fc.constantFrom('OFF', 'SHADOW', 'ON'),
  atMs: fc.constantFrom(50, 150, 300, 600),
});

const draft = fc.record({
  seed: fc.nat({ max: 2_147_483_646 }),
  tenants: fc.oneof(
    { weight: 5, arbitrary: fc.array(tenantDraft, { minLength: 1, maxLength: 1 }) },
    { weight: 3, arbitrary: fc.array(tenantDraft, { minLength: 2, maxLength: 3 }) },
  ),
  entries: fc.oneof(
    { weight: 4, arbitrary: fc.array(entryDraft, { minLength: 1, maxLength: 1 }) },
    { weight: 3, arbitrary: fc.array(entryDraft, { minLength: 2, maxLength: 3 }) },
  ),
  flips: fc.oneof(
    { weight: 4, arbitrary: fc.array(flipDraft, { maxLength: 0 }) },
    { weight: 1, arbitrary: fc.array(flipDraft, { minLength: 1, maxLength: 2 }) },
  ),
  reconcile: fc.constantFrom(false, false, true),
  faultCount: fc.constantFrom(0, 0, 1, 1, 1, 1, 1, 2, 2, FAULT_BUDGET),
  faults: fc.uniqueArray(faultDraftArbitrary, {
    selector: ({ place }) => place,
    minLength: FAULT_BUDGET,
    maxLength: FAULT_BUDGET,
  }),
});

type Draft = typeof draft extends fc.Arbitrary<infer D> ? D : never;

/** Any scenario of the generator's distribution. Every value passes `scenarioSchema`. */
export const scenarioArbitrary: fc.Arbitrary<Scenario> = draft.map(scenarioOf);

function scenarioOf(from: Draft): Scenario {
  const entries = from.entries.map((entry, index) => ({
    kind: 'entry' as const,
    campaign: `campaign-${index + 1}`,
    tenant: tenantKey(entry.tenant % from.tenants.length),
    messages: entry.messages,
    ...(entry.providers === undefined ? {} : { providers: [...entry.providers] }),
    ...(entry.numbers === undefined || entry.messages === 1 ? {} : { numbers: entry.numbers }),
    atMs: entry.atMs,
  }));
  const tenants = from.tenants.map(({ mode, quota }, index): Tenant => {
    const key = tenantKey(index);
    const own = entries.filter(({ tenant }) => tenant === key).map(({ messages }) => messages);
    const needed = own.reduce((sum, messages) => sum + messages, 0);
    return { key, mode, quota: unitsOf(quota, needed) };
  });
  const flips = from.flips.map((flip) => ({
    kind: 'flip' as const,
    tenant: tenantKey(flip.tenant % tenants.length),
    mode: flip.mode,
    atMs: flip.atMs,
  }));
  const steps: Step[] = [...entries, ...flips, ...(from.reconcile ? [{ kind: 'reconcile' as const }] : [])];
  const faults = from.faults.slice(0, from.faultCount).map((fault) => fault.among(entries));
  return { format: 'onesend.scenario/1', name: 'random', seed: from.seed, tenants, steps, faults };
}

function unitsOf(quota: (typeof QUOTAS)[number], needed: number): number {
  if (typeof quota === 'number') return quota;
  return quota === 'just enough' ? needed : Math.max(0, needed - 1);
}

function tenantKey(index: number): string {
  return `tenant-${index + 1}`;
}
