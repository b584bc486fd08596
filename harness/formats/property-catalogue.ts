// The catalogue: all properties that a migration should have, and the vantages that each needs. A claim lists which of them it covers.
import { z } from 'zod';
import type { Evidence } from './evidence.ts';
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from './finding.ts';
import { type Vantage, vantagesSchema } from './vantages.ts';

/** One property of the catalogue. */
interface CatalogueEntry {
  readonly title: string;
  /** The vantages that are needed to judge it. */
  readonly vantages: readonly Vantage[];
  /** The part of a system that the property is about; it does not apply to a system without this part. */
  readonly about?: Vantage;
}

/** The safety properties, then the liveness properties, in the order of the reports. */
export const CATALOGUE = {
  S1: { title: PROPERTIES.S1, vantages: ['wire'] },
  S2: { title: PROPERTIES.S2, vantages: ['wire'] },
  S3: { title: PROPERTIES.S3, vantages: ['wire', 'database', 'authority'], about: 'authority' },
  S4: { title: PROPERTIES.S4, vantages: ['wire', 'database'] },
  S5: { title: PROPERTIES.S5, vantages: ['wire', 'database'] },
  S6: { title: PROPERTIES.S6, vantages: ['wire', 'database', 'entry'] },
  S7: { title: PROPERTIES.S7, vantages: ['database'] },
  S8: { title: PROPERTIES.S8, vantages: ['wire', 'database'] },
  S9: { title: PROPERTIES.S9, vantages: ['wire', 'database'] },
  S10: { title: PROPERTIES.S10, vantages: ['wire', 'database'] },
  S11: { title: PROPERTIES.S11, vantages: ['wire', 'duplicates'] },
  S12: { title: PROPERTIES.S12, vantages: ['wire', 'database'] },
  S13: { title: PROPERTIES.S13, vantages: ['wire'] },
  S14: { title: PROPERTIES.S14, vantages: ['wire'] },
  S15: { title: PROPERTIES.S15, vantages: ['wire', 'database', 'breaker'] },
  S16: { title: PROPERTIES.S16, vantages: ['wire', 'database'] },
  S17: { title: PROPERTIES.S17, vantages: ['wire', 'database', 'reconciliation'] },
  S18: { title: PROPERTIES.S18, vantages: ['wire'] },
  S19: { title: PROPERTIES.S19, vantages: ['wire', 'results'] },
  S20: { title: PROPERTIES.S20, vantages: ['wire', 'database', 'authority'], about: 'authority' },
  S21: { title: PROPERTIES.S21, vantages: ['wire', 'database', 'log'] },
  S22: { title: PROPERTIES.S22, vantages: ['wire'] },
  S23: { title: PROPERTIES.S23, vantages: ['wire', 'database', 'identity', 'admission'] },
  S24: { title: PROPERTIES.S24, vantages: ['wire', 'database', 'entry', 'admission', 'counts'] },
  L1: { title: PROPERTIES.L1, vantages: ['wire', 'database'] },
  L2: { title: PROPERTIES.L2, vantages: ['wire', 'database'] },
  L3: { title: PROPERTIES.L3, vantages: ['wire', 'database', 'identity'] },
  L4: { title: PROPERTIES.L4, vantages: ['wire', 'database'] },
  L5: { title: PROPERTIES.L5, vantages: ['wire', 'database'] },
  L6: { title: PROPERTIES.L6, vantages: ['wire', 'database', 'breaker'] },
  L7: { title: PROPERTIES.L7, vantages: ['database', 'authority'], about: 'authority' },
  L8: { title: PROPERTIES.L8, vantages: ['wire', 'database'] },
} as const satisfies Readonly<Record<PropertyId, CatalogueEntry>>;

/** The schema of a property that cannot be judged, with the vantages that are missing. */
export const hiddenPropertySchema = z.strictObject({
  id: z.enum(PROPERTY_IDS),
  /** The vantages that the property needs and the system lacks. */
  missing: vantagesSchema,
  /** Whether the system has the part that the property is about. */
  applies: z.boolean(),
});

/** A property that cannot be judged, with the vantages that are missing. */
export type HiddenProperty = z.infer<typeof hiddenPropertySchema>;

/** The properties that no run can judge of a system with these vantages. */
export function hiddenProperties(vantages: readonly Vantage[]): HiddenProperty[] {
  return PROPERTY_IDS.flatMap((id) => {
    const { vantages: needed, about }: CatalogueEntry = CATALOGUE[id];
    const missing = needed.filter((each) => !vantages.includes(each));
    const applies = about === undefined || vantages.includes(about);
    return missing.length === 0 ? [] : [{ id, missing, applies }];
  });
}

/** The schema of whether a property was judged. */
export const catalogueStateSchema = z.strictObject({
  id: z.enum(PROPERTY_IDS),
  /** Whether the property was judged. A claim covers `judged` ones only; `not-applicable` ones do not count among the properties. */
  state: z.enum(['judged', 'not-observed', 'not-applicable']),
});

/** Whether a property was judged. */
export type CatalogueState = z.infer<typeof catalogueStateSchema>;

/** Whether each property of the catalogue was judged in the runs of a system with these vantages: `judged` means on every lane. */
export function catalogueStates(
  vantages: readonly Vantage[],
  lanes: readonly { readonly evidence: Evidence }[],
): CatalogueState[] {
  return PROPERTY_IDS.map((id) => {
    const { about }: CatalogueEntry = CATALOGUE[id];
    if (about !== undefined && !vantages.includes(about)) return { id, state: 'not-applicable' };
    const isJudged = lanes.every(({ evidence }) => evidence.properties[id]?.observed === true);
    return { id, state: isJudged ? 'judged' : 'not-observed' };
  });
}
