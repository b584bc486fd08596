// The histories of the excuses of systems that do not show the uuid of each message, in docs/excuses.md. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { VANTAGES } from '../formats/vantages.ts';
import { at, balance, historyOf, log, logRow, quiescent, request, sent, trigger } from '../history/history.fixture.ts';

const atRest = at(4_000, quiescent);
const triggered = at(0, trigger());
const asked = at(10, request('front', 'f', { uuids: ['u1'] }));

/** The history of a system that shows uuids in requests only. */
export function unnamed(events: readonly Observation[]): History {
  const vantages = VANTAGES.filter((vantage) => vantage !== 'identity' && vantage !== 'entry');
  return historyOf({ bindings: [], changes: { vantages } }, [triggered, ...events, atRest]);
}

/** The same of a system whose rows show them, and have none. */
function named(events: readonly Observation[]): History {
  return historyOf({}, [triggered, ...events, atRest]);
}

const told = (uuid: string): Observation => at(20, logRow(uuid, { status: 'accepted' }));
const doubt = (uuid: string): Observation => at(20, logRow(uuid, { status: 'unknown' }));
const uncharged = [...sent(10, 'service'), at(4_001, balance(100))];
const line = at(12, log('legacy', 'LEGACY_SEND_FALLBACK_ON_MODE message_uuid=u9'));

/** Each as in excuses.fixture.ts. */
export const IDENTITY_EXCUSES = {
  S8: { without: named([told('u9')]), excused: unnamed([told('u9')]), inSpite: unnamed([asked, told('u1')]) },
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
};
