// W03: items whose numbers end in the same seven digits are treated as one.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { System } from '../../src/contract/system.ts';
import { openEntryWith } from './entry-rows.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const LOCAL_DIGITS = 7;

const openEntry = openEntryWith((context, rows) => {
  const byLocal = new Map(rows.toReversed().map((row) => [row.phone.slice(-LOCAL_DIGITS), row]));
  if (byLocal.size < rows.length) tookEffect(context, 'W03');
  return rows.filter((row) => byLocal.get(row.phone.slice(-LOCAL_DIGITS)) === row);
});

/** The properties that W03 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W03',
  name: 'dedupe-by-short-number',
  breaks: ['S23'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `openEntry` replaced. */
export const system: System = sabotage({ openEntry }, { name: 'W03-dedupe-by-short-number', module: import.meta.url });
