// Checks that every report for people prints large counts with their digits in groups.
import { expect, test } from 'vitest';
import type { Reason } from '../harness/formats/decision.ts';
import type { Result } from '../harness/formats/result.ts';
import { DESCRIBED_CODES, describeReason } from './describe-reason.ts';
import { renderPage } from './html/page.ts';
import { renderJunit } from './junit.ts';
import { cutExploration, seenSabotage, violatingResult } from './result.fixture.ts';
import { renderStepSummary } from './step-summary.ts';
import { renderSummary } from './terminal.ts';

const LARGE = 46_850;

/** Numbers that are no counts, so that they stay as they are: sizes of cases, times and seeds. */
const NO_COUNTS: ReadonlySet<string> = new Set(['durationMs', 'messages', 'deviations', 'seed', 'percent']);

/** The value with a large number in place of each count. */
function large<T>(value: T): T {
  const text = JSON.stringify(value, (key, each: unknown) =>
    typeof each === 'number' && !NO_COUNTS.has(key) ? LARGE : each,
  );
  return JSON.parse(text) as T;
}

/** A reason whose sentence has all its numbers. */
function reasonOf(code: string): Reason {
  const names = ['completed', 'planned', 'discarded', 'spared', 'run', 'exercised', 'minimum', 'undecided', 'chances'];
  const others = ['bit', 'missing', 'violations', 'runs', 'count', 'random', 'compared'];
  return { code, subject: 'S9', numbers: Object.fromEntries([...names, ...others].map((name) => [name, LARGE])) };
}

const reasons = DESCRIBED_CODES.map(reasonOf);
const result: Result = {
  ...violatingResult,
  lanes: [cutExploration, ...violatingResult.lanes].map((lane) => ({
    ...large(lane),
    decision: { verdict: 'violation', reasons },
  })),
  reasons,
  sabotage: [large(seenSabotage)],
};
const parts = { result, counterexamples: [], replayLine: () => '', bisectLine: () => undefined };

test.each([
  ['the summary on a terminal', renderSummary(result, undefined, { color: false })],
  ['the JUnit report', renderJunit(result)],
  ['the summary of a job', renderStepSummary(parts)],
  ['the page', renderPage({ ...parts, previous: result })],
  ['the sentence of each reason', reasons.map(describeReason).join('\n')],
])('%s prints a large count with its digits in groups', (_, text) => {
  expect(text).toContain('46,850');
  expect(text.match(/.{0,60}\b46850\b.{0,20}/g)).toBeNull();
});
