// The properties that must be judged because of --require.
import { PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import { catalogueStates, hiddenProperties } from '../formats/property-catalogue.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** The required properties; `all` means those that apply to the system. */
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

/** A line for each required property that no run can judge, because the system does not show enough. */
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
