// W13: a campaign of more than four items fails, however often it is triggered.
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

/** What it is. */
export const mutant: MutantDescription = {
  id: 'W13',
  name: 'big-campaigns-refused',
  breaks: ['S23'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ openEntry }, { name: 'W13-big-campaigns-refused', module: import.meta.url });
