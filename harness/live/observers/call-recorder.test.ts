import { expect, test } from 'vitest';
import { batchWire } from '../../execution/batch-wire.ts';
import type { Observation } from '../../formats/event.ts';
import { type Protocol, protocolSchema } from '../../formats/protocol.ts';
import { CallRecorder } from './call-recorder.ts';
import { Recording } from './recording.ts';

const NOW = { earliest: 1, latest: 2 };

/** What a recorder records for one request and one answer. */
function recorded(protocol: Protocol, { request, answer }: { request: string; answer: string }): Observation[] {
  const events: Observation[] = [];
  const emit = ({ observation }: { observation: Observation }): void => void events.push(observation);
  const recording = new Recording({ slot: 1, recording: 1, items: [], emit });
  const recorder = new CallRecorder({ tap: 'back', recording, wire: batchWire(protocol), acceptedMicros: 0 });
  recorder.connected(1);
  recorder.requestBytes(Buffer.from(request), NOW);
  recorder.answerBytes(Buffer.from(answer), NOW);
  return events;
}

const withBody = (head: string, body: string): string =>
  `${head}\r\nX-Key: u1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const protocol = protocolSchema.parse({
  path: '/m/:tenant',
  request: { tenant: 'path:tenant', messages: '', uuid: 'header:x-key' },
  answer: { results: '', uuid: null },
  statuses: { sent: 'accepted' },
});
const request = withBody('POST /m/4?x=1 HTTP/1.1', '{"dry_run":false}');
const answered = (status: string, code = 200) => withBody(`HTTP/1.1 ${code} x`, JSON.stringify({ status }));

test('a call of another protocol is read from its head and its body', () => {
  const events = recorded(protocol, { request, answer: answered('sent') });
  expect(events).toMatchObject([
    { kind: 'request', path: '/m/4?x=1', tenantId: 4, dryRun: false, uuids: ['u1'] },
    { kind: 'answer', status: 200, results: [{ messageUuid: 'u1', status: 'accepted' }] },
  ]);
});

test('a status word that the protocol does not explain is recorded as a gap, unless the answer is an error', () => {
  const [, , problem] = recorded(protocol, { request, answer: answered('hm') });
  expect(problem).toMatchObject({
    kind: 'observer-problem',
    problem: 'gap',
    observer: 'back-tap',
    detail: "the service answered 'hm', a word that protocol.statuses does not explain",
  });
  expect(recorded(protocol, { request, answer: answered('hm', 500) })).toHaveLength(2);
  const { statuses: _, ...open } = protocol;
  expect(recorded(open, { request, answer: answered('hm') })).toHaveLength(2);
});

test('a request to another path is not recorded as a call', () => {
  const other = withBody('POST /other HTTP/1.1', '{}');
  expect(recorded(protocol, { request: other, answer: answered('sent') })).toEqual([]);
});
