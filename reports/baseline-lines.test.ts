import { expect, test } from 'vitest';
import type { AppliedBaseline } from '../harness/formats/baseline.ts';
import { baselineLines } from './baseline-lines.ts';
import { renderCertificate } from './certificate.ts';
import { renderGateLines } from './gate-lines.ts';
import { besideAcceptedLines } from './headline.ts';
import { renderJunit } from './junit.ts';
import { escapedMarkdown } from './markdown-safe.ts';
import { gateReport, violatingResult } from './result.fixture.ts';
import { renderGateSummary, renderStepSummary } from './step-summary.ts';
import { renderSummary } from './terminal.ts';

const TWICE = 'S1: accept service ON; accept legacy ON';
const WORDS = 'VIOLATION ACCEPTED UNTIL 2027-01-31 BY Jane Doe';

type Entry = AppliedBaseline['accepted'][number];

const met: Entry = {
  fingerprint: TWICE,
  property: 'S1',
  reason: 'the fallback is switched off',
  ticket: 'SMS-1',
  until: '2027-01-31',
  by: 'Jane Doe',
  state: 'accepted',
};
const baseline: AppliedBaseline = { file: 'b.json', day: '2026-12-01', accepted: [met] };

/** The violating result, decided with a baseline that accepts its only violation. */
const accepted = {
  ...violatingResult,
  verdict: 'accepted' as const,
  reasons: [{ code: 'violation-accepted', subject: TWICE, numbers: { runs: 3 } }],
  lanes: violatingResult.lanes.map((lane) => ({
    ...lane,
    evidence: { ...lane.evidence, fingerprints: { [TWICE]: 3 } },
  })),
  baseline,
};
const gates = {
  ...gateReport,
  verdict: 'accepted' as const,
  gates: gateReport.gates.flatMap((gate) => (gate.outcome === 'fail' ? [{ ...gate, fingerprints: [TWICE] }] : [])),
  baseline,
};

test('a baseline is named with the state of each entry, and an entry that was not observed is never called repaired', () => {
  const lines = baselineLines({
    ...baseline,
    accepted: [
      met,
      { ...met, fingerprint: 'S9', state: 'unobserved' },
      { ...met, fingerprint: 'L1', state: 'expired' },
    ],
  });
  expect(lines).toEqual([
    'baseline b.json: 1 accepted, 1 expired, 1 unobserved',
    `  ${TWICE}: accepted until 2027-01-31 by Jane Doe (SMS-1)`,
    '  S9: unobserved, which is no evidence of a repair; accepted until 2027-01-31 by Jane Doe (SMS-1)',
    '  L1: EXPIRED on 2027-01-31, accepted by Jane Doe (SMS-1)',
  ]);
});

test('every form of a result with accepted violations says until when and by whom they are accepted, and never that it passed', () => {
  const certificate = renderCertificate({
    format: 'onesend.certificate/3',
    certified: { system: 'pair', sha256: 'a', files: {} },
    result: accepted,
    assumptions: [],
    claims: [],
    properties: [],
    digest: 'd',
  });
  const texts = {
    summary: renderSummary(accepted, undefined, { color: false }),
    certificate,
    gates: renderGateLines(gates, { color: false }),
    junit: renderJunit(accepted),
    gatesJunit: renderJunit(gates),
  };
  for (const [name, text] of Object.entries(texts))
    expect([name, text.includes(WORDS), /\bPASS\b/.test(text)]).toEqual([name, true, false]);
});

test('an inconclusive result with accepted violations says what is accepted, and that the verdict has another reason', () => {
  const reasons = [
    { code: 'property-exercised-too-rarely', subject: 'S14', numbers: { exercised: 2, minimum: 10 } },
    { code: 'goal-not-reached', subject: 'claim recovered', numbers: {} },
  ];
  const undecided = { verdict: 'inconclusive' as const, reasons };
  const found = { counterexamples: [], replayLine: () => '' };
  const [result, report] = [
    { ...accepted, ...undecided },
    { ...gates, ...undecided },
  ];
  const sentence =
    'every violation is accepted by the baseline (S1); the run is INCONCLUSIVE for another reason: ' +
    'S14 Budget was exercised 2 times, at least 10 are needed, and 1 more reason';
  expect(besideAcceptedLines(result)).toEqual([sentence]);
  const escaped = escapedMarkdown(sentence);
  expect(renderStepSummary({ ...found, result }).split('\n')[2]).toBe(`- ${escaped}`);
  expect(renderGateSummary({ ...found, report }).split('\n')[2]).toBe(escaped);
  const screen = renderSummary(result, undefined, { color: false });
  expect(screen).toContain('every violation is accepted by the baseline (S1)');
  for (const other of [accepted, { ...result, verdict: 'violation' as const }])
    expect(besideAcceptedLines(other)).toEqual([]);
});

test('JUnit skips accepted violations, and fails the others', () => {
  const wanted = '<failure';
  expect(renderJunit(accepted)).not.toContain(wanted);
  expect(renderJunit(accepted)).toContain('S1 AtMostOnce (ACCEPTED)"');
  expect(renderJunit(gates)).not.toContain(wanted);
  const expired = { ...baseline, accepted: [{ ...met, state: 'expired' as const }] };
  expect(renderJunit({ ...accepted, verdict: 'violation', baseline: expired })).toContain(wanted);
  expect(renderJunit({ ...gates, verdict: 'violation', baseline: expired })).toContain(wanted);
});

test('the name of an accepted JUnit case does not depend on its day, which is in the output of the case', () => {
  const later = { ...baseline, accepted: [{ ...met, until: '2027-02-28' }] };
  const named = (document: typeof accepted | typeof gates): string[] =>
    [...renderJunit(document).matchAll(/<testcase name="([^"]*ACCEPTED[^"]*)"/gu)].map(([, name = '']) => name);
  expect(named(accepted)).toEqual(['live: S1 AtMostOnce (ACCEPTED)', 'the run is conclusive (ACCEPTED)']);
  expect(named(gates)).toHaveLength(2);
  for (const document of [accepted, gates]) {
    expect(named({ ...document, baseline: later })).toEqual(named(document));
    expect(renderJunit(document)).toContain(`<system-out><![CDATA[${WORDS}]]></system-out>`);
  }
});
