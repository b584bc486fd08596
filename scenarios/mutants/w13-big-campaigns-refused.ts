// W13: a campaign of more than four items fails at every trigger.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { System } from '../../src/contract/system.ts';
import { openEntryWith } from './entry-rows.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const ITEMS_MAX = 4;

const openEntry = openEntryWith((context, rows) => {
  if (rows.length <= ITEMS_MAX) return rows;
  tookEffect(context, 'W13');
  throw new Error('the campaign is too big');
});

/** The properties that W13 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W13',
  name: 'big-campaigns-refused',
  breaks: ['S23'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `openEntry` replaced. */
export const system: System = sabotage({ openEntry }, { name: 'W13-big-campaigns-refused', module: import.meta.url });
