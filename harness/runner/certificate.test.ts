import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyBaseline } from '../evidence/acceptance.ts';
import { decide, liveDemands, metaOf } from '../evidence/decide.ts';
import { judgedRun } from '../evidence/evidence.fixture.ts';
import { emptyEvidence, foldRun } from '../evidence/fold.ts';
import { type Certificate, certificateDocument } from '../formats/certificate.ts';
import { checkDocument } from '../formats/document.ts';
import type { Evidence } from '../formats/evidence.ts';
import { VANTAGES } from '../formats/vantages.ts';
import { PROPERTY_IDS } from '../formats/finding.ts';
import type { Result } from '../formats/result.ts';
import type { SabotageRow } from '../formats/sabotage.ts';
import { buildCertificate, claimsOf, digestOf, verifyCertificate, violationRateBound } from './certificate.ts';
import { type LaneCertification, resultOf } from './result-of.ts';

const system = { name: 'scripted', sha256: 'abc', files: { 'main.ts': 'def' } };
const header = {
  system: { name: system.name, sha256: system.sha256 },
  unavailable: [],
  versions: { onesend: '0.1.0' },
  seed: 7,
  startedAt: '2026-01-01T00:00:00.000Z',
  timings: { budgetMs: 500 },
  vantages: [...VANTAGES],
  readings: { offBilling: 'charged' },
  absent: [],
};
const observed = PROPERTY_IDS.filter((property) => property !== 'S22');

/** Evidence of 200 live runs, 180 of them random, that exercised all but one property once each. */
function passingEvidence(): Evidence {
  const evidence = emptyEvidence();
  evidence.runs.planned = 200;
  const exercised = Object.fromEntries(observed.map((property) => [property, 1]));
  for (let index = 0; index < 200; index += 1) foldRun(evidence, judgedRun({ exercised, isRandom: index < 180 }));
  return evidence;
}

/** The result of a live run with this evidence. */
function resultWith(evidence: Evidence): Result {
  const demands = liveDemands(evidence.runs.planned);
  const lane = {
    lane: 'live' as const,
    demands,
    evidence,
    infrastructure: {},
    durationMs: 1,
    decision: decide(evidence, demands),
    meta: metaOf(evidence, demands),
  };
  return resultOf([{ lane, counterexamples: [] }], header);
}

/** The lanes of a result, as they were certified. */
function lanesOf({ lanes }: Result): LaneCertification[] {
  return lanes.map((lane) => ({ lane, counterexamples: [] }));
}

const result = resultWith(passingEvidence());
const certificate = buildCertificate(result, system);
const codes = ({ claims }: Certificate): string[] => claims.map(({ code }) => code);

/** The paths of all scalars below a value. */
function scalarPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => scalarPaths(inner, [...path, key]));
}

/** A copy of a value in which the scalar at a path is another one. */
function changed(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) {
    if (typeof value === 'number') return value + 1;
    return typeof value === 'boolean' ? !value : `${String(value)}x`;
  }
  if (Array.isArray(value))
    return value.map((inner: unknown, index) => (String(index) === key ? changed(inner, rest) : inner));
  if (typeof value !== 'object' || value === null) throw new Error('expected a path of the value');
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? changed(inner, rest) : inner]),
  );
}

/** Reads a certificate without checking its schema: the digest alone must show that a text was altered. */
function parsed(value: unknown): Certificate {
  return JSON.parse(JSON.stringify(value));
}

/** The flaws of a certificate that was altered, and whose digest was computed again. */
function flawsWhenSealed(altered: Certificate): string[] {
  return verifyCertificate({ ...altered, digest: digestOf(altered) });
}

test('a certificate is a valid document that verifies after it was written to a file and read again', () => {
  const stored: unknown = JSON.parse(JSON.stringify(certificate));
  expect(certificate.result.verdict).toBe('pass');
  expect(verifyCertificate(checkDocument(certificateDocument, stored, 'a file'))).toEqual([]);
});

test('the digest of a certificate shows any change of any value', () => {
  const paths = scalarPaths(certificate);
  fc.assert(
    fc.property(fc.constantFrom(...paths), (path) => {
      expect(verifyCertificate(parsed(changed(certificate, path)))).toContain('digest-differs');
    }),
    { numRuns: 300 },
  );
});

test('the digest of a certificate shows any line that is added or removed', () => {
  const fewer = { ...certificate, assumptions: certificate.assumptions.slice(1) };
  const more = { ...certificate, claims: [...certificate.claims, { code: 'never-fails', subject: '', numbers: {} }] };
  expect(verifyCertificate(fewer)).toContain('digest-differs');
  expect(verifyCertificate(more)).toContain('digest-differs');
});

