import type { Role } from '../../src/contract/message.ts';
import { expect, test } from 'vitest';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { canaryDetails } from './canary-details.ts';

const base = { seq: 0, observer: 'rig', earliest: 0, latest: 0 };
const history = (...events: HistoryEvent[]): History => ({ system: 'x', events }) as unknown as History;

const answered = (campaign: string, status: number | null, body = ''): HistoryEvent => ({
  ...base,
  kind: 'user-response',
  campaign,
  delivery: 1,
  status,
  body,
  elapsedMs: 1,
});
const logged = (process: Role, line: string): HistoryEvent => ({ ...base, kind: 'log', process, line });
const call = { ...base, call: '1', tap: 'back' } as const;
const asked: HistoryEvent = {
  ...call,
  kind: 'request',
  method: 'POST',
  path: '/',
  tenantId: null,
  dryRun: null,
  uuids: [],
  messages: [],
};
const replied: HistoryEvent = { ...call, kind: 'answer', status: 422, results: [], elapsedMs: 1 };

test('the details of missing canaries show the answers to their triggers and the last log lines', () => {
  const lines = Array.from({ length: 7 }, (_, index) => logged('legacy', `line ${index}`));
  const flight = history(answered('a', 500, 'no such table'), answered('b', 200, 'ok'), asked, replied, ...lines);
  expect(canaryDetails(flight, ['a'])).toEqual([
    'the legacy app answered status 500: "no such table" to the trigger of a',
    'the service answered status 422',
    'last lines of the legacy process:',
    ...[2, 3, 4, 5, 6].map((index) => `  line ${index}`),
    'the service process logged nothing',
  ]);
});

test.each([
  ['was not called', []],
  ['did not answer', [asked]],
])(
  'the details of missing canaries show that the legacy app did not answer and that the service %s',
  (words, events) => {
    expect(canaryDetails(history(answered('a', null), ...events), ['a'])).toEqual([
      'the legacy app did not answer to the trigger of a',
      `the service ${words}`,
      'the legacy process logged nothing',
      'the service process logged nothing',
    ]);
  },
);
