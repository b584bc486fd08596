import { describe, expect, test } from 'vitest';
import { type Fault, FAULT_LABELS, faultLabel, labelOf } from './catalogue.ts';
import { PHASES } from './definition.ts';

const window = { fromMs: 0, untilMs: 1 };
const streams = ['upstream', 'downstream'] as const;
const systems = ['legacy', 'service'] as const;

const OUTCOMES = ['reject', 'slow', 'accept-lose-reply', 'error-accepted', 'error-not-accepted'] as const;

function providerFault(system: (typeof systems)[number], outcome: (typeof OUTCOMES)[number]): Fault {
  return { kind: 'provider', system, outcome, delayMs: 0, ...window };
}

/** One fault of every label. */
const everyFault: Fault[] = [
  ...streams.flatMap((stream): Fault[] => [
    { kind: 'latency', stream, latencyMs: 1, jitterMs: 0, ...window },
    { kind: 'blackhole', stream, ...window },
    { kind: 'reset', stream, ...window },
    { kind: 'cut', stream, bytes: 1, ...window },
  ]),
  { kind: 'refuse', ...window },
  { kind: 'breaker-open', breaker: 'live', fromMs: 0 },
  { kind: 'breaker-open', breaker: 'dry', fromMs: 0 },
  ...systems.flatMap((system) => OUTCOMES.map((outcome) => providerFault(system, outcome))),
  { kind: 'crash', process: 'legacy', atMs: 0, restartAfterMs: 0 },
  { kind: 'crash', process: 'service', atMs: 0, restartAfterMs: 0 },
  { kind: 'redelivery', campaign: 'c1', atMs: 0 },
  { kind: 'missing-uuid', item: 'c1#1' },
  ...(['missing_in_go', 'missing_in_laravel', 'status_mismatch', 'provider_message_id_mismatch'] as const).map(
    (mismatch): Fault => ({ kind: 'tamper', mismatch, item: 'c1#1' }),
  ),
];

describe('the catalogue of faults', () => {
  test('has exactly one entry for every fault that a scenario can hold', () => {
    expect(everyFault.map(faultLabel).toSorted()).toEqual(FAULT_LABELS.map((entry) => entry.label).toSorted());
    for (const fault of everyFault) expect(labelOf(fault).label).toBe(faultLabel(fault));
  });

  test('aims at every phase of the protocol', () => {
    expect(new Set(FAULT_LABELS.flatMap((entry) => entry.phases))).toEqual(new Set(PHASES));
  });

  test('names faults by what they do and where', () => {
    expect([everyFault[4], everyFault[11], everyFault[21]].map((fault) => fault && faultLabel(fault))).toEqual([
      'latency downstream',
      'provider reject (legacy)',
      'crash legacy',
    ]);
  });

  test('lets a planted breaker and a redelivery excuse nothing', () => {
    const strict = FAULT_LABELS.filter((entry) => !entry.causesAmbiguity && !entry.preventsSending);
    expect(new Set(strict.map((entry) => entry.kind))).toEqual(new Set(['breaker-open', 'redelivery', 'tamper']));
  });
});