test('the digest of a certificate does not depend on the order of keys', () => {
  expect(digestOf(parsed(Object.fromEntries(Object.entries(certificate).toReversed())))).toBe(certificate.digest);
});

test('a certificate with statements that do not follow from its evidence does not verify, even with a new digest', () => {
  expect(flawsWhenSealed({ ...certificate, claims: [] })).toEqual(['claims-do-not-follow']);
  expect(flawsWhenSealed({ ...certificate, assumptions: [] })).toEqual(['assumptions-differ']);
  expect(flawsWhenSealed({ ...certificate, properties: [] })).toEqual(['properties-do-not-follow']);
  expect(flawsWhenSealed({ ...certificate, certified: { ...certificate.certified, system: 'another' } })).toEqual([
    'system-differs',
  ]);
  const { verdict: _, ...rest } = result;
  expect(flawsWhenSealed({ ...certificate, result: { ...rest, verdict: 'violation' } })).toContain(
    'verdict-does-not-follow',
  );
});

test('a certificate from which the outcome of wire mutants was removed does not verify, even with a new digest', () => {
  const row: SabotageRow = {
    id: 'X04',
    name: 'deliver-twice',
    does: 'a call is repeated',
    at: 'client',
    breaks: ['S14'],
    outcome: 'blind',
    namedBy: [],
    runs: 3,
    durationMs: 1,
    note: '',
  };
  const blind = buildCertificate(resultOf(lanesOf(result), { ...header, sabotage: [row] }), system);
  expect(blind.result).toMatchObject({ verdict: 'self-check', reasons: [{ code: 'sabotage-blind', subject: 'X04' }] });
  expect(verifyCertificate(blind)).toEqual([]);
  const { sabotage: _, ...silent } = blind.result;
  expect(flawsWhenSealed({ ...blind, result: silent })).toContain('verdict-does-not-follow');
});

test.each<[string, (evidence: Evidence) => void]>([
  [
    'a property that was never exercised',
    ({ properties }) => (properties.S1 = { observed: true, scenarios: 0, exercised: 0, undecided: 0, violations: 0 }),
  ],
  [
    'a violated property',
    ({ properties }) => (properties.S1 = { observed: true, scenarios: 1, exercised: 200, undecided: 0, violations: 1 }),
  ],
  ['a run that is missing', ({ runs }) => (runs.completed -= 1)],
  [
    'an infrastructure failure',
    ({ problems }) => (problems.infrastructure = { count: 1, examples: ['the port was taken'] }),
  ],
  ['a lost observer', ({ problems }) => (problems['inconclusive/observer-lost'] = { count: 1, examples: ['gone'] })],
  ['a failed self-check', ({ problems }) => (problems['self-check/engine'] = { count: 1, examples: ['broken'] })],
])('a pass over evidence with %s does not verify', (_, spoil) => {
  const evidence = passingEvidence();
  spoil(evidence);
  const [lane] = result.lanes;
  if (lane === undefined) throw new Error('a result has lanes');
  const flaws = flawsWhenSealed({ ...certificate, result: { ...result, lanes: [{ ...lane, evidence }] } });
  expect(flaws).toContain('lane-decision-does-not-follow');
});

test('a pass by demands that are lower than those of its lane does not verify', () => {
  const [lane] = result.lanes;
  if (lane === undefined) throw new Error('a result has lanes');
  const demands = { ...lane.demands, propertyMinimum: 0 };
  expect(flawsWhenSealed({ ...certificate, result: { ...result, lanes: [{ ...lane, demands }] } })).toEqual([
    'demands-differ',
  ]);
});

test('a certificate bounds the rate of violations by its random runs alone', () => {
  const bound = certificate.claims.find(({ code }) => code === 'rate-bound');
  expect(bound?.numbers).toEqual({ random: 180, percent: Number((violationRateBound(180) * 100).toPrecision(2)) });
  expect(violationRateBound(100)).toBeCloseTo(0.0295, 4);
  const evidence = passingEvidence();
  evidence.runs.random = 0;
  expect(claimsOf(resultWith(evidence)).map(({ code }) => code)).toContain('no-rate-bound');
});

