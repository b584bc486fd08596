import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { checkDocument } from '../formats/document.ts';
import { historyDocument } from '../formats/history.ts';
import { SCRIPTED_TIMINGS } from '../formats/tolerances.fixture.ts';
import {
  at,
  committed,
  during,
  entry,
  historyOf,
  log,
  nemesis,
  recipientOf,
  row,
  type ScriptOptions,
  trigger,
  userResponse,
} from './history.fixture.ts';

const flip = (mode: string) => ({ observer: 'rig', kind: 'flip', tenant: 't1', mode }) as const;
const unpinned = (messageUuid: string) =>
  row('campaign_sms', {
    operation: 'update',
    before: { phone: recipientOf('c1#1'), message_uuid: '' },
    after: { phone: recipientOf('c1#1'), message_uuid: messageUuid },
  });

const flags = [during(10, 12, flip('ON')), during(20, 22, flip('SHADOW'))];

/** The flags of the entry in these events, when the flag goes from OFF to ON at 10 to 12 ms and to SHADOW at 20 to 22 ms. */
function flaggedIn(events: readonly Observation[], options: ScriptOptions = {}): unknown {
  const history = historyOf({ mode: 'OFF', ...options }, [...flags, ...events]);
  return history.events.find((event) => event.kind === 'entry')?.flagged;
}

describe('a history', () => {
  test('a history is built into a valid document whose events are numbered in their order', () => {
    const history = historyOf({}, [at(3, log('legacy', 'later')), at(1, trigger()), during(1, 2, entry('c1#1', 'u1'))]);
    expect(checkDocument(historyDocument, history, 'script')).toEqual(history);
    expect(history.events.map(({ kind, seq }) => [seq, kind])).toEqual([
      [0, 'trigger'],
      [1, 'row'],
      [2, 'entry'],
      [3, 'log'],
    ]);
  });

  test('a history is built with an entry where a row of campaign_sms gets its uuid, in the mode pinned to it', () => {
    const history = historyOf({ messages: 2 }, [committed(3, [5, 7], entry('c1#2', 'u2', 'SHADOW'))]);
    expect(history.events.at(-1)).toEqual({
      seq: 1,
      observer: 'database',
      statementEarliest: 3_000,
      earliest: 5_000,
      latest: 7_000,
      kind: 'entry',
      item: 'c1#2',
      tenant: 't1',
      messageUuid: 'u2',
      mode: 'SHADOW',
      flagged: ['SHADOW'],
      epoch: 1,
    });
  });

  test('a history is built with every flag that may have been in force between the trigger and the commit of the entry', () => {
    const entered = (triggerMs: number, ms: number) => flaggedIn([at(triggerMs, trigger()), at(ms, unpinned('u1'))]);
    expect([entered(1, 5), entered(12, 20), entered(22, 30)]).toEqual([['OFF'], ['ON'], ['SHADOW']]);
    expect([entered(1, 11), entered(11, 15), entered(12, 21)]).toEqual([
      ['OFF', 'ON'],
      ['OFF', 'ON'],
      ['ON', 'SHADOW'],
    ]);
    expect(entered(5, 30)).toEqual(['OFF', 'ON', 'SHADOW']);
    expect(flaggedIn([committed(15, [21, 21], unpinned('u1'))])).toEqual(['ON', 'SHADOW']);
  });

  test('a history is built with the flag, not the pinned mode, and with an empty text for no flag', () => {
    expect(flaggedIn([at(5, entry('c1#1', 'u1', 'SHADOW'))])).toEqual(['OFF']);
    expect(flaggedIn([at(5, entry('c1#1', 'u1'))], { mode: null })).toEqual(['']);
    expect(flaggedIn([at(5, entry('c1#1', 'u1'))], { mode: 'on' })).toEqual(['on']);
  });

  test('a history is built with the flag of the delivery that can have made the entry, not of one that had failed before', () => {
    const again = [at(1, trigger()), at(15, trigger('c1', 2)), at(16, entry('c1#1', 'u1'))];
    expect(flaggedIn(again)).toEqual(['OFF', 'ON']);
    expect(flaggedIn([...again, at(8, userResponse({ status: 503 }))])).toEqual(['ON']);
    expect(flaggedIn([...again, at(8, userResponse({ status: 200 }))])).toEqual(['OFF', 'ON']);
    expect(flaggedIn([...again, at(8, nemesis({ crash: 'legacy' }))])).toEqual(['ON']);
  });

  test('a history is built with the old flag as long as the system is allowed to use it after a flip', () => {
    const changes = { timings: { ...SCRIPTED_TIMINGS, flagStalenessMs: 3 } };
    const entered = (ms: number) => flaggedIn([at(ms, trigger()), at(ms, entry('c1#1', 'u1'))], { changes });
    expect([entered(14), entered(15)]).toEqual([['OFF', 'ON'], ['ON']]);
  });

  test('a history is built without an entry for a blank uuid, a known one, or the row of no item', () => {
    const phone = recipientOf('c1#1');
    const history = historyOf({}, [
      at(1, unpinned(' ')),
      at(2, row('campaign_sms', { before: { phone, message_uuid: 'u1' }, after: { phone, message_uuid: 'u1' } })),
      at(3, row('campaign_sms', { after: { phone: '+1', message_uuid: 'u1' } })),
      at(4, row('go_sms_logs', { after: { phone, message_uuid: 'u1' } })),
    ]);
    expect(history.events.filter((event) => event.kind === 'entry')).toEqual([]);
  });

  test('a history keeps the order of each observer and never puts a later event before an earlier one', () => {
    const observation = fc.record({
      observer: fc.constantFrom('legacy', 'service'),
      from: fc.nat(50),
      lasts: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 12 }), (drafts) => {
        const observations = drafts
          .map(({ observer, from, lasts }, index): Observation => {
            const process = observer === 'legacy' ? 'legacy' : 'service';
            return during(from, from + lasts, log(process, String(index)));
          })
          .toSorted((a, b) => a.latest - b.latest);
        const { events } = historyOf({}, observations);
        expect(events).toHaveLength(observations.length);
        for (const observer of ['legacy-log', 'service-log']) {
          const own = (all: readonly Observation[]) =>
            all.flatMap((event) => (event.observer === observer && event.kind === 'log' ? [event.line] : []));
          expect(own(events)).toEqual(own(observations));
        }
        const swapped = events.filter((event, index) =>
          events.slice(index + 1).some((later) => later.observer !== event.observer && later.latest < event.earliest),
        );
        expect(swapped).toEqual([]);
      }),
    );
  });
});
