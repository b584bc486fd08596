import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { checkDocument } from '../formats/document.ts';
import { historyDocument } from '../formats/history.ts';
import { at, committed, during, entry, historyOf, log, recipientOf, row, trigger } from './history.fixture.ts';

const flip = (mode: string) => ({ observer: 'rig', kind: 'flip', tenant: 't1', mode }) as const;
const unpinned = (messageUuid: string) =>
  row('campaign_sms', {
    operation: 'update',
    before: { phone: recipientOf('c1#1'), message_uuid: '' },
    after: { phone: recipientOf('c1#1'), message_uuid: messageUuid },
  });

/** The mode of an entry at this time, when the flag goes from OFF to ON at 10 and to SHADOW at 20 ms. */
function modeAt(ms: number): unknown {
  const history = historyOf({ mode: 'OFF' }, [at(10, flip('ON')), at(20, flip('SHADOW')), at(ms, unpinned('u1'))]);
  return history.events.find((event) => event.kind === 'entry')?.mode;
}

describe('a history is built', () => {
  test('into a valid document whose events are numbered in their order', () => {
    const history = historyOf({}, [at(3, log('legacy', 'later')), at(1, trigger()), during(1, 2, entry('c1#1', 'u1'))]);
    expect(checkDocument(historyDocument, history, 'script')).toEqual(history);
    expect(history.events.map(({ kind, seq }) => [seq, kind])).toEqual([
      [0, 'trigger'],
      [1, 'row'],
      [2, 'entry'],
      [3, 'log'],
    ]);
  });

  test('with an entry where a row of campaign_sms gets its uuid, in the mode pinned to it', () => {
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
      epoch: 1,
    });
  });

  test('with the flagged mode where the system pins none', () => {
    expect([modeAt(5), modeAt(15), modeAt(25)]).toEqual(['OFF', 'ON', 'SHADOW']);
  });

  test('with the mode that was flagged when the entry was written, not when it was committed', () => {
    const late = committed(5, [15, 15], unpinned('u1'));
    const { events } = historyOf({ mode: 'OFF' }, [at(10, flip('ON')), late]);
    expect(events.find((event) => event.kind === 'entry')?.mode).toBe('OFF');
  });

  test('without an entry for a blank uuid, a known one, or the row of no item', () => {
    const phone = recipientOf('c1#1');
    const history = historyOf({}, [
      at(1, unpinned(' ')),
      at(2, row('campaign_sms', { before: { phone, message_uuid: 'u1' }, after: { phone, message_uuid: 'u1' } })),
      at(3, row('campaign_sms', { after: { phone: '+1', message_uuid: 'u1' } })),
      at(4, row('go_sms_logs', { after: { phone, message_uuid: 'u1' } })),
    ]);
    expect(history.events.filter((event) => event.kind === 'entry')).toEqual([]);
  });

  test('in an order that keeps each observer’s own and never puts later before earlier', () => {
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
