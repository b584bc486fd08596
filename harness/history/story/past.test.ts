import { expect, test } from 'vitest';
import type { Fault } from '../../formats/fault.ts';
import type { Finding } from '../../formats/finding.ts';
import { answer, at, authority, entry, flip, historyOf, nemesis, request, row, sent } from '../history.fixture.ts';
import { storyOf } from './story-of.ts';

const lost: Fault = { kind: 'refuse', fromMs: 0, untilMs: 50 };
const history = historyOf({ faults: [lost] }, [
  at(0, nemesis({ applied: 0 })),
  at(1, entry('c1#1', 'u1')),
  at(2, request('front', 'f1', { uuids: ['u1'] })),
  at(3, answer('front', 'f1', { elapsedMs: 1, status: 503, uuids: [] })),
  at(50, nemesis({ healed: 0 })),
  at(60, flip('SHADOW')),
  at(70, authority('u1', { state: 'CLAIMED', holder: 'service' })),
  ...sent(80, 'service'),
  at(90, row('go_sms_logs', { key: 'u1', after: { message_uuid: 'u1', status: 'accepted' }, role: 'service_role' })),
  at(100, request('front', 'f2', { uuids: ['u1'], dryRun: true })),
]);

function seqOf(kind: string, ms: number): number {
  const event = history.events.find((each) => each.kind === kind && each.earliest === ms * 1_000);
  if (event === undefined) throw new RangeError(`there is no ${kind} at ${ms} ms`);
  return event.seq;
}

const first: Finding = { property: 'S16', message: '', items: ['c1#1'], witnesses: [seqOf('request', 100)] };

function past(others: readonly Finding[] = [], parting?: number): readonly number[] {
  const parted =
    parting === undefined ? {} : { parting: { seq: parting, words: '', passingSeq: null, passingWords: '' } };
  return storyOf(history, { findings: [first, ...others], explanation: parted }).past;
}

test('the change of the mode and the call that a fault affected led to a finding', () => {
  expect(past()).toEqual(expect.arrayContaining([seqOf('flip', 60), seqOf('request', 2)]));
});

test('the authority as it was when the finding was complete led to it', () => {
  expect(past()).toContain(seqOf('row', 70));
});

test('the witness of another finding led to the finding only if both are about the same message', () => {
  const written = seqOf('row', 90);
  expect(past()).not.toContain(written);
  expect(past([{ property: 'S21', message: '', items: ['c1#1'], witnesses: [written] }])).toContain(written);
  expect(past([{ property: 'S21', message: '', items: ['c2#1'], witnesses: [written] }])).not.toContain(written);
});

test('the event at which the nearest run that passes differs led to the finding', () => {
  expect(past([], seqOf('row', 90))).toContain(seqOf('row', 90));
});
