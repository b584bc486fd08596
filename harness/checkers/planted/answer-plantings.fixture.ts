// Violations by answers, requests and logs, to be planted into lives: each makes one finding. Used by tests only.
import type { HappeningOf } from '../../history/history.fixture.ts';
import { firstOf, type Life, type Moment, type Way } from './life.fixture.ts';
import { also, logging, otherwise, type Plant, type Planting } from './planting.fixture.ts';
import { asked, at } from './ways.fixture.ts';

const ANSWERED: readonly Way[] = ['service', 'rejected', 'unknown', 'shadow'];

/** Violations of S12, S18 and S19. */
export const ANSWER_PLANTINGS: readonly Planting[] = [
  {
    property: 'S12',
    what: 'the log calls a sent message rejected',
    ways: ['service', 'fallback', 'off', 'shadow', 'unknown', 'unreachable', 'again'],
    plant: logging({ status: 'rejected' }),
  },
  {
    property: 'S12',
    what: 'the service calls a rejected message accepted',
    ways: ['rejected'],
    plant: answering(([first, ...others]) =>
      first === undefined ? [] : [{ ...first, status: 'accepted' }, ...others],
    ),
  },
  {
    property: 'S18',
    what: 'a message is sent with another text',
    ways: ['service', 'fallback', 'off', 'shadow', 'unknown', 'unreachable', 'again'],
    plant: otherwise(
      ({ kind }) => kind === 'attempt',
      ({ ms, what }) => ({ ms, what: what.kind === 'attempt' ? { ...what, body: 'another text' } : what }),
    ),
  },
  {
    property: 'S18',
    what: 'the service is asked to send to another number',
    ways: ['service', 'rejected', 'unknown', 'shadow'],
    plant: also((life) => [at(life, 13, askedForAnother(life))]),
  },
  {
    property: 'S19',
    what: 'an answer leaves a message out',
    ways: ANSWERED,
    plant: answering((results) => results.slice(1)),
  },
  {
    property: 'S19',
    what: 'an answer names a message twice',
    ways: ANSWERED,
    plant: answering((results) => [...results.slice(0, 1), ...results]),
  },
];

type Results = HappeningOf<'answer'>['results'];

/** Changes the results in the service's answers. */
function answering(change: (results: Results) => Results): Plant {
  return otherwise(
    (what) => what.kind === 'answer' && what.tap === 'back',
    ({ ms, what }) => ({ ms, what: what.kind === 'answer' ? { ...what, results: change(what.results) } : what }),
  );
}

function askedForAnother(life: Life): Moment['what'] {
  const alone = { ...life, messages: 1 };
  const request = asked(alone, { tap: 'back', dryRun: life.way === 'shadow', call: `also-${firstOf(life).item}` });
  if (request.kind !== 'request') return request;
  return { ...request, messages: request.messages.map((message) => ({ ...message, recipient: '+999000' })) };
}
