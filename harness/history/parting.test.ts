import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import {
  answer,
  at,
  callFailed,
  entry,
  historyOf,
  logRow,
  nemesis,
  request,
  sent,
  trigger,
} from './history.fixture.ts';
import { partingOf } from './parting.ts';

const called = (uuid: string, call = '1'): Observation[] => [
  at(0, trigger()),
  at(1, entry('c1#1', uuid)),
  at(2, request('front', `f${call}`, { uuids: [uuid] })),
  at(3, request('back', `b${call}`, { uuids: [uuid] })),
  ...sent(4, 'service'),
  at(6, answer('back', `b${call}`, { elapsedMs: 3, uuids: [uuid] })),
];
const timedOut = at(502, callFailed('front', 'f1', { by: 'client', elapsedMs: 500 }));
const answered = at(501, answer('front', 'f1', { elapsedMs: 499, uuids: ['u1'] }));

const history = (events: readonly Observation[]): History => historyOf({}, events);
const part = (violating: readonly Observation[], passing: readonly Observation[]) =>
  partingOf({ history: history(violating), findings: [] }, history(passing));

describe('the parting of two histories', () => {
  test('two histories part at the first place where the violating one has another event than the passing one', () => {
    const parting = part([...called('u1'), timedOut, ...sent(503, 'legacy')], [...called('u1'), answered]);
    expect(parting?.words).toMatch(/^502 ms, legacy app: no answer in/);
    expect(parting?.passingWords).toMatch(/^501 ms, service to legacy app: answer: accepted/);
    expect([parting?.seq, parting?.passingSeq]).toEqual([8, 8]);
  });

  test('two histories do not part where they differ only in ids', () => {
    const other = called('u9', '9').map((event) =>
      event.kind === 'attempt' || event.kind === 'accept' ? { ...event, attempt: 'z' } : event,
    );
    expect(part(called('u1'), other)).toBeUndefined();
  });

  test('two histories do not part where events of different streams swap', () => {
    const events = called('u1');
    expect(
      part(
        events,
        [...events].toSorted((a, b) => b.kind.localeCompare(a.kind)),
      ),
    ).toBeUndefined();
  });

  test('two histories do not part at an action of the rig', () => {
    const crashed = [...called('u1'), at(4, nemesis({ crash: 'service' }))];
    expect(part(crashed, called('u1'))).toBeUndefined();
  });

  test('two histories do not part at a row where their modes differ, since other rows are written then', () => {
    const written = [...called('u1'), at(7, logRow('u1', { status: 'sent' }))];
    expect(part(written, called('u1'))?.words).toMatch(/sms_logs insert/);
    const inOff = historyOf({ mode: 'OFF' }, called('u1'));
    expect(partingOf({ history: history(written), findings: [] }, inOff)).toBeUndefined();
  });

  test('two histories part where the violating one lacks an event', () => {
    const parting = part(called('u1').slice(0, -1), called('u1'));
    expect(parting).toMatchObject({ words: 'nothing', passingSeq: 7 });
  });

  test('two histories part where an event comes at another time, if nothing else differs', () => {
    const late = called('u1').map((event) =>
      event.kind === 'answer' ? { ...event, earliest: 90_000, latest: 90_000 } : event,
    );
    expect(part(late, called('u1'))).toMatchObject({ seq: 7, passingSeq: 7 });
  });
});
