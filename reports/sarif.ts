// A result as SARIF 2.1.0, for code scanning: one SARIF result per counterexample, with its story as a thread flow, and its fingerprint, by
// which a code scanning service recognizes it in later runs.
import { createHash } from 'node:crypto';
import type { AnomalyKind } from '../harness/formats/anomaly.ts';
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { EXIT_CODES, isCutShort } from '../harness/formats/decision.ts';
import { brokenBy, PROPERTIES, PROPERTY_IDS, type PropertyId } from '../harness/formats/finding.ts';
import type { CounterexampleSummary, Result } from '../harness/formats/result.ts';
import type { Story, StoryElement } from '../harness/history/story/story.ts';
import { storyOf } from '../harness/history/story/story-of.ts';
import { acceptancesOf, acceptedWords } from './baseline-lines.ts';
import { confirmationWords } from './confirmation-words.ts';
import { explainCommandOf } from './explain-command.ts';
import { counterexampleHeadline } from './counterexample-words.ts';
import { describeReason } from './describe-reason.ts';
import type { Report } from './html/report.ts';
import { PROPERTY_GUIDES } from '../harness/guide/properties.ts';

/** The URL of the published schema of SARIF 2.1.0. */
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** The base id of all file names: they are relative to the folder of the result. */
const BASE = 'RESULTS';

/** What must hold of every run besides the properties: a rule for each kind of anomaly. */
const ANOMALIES: Readonly<Partial<Record<AnomalyKind, string>>> = {
  deadlock: 'A run ends: it never waits for an event that cannot happen.',
  livelock: 'A run ends: it never goes on forever while its clock stands still.',
  'unhandled-rejection': 'Every promise that is rejected is handled.',
  egress: 'The pair connects to no other host than those of its providers.',
};

/** The parts of a report that a SARIF file needs. */
export type SarifParts = Pick<Report, 'result' | 'counterexamples' | 'replayLine'>;

/**
 * The text of the file. If the verdict is neither a pass nor a violation, its reasons are notifications. So is the reason why a run with a
 * violation was cut short.
 */
