import { expect, test } from 'vitest';
import type { Role } from '../../src/contract/message.ts';
import type { Observation } from '../formats/event.ts';
import { brokenBy } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import * as script from '../history/history.fixture.ts';
import { fingerprintKey, fingerprintOf, fingerprintsOf } from './fingerprint.ts';

const { at, entry, historyOf } = script;

const accept = (ms: number, system: Role, item = 'c1#1'): Observation =>
  at(ms, {
    observer: 'provider',
    kind: 'accept',
    attempt: `${item} ${ms}`,
    system,
    item,
    providerMessageId: `SM${ms}`,
  });

const shown = (history: History, ...kinds: string[]): string =>
  fingerprintOf(history, {
    property: 'S1',
    message: 'a sentence with 1 uuid',
    items: ['c1#1'],
    witnesses: history.events.filter(({ kind }) => kinds.includes(kind)).map(({ seq }) => seq),
  });

test('a fingerprint names the kind, system and mode of each witness in order, and no id, time or count', () => {
  const early = historyOf({}, [at(1, entry('c1#1', 'u1')), accept(20, 'service'), accept(30, 'legacy')]);
  const late = historyOf({}, [at(9, entry('c1#1', 'u7')), accept(470, 'service'), accept(900, 'legacy')]);
  expect(shown(early, 'accept')).toBe('S1: accept service ON; accept legacy ON');
  expect(shown(late, 'accept')).toBe(shown(early, 'accept'));
  const thrice = historyOf({}, [
    at(1, entry('c1#1', 'u1')),
    accept(2, 'service'),
    accept(3, 'legacy'),
    accept(4, 'legacy'),
  ]);
  expect(shown(thrice, 'accept')).toBe(shown(early, 'accept'));
});

test('findings of one property that differ in order, system, mode or outcome have different fingerprints', () => {
  const twoOf = (mode: string, ...systems: Role[]): string =>
    shown(
      historyOf({ mode }, [
        at(1, entry('c1#1', 'u1', mode)),
        ...systems.map((system, index) => accept(20 + index, system)),
      ]),
      'accept',
    );
  const all = [
    twoOf('ON', 'service', 'legacy'),
    twoOf('ON', 'legacy', 'service'),
    twoOf('ON', 'legacy', 'legacy'),
    twoOf('OFF', 'legacy', 'legacy'),
  ];
  expect(new Set(all).size).toBe(4);
  const rejected = (status: number): string =>
    shown(
      historyOf({}, [
        at(1, entry('c1#1', 'u1')),
        at(2, {
          observer: 'provider',
          kind: 'reject',
          attempt: 'a',
          system: 'legacy',
          item: 'c1#1',
          status,
          definite: true,
        }),
      ]),
      'reject',
    );
  expect(rejected(400)).not.toBe(rejected(429));
});

test('a run has each fingerprint of its findings once, or only its anomaly', () => {
  const history = historyOf({}, [at(1, entry('c1#1', 'u1')), accept(2, 'service'), accept(3, 'service')]);
  const seqs = history.events.filter(({ kind }) => kind === 'accept').map(({ seq }) => seq);
  const finding = { property: 'S1' as const, message: '', items: [], witnesses: seqs };
  const findings = [
    finding,
    { ...finding, message: 'another message of the same kind' },
    { ...finding, property: 'S9' as const },
  ];
  expect(fingerprintsOf({ history, findings, broken: ['S1', 'S9'] })).toEqual([
    'S1: accept service ON',
    'S9: accept service ON',
  ]);
  expect(fingerprintsOf({ history, findings, broken: ['deadlock'] })).toEqual(['deadlock']);
  expect(fingerprintsOf({ history, findings: [], broken: [] })).toEqual([]);
  expect([brokenBy('S9: accept service ON'), brokenBy('deadlock')]).toEqual(['S9', 'deadlock']);
  expect(fingerprintKey('deadlock')).toMatch(/^deadlock [0-9a-f]{12}$/);
});
