// Every report that shows a finding also shows the command that explains it.
import { expect, test } from 'vitest';
import { gateFingerprint } from '../harness/formats/gate.ts';
import { annotationLines, gateAnnotationLines } from './annotations.ts';
import { explainCommand } from './explain-command.ts';
import { renderGateLines } from './gate-lines.ts';
import { doubleSendCounterexample } from './history.fixture.ts';
import { reportOf } from './html/report.fixture.ts';
import { renderPage } from './html/page.ts';
import { renderJunit } from './junit.ts';
import { renderPlainText } from './plain-text.ts';
import { gateReport } from './result.fixture.ts';
import { renderSarif } from './sarif.ts';
import { renderStepSummary } from './step-summary.ts';
import { renderSummary } from './terminal.ts';

const EXPLAIN = 'npx onesend explain S1';
const FAILED = {
  ...gateReport,
  gates: gateReport.gates
    .filter(({ id }) => id === '1')
    .map((gate) => ({ ...gate, fingerprints: [gateFingerprint('1')] })),
};
const REPORT = reportOf([doubleSendCounterexample]);

test.each<[where: string, text: () => string]>([
  ['the terminal', () => renderSummary(REPORT.result, doubleSendCounterexample, { color: false })],
  ['plain text', () => renderPlainText(doubleSendCounterexample, { replay: '' })],
  ['the page', () => renderPage(REPORT)],
  ['the summary of a job on GitHub', () => renderStepSummary(REPORT)],
  ['its annotations', () => annotationLines(REPORT).join('\n')],
  ['SARIF', () => renderSarif(REPORT)],
  ['JUnit', () => renderJunit(REPORT.result)],
])('a finding ends with the command that explains it: %s', (_, text) => {
  expect(text()).toContain(EXPLAIN);
});

test.each<[where: string, text: string]>([
  ['the terminal', renderGateLines(FAILED, { color: false })],
  ['JUnit', renderJunit(FAILED)],
  ['annotations', gateAnnotationLines({ report: FAILED, counterexamples: [], replayLine: () => '' }).join('\n')],
])('a gate that fails ends with the command that explains it: %s', (_, text) => {
  expect(text).toContain('npx onesend explain gate 1');
});

test('SARIF has the command that explains a property in the help of every rule', () => {
  const { runs }: { runs: { tool: { driver: { rules: { help: { text: string } }[] } } }[] } = JSON.parse(
    renderSarif(REPORT),
  );
  const helps = runs.flatMap(({ tool }) => tool.driver.rules.map(({ help }) => help.text));
  expect(helps.length).toBeGreaterThan(30);
  expect(helps.filter((text) => !/Explain it: npx onesend explain \S+$/.test(text))).toEqual([]);
});

test('the command that explains a run names an anomaly before a property, and a run without either has no command', () => {
  expect(explainCommand({ anomaly: { kind: 'livelock' }, findings: [{ property: 'S1' }] })).toBe(
    'npx onesend explain livelock',
  );
  expect(explainCommand({ findings: [] })).toBeUndefined();
});
