// The properties that --require demands to be judged.
import { PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import { catalogueStates } from '../formats/property-catalogue.ts';
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
