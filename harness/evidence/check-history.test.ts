import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import type { HistoryEvent, Observation } from '../formats/event.ts';
import { checkDocument } from '../formats/document.ts';
import { type Checker, PROPERTY_IDS } from '../formats/finding.ts';
import { historyDocument } from '../formats/history.ts';
import {
  accept,
  answer,
  at,
  attempt,
  balance,
  breaker,
  callFailed,
  charged,
  decrement,
  during,
  entry,
  type Happening,
  historyOf,
  log,
  logRow,
  nemesis,
  providerError,
  quiescent,
  recover,
  reject,
  request,
  row,
  sent,
  trigger,
} from '../history/history.fixture.ts';
import { receipts } from '../history/receipts.ts';
import { CHECKERS } from '../checkers/all-checkers.ts';
import { judgeHistory } from './check-history.ts';

const crashing: Checker = {
  property: 'S1',
  vantages: ['wire'],
  check() {
    throw new Error('out of order');
  },
};

describe('judging a history', () => {
  test('a history is judged by one checker for every property', () => {
    expect(CHECKERS.map((checker) => checker.property)).toEqual(PROPERTY_IDS);
  });

  test('a history is judged only by the vantages of its system', () => {
    const history = historyOf({ changes: { vantages: ['wire', 'database'] } }, sent(10, 'service'));
    const judged = judgeHistory(history);
    const blind = CHECKERS.filter(({ vantages }) => vantages.some((each) => each !== 'wire' && each !== 'database'));
    expect(judged.flatMap(({ property, observed }) => (observed ? [] : [property]))).toEqual(
      blind.map(({ property }) => property),
    );
    expect(judged.find(({ property }) => property === 'S21')).toMatchObject({ exercised: 0, findings: [] });
    expect(judged.find(({ property }) => property === 'S1')).toMatchObject({ observed: true, exercised: 1 });
  });

  test('a checker that throws is reported as crashed, never as a pass', () => {
    expect(judgeHistory(historyOf({}, []), [crashing])).toEqual([
      { property: 'S1', observed: true, exercised: 0, findings: [], undecided: [], crashed: 'out of order' },
    ]);
  });

  test('a history in which both systems sent a message is a violation', () => {
    const events = [at(1, entry('c1#1', 'u1')), ...sent(10, 'service'), ...sent(600, 'legacy'), at(9_000, quiescent)];
    const violated = judgeHistory(historyOf({}, events)).flatMap(({ property, findings }) =>
      findings.length > 0 ? [property] : [],
    );
    expect(violated).toEqual(expect.arrayContaining(['S1', 'S2', 'S4', 'L2']));
  });
});

const system = fc.constantFrom('legacy' as const, 'service' as const);
const item = fc.constantFrom('c1#1', 'c1#2', 'c2#1');
const uuid = fc.constantFrom('u1', 'u2', 'u3', '');
const tap = fc.constantFrom('front' as const, 'back' as const);
const short = fc.constantFrom('a', 'b', 'c');
const status = fc.constantFrom('accepted', 'duplicate', 'rejected', 'failed', 'unknown', 'in_progress', '');
const image = fc.option(
  fc.dictionary(
    fc.constantFrom('message_uuid', 'status', 'source', 'units', 'tenant_id', 'phone', 'name', 'state', 'recipient'),
    fc.oneof(uuid, fc.integer(), fc.boolean(), fc.constant(null), fc.constant([1])),
  ),
);

