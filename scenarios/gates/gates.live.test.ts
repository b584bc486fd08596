// The gates on real processes: each passes on the reference, and each fails on the systems it is there for, for the reason it gives.
import { beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { GateOutcome, GateReport } from '../../harness/formats/gate.ts';
import { openLiveLane } from '../../harness/live/lane.ts';
import { slotPool } from '../../harness/live/lease-pool.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { type Gate, runGates } from '../../harness/runner/gate.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { MUTANTS } from '../mutants/all-mutants.ts';
import { GATES } from './all-gates.ts';

/** Which gate fails on which mutant, and what it then says to have received. */
const KILLS = [
  { gate: '0', mutant: 'M49', says: 'on: legacy sends: 0 instead of 2' },
  { gate: '0', mutant: 'N07', says: 'OFF: units charged: 4 instead of 2' },
  { gate: '1', mutant: 'M01', says: 'late answer: sends by the legacy app: 1 instead of 0' },
  { gate: '1', mutant: 'B03', says: 'late request: sends by the legacy app: 0 instead of 1' },
  { gate: '2', mutant: 'M03', says: 'not so: reset before processing: the user got a 200' },
  { gate: '3', mutant: 'B01', says: 'requests that left the legacy app: 1 instead of 0' },
  { gate: '4', mutant: 'M21', says: 'SHADOW: provider calls by the service: 1 instead of 0' },
  { gate: '4', mutant: 'M52', says: 'not so: SHADOW, service silent: the response does not wait for the service' },
  { gate: '5', mutant: 'M54', says: 'SHADOW: units decremented: 3 instead of 0' },
  { gate: '5', mutant: 'M53', says: 'units decremented: 0 instead of 3' },
  { gate: '6', mutant: 'M11', says: 'missing uuid: requests to the service: 1 instead of 0' },
  { gate: '6', mutant: 'M10', says: 'not so: every uuid in a log or an authority is one made at the entry' },
  { gate: '7', mutant: 'M61', says: 'not so: writers in ON: the service may not write sms_logs' },
  { gate: '8', mutant: 'M65', says: 'nothing planted, SHADOW: 0 reported as planted (received: missing_in_laravel' },
  { gate: '8', mutant: 'M66', says: 'four planted mismatches: 4 reported as planted' },
];

/** Gates that the runbook as written breaks; its writers, its uuids and its table of grants are as they should be. */
const AS_WRITTEN_FAILS = ['0', '1', '2', '3', '4', '5', '8'];

/** Two lanes at once keep two cores busy without eating into the budget of 500 ms. */
const lanes = slotPool(['first lane', 'second lane']);

/** A lane for one gate needs no more slots than the gate has scenarios, and each costs two processes. */
const MOST_SLOTS = 3;

describe('on the reference', () => {
  let report: GateReport;
  beforeAll(async () => {
    report = await reportOn(reference, { gates: GATES, slots: 6 });
  });

  for (const { id, title } of GATES) {
    test(`gate ${id} passes: ${title}`, () => {
      expect(outcomeOf(report, id)).toMatchObject({ outcome: 'pass', nextAction: 'none' });
    });
  }
});

describe.concurrent('on systems that break them', () => {
  test(`the runbook as written fails the gates ${AS_WRITTEN_FAILS.join(', ')}`, async () => {
    const report = await lanes.lend(() => reportOn(asWritten, { gates: GATES, slots: 4 }));
    const failed = report.gates.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
    expect(failed, `received: ${JSON.stringify(report.gates)}`).toEqual(AS_WRITTEN_FAILS);
    expect(report.verdict).toBe('violation');
  });

  for (const { gate, mutant, says } of KILLS) {
    test(`gate ${gate} fails on ${mutant}: ${says}`, async () => {
      const gates = GATES.filter(({ id }) => id === gate);
      const slots = Math.min(MOST_SLOTS, gates.flatMap(({ scenarios }) => scenarios).length);
      const system = await loadMutant(mutant);
      const report = await lanes.lend(() => reportOn(system, { gates, slots }));
      const outcome = outcomeOf(report, gate);
      expect(outcome.received).toContain(says);
      expect(outcome.outcome).toBe('fail');
      expect(outcome.nextAction).not.toBe('none');
    });
  }

  test('every gate has a mutant', () => {
    expect(new Set(KILLS.map(({ gate }) => gate))).toEqual(new Set(GATES.map(({ id }) => id)));
  });

  // Its fallback path cannot be proven to lead to the stub, and nothing runs on a path that was not proven.
  test('a system that never falls back is refused before any gate', async () => {
    const system = await loadMutant('M72');
    const opening = lanes.lend(() => reportOn(system, { gates: [], slots: 1 }));
    await expect(opening).rejects.toThrow(/no canary .* fallback path/);
  });
});

async function reportOn(system: System, options: { gates: readonly Gate[]; slots: number }): Promise<GateReport> {
  const description = describeAssembly(system);
  const lane = await openLiveLane({ description, slots: options.slots, infrastructure: 'embedded' });
  try {
    return await runGates(options.gates, {
      executor: lane,
      oracle: checkersOracle,
      system: system.name,
      replayLine: ({ id }) => `onesend gate ${id}`,
    });
  } finally {
    await lane.close();
  }
}

function loadMutant(id: string): Promise<System> {
  const mutant = MUTANTS.find((candidate) => candidate.id === id);
  if (mutant === undefined) throw new Error(`no mutant ${id}`);
  return mutant.load();
}

function outcomeOf(report: GateReport, id: string): GateOutcome {
  const outcome = report.gates.find((gate) => gate.id === id);
  if (outcome === undefined) throw new Error(`gate ${id} was not run`);
  return outcome;
}
