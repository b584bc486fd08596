// The histories of the excuses of systems that hide uuids of messages or beginnings of sends, in docs/excuses.md. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import { VANTAGES } from '../formats/vantages.ts';
import {
  at,
  balance,
  entry,
  historyOf,
  log,
  logRow,
  nemesis,
  quiescent,
  request,
  sent,
  trigger,
} from '../history/history.fixture.ts';

const atRest = at(4_000, quiescent);
const triggered = at(0, trigger());
const asked = at(10, request('front', 'f', { uuids: ['u1'] }));

/** The history of a system that shows uuids in requests only. */
export function unnamed(events: readonly Observation[]): History {
  const vantages = VANTAGES.filter((vantage) => vantage !== 'identity' && vantage !== 'entry');
  return historyOf({ bindings: [], changes: { vantages } }, [triggered, ...events, atRest]);
}

/** The same for a system whose rows show uuids. Its rows have none here. */
function named(events: readonly Observation[]): History {
  return historyOf({}, [triggered, ...events, atRest]);
}

const logged = (uuid: string): Observation => at(20, logRow(uuid, { status: 'accepted' }));
const doubt = (uuid: string): Observation => at(20, logRow(uuid, { status: 'unknown' }));
const uncharged = [...sent(10, 'service'), at(4_001, balance(100))];
const line = at(12, log('legacy', 'LEGACY_SEND_FALLBACK_ON_MODE message_uuid=u9'));

/** The service is killed after 150 ms, and a message that entered at this time ends as unknown without an attempt. */
function heldFrom(enteredMs: number, vantages: History['vantages']): History {
  const ended = at(4_000, logRow('u1', { status: 'unknown' }));
  const events = [
    at(enteredMs, entry('c1#1', 'u1')),
    at(150, nemesis({ crash: 'service' })),
    at(250, nemesis({ restart: 'service' })),
    ended,
    at(4_500, quiescent),
  ];
  const crash: Fault = { kind: 'crash', process: 'service', atMs: 150, restartAfterMs: 100 };
  return historyOf({ faults: [crash], changes: { vantages } }, events);
}

/** In the form of `EXCUSES` in excuses.fixture.ts. */
export const IDENTITY_EXCUSES = {
  S8: { without: named([logged('u9')]), excused: unnamed([logged('u9')]), inSpite: unnamed([asked, logged('u1')]) },
  S9: {
    without: named([...uncharged, doubt('u9')]),
    excused: unnamed([...uncharged, doubt('u9')]),
    inSpite: unnamed(uncharged),
  },
  S10: {
    without: named([...uncharged, doubt('u9')]),
    excused: unnamed([...uncharged, doubt('u9')]),
    inSpite: unnamed(uncharged),
  },
  S21: {
    without: named([line, ...sent(20, 'legacy')]),
    excused: unnamed([line, ...sent(20, 'legacy')]),
    inSpite: unnamed([asked, ...sent(20, 'legacy')]),
  },
  L4: {
    without: heldFrom(100, [...VANTAGES]),
    excused: heldFrom(100, ['wire', 'database']),
    inSpite: heldFrom(1_300, ['wire', 'database']),
  },
};
