// The reference with a legacy app that counts the entries of its process, which shows how long the process has lived.
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';

let entries = 0;

/** The system, as processes load it: from this module. */
export const system: System = sabotage(
  {
    receiveEntry(context, request) {
      entries += 1;
      context.env.log(`entry ${entries} of this process`);
      return referenceParts.receiveEntry(context, request);
    },
  },
  { name: 'counting', module: import.meta.url },
);
