import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Counterexample } from '../harness/formats/counterexample.ts';
import type { CounterexampleSummary, Result } from '../harness/formats/result.ts';
import { doubleSendCounterexample } from './history.fixture.ts';
import { acceptingBaseline, passingResult, violatingResult } from './result.fixture.ts';
import { renderSarif } from './sarif.ts';

const text = z.strictObject({ text: z.string().min(1) });

const place = z.strictObject({
  artifactLocation: z.strictObject({ uri: z.string().regex(/^[\w./-]+$/), uriBaseId: z.literal('RESULTS') }),
  region: z.strictObject({ startLine: z.int().min(1) }),
});

const step = z.strictObject({
  executionOrder: z.int().min(0),
  importance: z.enum(['essential', 'important', 'unimportant']),
  location: z.strictObject({
    physicalLocation: place,
    logicalLocations: z.array(z.strictObject({ name: z.string(), kind: z.literal('module') })).length(1),
    message: text,
  }),
});

/** The part of the published schema that is used: names, enumerations and ranges. */
const sarif = z.strictObject({
  $schema: z.literal('https://json.schemastore.org/sarif-2.1.0.json'),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string(),
            semanticVersion: z.string(),
            rules: z.array(
              z.strictObject({
                id: z.string(),
                name: z.string(),
                shortDescription: text,
                fullDescription: text,
                help: z.exactOptional(text),
                defaultConfiguration: z.strictObject({ level: z.enum(['none', 'note', 'warning', 'error']) }),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string() }),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            exitCode: z.int(),
            exitCodeDescription: z.string(),
            startTimeUtc: z.iso.datetime(),
            endTimeUtc: z.iso.datetime(),
            toolExecutionNotifications: z.array(z.strictObject({ level: z.literal('error'), message: text })),
          }),
        ),
        originalUriBaseIds: z.record(z.string(), z.strictObject({ description: text })),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.exactOptional(z.int().min(0)),
            kind: z.literal('fail'),
            level: z.literal('error'),
            message: text,
            locations: z.array(z.strictObject({ physicalLocation: place })).length(1),
            partialFingerprints: z.record(z.string(), z.string().min(1)),
            codeFlows: z.exactOptional(
              z
                .array(
                  z.strictObject({
                    threadFlows: z.array(z.strictObject({ id: z.string(), locations: z.array(step).min(1) })).min(1),
                  }),
                )
                .length(1),
            ),
            suppressions: z.exactOptional(
              z.array(
                z.strictObject({
                  kind: z.enum(['inSource', 'external']),
                  status: z.enum(['accepted', 'underReview', 'rejected']),
                  justification: z.string(),
                }),
              ),
            ),
            properties: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
    )
    .length(1),
});

const found: Counterexample = { ...doubleSendCounterexample, confirmation: { tries: 5, violated: 3, histories: 2 } };
const summary: CounterexampleSummary = {
  id: found.id,
  lane: found.lane,
  file: `counterexamples/${found.id}.json`,
  findings: found.findings,
  fingerprint: found.fingerprint,
  confirmation: { tries: 5, violated: 3, histories: 2 },
  messages: 1,
  faults: 1,
};
const violated: Result = { ...violatingResult, counterexamples: [summary] };

function runOf(result: Result, counterexamples: readonly Counterexample[] = [found]) {
  const written = renderSarif({ result, counterexamples, replayLine: ({ id }) => `npx onesend replay ${id}` });
  const [run] = sarif.parse(JSON.parse(written)).runs;
  if (run === undefined) throw new Error('there is one run');
  return run;
}

test('a counterexample is one SARIF result, under the rule of its property', () => {
  const run = runOf(violated);
  expect(run.results).toHaveLength(1);
  const [result] = run.results;
  expect(run.tool.driver.rules[result?.ruleIndex ?? -1]).toMatchObject({ id: 'S1', name: 'AtMostOnce' });
  expect(result?.message.text.split('\n')).toEqual([
    'Message spring#1 was sent twice: by the service at 34 ms and by the legacy app at 529 ms.',
    'Confirmation: flaky: 3 of 5.',
    `Replay it: npx onesend replay ${found.id}`,
    'Explain it: npx onesend explain S1',
  ]);
  expect(result?.partialFingerprints['onesendFingerprint/v1']).toBe(found.fingerprint);
});

test('the story of a SARIF result is a thread flow, in which the witnesses are essential', () => {
  const steps = runOf(violated).results[0]?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
  expect(steps.map(({ executionOrder }) => executionOrder)).toEqual(steps.map((_step, index) => index + 1));
  const essential = steps.filter(({ importance }) => importance === 'essential');
  expect(essential.map(({ location }) => location.logicalLocations[0]?.name)).toEqual(['service', 'legacy app']);
});

test('equal fingerprints have equal hashes in SARIF, and others have others', () => {
  const hashOf = (named: string): string | undefined => {
    const counterexamples = violated.counterexamples.map((each) => ({ ...each, fingerprint: named }));
    return runOf({ ...violated, counterexamples }, []).results[0]?.partialFingerprints['primaryLocationLineHash'];
  };
  expect(hashOf('S1: accept')).toBe(hashOf('S1: accept'));
  expect(hashOf('S1: accept')).not.toBe(hashOf('S1: attempt'));
});

test('an accepted violation is suppressed in SARIF, with the person who accepts it and the last day', () => {
  const run = runOf({ ...violated, verdict: 'accepted', baseline: acceptingBaseline(found.fingerprint) });
  expect(run.results[0]?.suppressions?.[0]?.justification).toBe('VIOLATION ACCEPTED UNTIL 2030-01-31 BY Jane Doe');
});

test('an anomaly has its own SARIF rule', () => {
  const anomaly = { kind: 'deadlock', message: 'the run waits for something', atMicros: 7 } as const;
  const deadlock = { ...summary, findings: [], anomaly, fingerprint: 'deadlock: wait' };
  const run = runOf({ ...violated, counterexamples: [deadlock] }, []);
  expect(run.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe('deadlock');
  expect(run.results[0]?.message.text).toContain('the run waits for something.');
});

test('a run without a verdict on the system is an unsuccessful execution in SARIF, with the reason', () => {
  const [invocation] = runOf({ ...passingResult, verdict: 'inconclusive' }, []).invocations;
  expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 3 });
  expect(invocation?.toolExecutionNotifications).toHaveLength(1);
  expect(runOf(passingResult, []).invocations[0]).toMatchObject({
    executionSuccessful: true,
    toolExecutionNotifications: [],
  });
});

test.each([
  ['interrupted', 'the run was interrupted'],
  ['infrastructure', 'no port is free'],
])(
  'a run that found a violation before it ended with %s was not executed successfully, and says why',
  (code, words) => {
    const reasons = [...violated.reasons, { code, subject: 'no port is free', numbers: { count: 1 } }];
    const [invocation] = runOf({ ...violated, reasons }).invocations;
    expect(invocation).toMatchObject({
      executionSuccessful: false,
      exitCode: 1,
      toolExecutionNotifications: [{ level: 'error', message: { text: words } }],
    });
    expect(runOf({ ...violated, reasons }).results).toHaveLength(1);
  },
);
