import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cutExploration,
  gateReport,
  passingLane,
  passingResult,
  seenSabotage,
  violatingResult,
} from './result.fixture.ts';
import { renderJunit } from './junit.ts';

function count(xml: string, element: string): number {
  return xml.split(`<${element}`).length - 1;
}

/** The names of the test cases. */
function namesIn(xml: string): string[] {
  return [...xml.matchAll(/<testcase name="([^"]*)"/gu)].map(([, name = '']) => name);
}

test('the JUnit report of a pass has neither failures nor errors, and skips what was not observed', () => {
  const xml = renderJunit(passingResult);
  expect([count(xml, 'failure'), count(xml, 'error'), count(xml, 'skipped')]).toEqual([0, 0, 1]);
  expect(xml).toContain('name="live: S21 LogEvidence (NOT OBSERVED)"');
});

test('the name of a JUnit case begins with its lane, even if only one ran, unless it is about the whole run', () => {
  const anomaly = { kind: 'deadlock', message: 'the run waits for something', atMicros: 7 } as const;
  const counterexamples = violatingResult.counterexamples.slice(0, 1).map((saved) => ({ ...saved, anomaly }));
  const result = { ...violatingResult, counterexamples, sabotage: [seenSabotage] };
  const names = [
    ...namesIn(renderJunit(result)),
    ...namesIn(renderJunit({ ...passingResult, lanes: [cutExploration] })),
    ...namesIn(renderJunit(gateReport)),
  ];
  expect([...new Set(names.filter((name) => !/^(?:live|sim): \S/u.test(name)))]).toEqual(['the run is conclusive']);
  for (const start of [
    'live: S1 ',
    'live: fault ',
    'live: no deadlock',
    'live: wire mutant ',
    'sim: S1 ',
    'sim: every ',
  ])
    expect(names).toContainEqual(expect.stringMatching(`^${start}`));
  expect(names).toContain(`live: ${gateReport.gates[0]?.id} ${gateReport.gates[0]?.title}`);
});

test('a violation is a JUnit failure with the message of the finding, a fault without receipts is an error', () => {
  const xml = renderJunit(violatingResult);
  expect([count(xml, 'failure'), count(xml, 'error')]).toEqual([1, 2]);
  expect(xml).toContain(
    'message="spring#1 was accepted by the provider 2 times: first from service, then from legacy (counterexamples/s1-6f1c1a52.json)"',
  );
});

test('an anomaly is a JUnit failure, without a property', () => {
  const anomaly = { kind: 'deadlock', message: 'the run waits for something', atMicros: 7 } as const;
  const counterexamples = violatingResult.counterexamples
    .slice(0, 1)
    .map((saved) => ({ ...saved, findings: [], anomaly }));
  const xml = renderJunit({ ...passingResult, verdict: 'violation', counterexamples });
  expect([count(xml, 'failure'), count(xml, 'error')]).toEqual([1, 0]);
  expect(xml).toContain('message="the run waits for something (counterexamples/s1-6f1c1a52.json)"');
});

test('a violation without a saved counterexample, such as a livelock, is a JUnit error', () => {
  expect(count(renderJunit({ ...passingResult, verdict: 'violation' }), 'error')).toBe(1);
});

test.each(['inconclusive', 'infrastructure', 'self-check', 'interrupted'] as const)(
  'a run that ended %s has an error',
  (verdict) => {
    expect(count(renderJunit({ ...passingResult, verdict }), 'error')).toBe(1);
  },
);

test('the JUnit error of a verdict has its name as type, which distinguishes infrastructure from inconclusive', () => {
  expect(renderJunit({ ...passingResult, verdict: 'infrastructure' })).toContain('type="infrastructure"');
});

test.each(['interrupted', 'infrastructure'])(
  'a run that found a violation before it ended with %s has a JUnit error of this type beside the failure',
  (code) => {
    const reasons = [...violatingResult.reasons, { code, subject: 'no port is free', numbers: { count: 1 } }];
    const xml = renderJunit({ ...violatingResult, reasons });
    expect([count(xml, 'failure'), count(xml, 'error')]).toEqual([1, 3]);
    expect(xml).toContain(`<error message="${code}" type="${code}">`);
  },
);

test('a property that was required and not observed is a JUnit error, not a skip', () => {
  const required = { ...passingLane, demands: { ...passingLane.demands, required: ['S21' as const] } };
  const xml = renderJunit({ ...passingResult, lanes: [required] });
  expect([count(xml, 'error'), count(xml, 'skipped')]).toEqual([1, 0]);
});

