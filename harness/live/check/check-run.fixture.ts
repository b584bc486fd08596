// Histories of a check's run, as tests need them: one message in each mode, and one after a flip.
import type { Role } from '../../../src/contract/message.ts';
import type { Observation } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { accept, answer, at, attempt, entry, historyOf, request } from '../../history/history.fixture.ts';
import { modesScenario } from './scenarios.ts';

const NAMES = ['check-off', 'check-shadow', 'check-on', 'check-flipped'];
/** Its items, in the order of the uuids. */
export const items = NAMES.map((campaign, index) => ({
  item: `${campaign}#1`,
  campaign,
  tenant: 't1',
  recipient: `+9991${index + 1}`,
  body: `message c1#${index + 1}`,
}));

/** The history of a check's run with these events. The uuids u1 to u4 belong to the messages of OFF, SHADOW, ON and after the flip. */
export function runOf(events: readonly Observation[], changes: Partial<History> = {}): History {
  return historyOf({ changes: { items, scenario: modesScenario({ flagStalenessMs: 0 }), ...changes } }, events);
}

/** Each message gets its uuid. */
export const entered = [1, 2, 3, 4].map((number) => at(number, entry(`c1#${number}`, `u${number}`)));

/** A system sends the item with this index. */
export function sentBy(system: Role, index: number): Observation[] {
  const item = items[index]?.item ?? '';
  return [at(10, attempt(system, item, `p${index}`)), at(11, accept(system, item, `p${index}`))];
}

/** A request with this uuid, and its answer. */
export const asked = (uuid: string, dryRun: boolean): Observation[] => [
  at(5, request('front', uuid, { uuids: [uuid], dryRun })),
  at(8, answer('front', uuid, { elapsedMs: 3, uuids: [uuid] })),
];
