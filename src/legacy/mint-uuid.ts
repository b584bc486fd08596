// The only place where a message gets its uuid.
import type { Context } from '../contract/parts.ts';

/** A new uuid for one item, whichever it is. */
export function mintUuid(context: Context): string {
  return context.env.uuid();
}
