// Results and gate reports as JUnit XML, for the test reports of CI systems. The builder drops characters that XML 1.0 does not allow.
import junitReportBuilder, { type Builder, type TestSuite } from 'junit-report-builder';
import { isCutShort, isTooOftenUndecided } from '../harness/formats/decision.ts';
import type { DepthCounts, Evidence, FaultCounts, PropertyCounts } from '../harness/formats/evidence.ts';
import { brokenBy, PROPERTIES, PROPERTY_IDS, type PropertyId } from '../harness/formats/finding.ts';
import type { GateOutcome, GateReport } from '../harness/formats/gate.ts';
import { goalsOutOfReach } from '../harness/formats/goal.ts';
import type { LaneResult } from '../harness/formats/lane-result.ts';
import type { CounterexampleSummary, Result } from '../harness/formats/result.ts';
import type { SabotageOutcome } from '../harness/formats/sabotage.ts';
import { absentFaults } from './absent-faults.ts';
import { acceptancesOf, acceptedIn, acceptedWords } from './baseline-lines.ts';
import { type Confirmation, flakyWords } from './confirmation-words.ts';
import { describeReason, doubtWords } from './describe-reason.ts';
import { explainCommandOf } from './explain-command.ts';
import { expectedWords, GATE_WORDS, receivedWords } from './gate-words.ts';
import { countOf, grouped } from '../harness/history/counted-words.ts';

/** The package's types declare a module with a default export, but Node loads the builder itself. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const builder = junitReportBuilder as unknown as Builder;

/**
 * One test case per property, fault and gate, with its lane in front of the name, and one for the verdict. A violation is a failure; what
 * was not observed is skipped unless it was required; any other reason against a pass is an error. So a report without failures and
 * errors is always a pass.
 */
export function renderJunit(document: Result | GateReport): string {
  const report = builder.newBuilder();
  const isResult = document.format === 'onesend.result/3';
  const system = isResult ? document.system.name : document.system;
  const suite = report.testSuite().name(`onesend ${isResult ? 'certify' : 'gate'} ${system}`);
  for (const [name, value] of Object.entries(document.readings)) suite.property(`reading ${name}`, value);
  const add = caseAdder(suite, `onesend.${system}`);
  if (isResult) addResult(document, suite, add);
  else
    for (const gate of document.gates) addGate(gate, { add: onLane(document.lane, add), baseline: document.baseline });
  addVerdict(document, add);
  return report.build();
}

/** One test case of the report. */
interface Case {
  readonly name: string;
  readonly outcome: 'pass' | 'failure' | 'error' | 'skipped';
  readonly message?: string;
  /** The type of an error; `inconclusive` by default. */
  readonly type?: string;
  readonly details?: string;
  readonly durationMs?: number;
}

type AddCase = (testCase: Case) => void;

/** The name of the case of the verdict. */
const CONCLUSIVE = 'the run is conclusive';

/** A case whose violation a baseline accepts. The day and the person are not in its name, so that it has the same name in all runs. */
function acceptedCase(name: string, accepted: Parameters<typeof acceptedWords>[0]): Case {
  return { name: `${name} (ACCEPTED)`, outcome: 'skipped', details: acceptedWords(accepted) };
}

function caseAdder(suite: TestSuite, className: string): AddCase {
  return ({ name, outcome, message = '', type = 'inconclusive', details: text = '', durationMs = 0 }) => {
    // The builder escapes only the first `]]>` of a text, which would end its CDATA section.
    const details = text.replaceAll(']]>', ']] >');
    const testCase = suite
      .testCase()
      .name(name)
      .className(className)
      .time(durationMs / 1_000);
    if (outcome === 'failure') testCase.failure(message, 'violation').stacktrace(details);
    if (outcome === 'error') testCase.error(message, type, details);
    if (outcome === 'skipped') testCase.skipped();
    if (outcome === 'skipped' && details !== '') testCase.standardOutput(details);
  };
}

/** Puts the lane in front of the name, even if only one lane ran, so that a case has the same name with one lane and with two. */
function onLane(lane: LaneResult['lane'], add: AddCase): AddCase {
  return (testCase) => add({ ...testCase, name: `${lane}: ${testCase.name}` });
}

