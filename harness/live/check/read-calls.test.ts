import { describe, expect, test } from 'vitest';
import { type Protocol, RUNBOOK_PROTOCOL } from '../../formats/protocol.ts';
import { answer, at, request } from '../../history/history.fixture.ts';
import { asked, entered, runOf, sentBy } from './check-run.fixture.ts';
import { calls } from './read-calls.ts';

describe('calls that are wrong', () => {
  test.each([
    ['none at all', sentBy('legacy', 2), 'the service was never called'],
    ['no sign of anything', [], 'no trigger led to anything'],
    ['only real ones', asked('u3', false), 'no request was a rehearsal'],
    ['only rehearsals', asked('u2', true), 'no request was a real one'],
    ['one that was not seen', sentBy('service', 2), 'no call to it was recognised'],
    ['one that holds no message', [at(5, request('front', 'x', { uuids: [] }))], 'no message was found'],
    [
      'an answer without results',
      [...asked('u2', true), ...asked('u3', false), at(9, answer('front', 'x', { elapsedMs: 1, uuids: [] }))],
      'with 0 results',
    ],
  ])('calls that are wrong are reported with the reason: %s', (_, events, finding) => {
    expect(calls(runOf([...entered, ...events]), RUNBOOK_PROTOCOL)).toMatchObject({
      outcome: 'failed',
      finding: expect.stringContaining(finding),
    });
  });
});

describe('places where nothing was found', () => {
  /** A rehearsal and a real request that both lack one value. */
  const lacking = (field: 'uuid' | 'recipient' | 'body' | 'tenant' | 'dryRun' | 'nothing') =>
    runOf([
      ...entered,
      ...[true, false].flatMap((dryRun) => {
        const seen = at(5, request('front', `u${Number(dryRun)}`, { uuids: ['u2'], dryRun }));
        if (seen.kind !== 'request') return [];
        const blank = { uuid: { messageUuid: '' }, recipient: { recipient: '' }, body: { bodyDigest: '' } };
        const messages = seen.messages.map((message) => ({
          ...message,
          ...(field in blank && blank[field as 'uuid']),
        }));
        const nothing = { tenant: { tenantId: null }, dryRun: { dryRun: null } };
        return [
          { ...seen, messages, ...(field in nothing && nothing[field as 'tenant']) },
          at(8, answer('front', `u${Number(dryRun)}`, { elapsedMs: 3, uuids: ['u2'] })),
        ];
      }),
    ]);
  const without = (field: 'recipient' | 'body' | 'tenant'): Protocol => ({
    ...RUNBOOK_PROTOCOL,
    request: { ...RUNBOOK_PROTOCOL.request, [field]: null },
  });

  test.each(['uuid', 'recipient', 'body', 'tenant', 'dryRun'] as const)(
    'a place where nothing was found is named: %s',
    (field) => {
      expect(calls(lacking('nothing'), RUNBOOK_PROTOCOL)).toMatchObject({ outcome: 'ok' });
      const { outcome, hint } = calls(lacking(field), RUNBOOK_PROTOCOL);
      expect({ outcome, hint }).toEqual({
        outcome: 'failed',
        hint: expect.stringContaining(`protocol.request.${field}`),
      });
    },
  );

  test.each(['recipient', 'body', 'tenant'] as const)(
    'a place where nothing was found is named: %s, unless it is not on the wire',
    (field) => {
      expect(calls(lacking(field), without(field))).toMatchObject({ outcome: 'ok' });
    },
  );

  test.each([
    ['uuid', { uuids: [''] }],
    ['status', { result: '' }],
  ])('a place where nothing was found is named: %s of the answers', (field, reported) => {
    const [request2 = [], request3 = []] = [asked('u2', true), asked('u3', false)].map(([first]) => [first]);
    const answers = ['u2', 'u3'].map((uuid) =>
      at(8, answer('front', uuid, { elapsedMs: 3, uuids: [uuid], ...reported })),
    );
    const seen = [...request2, ...request3].flatMap((each) => each ?? []);
    expect(calls(runOf([...entered, ...seen, ...answers]), RUNBOOK_PROTOCOL).hint).toContain(
      `protocol.answer.${field}`,
    );
  });
});