test('a certificate lists the whole catalogue, judged or not, and what was injected', () => {
  expect(codes(certificate)).toEqual([
    'no-counterexample-found',
    'properties-judged',
    'injected',
    'rate-bound',
    'lanes-speak-for',
  ]);
  const states = Object.fromEntries(certificate.properties.map(({ id, state }) => [id, state]));
  expect(Object.keys(states)).toEqual(PROPERTY_IDS);
  expect(states).toMatchObject({ S1: 'judged', S22: 'not-observed' });
  const evidence = passingEvidence();
  evidence.faults['refuse'] = { planned: 2, bit: 2, idle: 0, missing: 0 };
  evidence.faults['cut upstream'] = { planned: 1, bit: 0, idle: 1, missing: 0 };
  evidence.choices['replica: lagging'] = 5;
  const injected = claimsOf({ ...resultWith(evidence), verdict: 'pass' }).find(({ code }) => code === 'injected');
  expect(injected?.numbers).toEqual({ refuse: 2, 'replica: lagging': 5 });
});

test('a certificate whose statements about the runs do not follow from its evidence does not verify', () => {
  const evidence = passingEvidence();
  evidence.runs.discarded = 50;
  const disturbed = buildCertificate(resultWith(evidence), system);
  expect(disturbed.result.lanes[0]?.meta).toMatchObject({ V1: [], V2: [{ code: 'observers-disturbed' }] });
  expect(verifyCertificate(disturbed)).toEqual([]);
  const lanes = disturbed.result.lanes.map((lane) => ({ ...lane, meta: { V1: [], V2: [] } }));
  expect(flawsWhenSealed({ ...disturbed, result: { ...disturbed.result, lanes } })).toContain('meta-does-not-follow');
});

test('a certificate claims nothing when the verdict is not pass', () => {
  const evidence = passingEvidence();
  evidence.problems['inconclusive/time-ran-out'] = { count: 1, examples: [''] };
  const failed = buildCertificate(resultWith(evidence), system);
  expect(codes(failed)).toEqual(['nothing-certified', 'inconclusive/time-ran-out']);
  expect(verifyCertificate(failed)).toEqual([]);
});

test('a violation without a counterexample does not verify', () => {
  const evidence = passingEvidence();
  foldRun(evidence, judgedRun({ exercised: { S1: 1 }, violated: ['S1'] }));
  expect(verifyCertificate(buildCertificate(resultWith(evidence), system))).toEqual(['no-counterexample-named']);
});

test('a certificate of accepted violations says so, verifies, and claims nothing', () => {
  const evidence = passingEvidence();
  foldRun(evidence, judgedRun({ exercised: { S1: 1 }, violated: ['S1'] }));
  evidence.runs.planned += 1;
  const acceptance = {
    fingerprint: 'S1',
    property: 'S1',
    reason: 'known',
    ticket: 'SMS-1',
    until: '2026-01-01',
    by: 'Jane Doe',
  };
  const read = { file: 'b.json', day: '2026-01-01', accepted: [acceptance] };
  const demands = liveDemands(evidence.runs.planned);
  const decision = decide(evidence, demands, read);
  const [lane] = result.lanes;
  const [named] = [{ id: 'S1-1', lane: 'live' as const, file: 'x.json', findings: [], messages: 1, faults: 0 }];
  if (lane === undefined) throw new Error('a result has lanes');
  const lanes = [{ ...lane, evidence, demands, decision, meta: metaOf(evidence, demands) }];
  const baseline = applyBaseline(read, { ...read, evidence: [evidence] });
  const made = resultOf(
    lanes.map((each) => ({ lane: each, counterexamples: [] })),
    { ...header, baseline },
  );
  const accepted = buildCertificate({ ...made, counterexamples: [named] }, system);
  expect(accepted.result).toMatchObject({ verdict: 'accepted', baseline: { accepted: [{ state: 'accepted' }] } });
  expect(verifyCertificate(accepted)).toEqual([]);
  expect(codes(accepted)).toEqual(['nothing-certified', 'violation-accepted']);
  const { baseline: _, ...without } = accepted.result;
  expect(flawsWhenSealed({ ...accepted, result: without })).toContain('lane-decision-does-not-follow');
  const later = { ...accepted.result, baseline: { ...baseline, day: '2025-12-31' } };
  expect(flawsWhenSealed({ ...accepted, result: later })).toEqual(['baseline-does-not-follow']);
  const unmet = baseline.accepted.map((each) => ({ ...each, state: 'unobserved' as const }));
  const hidden = { ...accepted.result, baseline: { ...baseline, accepted: unmet } };
  expect(flawsWhenSealed({ ...accepted, result: hidden })).toEqual(['baseline-does-not-follow']);
  expect(flawsWhenSealed({ ...accepted, result: { ...accepted.result, counterexamples: [] } })).toEqual([
    'no-counterexample-named',
  ]);
});