function addResult(result: Result, suite: TestSuite, add: AddCase): void {
  suite.time(result.durationMs / 1_000).timestamp(result.startedAt);
  suite.property('seed', String(result.seed));
  for (const laneResult of result.lanes) addLane(laneResult, { result, add: onLane(laneResult.lane, add) });
  for (const fault of absentFaults(result))
    if (fault.includes('NOT OBSERVED')) add({ name: fault, outcome: 'skipped' });
  for (const { lane } of result.unavailable) add({ name: `${lane} lane (NOT AVAILABLE)`, outcome: 'skipped' });
  for (const { id, name, outcome, note } of result.sabotage ?? []) {
    const seen = `wire mutant ${id} ${name} is seen`;
    onLane('live', add)({ name: seen, outcome: SABOTAGE_OUTCOMES[outcome], message: note });
  }
  for (const counterexample of result.counterexamples)
    addAnomaly(counterexample, { result, add: onLane(counterexample.lane, add) });
}

function addAnomaly({ anomaly, ...saved }: CounterexampleSummary, { result, add }: Place): void {
  if (anomaly === undefined) return;
  const name = `no ${anomaly.kind}`;
  const accepted = acceptancesOf([anomaly.kind], result.baseline);
  if (accepted !== undefined) add(acceptedCase(name, accepted));
  else add({ name, outcome: 'failure', message: `${anomaly.message} (${whereOf(saved)})` });
}

/** The file of a counterexample, and, if it is flaky, how often its replays violated. */
function whereOf({
  file,
  confirmation,
}: Pick<CounterexampleSummary, 'file'> & { confirmation?: Confirmation }): string {
  return [file, flakyWords(confirmation)].filter((words) => words !== undefined).join('; ');
}

/** The outcome of the test case of a wire mutant. A `surprise`, which other properties than expected noticed, is a pass too. */
const SABOTAGE_OUTCOMES: Readonly<Record<SabotageOutcome, Case['outcome']>> = {
  seen: 'pass',
  surprise: 'pass',
  blind: 'error',
  'not-reached': 'error',
  'broken-baseline': 'error',
  'not-applicable': 'skipped',
};

interface Place {
  readonly result: Result;
  readonly add: AddCase;
}

function addLane(laneResult: LaneResult, place: Place): void {
  const { evidence, demands, lane } = laneResult;
  for (const id of PROPERTY_IDS) addProperty(id, laneResult, place);
  for (const [fault, counts] of lane === 'sim' ? [] : Object.entries(evidence.faults)) {
    addFault({ fault, counts, minimum: counts.planned > 0 ? demands.faultMinimum : 0 }, place.add);
  }
  for (const depth of evidence.depths) addDepth(depth, place.add);
  for (const goal of demands.goals) {
    const isReached = (evidence.goals[goal] ?? 0) > 0;
    place.add({ name: `sometimes ${goal}`, outcome: isReached ? 'pass' : 'error', message: isReached ? '' : 'never' });
  }
  if (lane !== 'sim') return;
  for (const { goal, because } of goalsOutOfReach(place.result.readings))
    place.add({ name: `sometimes ${goal} (NOT DEMANDED: ${because})`, outcome: 'skipped' });
}

function addDepth({ messages, deviations, planned, run }: DepthCounts, add: AddCase): void {
  const name = `every placement of ${countOf(deviations, 'deviation')} in runs of ${countOf(messages, 'message')}`;
  const isWhole = planned !== null && run === planned;
  add({
    name,
    outcome: isWhole ? 'pass' : 'error',
    message: isWhole ? '' : `${grouped(run)} of ${planned === null ? 'unknown' : grouped(planned)}`,
  });
}

