import { expect, test } from 'vitest';
import { type Counterexample, counterexampleId } from '../harness/formats/counterexample.ts';
import type { Result } from '../harness/formats/result.ts';
import { annotationLines, checkAnnotationLines, gateAnnotationLines, replayAnnotationLines } from './annotations.ts';
import { doubleSendCounterexample as found } from './history.fixture.ts';
import { acceptingBaseline, gateReport, passingResult, violatingResult } from './result.fixture.ts';

function linesOf(result: Result, counterexamples: readonly Counterexample[] = []): string[] {
  return annotationLines({ result, counterexamples, replayLine: ({ id }) => `npx onesend replay ${id}` });
}

function withFingerprint(fingerprint: string): Counterexample {
  return { ...found, fingerprint, id: counterexampleId({ ...found, fingerprint }) };
}

test('counterexamples of one fingerprint are one annotation', () => {
  expect(linesOf(violatingResult, [found, found])).toEqual([
    `::error title=Onesend ${found.id}::Message spring#1 was sent twice: by the service at 34 ms and by the legacy app at 529 ms (and 1 more run)%0AReplay it: npx onesend replay ${found.id}%0AExplain it: npx onesend explain S1`,
  ]);
});

test('the tenth annotation counts all further ones', () => {
  const many = Array.from({ length: 13 }, (_, index) => withFingerprint(`S1: accept ${index}`));
  const lines = linesOf(violatingResult, many);
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toContain('and 4 more: see the summary of the job');
});

test('a pass has no annotation, an accepted violation is a warning, and any other verdict says why', () => {
  expect(linesOf(passingResult)).toEqual([]);
  const accepted: Result = { ...violatingResult, verdict: 'accepted', baseline: acceptingBaseline(found.fingerprint) };
  expect(linesOf(accepted, [found])).toEqual([expect.stringMatching(/^::warning /)]);
  const [line, ...others] = linesOf({ ...passingResult, verdict: 'infrastructure' });
  expect(line).toMatch(/^::error title=Onesend%3A INFRASTRUCTURE%3A reference::./);
  expect(others).toEqual([]);
});

test('a gate has an annotation if its own question failed; what its runs violate has one for each fingerprint', () => {
  const replayLine = (): string => 'npx onesend gate 1';
  const [, failed] = gateReport.gates;
  if (failed === undefined) throw new Error('the report has gates');
  const reportOf = (fingerprints: string[]) => ({ ...gateReport, gates: [{ ...failed, fingerprints }] });
  const counterexamples = [found, found];
  const both = gateAnnotationLines({ report: reportOf(['gate 1', found.fingerprint]), counterexamples, replayLine });
  expect(both).toEqual([
    [
      '::error title=Onesend gate 1::FAIL: timeout triggered',
      'Expected: 1 send',
      'Received: run 2 of 2 (ON, a late answer): 2 sends of spring#1',
      'What to do: fence the fallback by the authority',
      'What to do: replay the run that violates S1 AtMostOnce',
      'Run it again: npx onesend gate 1 --system as-written',
      'Explain it: npx onesend explain gate 1',
    ].join('%0A'),
    expect.stringContaining('(and 1 more run)%0AReplay it: npx onesend gate 1'),
  ]);
  const violated = gateAnnotationLines({ report: reportOf([found.fingerprint]), counterexamples, replayLine });
  expect(violated).toEqual(both.slice(1));
  const baseline = acceptingBaseline('gate 1');
  const accepted = { ...reportOf(['gate 1']), verdict: 'accepted', baseline } as const;
  expect(gateAnnotationLines({ report: accepted, counterexamples: [], replayLine })).toEqual([
    expect.stringMatching(/^::warning title=Onesend gate 1::/),
  ]);
});

test('a gate that passed has no annotation, and an inconclusive gate says so', () => {
  const linesFor = (verdict: Result['verdict']): string[] =>
    gateAnnotationLines({ report: { ...gateReport, verdict, gates: [] }, counterexamples: [], replayLine: () => '' });
  expect(linesFor('pass')).toEqual([]);
  expect(linesFor('inconclusive')).toEqual([expect.stringMatching(/^::error title=Onesend%3A INCONCLUSIVE%3A /)]);
});