/** Any happening, sensible or not. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.tuple(item, uuid, fc.constantFrom('ON', 'OFF', 'SHADOW', 'on')).map(([of, as, mode]) => entry(of, as, mode)),
  fc
    .record({ tap, call: short, uuids: fc.array(uuid, { maxLength: 3 }), dryRun: fc.boolean() })
    .map(({ tap: where, call, ...carried }) => request(where, call, carried)),
  fc
    .tuple(tap, short, fc.integer({ min: 0, max: 1_500 }))
    .map(([where, call, elapsedMs]) => answer(where, call, { elapsedMs })),
  fc
    .tuple(tap, short, fc.constantFrom('client' as const, 'server' as const))
    .map(([where, call, by]) => callFailed(where, call, { by, elapsedMs: 500 })),
  fc
    .tuple(fc.constantFrom(attempt, accept, reject, providerError), system, fc.option(item), short)
    .map(([make, by, of, id]) => make(by, of, id)),
  fc.tuple(uuid, status).map(([of, as]) => logRow(of, { status: as, id: 'SM-a' })),
  fc
    .tuple(fc.integer({ min: -2, max: 9 }), fc.integer({ min: -2, max: 9 }))
    .map(([from, to]) => decrement({ from, to })),
  fc
    .record({
      before: image,
      after: image,
      table: fc.constantFrom(
        'sms_logs',
        'campaign_sms',
        'go_sms_logs',
        'quota_accounts',
        'messaging_breakers',
        'quota_ledger',
        'x',
      ),
    })
    .map(({ table, ...images }) => row(table, images)),
  fc
    .tuple(system, fc.constantFrom('DRY_RUN_NO_PROVIDER_CALL: message_uuid=u1', 'LEGACY_SEND_FALLBACK_ON_MODE 1', 'x'))
    .map(([by, line]) => log(by, line)),
  fc.nat(3).map((fault) => nemesis({ applied: fault })),
  fc.nat(3).map((fault) => nemesis({ healed: fault })),
  system.map((process) => nemesis({ crash: process })),
  system.map((process) => nemesis({ restart: process })),
  fc.constantFrom(
    trigger(),
    trigger('c1', 2),
    recover(),
    quiescent,
    balance(7),
    breaker('OPEN'),
    breaker('CLOSED'),
    charged('u1'),
  ),
);

const window = { fromMs: 0, untilMs: 1_000 };
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc
    .constantFrom('upstream' as const, 'downstream' as const)
    .chain((stream) =>
      fc.constantFrom<Fault>(
        { kind: 'latency', stream, latencyMs: 700, jitterMs: 0, ...window },
        { kind: 'blackhole', stream, ...window },
        { kind: 'reset', stream, ...window },
        { kind: 'cut', stream, bytes: 1, ...window },
      ),
    ),
  fc.constantFrom<Fault>(
    { kind: 'refuse', ...window },
    { kind: 'breaker-open', breaker: 'live', fromMs: 0 },
    { kind: 'crash', process: 'service', atMs: 1, restartAfterMs: 1 },
    { kind: 'redelivery', campaign: 'c1', atMs: 1 },
    { kind: 'missing-uuid', item: 'c1#1' },
    { kind: 'tamper', item: 'c1#1', mismatch: 'missing_in_go' },
  ),
  fc
    .tuple(system, fc.constantFrom('slow' as const, 'reject' as const, 'accept-lose-reply' as const))
    .map(([by, outcome]): Fault => ({
      kind: 'provider',
      system: by,
      outcome,
      delayMs: 600,
      fromMs: 0,
      untilMs: 1_000,
    })),
);
const observation: fc.Arbitrary<Observation> = fc
  .tuple(fc.nat(2_000), fc.nat(50), happening)
  .map(([from, lasts, what]) => during(from, from + lasts, what));

describe('the checkers', () => {
  test('the checkers never throw on a valid history, and their witnesses are events of the history', () => {
    fc.assert(
      fc.property(
        fc.array(fault, { maxLength: 4 }),
        fc.array(observation, { maxLength: 40 }),
        (faults, observations) => {
          const history = historyOf({ messages: 2, secondTenant: true, faults }, observations);
          checkDocument(historyDocument, history, 'script');
          const seqs = new Set(history.events.map((event: HistoryEvent) => event.seq));
          for (const { crashed, findings } of judgeHistory(history)) {
            expect(crashed).toBeUndefined();
            expect(findings.flatMap((finding) => finding.witnesses).every((seq) => seqs.has(seq))).toBe(true);
          }
          expect(receipts(history)).toHaveLength(faults.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
