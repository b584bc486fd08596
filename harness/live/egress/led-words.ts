// Describes in words by which variables the requests of processes are redirected.
import { ROLES } from '../../../src/contract/message.ts';
import type { Slot } from '../slot.ts';

/** Names the variables that redirect requests, except those that the description overrides. Undefined when nothing is redirected. */
export function ledWords({
  variables,
  description: { processes },
}: Pick<Slot, 'variables' | 'description'>): string | undefined {
  const names = Object.keys(variables.legacy).filter((name) => name === name.toUpperCase());
  if (names.length === 0) return undefined;
  const own = ROLES.flatMap((role) =>
    names.flatMap((name) => (name in processes[role].environment ? [`${name} of the ${role} process`] : [])),
  );
  const exceptions = own.length === 0 ? '' : `, except ${own.join(', ')}, which the description sets`;
  return `SDKs with fixed hosts are redirected by ${names.join(', ')}${exceptions}`;
}
