// The only place where a message gets its uuid.
import type { Context } from '../contract/parts.ts';

/** A new uuid. It does not depend on the item. */
export function mintUuid(context: Context): string {
  return context.env.uuid();
}
