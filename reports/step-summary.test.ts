import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import { doubleSendCounterexample as found } from './history.fixture.ts';
import { acceptingBaseline, gateReport, passingResult, violatingResult } from './result.fixture.ts';
import { renderGateSummary, renderReplaySummary, renderStepSummary } from './step-summary.ts';

const replayLine = ({ id }: Counterexample): string => `npx onesend replay ${id}`;

test('the summary of a violation has its picture as text, and the line that replays it', () => {
  const summary = renderStepSummary({ result: violatingResult, counterexamples: [found], replayLine });
  const lines = summary.split('\n');
  expect(lines[0]).toBe('## ❌ Onesend: VIOLATION&#58; as&#45;written');
  expect(lines[2]).toBe('- not reached on lane live&#58; 209 of 240 scenarios; there may be other violations');
  expect(lines[3]).toMatch(/^- S1 AtMostOnce was violated 3 times$/);
  expect(lines).toContain(
    '### Message spring&#35;1 was sent twice&#58; by the service at 34 ms and by the legacy app at 529 ms',
  );
  expect(lines.filter((line) => line.startsWith('```'))).toEqual(['```text', '```']);
  expect(lines).toContain(`    npx onesend replay ${found.id}`);
});

test('the summary of a pass has no picture, and accepted violations are called accepted', () => {
  const passed = renderStepSummary({ result: passingResult, counterexamples: [], replayLine });
  expect(passed.split('\n')[0]).toContain(`## ✅ Onesend: PASS, ${PROPERTY_IDS.length - 1} of ${PROPERTY_IDS.length} `);
  expect(passed).not.toContain('```');
  const baseline = acceptingBaseline(found.fingerprint);
  const accepted = { ...violatingResult, verdict: 'accepted', baseline } as const;
  const summary = renderStepSummary({ result: accepted, counterexamples: [], replayLine });
  expect(summary).toMatch(/^## ⚠️ Onesend: VIOLATION ACCEPTED UNTIL 2030/);
});

test('the summary of gates has the lines that a terminal shows, followed by the runs that violate', () => {
  const lines = renderGateSummary({ report: gateReport, counterexamples: [found], replayLine }).split('\n');
  expect(lines[0]).toBe('## ❌ Onesend: VIOLATION&#58; 3 gates of as&#45;written on the live lane');
  expect(lines.slice(2, 5)).toEqual([
    '```text',
    'PASS: every cell of the mode table is as the runbook says (gate 0)',
    'FAIL: timeout triggered (gate 1)',
  ]);
  expect(lines.filter((line) => line.startsWith('###'))).toHaveLength(1);
  expect(lines).toContain(`    npx onesend replay ${found.id}`);
});

test('the summary of replays has a line for each, and none if nothing was replayed', () => {
  const replay = { id: 'S1-0a1b', lane: 'live', outcome: 'FAILED', verdict: 'violation', message: 'still' } as const;
  const failed = renderReplaySummary({ format: 'onesend.replays/1', verdict: 'violation', replays: [replay] });
  expect(failed).toMatch(/^## ❌ Onesend: 1 replayed&#58; 1 FAILED\n\n```text\nFAILED {2}S1-0a1b \(live\): still\n/);
  const none = renderReplaySummary({ format: 'onesend.replays/1', verdict: 'pass', replays: [] });
  expect(none).toBe('');
});

test('a summary with a thousand counterexamples stays below the limit of GitHub', () => {
  const counterexamples = Array.from({ length: 1_000 }, () => found);
  const summary = renderStepSummary({ result: violatingResult, counterexamples, replayLine });
  expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
  expect(summary).toContain('- and 890 more, see results.json');
});

test('text of a system never becomes markup in a summary', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (noise) => {
      const hostile = `${noise}\n# <img src=x onerror=alert(1)> @team [a](javascript:x) \`\`\`\n\`\`\`\`\n<b>${noise}`;
      const anomaly = { kind: 'egress', message: hostile, atMicros: 1 } as const;
      const counterexample: Counterexample = { ...found, system: hostile, findings: [], anomaly };
      const result = { ...violatingResult, system: { name: hostile, sha256: '' } };
      const summary = renderStepSummary({ result, counterexamples: [counterexample, counterexample], replayLine });
      const outside = outsideOfFences(summary);
      expect(outside).not.toMatch(/<(?!\/?(?:details|summary)>)|@|\]\(|`/);
      expect(outside.match(/^#+ /gm)).toEqual(['## ', '### ']);
      const gates = gateReport.gates.map((gate) => ({
        ...gate,
        title: hostile,
        runs: [hostile],
        received: [{ run: 1, seen: hostile }],
        nextActions: [hostile],
        draw: hostile,
        replay: hostile,
      }));
      const report = { ...gateReport, system: hostile, gates };
      const ofGates = renderGateSummary({ report, counterexamples: [counterexample], replayLine });
      expect(outsideOfFences(ofGates)).not.toMatch(/<|@|\]\(|`/);
    }),
    { numRuns: 50 },
  );
});

function outsideOfFences(markdown: string): string {
  let fence: string | undefined;
  const outside: string[] = [];
  for (const line of markdown.split('\n')) {
    const mark = /^`{3,}/.exec(line)?.[0];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) outside.push(line);
  }
  return outside.join('\n');
}
