import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { type Role, ROLES } from '../../src/contract/message.ts';
import {
  definitionOf,
  type Fault,
  FAULT_DEFINITIONS,
  FAULT_LABELS,
  faultLabel,
  FAULTS,
  faultWords,
  labelOf,
  shortFaultWords,
} from './catalogue.ts';
import { PHASES } from './definition.ts';

const window = { fromMs: 0, untilMs: 1 };
const streams = ['upstream', 'downstream'] as const;

const MISMATCHES = [
  'missing_in_go',
  'missing_in_laravel',
  'status_mismatch',
  'provider_message_id_mismatch',
  'provider_message_id_null_in_go',
  'duplicate_in_laravel',
] as const;

const OUTCOMES = ['reject', 'slow', 'accept-lose-reply', 'error-accepted', 'error-not-accepted'] as const;

function providerFault(system: Role, outcome: (typeof OUTCOMES)[number]): Fault {
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
  ...ROLES.flatMap((system) => OUTCOMES.map((outcome) => providerFault(system, outcome))),
  { kind: 'crash', process: 'legacy', atMs: 0, restartAfterMs: 0 },
  { kind: 'crash', process: 'service', atMs: 0, restartAfterMs: 0 },
  { kind: 'redelivery', campaign: 'c1', atMs: 0 },
  { kind: 'missing-uuid', item: 'c1#1' },
  ...MISMATCHES.map((mismatch): Fault => ({ kind: 'tamper', mismatch, item: 'c1#1' })),
  { kind: 'pause', process: 'legacy', lastsMs: 700, ...window },
  { kind: 'terminate', process: 'legacy', atMs: 0, graceMs: 600, restartAfterMs: 0 },
  { kind: 'terminate', process: 'service', atMs: 0, graceMs: 600, restartAfterMs: 0 },
  { kind: 'repeat', item: 'c1#1', changes: 'number', afterMs: 300 },
];
const entries = [{ campaign: 'c1', atMs: 100 }];
const room = { untilMs: 2_000, entryMs: () => 300, putOffMs: () => 200 };