test('a gate without an answer has a warning, which says first that it is no violation', () => {
  const [, , inconclusive] = gateReport.gates;
  if (inconclusive === undefined) throw new Error('the report has gates');
  const unseen = { ...inconclusive, id: '4', outcome: 'not-observed' as const, nextActions: ['give `openBreaker`'] };
  const reasons = [{ code: 'gate-not-observed', subject: '4', numbers: {} }];
  const verdict = 'inconclusive' as const;
  const report = { ...gateReport, verdict, reasons, gates: [unseen, inconclusive] };
  const lines = gateAnnotationLines({ report, counterexamples: [], replayLine: () => '' });
  expect(lines).toEqual([
    expect.stringMatching(/^::error .*::gate 4 was NOT OBSERVED, which is no violation: /),
    [
      '::warning title=Onesend gate 4::NOT OBSERVED: an open breaker keeps requests away',
      'This is no violation: the gate was not judged, because this pair does not show it.',
      'Why: run 1 of 1 (ON, breaker OPEN): the breaker was never open',
      'What to do: give `openBreaker`',
      'Run it again: npx onesend gate 3 --system as-written',
      'Explain it: npx onesend explain gate 4',
    ].join('%0A'),
    expect.stringMatching(
      /^::warning title=Onesend gate 3::INCONCLUSIVE: .*%0AThis is no violation: .*could not decide/,
    ),
  ]);
});

test('a check has an annotation for each step that failed or, if none did, for what else prevents a certification', () => {
  const report = { format: 'onesend.check/1' as const, system: 'pair', isGood: false, readings: {}, hidden: [] };
  const lines = checkAnnotationLines({
    ...report,
    steps: [
      { step: 'servers', outcome: 'ok', finding: 'PostgreSQL 18.4', details: [] },
      { step: 'calls', outcome: 'failed', finding: 'no trigger led to anything', hint: 'see `trigger`', details: [] },
      { step: 'sends', outcome: 'not-tried', finding: "it needs 'calls'", details: [] },
    ],
  });
  expect(lines).toEqual(['::error title=Onesend check%3A calls::FAILED: no trigger led to anything (see `trigger`)']);
  expect(checkAnnotationLines({ ...report, steps: [] })).toEqual([
    expect.stringMatching(/^::error title=Onesend check::pair cannot be certified yet: no property can be judged: /),
  ]);
  expect(checkAnnotationLines({ ...report, isGood: true, steps: [] })).toEqual([]);
});

test('a replay that still violates is an error, one without an answer is a warning, and one that is FIXED is neither', () => {
  const row = { lane: 'live', message: 'violates still: S1 AtMostOnce' } as const;
  const lines = replayAnnotationLines({
    format: 'onesend.replays/1',
    verdict: 'violation',
    replays: [
      { ...row, id: 'S1-0a1b', outcome: 'FAILED', verdict: 'violation' },
      { ...row, id: 'S9-0a1b', outcome: 'FIXED', verdict: 'pass', message: 'not seen in 3 replays' },
      { ...row, id: 'S8-0a1b', outcome: 'STALE', verdict: 'inconclusive', message: 'not seen in 3 replays' },
    ],
  });
  expect(lines).toEqual([
    '::error title=Onesend S1-0a1b::FAILED: violates still: S1 AtMostOnce%0AReplay it: npx onesend replay S1-0a1b',
    '::warning title=Onesend S8-0a1b::STALE: not seen in 3 replays%0AReplay it: npx onesend replay S8-0a1b',
  ]);
});

test('text of a system in an annotation cannot start a workflow command or end a title', () => {
  const anomaly = { kind: 'egress', message: '100%\r\n::stop-commands::x', atMicros: 1 } as const;
  const hostile: Counterexample = { ...found, id: 'a:b,c%\n::error::', findings: [], anomaly };
  const [line = ''] = linesOf(violatingResult, [hostile]);
  expect(line).not.toMatch(/[\r\n]/);
  expect(line).toMatch(/^::error title=Onesend a%3Ab%2Cc%25 %3A%3Aerror%3A%3A::100%25 ::stop-commands::x%0AReplay it/);
});
