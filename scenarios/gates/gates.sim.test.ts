// The gates on the simulated lane: each passes on the reference, and fails on a mutant that it is for, for the right reason.
import { beforeAll, describe, expect, test } from 'vitest';
import type { GateReport } from '../../harness/formats/gate.ts';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { inlineExecutor } from '../../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';
import { loadMutants, mutantOf } from '../mutants/all-mutants.ts';
import { GATES } from './all-gates.ts';
import { AS_WRITTEN_FAILS, outcomeOf, reportOn } from './run-gates.fixture.ts';

/** Which gate fails on which mutant, and what the gate then reports as received. */
const KILLS = [
  { gate: '0', mutant: 'M49', says: "the unknown mode 'on': legacy sends: 0 instead of 2" },
  { gate: '0', mutant: 'N07', says: 'OFF: units charged: 4 instead of 2' },
  { gate: '1', mutant: 'M01', says: 'late answer: sends by the legacy app: 1 instead of 0' },
  { gate: '1', mutant: 'B03', says: 'late request: sends by the legacy app: 0 instead of 1' },
  { gate: '2', mutant: 'M03', says: 'not true: reset before processing: the user got no error' },
  { gate: '3', mutant: 'B01', says: 'requests that left the legacy app: 1 instead of 0' },
  { gate: '4', mutant: 'M21', says: 'SHADOW: provider calls by the service: 1 instead of 0' },
  { gate: '4', mutant: 'M52', says: 'not true: SHADOW, service silent: the response does not wait for the service' },
  { gate: '5', mutant: 'M54', says: 'SHADOW: units decremented: 3 instead of 0' },
  { gate: '5', mutant: 'M53', says: 'units decremented: 0 instead of 3' },
  { gate: '6', mutant: 'M11', says: 'missing uuid: requests to the service: 1 instead of 0' },
  { gate: '6', mutant: 'M10', says: 'not true: every uuid in a log or an authority is one made at the entry' },
  { gate: '7', mutant: 'M61', says: 'not true: writers in ON: the service may not write sms_logs' },
  { gate: '8', mutant: 'M65', says: 'nothing planted, SHADOW: 0 reported as planted (received: missing_in_laravel' },
  { gate: '8', mutant: 'M66', says: 'four planted mismatches: 4 reported as planted' },
];

describe('on the reference', () => {
  let report: GateReport;
  beforeAll(async () => {
    report = await reportOn(await openSimExecutor(reference), GATES);
  });

  for (const { id, title } of GATES) {
    test(`gate ${id} passes on the reference: ${title}`, () => {
      expect(outcomeOf(report, id)).toMatchObject({ outcome: 'pass', nextAction: 'none' });
    });
  }
});

test(`the runbook as written fails the gates ${AS_WRITTEN_FAILS.join(', ')}`, async () => {
  const report = await reportOn(await openSimExecutor(asWritten), GATES);
  const failed = report.gates.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
  expect(failed, `received: ${JSON.stringify(report.gates)}`).toEqual(AS_WRITTEN_FAILS);
  expect(report.verdict).toBe('violation');
});

test.each(KILLS)('gate $gate fails on $mutant: $says', async ({ gate, mutant, says }) => {
  const lane = await openSimExecutor((await mutantOf(mutant)).system);
  const report = await reportOn(
    lane,
    GATES.filter(({ id }) => id === gate),
  );
  const outcome = outcomeOf(report, gate);
  expect(outcome.received).toContain(says);
  expect(outcome.outcome).toBe('fail');
  expect(outcome.nextAction).not.toBe('none');
});

test.each(['0', '5'])('gate %s demands a charge in SHADOW if the readings bill it', async (id) => {
  const gates = GATES.filter((gate) => gate.id === id);
  const readings = { ...DEFAULT_READINGS, shadowBilling: 'legacy' } as const;
  const outcomes = await Promise.all(
    [reference, (await mutantOf('M54')).system].map(async (system) => {
      const lane = inlineExecutor(await openSimLane(system, { readings }));
      return outcomeOf(await reportOn(lane, gates), id).outcome;
    }),
  );
  expect(outcomes).toEqual(['fail', 'pass']);
});

test('a gate reports what it measured', async () => {
  const report = await reportOn(await openSimExecutor(reference), GATES);
  expect(outcomeOf(report, '1').measured).toEqual([
    { what: 'late request: given up after', ms: 500 },
    { what: 'late answer: given up after', ms: 500 },
  ]);
});

test('every gate has a mutant that fails it', () => {
  expect(new Set(KILLS.map(({ gate }) => gate))).toEqual(new Set(GATES.map(({ id }) => id)));
});

test('every mutant that names a gate fails it', async () => {
  const left = (await loadMutants()).flatMap(({ id: mutant, gate }) => (gate === undefined ? [] : [{ gate, mutant }]));
  expect(KILLS.map(({ gate, mutant }) => ({ gate, mutant }))).toEqual(expect.arrayContaining(left));
});
