// What the symbols of a timeline mean.
import type { GuideEntry } from './entry.ts';

/** Each symbol as it is drawn, with a name that a shell takes without quotes. */
const SYMBOLS: readonly (readonly [symbol: string, name: string, meaning: string])[] = [
  [
    '|',
    'lifeline',
    'A system over time: the line under its name. Time flows down, in milliseconds since the start of the scenario.',
  ],
  ['-- send --->', 'arrow', 'A request, an answer, or a send to the provider, from one system to another.'],
  ['---- x', 'lost', 'A request or an answer that did not arrive: it was lost, or its receiver had stopped waiting.'],
  ['*', 'accepted', 'The provider accepted a send: the message is on its way to the recipient.'],
  ['x', 'ended', 'A failure: a crash, a call that timed out or broke, a send that the provider rejected.'],
  [
    'o',
    'happened',
    'An event of this system: an entry, a row, a log line, a flip of the mode, a restart. `enters, flag says ON`: the message has no mode of its own that the rig can read, and the flag of its tenant said ON.',
  ],
  ['!', 'fault', 'A fault took effect here, by its receipt.'],
  ['~', 'rig', 'An action of the rig: it applied or healed a fault, asked for recovery, or read a balance.'],
  ['>', 'witness', 'At the start of a line: this event is evidence of the finding.'],
];

/** The symbols as entries of the guide. */
export const SYMBOL_ENTRIES: readonly GuideEntry[] = SYMBOLS.map(([id, name, summary]) => ({
  id,
  kind: 'symbol',
  title: name,
  summary,
  facts: [],
}));
