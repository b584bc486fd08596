import { expect, test } from 'vitest';
import type { Acceptances } from '../formats/baseline.ts';
import type { Decision } from '../formats/decision.ts';
import type { Evidence } from '../formats/evidence.ts';
import { gateFingerprint } from '../formats/gate.ts';
import { applyBaseline } from './acceptance.ts';
import { decide, GATE_DEMANDS } from './decide.ts';
import { judgedRun, type RunScript } from './evidence.fixture.ts';
import { addFingerprint, addProblem, emptyEvidence, foldGate, foldRun } from './fold.ts';

/** A baseline that accepts these until the given days, as read on the first of June. */
function accepting(untilOf: Readonly<Record<string, string>>): Acceptances {
  const accepted = Object.entries(untilOf).map(([fingerprint, until]) => ({
    fingerprint,
    property: fingerprint.split(':', 1)[0] ?? '',
    reason: 'it is known',
    ticket: 'SMS-1',
    until,
    by: 'Jane Doe',
  }));
  return { day: '2027-06-01', accepted };
}

function evidenceOf(...scripts: readonly RunScript[]): Evidence {
  const evidence = emptyEvidence();
  evidence.runs.planned = scripts.length;
  for (const script of scripts) foldRun(evidence, judgedRun(script));
  return evidence;
}

function decided(evidence: Evidence, baseline?: Acceptances): Pick<Decision, 'verdict'> & { codes: string[] } {
  const { verdict, reasons } = decide(evidence, GATE_DEMANDS, baseline);
  return { verdict, codes: reasons.map(({ code, subject }) => `${code} ${subject}`.trim()) };
}

const LATER = '2027-12-31';

test('violations that are all accepted give the verdict accepted, which is neither violation nor pass', () => {
  const evidence = evidenceOf({ violated: ['S1', 'S9'] }, {});
  expect(decided(evidence, accepting({ S1: LATER, S9: LATER }))).toEqual({
    verdict: 'accepted',
    codes: ['violation-accepted S1', 'violation-accepted S9'],
  });
  expect(decided(evidence).verdict).toBe('violation');
});

test('one fingerprint that is not accepted is a violation of its property, even if others are accepted', () => {
  const evidence = evidenceOf({ violated: ['S1', 'S9'] });
  addFingerprint(evidence, 'S1: accept legacy ON');
  expect(decided(evidence, accepting({ S1: LATER, S9: LATER }))).toEqual({
    verdict: 'violation',
    codes: ['property-violated S1'],
  });
});

test('a violation whose fingerprint was not recorded cannot be accepted', () => {
  const { fingerprints: _, ...evidence } = evidenceOf({ violated: ['S1'] });
  expect(decided(evidence, accepting({ S1: LATER })).verdict).toBe('violation');
});

test('a violation whose acceptance has expired is a violation, and a reason names the expired acceptance', () => {
  const baseline = accepting({ S1: '2027-05-31' });
  expect(decided(evidenceOf({ violated: ['S1'] }), baseline)).toEqual({
    verdict: 'violation',
    codes: ['property-violated S1', 'acceptance-expired S1'],
  });
  expect(decided(evidenceOf({}), baseline).verdict).toBe('pass');
});

test('accepted violations hide neither missing runs nor a failure of the machine', () => {
  const evidence = evidenceOf({ violated: ['S1'] });
  const baseline = accepting({ S1: LATER });
  evidence.runs.planned = 2;
  expect(decided(evidence, baseline).verdict).toBe('inconclusive');
  addProblem(evidence, 'infrastructure', 'the disk is full');
  expect(decided(evidence, baseline).verdict).toBe('infrastructure');
});

test('an anomaly is accepted by its kind, and not by a property', () => {
  const problems = [{ code: 'violation/deadlock' as const, message: 'both wait' }];
  const evidence = evidenceOf({ problems });
  addFingerprint(evidence, 'deadlock');
  expect(decided(evidence, accepting({ deadlock: LATER })).verdict).toBe('accepted');
  expect(decided(evidence, accepting({ S1: LATER })).codes).toEqual(['violation/deadlock both wait (a run)']);
});

test('a gate that fails its own question is accepted only if its number and the violations of its runs are', () => {
  const evidence = evidenceOf({ violated: ['S1'] });
  foldGate(evidence, '1', 'fail');
  expect(decided(evidence, accepting({ S1: LATER })).verdict).toBe('accepted');
  addFingerprint(evidence, gateFingerprint('1'));
  expect(decided(evidence, accepting({ S1: LATER })).codes).toEqual(['gate-failed 1']);
  expect(decided(evidence, accepting({ S1: LATER, 'gate 1': LATER })).verdict).toBe('accepted');
  expect(decided(evidence, accepting({ 'gate 1': LATER })).codes).toEqual(['property-violated S1', 'gate-failed 1']);
});

test('an acceptance is unobserved when no lane showed its fingerprint', () => {
  const { accepted, day } = accepting({ S1: LATER, S2: LATER, S9: '2027-05-31', L1: '2027-05-31' });
  const lanes = [evidenceOf({ violated: ['S1'] }), evidenceOf({ violated: ['S9'] })];
  const applied = applyBaseline({ accepted: [...accepted] }, { file: 'b.json', day, evidence: lanes });
  expect(applied.accepted.map(({ fingerprint, state }) => `${fingerprint} ${state}`)).toEqual([
    'S1 accepted',
    'S2 unobserved',
    'S9 expired',
    'L1 unobserved',
  ]);
});
