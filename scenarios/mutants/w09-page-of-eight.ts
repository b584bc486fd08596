// W09: an entry reads a first page of eight items of its campaign, and never a second page.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { System } from '../../src/contract/system.ts';
import { openEntryWith } from './entry-rows.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const PAGE = 8;

const openEntry = openEntryWith((context, rows) => {
  if (rows.length > PAGE) tookEffect(context, 'W09');
  return rows.toSorted((a, b) => a.id - b.id).slice(0, PAGE);
});

/** The properties that W09 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W09',
  name: 'page-of-eight',
  breaks: ['S23'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `openEntry` replaced. */
export const system: System = sabotage({ openEntry }, { name: 'W09-page-of-eight', module: import.meta.url });
