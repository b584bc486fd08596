// Results and gate reports as JUnit XML, for the test reports of CI systems. The builder drops what XML 1.0 cannot hold.
import junitReportBuilder from 'junit-report-builder';
import type { Builder, TestSuite } from 'junit-report-builder';
import { PROPERTIES } from '../harness/formats/finding.ts';
import type { GateOutcome, GateReport } from '../harness/formats/gate.ts';
import type { ExplorationResult, Result } from '../harness/formats/result.ts';
import type { FaultEvidence, PropertyEvidence } from '../harness/formats/verdict.ts';

/** The types describe a module with a default export; what Node loads is the builder itself. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const builder = junitReportBuilder as unknown as Builder;

/**
 * One test case a property, fault and gate, and one for the verdict. Violations are failures, what was not observed is skipped, and
 * whatever else keeps a run from passing is an error: a report without failures and errors is a pass and nothing else.
 */
export function renderJunit(document: Result | GateReport): string {
  const report = builder.newBuilder();
  const isResult = document.format === 'onesend.result/1';
  const system = isResult ? document.system.name : document.system;
  const suite = report.testSuite().name(`onesend ${isResult ? 'certify' : 'gate'} ${system}`);
  const add = caseAdder(suite, `onesend.${system}`);
  if (isResult) addResult(document, suite, add);
  else for (const gate of document.gates) addGate(gate, add);
  addVerdict(document, add);
  return report.build();
}

/** One test case before it is written. */
interface Case {
  readonly name: string;
  readonly outcome: 'pass' | 'failure' | 'error' | 'skipped';
  readonly message?: string;
  readonly details?: string;
  readonly durationMs?: number;
}

type AddCase = (testCase: Case) => void;

function caseAdder(suite: TestSuite, className: string): AddCase {
  return ({ name, outcome, message = '', details = '', durationMs = 0 }) => {
    const testCase = suite
      .testCase()
      .name(name)
      .className(className)
      .time(durationMs / 1_000);
    if (outcome === 'failure') testCase.failure(message, 'violation').stacktrace(details);
    if (outcome === 'error') testCase.error(message, 'inconclusive', details);
    if (outcome === 'skipped') testCase.skipped();
  };
}

function addResult(result: Result, suite: TestSuite, add: AddCase): void {
  suite.time(result.durationMs / 1_000).timestamp(result.startedAt);
  suite.property('seed', String(result.seed));
  for (const evidence of result.properties) addProperty(evidence, { result, add });
  for (const evidence of result.faults) addFault(evidence, add);
  for (const { anomaly, file } of result.counterexamples) {
    if (anomaly === undefined) continue;
    add({ name: `no ${anomaly.kind}`, outcome: 'failure', message: `${anomaly.message} (${file})` });
  }
  if (result.exploration !== undefined)
    addExploration(result.exploration, { isAlone: result.lane === 'sim', result, add });
}

/** The sim lane: its rungs, its goals and, beside a live lane, its properties. */
function addExploration(
  exploration: ExplorationResult,
  { isAlone, result, add }: { isAlone: boolean; result: Result; add: AddCase },
): void {
  if (exploration.notAvailable !== undefined) {
    add({ name: 'sim lane (NOT AVAILABLE)', outcome: 'skipped' });
    return;
  }
  for (const { messages, deviations, planned, run } of exploration.rungs) {
    const name = `sim: every placement of ${deviations} deviations in runs of ${messages} messages`;
    const isWhole = planned !== null && run === planned;
    add({ name, outcome: isWhole ? 'pass' : 'error', message: isWhole ? '' : `${run} of ${planned ?? 'unknown'}` });
  }
  for (const { goal, reached } of exploration.goals) {
    const isReached = reached > 0;
    add({ name: `sim: sometimes ${goal}`, outcome: isReached ? 'pass' : 'error', message: isReached ? '' : 'never' });
  }
  if (isAlone) return;
  const addSim: AddCase = (testCase) => add({ ...testCase, name: `sim: ${testCase.name}` });
  for (const evidence of exploration.properties) addProperty(evidence, { result, add: addSim });
}

function addProperty(evidence: PropertyEvidence, { result, add }: { result: Result; add: AddCase }): void {
  const { property, exercised, minimum, violations } = evidence;
  const name = `${property} ${PROPERTIES[property]}`;
  if (violations > 0) {
    const findings = result.counterexamples.flatMap((counterexample) =>
      counterexample.findings
        .filter((finding) => finding.property === property)
        .map((finding) => `${finding.message} (${counterexample.file})`),
    );
    const message = findings[0] ?? `violated ${violations} times`;
    add({ name, outcome: 'failure', message, details: findings.join('\n') });
  } else if (!evidence.observed) {
    add({ name: `${name} (NOT OBSERVED)`, outcome: 'skipped' });
  } else if (exercised < minimum) {
    add({ name, outcome: 'error', message: `exercised ${exercised} times, at least ${minimum} are needed` });
  } else add({ name, outcome: 'pass' });
}

function addFault({ fault, bit, minimum, missing }: FaultEvidence, add: AddCase): void {
  const name = `fault ${fault} bites`;
  if (missing > 0) add({ name, outcome: 'error', message: `had traffic and left no receipt in ${missing} scenarios` });
  else if (bit < minimum) add({ name, outcome: 'error', message: `bit ${bit} times, at least ${minimum} are needed` });
  else add({ name, outcome: 'pass' });
}

function addGate({ id, title, outcome, expected, received, replay, durationMs }: GateOutcome, add: AddCase): void {
  const name = `${id} ${title}`;
  if (outcome === 'pass') add({ name, outcome: 'pass', durationMs });
  else {
    const message = `expected ${expected}, received ${received}`;
    add({ name, outcome: outcome === 'fail' ? 'failure' : 'error', message, details: replay, durationMs });
  }
}

/** A violation that was saved has failures of its own; every other verdict but a pass would go unseen without this case. */
function addVerdict(document: Result | GateReport, add: AddCase): void {
  const { verdict } = document;
  const isResult = document.format === 'onesend.result/1';
  const isShown = verdict === 'violation' && (!isResult || document.counterexamples.length > 0);
  const isError = verdict !== 'pass' && !isShown;
  const details = isResult ? document.reasons.join('\n') : '';
  add({ name: 'the run is conclusive', outcome: isError ? 'error' : 'pass', message: isError ? verdict : '', details });
}
