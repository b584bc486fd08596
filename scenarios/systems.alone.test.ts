// The systems of this repository on real processes, each judged by gates and property suites. The simulated lane judges every mutant; here,
// three of them and one per gate show that the live lane sees them too.
import { beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../harness/adapters/assembly.ts';
import type { GateReport } from '../harness/formats/gate.ts';
import type { LiveLane } from '../harness/live/lane.ts';
import { resourcePool } from '../harness/live/resource-pool.ts';
import { onSharedLane } from '../harness/live/shared-lane.fixture.ts';
import type { System } from '../src/contract/system.ts';
import { system as reference } from '../src/reference.ts';
import { system as asWritten } from './as-written/system.ts';
import { GATES } from './gates/all-gates.ts';
import { AS_WRITTEN_FAILS, outcomeOf, receivedIn, reportOn } from './gates/run-gates.fixture.ts';
import { mutantOf } from './mutants/all-mutants.ts';
import { SUITES } from './properties/all-suites.ts';
import { runSuite, scenariosOf, type SuiteReport, suiteSeed } from './properties/property-suite.ts';

/** Each slot costs two processes; a scenario mostly waits. */
const REFERENCE_SLOTS = 12;
const AS_WRITTEN_SLOTS = 6;
const SLOTS = 3;

const REFERENCE_SCENARIOS = 10;
/** A mutant that a quarter of the scenarios expose escapes 24 of them in about one of a thousand seeds; most are found by the first few. */
const MUTANT_SCENARIOS = 24;

/** Mutants that are killed on real processes too: by a gate and, unless null, by a suite. */
const KILLS = [
  {
    mutant: 'M01',
    gate: '1',
    says: 'ON, the answer arrives after the caller left: sends by the legacy app: 1 instead of 0',
    suite: 'single authority',
  },
  {
    mutant: 'M21',
    gate: '4',
    says: 'SHADOW: provider calls by the service: 1 instead of 0',
    suite: 'single authority',
  },
  { mutant: 'M61', gate: '7', says: 'ON, writers: not true: the service may not write sms_logs', suite: 'writers' },
  {
    mutant: 'M10',
    gate: '6',
    says: 'ON, uuids under a lost answer and a redelivery: not true: every uuid in a log or an authority is one made at the entry',
    suite: null,
  },
];

/** At most three lanes run at once, with together as many slots as the lane of the reference. */
const turns = resourcePool(['first lane', 'second lane', 'third lane']);

function onLaneOf<T>(system: System, work: (lane: LiveLane) => Promise<T>, slots = SLOTS): Promise<T> {
  return onSharedLane({ description: describeAssembly(system), slots }, work);
}

const seed = suiteSeed();

describe('the reference on real processes', () => {
  let gates: GateReport;
  let suites: readonly SuiteReport[];
  beforeAll(async () => {
    [gates, suites] = await onLaneOf(
      reference,
      (lane) =>
        Promise.all([
          reportOn(lane, GATES),
          Promise.all(
            SUITES.map((suite) => runSuite(suite, { lane, scenarios: scenariosOf(suite, REFERENCE_SCENARIOS) })),
          ),
        ]),
      REFERENCE_SLOTS,
    );
  });

  test.each(GATES)('the reference on real processes passes gate $id: $title', ({ id }) => {
    expect(outcomeOf(gates, id)).toMatchObject({ outcome: 'pass', nextActions: [] });
  });

  test.each(SUITES.map(({ name }, index) => [name, index] as const))(
    'the reference on real processes violates nothing of the suite %s',
    (_, index) => {
      expect(suites[index], `ONESEND_SEED=${seed}`).toMatchObject({ findings: [], problems: [] });
    },
  );

  test.each(SUITES.map(({ name }, index) => [name, index] as const))(
    'the reference on real processes exercises each property of the suite %s',
    (_, index) => {
      expect(suites[index]?.unexercised, `ONESEND_SEED=${seed}`).toEqual([]);
    },
  );
});

describe.concurrent('systems that break something, on real processes', () => {
  test(`the runbook as written on real processes fails the gates ${AS_WRITTEN_FAILS.join(', ')}`, async () => {
    const report = await turns.use(() => onLaneOf(asWritten, (lane) => reportOn(lane, GATES), AS_WRITTEN_SLOTS));
    const failed = report.gates.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
    expect(failed, `received: ${JSON.stringify(report.gates)}`).toEqual(AS_WRITTEN_FAILS);
    expect(report.verdict).toBe('violation');
  });

  test.each(KILLS)(
    '$mutant on real processes fails gate $gate and its suite',
    async ({ mutant: id, gate, says, suite: name }) => {
      const { breaks, system } = await mutantOf(id);
      const suite = SUITES.find((candidate) => candidate.name === name);
      const [gates, report] = await turns.use(() =>
        onLaneOf(system, async (lane) => [
          await reportOn(
            lane,
            GATES.filter((candidate) => candidate.id === gate),
          ),
          suite && (await runSuite(suite, { lane, scenarios: scenariosOf(suite, MUTANT_SCENARIOS) })),
        ]),
      );
      const outcome = outcomeOf(gates, gate);
      expect(outcome.outcome).toBe('fail');
      expect(receivedIn(outcome)).toContainEqual(expect.stringContaining(says));
      if (report === undefined) return;
      const named = report.violated.filter((property) => breaks.includes(property));
      expect(named, `ONESEND_SEED=${seed} ${JSON.stringify(report)}`).not.toEqual([]);
    },
  );

  test('each gate fails on the runbook as written or on a mutant', () => {
    expect(new Set([...AS_WRITTEN_FAILS, ...KILLS.map(({ gate }) => gate)])).toEqual(
      new Set(GATES.map(({ id }) => id)),
    );
  });
});
