// Violations of liveness properties, to be planted into lives: each makes one finding. Used by tests only.
import type { Way } from './life.fixture.ts';
import { also, isCharge, isFinalRow, isTry, logging, otherwise, type Planting, without } from './planting.fixture.ts';
import { sentAgain } from './acts.fixture.ts';

const SENT: readonly Way[] = ['service', 'fallback', 'off', 'shadow'];

/** Violations of liveness properties. */
export const LIVENESS_PLANTINGS: readonly Planting[] = [
  {
    property: 'L1',
    what: 'a message that was sent has no row in the log',
    ways: [...SENT, 'unreachable', 'unknown'],
    plant: without(isFinalRow),
  },
  {
    property: 'L1',
    what: 'a message is lost, and the log says that it was sent',
    ways: [...SENT, 'unreachable'],
    plant: without(isTry),
  },
  {
    property: 'L2',
    what: 'a message ends as unknown although no fault touched it',
    ways: SENT,
    plant: logging({ status: 'unknown' }),
  },
  {
    property: 'L2',
    what: 'a message is not sent although no fault touched it',
    ways: SENT,
    plant: without(isTry),
  },
  {
    property: 'L2',
    what: 'a message is sent twice although no fault touched it',
    ways: SENT,
    plant: also((life) => sentAgain(life, 'legacy', 56)),
  },
  {
    property: 'L3',
    what: 'the legacy app does not send while the service is unreachable',
    ways: ['unreachable'],
    plant: without(isTry),
  },
  {
    property: 'L3',
    what: 'the legacy app sends too late while the service is unreachable',
    ways: ['unreachable'],
    plant: otherwise(
      ({ kind }) => kind === 'accept',
      ({ ms, what }) => ({ ms: ms + 4_000, what }),
    ),
  },
  {
    property: 'L4',
    what: 'the log calls a message unknown that nothing had left in doubt',
    ways: [...SENT, 'again', 'probe'],
    plant: logging({ status: 'unknown' }),
  },
  {
    property: 'L4',
    what: 'the authority calls a message unknown that nothing had left in doubt',
    ways: [...SENT, 'again', 'probe'],
    plant: otherwise(
      (what) => what.kind === 'row' && what.after?.['state'] === 'SENT',
      ({ ms, what }) => ({
        ms,
        what: what.kind === 'row' ? { ...what, after: { ...what.after, state: 'UNKNOWN' } } : what,
      }),
    ),
  },
  {
    property: 'L5',
    what: 'a message that was sent is never charged',
    ways: ['service', 'fallback', 'off', 'unreachable'],
    plant: without(isCharge),
  },
  {
    property: 'L5',
    what: 'the two logs still differ about a message',
    ways: ['service'],
    plant: logging({ provider_message_id: null }),
  },
];
