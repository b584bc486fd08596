import { describe, expect, test } from 'vitest';
import { acceptedStatuses } from '../../formats/accepted-statuses.ts';
import type { Observation } from '../../formats/event.ts';
import { VANTAGES } from '../../formats/vantages.ts';
import { at, attempt, callFailed, log, logRow, reconciliation, userResponse } from '../../history/history.fixture.ts';
import { RUNBOOK_PROTOCOL } from '../../formats/protocol.ts';
import { asked, entered, runOf, sentBy } from './check-run.fixture.ts';
import { calls } from './read-calls.ts';
import * as read from './read-run.ts';

const good = runOf([
  ...entered,
  ...sentBy('legacy', 0),
  ...sentBy('legacy', 1),
  ...sentBy('service', 2),
  ...sentBy('service', 3),
  ...asked('u2', true),
  ...asked('u3', false),
  ...asked('u4', false),
  ...['u1', 'u2', 'u3', 'u4'].map((uuid) => at(20, logRow(uuid, { status: 'accepted' }))),
]);

test('a run in which each mode does what it should has no errors', () => {
  expect(calls(good, RUNBOOK_PROTOCOL)).toMatchObject({ outcome: 'ok' });
  for (const reader of [read.sends, read.entryUuids, read.loggedRows, read.statusWords, read.readFlag])
    expect(reader(good)).toMatchObject({ outcome: 'ok' });
  expect(read.mayHaveBeenLate(good)).toBe(false);
});

describe('a trigger', () => {
  const trigger = { method: 'POST', path: '/send' } as const;
  const answered = (status: number | null, ...more: readonly Observation[]) =>
    read.trigger(runOf([at(1, userResponse({ campaign: 'check-on', status })), ...more]), 'ON', trigger);

  test('a trigger passes when its answer is a success', () => {
    expect(answered(202)).toMatchObject({ outcome: 'ok' });
  });

  test('a trigger passes when the description accepts the status of its answer, and fails with any other', () => {
    const said = (status: number) =>
      read.trigger(
        { ...runOf([at(1, userResponse({ campaign: 'check-on', status }))]), accepted: acceptedStatuses([302]) },
        'ON',
        { ...trigger, accepts: [302] },
      ).outcome;
    expect([302, 200].map(said)).toEqual(['ok', 'failed']);
  });

  test.each([
    [302, 'redirects are not followed, and nothing was sent'],
    [419, '`trigger.headers`'],
    [405, '`trigger.method`'],
    [500, 'is ${serviceUrl} where the app calls it?'],
  ])('a trigger that is answered with status %i fails, and the hint says what to change', (status, hint) => {
    expect(answered(status)).toMatchObject({ outcome: 'failed', hint: expect.stringContaining(hint) });
  });

  test('a trigger that is answered with a redirect after a call to the service gets a hint about the logs', () => {
    expect(answered(302, ...asked('u3', false)).hint).toMatch(/^the service was asked and nothing was sent: /);
    expect(answered(302, ...asked('u2', true)).hint).toMatch(/^redirects are not followed/);
  });

  test('a trigger passes when its answer is a redirect and its messages were sent', () => {
    expect(answered(302, ...sentBy('service', 2))).toMatchObject({
      outcome: 'ok',
      finding: expect.stringContaining('sent'),
    });
  });

  test('a failed trigger of OFF before any send gets a hint about the URL of the provider and the seed of the tenant', () => {
    const broken = at(1, userResponse({ campaign: 'check-off', status: 500 }));
    const { hint } = read.trigger(runOf([broken]), 'OFF', trigger);
    expect(hint).toContain('is ${providerUrl} where the app sends?');
    expect(hint).toContain('does `seed.tenant` give the tenant what a send needs');
    expect(read.trigger(runOf([broken, ...sentBy('legacy', 0)]), 'OFF', trigger).hint).toBe(
      'see the last lines of its log',
    );
  });

  test('a trigger without an answer shows the last lines, and whether the process has ended', () => {
    const line = at(1, log('legacy', 'out of memory'));
    expect(answered(null, line)).toMatchObject({ finding: 'the legacy app did not answer' });
    const ended = answered(
      null,
      line,
      at(1, { observer: 'nemesis', kind: 'crash', process: 'legacy', expected: false }),
    );
    expect(ended).toMatchObject({ finding: 'the legacy app ended instead of answering' });
    expect(ended.details).toContain('  out of memory');
  });
});

