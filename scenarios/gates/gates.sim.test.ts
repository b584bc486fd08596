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
import { AS_WRITTEN_FAILS, outcomeOf, receivedIn, reportOn } from './run-gates.fixture.ts';

/** Which gate fails on which mutant, and what the gate then reports as received, with the name of the run. */
const KILLS = [
  { gate: '0', mutant: 'M49', says: 'on (no mode), mode table: legacy sends: 0 instead of 2' },
  { gate: '0', mutant: 'N07', says: 'OFF, mode table: units charged: 4 instead of 2' },
  {
    gate: '1',
    mutant: 'M01',
    says: 'ON, the answer arrives after the caller left: sends by the legacy app: 1 instead of 0',
  },
  {
    gate: '1',
    mutant: 'B03',
    says: 'ON, the request arrives after the caller left: sends by the legacy app: 0 instead of 1',
  },
  { gate: '2', mutant: 'M03', says: 'ON, reset before processing: not true: the user got no error' },
  { gate: '3', mutant: 'B01', says: 'ON, breaker OPEN: requests that left the legacy app: 1 instead of 0' },
  { gate: '4', mutant: 'M21', says: 'SHADOW: provider calls by the service: 1 instead of 0' },
  { gate: '4', mutant: 'M52', says: 'SHADOW, service silent: not true: the response does not wait for the service' },
  { gate: '5', mutant: 'M54', says: 'SHADOW, quota: units decremented: 3 instead of 0' },
  {
    gate: '5',
    mutant: 'M53',
    says: 'ON, quota, answer lost, delivered again and answered duplicate: units decremented: 0 instead of 3',
  },
  { gate: '6', mutant: 'M11', says: 'ON, an item comes without a uuid: requests to the service: 1 instead of 0' },
  {
    gate: '6',
    mutant: 'M10',
    says: 'ON, uuids under a lost answer and a redelivery: not true: every uuid in a log or an authority is one made at the entry',
  },
  { gate: '7', mutant: 'M61', says: 'ON, writers: not true: the service may not write sms_logs' },
  {
    gate: '8',
    mutant: 'M65',
    says: 'SHADOW, nothing planted: not true: 0 reported as planted (received: missing_in_laravel',
  },
  { gate: '8', mutant: 'M66', says: 'ON, four planted mismatches: not true: 4 reported as planted' },
];

describe('on the reference', () => {
  let report: GateReport;
  beforeAll(async () => {
    report = await reportOn(await openSimExecutor(reference), GATES);
  });

  for (const { id, title } of GATES) {
    test(`gate ${id} passes on the reference: ${title}`, () => {
      expect(outcomeOf(report, id)).toMatchObject({ outcome: 'pass', nextActions: [] });
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
  expect(receivedIn(outcome)).toContainEqual(expect.stringContaining(says));
  expect(outcome.outcome).toBe('fail');
  expect(outcome.nextActions).not.toEqual([]);
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
