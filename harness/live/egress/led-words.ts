// By which variables processes are led, for people.
import { ROLES } from '../../../src/contract/message.ts';
import type { Slot } from '../slot.ts';

/** By which variables the processes of a slot are led; undefined for those that are not. Those of a description win, and lead nowhere. */
export function ledWords({
  variables,
  description: { processes },
}: Pick<Slot, 'variables' | 'description'>): string | undefined {
  const names = Object.keys(variables.legacy).filter((name) => name === name.toUpperCase());
  if (names.length === 0) return undefined;
  const own = ROLES.flatMap((role) =>
    names.flatMap((name) => (name in processes[role].environment ? [`${name} of the ${role} process`] : [])),
  );
  const exceptions = own.length === 0 ? '' : `, but for ${own.join(', ')}, which the description sets`;
  return `SDKs with fixed hosts are redirected by ${names.join(', ')}${exceptions}`;
}