describe('the messages', () => {
  test('messages that never reach the stub get a hint about the URL of the provider', () => {
    expect(read.sends(runOf(entered))).toMatchObject({
      outcome: 'failed',
      finding: 'sent by OFF: neither, SHADOW: neither, ON: neither',
      hint: expect.stringContaining('${providerUrl}'),
    });
  });

  test('messages that the stub refused, or whose requests it does not know, get a hint about the API of the provider', () => {
    const refused = at(10, {
      observer: 'provider',
      kind: 'reject',
      attempt: 'p',
      system: 'legacy',
      item: null,
      status: 400,
      definite: true,
      reason: 'twilio: no To',
    });
    expect(read.sends(runOf([...entered, refused]))).toMatchObject({
      hint: expect.stringContaining('`providers`'),
      details: expect.arrayContaining(['the provider stub refused a request of the legacy process: twilio: no To']),
    });
    const stray = {
      observer: 'provider',
      kind: 'observer-problem',
      problem: 'gap',
      detail: 'asked for GET /sms',
    } as const;
    expect(read.sends(runOf([...entered, at(10, stray)])).details).toContain('asked for GET /sms');
  });

  test('messages to another number get a hint about the seed', () => {
    const strange = [...entered, at(10, attempt('legacy', null, 'p'))];
    expect(read.sends(runOf(strange)).hint).toContain('`seed.item`');
  });

  test('messages that the legacy app sends in ON get a hint about the flag', () => {
    const sent = [...sentBy('legacy', 0), ...sentBy('legacy', 1), ...sentBy('legacy', 2)];
    expect(read.sends(runOf(sent)).hint).toContain('`mode` flags the tenant');
  });

  test('messages that both systems send because one did not wait get a hint about the slow answer', () => {
    const late = at(12, callFailed('front', 'u3', { by: 'client', elapsedMs: 500 }));
    const sent = [...sentBy('legacy', 0), ...sentBy('legacy', 1), ...sentBy('service', 2), ...sentBy('legacy', 2)];
    expect(read.sends(runOf([...sent, late])).hint).toContain('did not wait for the answer');
    expect(read.sends(runOf(sent)).hint).toContain('one system sends each message once');
  });

  test('messages that a rehearsal sends are reported with both senders', () => {
    const sent = [...sentBy('legacy', 0), ...sentBy('legacy', 1), ...sentBy('service', 1), ...sentBy('service', 2)];
    expect(read.sends(runOf(sent)).finding).toBe('sent by OFF: legacy, SHADOW: legacy and service, ON: service');
  });
});

test('a message without a uuid, and a uuid that belongs to no message, are named', () => {
  expect(read.entryUuids(runOf(entered.slice(1))).finding).toBe('no uuid was seen for check-off');
  expect(read.entryUuids(runOf([...entered, ...asked('u9', false)])).finding).toContain('the uuid u9');
});

test('uuids that only requests show are not expected in OFF', () => {
  const vantages = VANTAGES.filter((vantage) => vantage !== 'identity' && vantage !== 'entry');
  expect(read.entryUuids(runOf(entered.slice(1), { vantages }))).toMatchObject({ outcome: 'ok' });
  expect(read.entryUuids(runOf(entered.slice(2), { vantages })).finding).toBe('no uuid was seen for check-shadow');
});

test('a message without a row in the log is named', () => {
  expect(read.loggedRows(runOf(entered)).finding).toContain('check-off#1');
});

test('an unknown status is named with its place', () => {
  const said = runOf([...entered, at(20, logRow('u1', { status: 'delivered' }))]);
  expect(read.statusWords(said).finding).toBe("sms_logs.status: the status 'delivered' is unknown");
});

test('a late answer of the service is not reported as an unread flag, and the run is repeated', () => {
  const late = runOf([...entered, ...asked('u4', false), ...sentBy('legacy', 3)]);
  expect(read.readFlag(late).finding).toBe('ON was read after OFF, and the service did not send');
  expect(read.mayHaveBeenLate(late)).toBe(true);
  const cached = runOf([...entered, ...asked('u3', false), ...sentBy('legacy', 3)]);
  expect(read.readFlag(cached).hint).toContain('`flush`');
  expect(read.mayHaveBeenLate(cached)).toBe(false);
});

test('a service that is called past an OPEN breaker, and answers that cannot be read, fail', () => {
  expect(read.breaker(runOf(asked('u1', false)))).toMatchObject({ outcome: 'failed' });
  expect(read.breaker(runOf([]))).toMatchObject({ outcome: 'ok' });
  expect(read.recover(runOf([]))).toMatchObject({ outcome: 'failed' });
  expect(read.reconciliation(runOf([]))).toMatchObject({ outcome: 'failed' });
});

test('a reconciliation is judged in words that say what it reported', () => {
  const reported = (...uuids: string[]) =>
    read.reconciliation(
      runOf([at(20, reconciliation(uuids.map((messageUuid) => ({ kind: 'missing_in_go', messageUuid }))))]),
    );
  expect([reported(), reported('u1'), reported('u1', 'u2')].map(({ finding }) => finding)).toEqual([
    'it reported no mismatch after a message in each mode',
    'it reported 1 mismatch after a message in each mode (missing_in_go)',
    'it reported 2 mismatches after a message in each mode (missing_in_go)',
  ]);
});

test('a reconciliation must report the removed row, under its kind and its uuid', () => {
  const reported = (kind: string, messageUuid: string) =>
    read.removedRow(runOf([...entered, at(20, reconciliation([{ kind, messageUuid }]))]));
  expect(reported('missing_in_laravel', 'u1')).toEqual({
    outcome: 'ok',
    finding: 'the check removed one row from sms_logs, and it reported that row (missing_in_laravel)',
  });
  expect(reported('missing_in_laravel', 'u2').finding).toMatch(
    /did not report .*u1, .* reported missing_in_laravel of u2/,
  );
  expect(reported('missing_in_go', 'u1')).toMatchObject({ outcome: 'failed' });
  expect(read.removedRow(runOf([...entered, at(20, reconciliation([]))])).finding).toMatch(/reported no mismatch$/);
  expect(read.removedRow(runOf(entered))).toMatchObject({ outcome: 'failed' });
  expect(read.removedRow(runOf([at(20, reconciliation([]))]))).toMatchObject({ outcome: 'failed' });
});