export function renderSarif(parts: SarifParts): string {
  const { result, counterexamples } = parts;
  const stored = new Map(counterexamples.map((each) => [each.id, each]));
  const run = {
    tool: { driver: driverOf(result) },
    automationDetails: { id: `onesend/${result.system.name}/` },
    invocations: [invocationOf(result)],
    originalUriBaseIds: { [BASE]: { description: { text: 'The folder that this file is in.' } } },
    columnKind: 'utf16CodeUnits',
    results: result.counterexamples.map((summary) => resultOf(summary, { parts, stored: stored.get(summary.id) })),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

const RULE_IDS = [...PROPERTY_IDS, ...Object.keys(ANOMALIES)];

function driverOf({ versions }: Result): object {
  const rules = [
    ...PROPERTY_IDS.map((id) => ruleOf({ id, name: PROPERTIES[id], ...PROPERTY_GUIDES[id] })),
    ...Object.entries(ANOMALIES).map(([id, demand]) => ruleOf({ id, name: id, demand, look: '' })),
  ];
  return { name: 'Onesend', semanticVersion: versions['onesend'] ?? '0.0.0', rules };
}

function ruleOf({ id, name, demand, look }: { id: string; name: string; demand: string; look: string }): object {
  return {
    id,
    name,
    shortDescription: { text: demand },
    fullDescription: { text: demand },
    help: { text: [look, `Explain it: ${explainCommandOf(id)}`].filter((line) => line !== '').join('\n') },
    defaultConfiguration: { level: 'error' },
  };
}

function invocationOf({ verdict, reasons, startedAt, durationMs }: Result): object {
  const isDecided = verdict === 'pass' || verdict === 'accepted' || verdict === 'violation';
  const troubles = isDecided ? reasons.filter(isCutShort) : reasons;
  return {
    executionSuccessful: isDecided && troubles.length === 0,
    exitCode: EXIT_CODES[verdict],
    exitCodeDescription: verdict,
    startTimeUtc: startedAt,
    endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
    toolExecutionNotifications: troubles.map((reason) => ({
      level: 'error',
      message: { text: describeReason(reason) },
    })),
  };
}

/** The input for one SARIF result. `stored` is undefined if the file of the counterexample is missing. */
interface ResultParts {
  readonly parts: SarifParts;
  readonly stored: Counterexample | undefined;
}

function resultOf(summary: CounterexampleSummary, { parts, stored }: ResultParts): object {
  const { id, lane, file, findings, anomaly, fingerprint = '' } = summary;
  const ruleId = fingerprint === '' ? (anomaly?.kind ?? findings[0]?.property ?? '') : brokenBy(fingerprint);
  const story = stored === undefined ? undefined : storyOf(stored.history, stored);
  const headline =
    stored === undefined || story === undefined
      ? (findings[0]?.message ?? anomaly?.message ?? id)
      : counterexampleHeadline(stored, story);
  const accepted = acceptancesOf([fingerprint], parts.result.baseline);
  const replay = stored === undefined ? undefined : parts.replayLine(stored);
  return {
    ruleId,
    ...(RULE_IDS.includes(ruleId) ? { ruleIndex: RULE_IDS.indexOf(ruleId) } : {}),
    kind: 'fail',
    level: 'error',
    message: { text: messageOf(headline, { summary, ruleId, replay }) },
    locations: [{ physicalLocation: placeOf(file) }],
    partialFingerprints: {
      // GitHub identifies alerts by this name.
      primaryLocationLineHash: `${hashOf(fingerprint === '' ? id : fingerprint)}:1`,
      'onesendFingerprint/v1': fingerprint === '' ? id : fingerprint,
    },
    ...(story === undefined ? {} : { codeFlows: [{ threadFlows: [threadFlowOf(story, file)] }] }),
    ...(accepted === undefined
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: acceptedWords(accepted) }] }),
    properties: { id, lane, ...(replay === undefined ? {} : { replay }) },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function messageOf(
  headline: string,
  {
    summary,
    ruleId,
    replay,
  }: { readonly summary: CounterexampleSummary; readonly ruleId: string; readonly replay: string | undefined },
): string {
  const others = [...new Set(summary.findings.map(({ property }) => property))].filter((each) => each !== ruleId);
  return [
    `${headline}.`,
    ...(others.length === 0 ? [] : [`Violated with it: ${others.map(nameOf).join(', ')}.`]),
    ...(summary.confirmation === undefined ? [] : [`Confirmation: ${confirmationWords(summary.confirmation) ?? ''}.`]),
    ...(replay === undefined ? [] : [`Replay it: ${replay}`]),
    `Explain it: ${explainCommandOf(ruleId)}`,
  ].join('\n');
}

function nameOf(property: PropertyId): string {
  return `${property} ${PROPERTIES[property]}`;
}

function placeOf(file: string): object {
  return { artifactLocation: { uri: file, uriBaseId: BASE }, region: { startLine: 1 } };
}

/** The elements of the story that concern the finding, in order. */
function threadFlowOf({ elements, scenario }: Story, file: string): object {
  const shown = elements.filter(({ importance }) => importance !== 'background');
  return {
    id: scenario,
    locations: shown.map((element, index) => ({
      executionOrder: index + 1,
      importance: importanceOf(element),
      location: {
        physicalLocation: placeOf(file),
        logicalLocations: [{ name: element.kind === 'message' ? element.from : element.at, kind: 'module' }],
        message: { text: stepWords(element) },
      },
    })),
  };
}

function importanceOf({ importance }: StoryElement): 'essential' | 'important' | 'unimportant' {
  if (importance === 'witness') return 'essential';
  return importance === 'send' || importance === 'call' ? 'important' : 'unimportant';
}

/** For example `22 ms: service to provider: send of c#1: accepted`. */
function stepWords(element: StoryElement): string {
  const place = element.kind === 'message' ? `${element.from} to ${element.to}` : element.at;
  const outcome = element.kind === 'message' ? element.outcome.words : '';
  return [`${element.timeMs} ms`, place, element.labels[0], outcome].filter((part) => part !== '').join(': ');
}
