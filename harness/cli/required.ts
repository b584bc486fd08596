// The properties that --require demands to be judged.
import { CATALOGUE_IDS, type CatalogueId, catalogueStates } from '../formats/property-catalogue.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** What is required of a system; `all` is what applies to it. */
export function requiredOf(
  require: 'all' | readonly CatalogueId[] | undefined,
  { vantages }: Pick<SystemDescription, 'vantages'>,
): CatalogueId[] {
  if (require !== 'all') return [...(require ?? [])];
  const left = new Set(
    catalogueStates(vantages, []).flatMap(({ id, state }) => (state === 'not-applicable' ? [id] : [])),
  );
  return CATALOGUE_IDS.filter((id) => !left.has(id));
}
