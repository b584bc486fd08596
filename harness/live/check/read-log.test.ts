// Tests how a check judges the log lines of a rehearsal and of a fallback.
import { describe, expect, test } from 'vitest';
import type { History } from '../../formats/history.ts';
import type { Readings } from '../../../src/contract/readings.ts';
import { at, bodyOf, entry, historyOf, log, recipientOf, sent } from '../../history/history.fixture.ts';
import { entered, runOf } from './check-run.fixture.ts';
import { fallbackLine, rehearsalLine } from './read-log.ts';

/** What a step reports about these lines of the service, in a run in which the message of SHADOW has the uuid u2. */
const rehearsed = (...lines: readonly string[]) =>
  rehearsalLine(runOf([...entered, ...lines.map((line, index) => at(20 + index, log('service', line)))]));

describe('the line of a rehearsal', () => {
  test('the line of a rehearsal passes when it contains the uuid of the message in SHADOW', () => {
    expect(rehearsed('DRY_RUN_NO_PROVIDER_CALL message_uuid=u2')).toMatchObject({ outcome: 'ok' });
  });

  test('the line of a rehearsal fails without its text, and the most similar line is shown', () => {
    expect(rehearsed('no settings found', 'dryRun: no call for u2', 'GET /ready')).toMatchObject({
      outcome: 'failed',
      finding: 'the service process logged no line that contains DRY_RUN_NO_PROVIDER_CALL',
      hint: expect.stringContaining('stdout or stderr'),
      details: ['the most similar line, of the service process:', '  dryRun: no call for u2'],
    });
  });

  test('the line of a rehearsal fails without the uuid, and is shown', () => {
    expect(rehearsed('DRY_RUN_NO_PROVIDER_CALL message_uuid=u3')).toMatchObject({
      outcome: 'failed',
      finding: 'no DRY_RUN_NO_PROVIDER_CALL line of the service process contains the uuid u2 of the message',
      hint: expect.stringContaining('let the line contain the uuid'),
      details: [expect.any(String), '  DRY_RUN_NO_PROVIDER_CALL message_uuid=u3'],
    });
  });

  test('the line of a rehearsal fails when the other process logs it, which is named', () => {
    const line = at(20, log('legacy', 'DRY_RUN_NO_PROVIDER_CALL message_uuid=u2'));
    expect(rehearsalLine(runOf([...entered, line])).details?.[0]).toBe('the most similar line, of the legacy process:');
  });

  test('the last lines are shown when none is similar', () => {
    expect(rehearsed('listening').details).toEqual([
      'the legacy process logged nothing',
      'last lines of the service process:',
      '  listening',
    ]);
  });
});

/** A run with one message, which the legacy app sends as a fallback. */
function fellBack(line: string, { readings = {}, uuid = 'u1' }: { readings?: Partial<Readings>; uuid?: string } = {}) {
  const [item, seen] = ['check-one#1', 'c1#1'];
  const message = { item, campaign: 'check-one', tenant: 't1', recipient: recipientOf(seen), body: bodyOf(seen) };
  const changes: Partial<History> = { items: [message] };
  const enters = uuid === '' ? [] : [at(1, entry(seen, uuid))];
  return fallbackLine(
    historyOf({ changes, readings }, [...enters, at(30, log('legacy', line)), ...sent(31, 'legacy', item)]),
  );
}

describe('the line of a fallback', () => {
  test('the line of a fallback passes with the uuid, or with the id of the tenant', () => {
    expect(fellBack('LEGACY_SEND_FALLBACK_ON_MODE u1').finding).toBe('LEGACY_SEND_FALLBACK_ON_MODE with the uuid');
    expect(fellBack('LEGACY_SEND_FALLBACK_ON_MODE {"tenant_id":1}')).toMatchObject({
      outcome: 'ok',
      finding: 'LEGACY_SEND_FALLBACK_ON_MODE with the id of the tenant',
    });
  });

  test('the line of a fallback fails when it names neither, unless one line is about a batch or the uuid is not known', () => {
    const line = 'LEGACY_SEND_FALLBACK_ON_MODE tenant=12';
    expect(fellBack(line)).toMatchObject({ outcome: 'failed', hint: expect.stringContaining('`fallbackLog: ') });
    expect(fellBack(line, { readings: { fallbackLog: 'batch' } })).toMatchObject({ outcome: 'ok' });
    expect(fellBack(line, { uuid: '' })).toMatchObject({ outcome: 'ok' });
  });

  test('the line of a fallback fails without its text, under every reading', () => {
    const failure = { outcome: 'failed', details: [expect.any(String), '  falling back: legacy send in mode ON'] };
    expect(fellBack('falling back: legacy send in mode ON')).toMatchObject(failure);
    expect(fellBack('falling back: legacy send in mode ON', { readings: { fallbackLog: 'batch' } })).toMatchObject(
      failure,
    );
  });

  test('the line of a fallback does not apply when the legacy app sends nothing', () => {
    expect(fallbackLine(runOf([]))).toMatchObject({ outcome: 'not-applicable' });
  });
});
