// The reference with a legacy app that logs the number of each entry since its process started.
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';

let entries = 0;

/** The reference with its part `receiveEntry` replaced. Processes load it from this module. */
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
