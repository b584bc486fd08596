// Violations of modes and rehearsals, to be planted into lives: each makes one finding. Used by tests only.
import type { Mode } from '../../../src/contract/mode.ts';
import { askedAlone } from './acts.fixture.ts';
import { firstOf, type Life, modeOf, type Moment } from './life.fixture.ts';
import { WAYS } from './lives.fixture.ts';
import { also, logging, otherwise, type Plant, type Planting, without } from './planting.fixture.ts';
import { at, tried } from './ways.fixture.ts';

/** Violations of S5, S13, S16 and L8. */
export const MODE_PLANTINGS: readonly Planting[] = [
  {
    property: 'S5',
    what: 'the service tries to send a message that it rehearsed',
    ways: ['shadow'],
    plant: also((life) => [at(life, 50, tried(life, firstOf(life), { system: 'service' }))]),
  },
  {
    property: 'S5',
    what: 'a rehearsed message is logged as sent by the service',
    ways: ['shadow'],
    plant: logging({ source: 'go' }),
  },
  {
    property: 'S13',
    what: 'a rehearsal is answered with an error',
    ways: ['shadow'],
    plant: otherwise(
      (what) => what.kind === 'answer' && what.tap === 'front',
      ({ ms, what }) => ({ ms, what: what.kind === 'answer' ? { ...what, status: 503, results: [] } : what }),
    ),
  },
  {
    property: 'S13',
    what: 'a rehearsal is never answered',
    ways: ['shadow'],
    plant: without((what) => what.kind === 'answer' && what.tap === 'front'),
  },
  {
    property: 'S13',
    what: 'a message is left out of the rehearsal',
    ways: ['shadow'],
    plant: otherwise(
      ({ kind }) => kind === 'request',
      ({ ms, what }) => ({ ms, what: what.kind === 'request' ? { ...what, uuids: what.uuids.slice(1) } : what }),
    ),
  },
  {
    property: 'S16',
    what: 'a message is pinned to a mode that was not flagged',
    ways: WAYS,
    plant: pinning(strangeTo),
  },
  {
    property: 'S16',
    what: 'the mode of a message is changed',
    ways: WAYS,
    plant: pinning(strangeTo, ({ before }) => before?.['message_uuid'] !== null),
  },
  {
    property: 'S16',
    what: 'the service is asked to send a message that entered in another mode than ON',
    ways: ['off', 'shadow'],
    plant: also((life) => [at(life, 10, askedAlone(life, `also-${life.campaign}`))]),
  },
  {
    property: 'S16',
    what: 'the service is asked to rehearse a message that entered in ON',
    ways: ['service', 'rejected', 'unknown', 'unreachable'],
    plant: also((life) => [at(life, 10, askedAlone(life, `also-${life.campaign}`, { dryRun: true }))]),
  },
  {
    property: 'L8',
    what: 'a message is pinned to the mode from before the flip',
    ways: WAYS,
    tenants: ({ flippedFrom }) => flippedFrom !== undefined,
    plant: pinning(({ tenant }) => tenant.flippedFrom ?? tenant.mode),
  },
  {
    property: 'L8',
    what: 'a message that entered before a flip never ends',
    ways: WAYS,
    tenants: ({ flippedTo }) => flippedTo !== undefined,
    plant: without((what) => what.kind === 'row' && what.table === 'sms_logs'),
  },
];

/** Changes the pinned mode in the rows of the first message: in all of them, or in those that match. */
function pinning(modeFor: (life: Life) => Mode, matches: (row: Row) => boolean = () => true): Plant {
  return (moments, life) =>
    otherwise(
      (what) => what.kind === 'row' && what.table === 'campaign_sms' && matches(what),
      ({ ms, what }) => ({
        ms,
        what: what.kind === 'row' ? { ...what, after: { ...what.after, mode: modeFor(life) } } : what,
      }),
    )(moments, life);
}

type Row = Extract<Moment['what'], { kind: 'row' }>;

/** A mode that the messages of a life did not enter in. */
function strangeTo({ way }: Life): Mode {
  return modeOf(way) === 'SHADOW' ? 'ON' : 'SHADOW';
}
