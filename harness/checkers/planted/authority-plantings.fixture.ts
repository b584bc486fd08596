// Violations of the authority over messages, to be planted into lives: each makes one finding. Used by tests only.
import { firstOf, type Moment, type Way } from './life.fixture.ts';
import { also, otherwise, type Planting, without } from './planting.fixture.ts';
import { authority } from './rows.fixture.ts';
import { at, tried } from './ways.fixture.ts';

const BY_SERVICE: readonly Way[] = ['service', 'rejected', 'unknown', 'again', 'probe'];
const BY_LEGACY: readonly Way[] = ['fallback', 'off', 'shadow', 'unreachable'];
const SENT: readonly Way[] = [...BY_SERVICE, ...BY_LEGACY];

/** Violations of S3, S20 and L7. */
export const AUTHORITY_PLANTINGS: readonly Planting[] = [
  {
    property: 'S3',
    what: 'the legacy app sends a message that the service holds',
    ways: BY_SERVICE,
    plant: also((life) => [at(life, 50, tried(life, firstOf(life), { system: 'legacy' }))]),
  },
  {
    property: 'S3',
    what: 'the legacy app sends a message that the service has taken over',
    ways: BY_LEGACY,
    plant: also((life) => {
      const message = firstOf(life);
      return [
        at(life, 50, authority(life, message, { holder: 'service', state: 'SENDING' })),
        at(life, 54, tried(life, message, { system: 'legacy', id: `late-${life.campaign}` })),
      ];
    }),
  },
  {
    property: 'S20',
    what: 'a message is sent without a permission',
    ways: SENT,
    plant: without((what) => stateOf(what) === 'SENDING'),
  },
  {
    property: 'S20',
    what: 'a message is sent before its permission is committed',
    ways: SENT,
    plant: otherwise(
      (what) => stateOf(what) === 'SENDING',
      ({ ms, what }) => ({ ms: ms + 7, what }),
    ),
  },
  {
    property: 'L7',
    what: 'a claim is never followed by a send',
    ways: SENT,
    plant: without((what) => !['', 'CLAIMED'].includes(stateOf(what))),
  },
  {
    property: 'L7',
    what: 'a send never ends',
    ways: SENT,
    plant: without((what) => !['', 'CLAIMED', 'SENDING'].includes(stateOf(what))),
  },
];

/** The state in a row of the authority; '' for any other event. */
function stateOf(what: Moment['what']): string {
  return what.kind === 'row' && what.table === 'send_authority' ? String(what.after?.['state']) : '';
}
