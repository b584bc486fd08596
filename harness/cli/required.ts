// The properties that --require demands to be judged.
import { PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import { catalogueStates, hiddenProperties } from '../formats/property-catalogue.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** What is required of a system; `all` is what applies to it. */
export function requiredOf(
  require: 'all' | readonly PropertyId[] | undefined,
  { vantages }: Pick<SystemDescription, 'vantages'>,
): PropertyId[] {
  if (require !== 'all') return [...(require ?? [])];
  const left = new Set(
    catalogueStates(vantages, []).flatMap(({ id, state }) => (state === 'not-applicable' ? [id] : [])),
  );
  return PROPERTY_IDS.filter((id) => !left.has(id));
}

/** A line for each required property that no run can judge: it is known before the first one. */
export function hiddenNotes(
  required: readonly PropertyId[],
  { vantages }: Pick<SystemDescription, 'vantages'>,
): string[] {
  return hiddenProperties(vantages)
    .filter(({ id }) => required.includes(id))
    .map(
      ({ id, missing }) =>
        `--require ${id}: it will not be judged, since the system does not show ${missing.join(', ')}`,
    );
}