function addProperty(property: PropertyId, { evidence, demands, lane }: LaneResult, { result, add }: Place): void {
  const name = `${property} ${PROPERTIES[property]}`;
  const {
    observed = false,
    exercised = 0,
    undecided = 0,
    violations = 0,
    doubts: [doubt] = [],
  }: Partial<PropertyCounts> = evidence.properties[property] ?? {};
  const minimum = demands.propertyMinimum;
  const accepted = acceptancesOf(fingerprintsOf(evidence, property), result.baseline);
  if (violations > 0 && accepted !== undefined) {
    add(acceptedCase(name, accepted));
  } else if (violations > 0) {
    const findings = result.counterexamples
      .filter((counterexample) => counterexample.lane === lane)
      .flatMap((counterexample) =>
        counterexample.findings
          .filter((finding) => finding.property === property)
          .map((finding) => `${finding.message} (${whereOf(counterexample)})`),
      );
    const message = findings[0] ?? `violated ${countOf(violations, 'time')}`;
    add({
      name,
      outcome: 'failure',
      message,
      details: [...findings, `explain it: ${explainCommandOf(property)}`].join('\n'),
    });
  } else if (!observed && demands.required.includes(property)) {
    add({ name, outcome: 'error', message: 'was required and could not be observed' });
  } else if (!observed) {
    add({ name: `${name} (NOT OBSERVED)`, outcome: 'skipped' });
  } else if (exercised < minimum) {
    add({
      name,
      outcome: 'error',
      message: `exercised ${countOf(exercised, 'time')}, at least ${grouped(minimum)} are needed`,
    });
  } else if (isTooOftenUndecided({ exercised, undecided }, demands)) {
    const message = `undecided in ${grouped(undecided)} of its ${countOf(exercised + undecided, 'chance')}${doubtWords(doubt)}`;
    add({ name, outcome: 'error', message });
  } else add({ name, outcome: 'pass' });
}

/** The fingerprints of the violations of a property, or of an anomaly. */
function fingerprintsOf({ fingerprints = {} }: Evidence, broken: string): string[] {
  return Object.keys(fingerprints).filter((each) => brokenBy(each) === broken);
}

function addFault(
  { fault, counts, minimum }: { fault: string; counts: FaultCounts; minimum: number },
  add: AddCase,
): void {
  const { bit, missing } = counts;
  const name = `fault ${fault} takes effect`;
  if (missing > 0)
    add({ name, outcome: 'error', message: `had traffic and left no receipt in ${countOf(missing, 'scenario')}` });
  else if (bit < minimum)
    add({
      name,
      outcome: 'error',
      message: `was observed in ${countOf(bit, 'run')}, at least ${grouped(minimum)} are needed`,
    });
  else add({ name, outcome: 'pass' });
}

function addGate(
  gate: GateOutcome,
  { add, baseline }: { readonly add: AddCase; readonly baseline: GateReport['baseline'] },
): void {
  const { id, title, outcome, replay, nextActions, durationMs, fingerprints = [] } = gate;
  const name = `${id} ${title}`;
  const accepted = acceptancesOf(fingerprints, baseline);
  if (outcome === 'pass') add({ name, outcome: 'pass', durationMs });
  else if (outcome === 'fail' && accepted !== undefined) add({ ...acceptedCase(name, accepted), durationMs });
  else {
    const unseen = outcome === 'not-observed' ? `${GATE_WORDS[outcome]}: ` : '';
    const message = `${unseen}${expectedWords(gate)}`;
    const next = nextActions.map((action) => `what to do: ${action}`);
    const details = [...receivedWords(gate), ...next, replay, `explain it: ${explainCommandOf(`gate ${id}`)}`].join(
      '\n',
    );
    add({ name, outcome: outcome === 'fail' ? 'failure' : 'error', message, details, durationMs });
  }
}

/**
 * The test case of the verdict. Saved violations already have failures; without this case no other verdict but a pass would be visible, nor
 * what cut a run with violations short.
 */
function addVerdict(document: Result | GateReport, add: AddCase): void {
  const { verdict, baseline, reasons } = document;
  if (verdict === 'accepted' && baseline !== undefined) return add(acceptedCase(CONCLUSIVE, acceptedIn(baseline)));
  const isResult = document.format === 'onesend.result/3';
  const isShown = verdict === 'violation' && (!isResult || document.counterexamples.length > 0);
  const type = isShown ? reasons.find(isCutShort)?.code : verdict;
  const isError = verdict !== 'pass' && type !== undefined;
  add({
    name: CONCLUSIVE,
    outcome: isError ? 'error' : 'pass',
    ...(isError ? { message: type, type } : {}),
    details: reasons.map(describeReason).join('\n'),
  });
}