describe('the catalogue of faults', () => {
  test('the catalogue of faults has exactly one entry for each label', () => {
    expect(everyFault.map(faultLabel).toSorted()).toEqual(FAULT_LABELS.map((entry) => entry.label).toSorted());
    for (const fault of everyFault) expect(labelOf(fault).label).toBe(faultLabel(fault));
  });

  test('the catalogue of faults has a fault for every phase of the protocol', () => {
    expect(new Set(FAULT_LABELS.flatMap((entry) => entry.phases))).toEqual(new Set(PHASES));
  });

  test('the label of a fault says what it does and where', () => {
    expect([everyFault[4], everyFault[11], everyFault[21]].map((fault) => fault && faultLabel(fault))).toEqual([
      'latency downstream',
      'provider reject (legacy)',
      'crash legacy',
    ]);
  });

  test('the words of a fault include its numbers', () => {
    const words = new Map(everyFault.map((fault) => [fault.kind, faultWords(fault)]));
    expect(Object.fromEntries(words)).toEqual({
      latency: 'latency downstream 1 ms',
      blackhole: 'blackhole downstream',
      reset: 'reset downstream',
      cut: 'cut downstream after 1 B',
      refuse: 'connections refused',
      'breaker-open': 'breaker dry OPEN',
      provider: 'provider error-not-accepted for service',
      crash: 'service crash',
      redelivery: 'redelivery of c1',
      'missing-uuid': 'blank uuid of c1#1',
      tamper: 'tampered logs: duplicate_in_laravel of c1#1',
      pause: 'pause of legacy 700 ms',
      terminate: 'service asked to end within 600 ms',
      repeat: 'uuid of c1#1 repeated with another number after 300 ms',
    });
    expect(faultWords({ kind: 'latency', stream: 'upstream', latencyMs: 5, jitterMs: 2, ...window })).toBe(
      'latency upstream 5 ms +-2',
    );
    const slow: Fault = { kind: 'provider', system: 'legacy', outcome: 'slow', delayMs: 600, ...window };
    expect(faultWords(slow)).toBe('provider slow 600 ms for legacy');
    const heldUp: Fault = {
      kind: 'latency',
      stream: 'downstream',
      latencyMs: 5,
      jitterMs: 0,
      heldUp: 'legacy',
      ...window,
    };
    expect(faultWords(heldUp)).toBe('legacy held up 5 ms');
  });

  test('the short words of a fault fit beside a send in a narrow drawing', () => {
    expect(shortFaultWords(providerFault('service', 'accept-lose-reply'))).toBe('reply lost');
    const columns = '12345678901234567890'.length - '! '.length;
    for (const fault of everyFault) expect(shortFaultWords(fault).length).toBeLessThanOrEqual(columns);
    for (const outcome of OUTCOMES) {
      expect(`SENT ! ${shortFaultWords(providerFault('service', outcome))}`.length).toBeLessThanOrEqual(columns + 2);
    }
  });

  test('the words of a fault that replaces a decision of the simulator describe the decision', () => {
    const decided = { of: 'request', what: 'delivered twice' };
    const twice: Fault = { kind: 'latency', stream: 'upstream', latencyMs: 1, jitterMs: 0, decided, ...window };
    expect([faultWords(twice), shortFaultWords(twice), faultLabel(twice)]).toEqual([
      'request delivered twice',
      'delivered twice',
      'latency upstream',
    ]);
  });

  test('breaker-open, redelivery, repeat and tamper are the only faults that excuse nothing', () => {
    const strict = FAULT_LABELS.filter((entry) => !entry.causesAmbiguity && !entry.preventsSending);
    expect(new Set(strict.map((entry) => entry.kind))).toEqual(
      new Set(['breaker-open', 'redelivery', 'repeat', 'tamper']),
    );
  });

  test('the obstacle of a fault names the process that it obstructs', () => {
    const obstacles = everyFault.flatMap((fault) => {
      const obstacle = definitionOf(fault).obstacle(fault);
      return obstacle === undefined ? [] : [[fault.kind, obstacle.kind]];
    });
    expect(Object.fromEntries(obstacles)).toEqual({
      refuse: 'unreachable',
      provider: 'faulty-provider',
      pause: 'stopped',
    });
    const heldUp: Fault = {
      kind: 'latency',
      stream: 'downstream',
      latencyMs: 1,
      jitterMs: 0,
      heldUp: 'legacy',
      ...window,
    };
    expect(definitionOf(heldUp).obstacle(heldUp)).toEqual({ kind: 'held-up', process: 'legacy' });
  });

  test.each(Object.entries(FAULTS))(
    'faults of kind %s are valid when they are drawn, sampled, moved and spaced',
    (kind, { schema }) => {
      const definition = FAULT_DEFINITIONS.find((candidate) => candidate.schema === schema);
      if (definition === undefined) throw new Error(`no definition of ${kind}`);
      const drawn =
        definition.random === undefined ? [] : fc.sample(definition.random.drafts, { seed: 1, numRuns: 100 });
      const faults = [
        ...drawn.map((draft) => draft.among(entries)),
        ...definition.samples.flatMap(({ make }) =>
          [0, 1, 2, 3].map((variant) => make(variant, { campaign: 'c1', atMs: 100 })),
        ),
      ];
      for (const fault of faults) {
        const all = [fault, definition.moved(fault, 60), definition.moved(fault, -75), definition.spaced(fault, room)];
        for (const each of all) expect(schema.safeParse(each).error).toBeUndefined();
      }
      expect(drawn.map(({ place }) => place)).toEqual(
        faults.slice(0, drawn.length).map((fault) => definition.place(fault)),
      );
      expect(faults.length > 0).toBe(kind !== 'missing-uuid' && kind !== 'tamper');
    },
  );

  test('every number of a fault has plain values', () => {
    for (const fault of everyFault) {
      const numbers = Object.entries(fault).flatMap(([field, value]) => (typeof value === 'number' ? [field] : []));
      expect(Object.keys(FAULTS[fault.kind].plainNumbers).toSorted()).toEqual(numbers.toSorted());
    }
  });
});