test('a counterexample that not every replay shows is called flaky in the JUnit report', () => {
  const confirmation = { tries: 5, violated: 3, histories: 2 };
  const counterexamples = violatingResult.counterexamples.map((saved) => ({ ...saved, confirmation }));
  expect(renderJunit({ ...violatingResult, counterexamples })).toContain('; flaky: 3 of 5)');
});

test('a property that was exercised too rarely is a JUnit error', () => {
  const { evidence } = passingLane;
  const L1 = { observed: true, scenarios: 3, exercised: 3, undecided: 0, violations: 0 };
  const rare = { ...passingLane, evidence: { ...evidence, properties: { ...evidence.properties, L1 } } };
  expect(renderJunit({ ...passingResult, lanes: [rare] })).toContain('exercised 3 times, at least 10 are needed');
});

test('a property that was undecided too often is a JUnit error that says what was not known', () => {
  const { evidence } = passingLane;
  const doubts = ['whether spring#1 will still be charged'];
  const S9 = { observed: true, scenarios: 20, exercised: 20, undecided: 12, doubts, violations: 0 };
  const doubtful = { ...passingLane, evidence: { ...evidence, properties: { ...evidence.properties, S9 } } };
  expect(renderJunit({ ...passingResult, lanes: [doubtful] })).toContain(
    'undecided in 12 of its 32 chances; not known, for example: whether spring#1 will still be charged',
  );
});

test('each gate is a JUnit test case', () => {
  const xml = renderJunit(gateReport);
  expect(xml).toContain(
    'message="expected 1 send, received run 2 of 2 (ON, a late answer): 2 sends of spring#1 (and 1 more)"',
  );
  expect([count(xml, 'testcase'), count(xml, 'failure'), count(xml, 'error')]).toEqual([4, 1, 1]);
  const [gate] = gateReport.gates;
  if (gate === undefined) throw new Error('the report has gates');
  const unseen = { ...gateReport, gates: [{ ...gate, outcome: 'not-observed' as const }] };
  expect(renderJunit(unseen)).toContain('<error message="NOT OBSERVED: expected ');
});

test.each([
  ['<a>\u0001</a>', 'an illegal character'],
  ['<a><b></a>', '</a> closes another element'],
  ['<a>', '<a> is never closed'],
  ['<a b="<"/>', 'a bare <'],
  ['<a b="&"/>', 'a bare &'],
  ['<a>]]></a>', 'a bare ]]>'],
])('%j is not well-formed', (xml, flaw) => {
  expect(flawsOf(xml)).toContain(flaw);
});

test('the XML of the JUnit report is well-formed with any names and messages', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (name, message) => {
      const hostile = `${name}]]>\u0000\u001b<&"'\ud800\ufffe${message}`;
      const [gate] = gateReport.gates;
      if (gate === undefined) throw new Error('the report has gates');
      const gates = [{ ...gate, outcome: 'fail' as const, title: hostile, expected: hostile, replay: hostile }];
      expect(flawsOf(renderJunit({ ...gateReport, system: hostile, gates }))).toEqual([]);
      const system = { name: hostile, sha256: '' };
      const result = {
        ...violatingResult,
        system,
        verdict: 'self-check',
        reasons: [{ code: hostile, subject: hostile, numbers: {} }],
      } as const;
      expect(flawsOf(renderJunit({ ...result, reasons: [...result.reasons] }))).toEqual([]);
    }),
  );
});

/** The reasons why a text is not XML: illegal characters, tags that do not nest, a bare `<`, `&` or `]]>`. */
function flawsOf(xml: string): string[] {
  const flaws: string[] = [];
  // oxlint-disable-next-line no-control-regex -- the expression is meant to match characters that XML does not allow
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) flaws.push('an illegal character');
  const open: string[] = [];
  const text = xml
    .replace(/^<\?xml[^?]*\?>/, '')
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
    .replace(/<(\/?)([A-Za-z]+)((?:\s+[A-Za-z]+="[^"<]*")*)\s*(\/?)>/g, (_tag, ...groups: string[]) => {
      const [closing, element = '', attributes = '', selfClosing] = groups;
      if (closing === '/' && open.pop() !== element) flaws.push(`</${element}> closes another element`);
      if (closing !== '/' && selfClosing !== '/') open.push(element);
      // `]]>` is not allowed in text; in attributes it is.
      return attributes.replaceAll(']]>', '');
    });
  const withoutReferences = text.replace(/&(?:amp|lt|gt|quot|apos|#x?[0-9A-Fa-f]+);/g, '');
  const bare = ['<', '&', ']]>'].filter((mark) => withoutReferences.includes(mark));
  return [...flaws, ...open.map((element) => `<${element}> is never closed`), ...bare.map((mark) => `a bare ${mark}`)];
}
