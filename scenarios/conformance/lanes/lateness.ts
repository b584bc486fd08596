// How far the live lane was behind the simulated one in the same scenario, by what both saw: so it is told apart whether a machine kept the
// margin, without a look at any verdict.
import type { HistoryEvent } from '../../../harness/formats/event.ts';
import type { History } from '../../../harness/formats/history.ts';

/** Recovery comes later on either lane, and at its own time on each. */
const ACTIVE_MS = 2_000;

/** The longest time by which something that both lanes saw came later, or earlier, on the live lane. */
export function latenessMs(sim: History, live: History): number {
  const seenLive = milestones(live);
  let mostMs = 0;
  for (const [name, atMicros] of milestones(sim)) {
    const atLive = seenLive.get(name);
    if (atMicros > ACTIVE_MS * 1_000 || atLive === undefined) continue;
    mostMs = Math.max(mostMs, Math.abs(atLive - atMicros) / 1_000);
  }
  return mostMs;
}

/** The moments of a history by a name that they have on both lanes. */
function milestones(history: History): Map<string, number> {
  const found = new Map<string, number>();
  for (const event of history.events) {
    const name = nameOf(event);
    if (name === undefined) continue;
    let count = 1;
    while (found.has(`${name} ${count}`)) count += 1;
    found.set(`${name} ${count}`, event.earliest);
  }
  return found;
}

function nameOf(event: HistoryEvent): string | undefined {
  switch (event.kind) {
    case 'attempt':
      return `${event.system} tries ${event.item ?? ''}`;
    case 'user-response':
      return `user of ${event.campaign}`;
    case 'request':
      return `${event.tap} request of ${event.uuids.length}${event.dryRun === true ? ', dry' : ''}`;
    default:
      return undefined;
  }
}
