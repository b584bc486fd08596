import { expect, test } from 'vitest';
import { ASSUMPTIONS } from '../harness/formats/certificate.ts';
import { catalogueStates } from '../harness/formats/property-catalogue.ts';
import { renderCertificate } from './certificate.ts';
import { passingResult, seenSabotage } from './result.fixture.ts';

test('the page of a certificate names the faults that the system is declared not to have', () => {
  const page = renderCertificate({
    format: 'onesend.certificate/3',
    certified: { system: 'reference', sha256: 'a'.repeat(64), files: {} },
    result: { ...passingResult, absent: ['breaker-open'] },
    assumptions: [],
    claims: [],
    properties: [],
    digest: 'd',
  });
  expect(page).toContain('\nFaults that the system is declared not to have\n- breaker-open\n');
});

test('the page of a certificate lists the wire mutants if they were run', () => {
  const page = renderCertificate({
    format: 'onesend.certificate/3',
    certified: { system: 'pair', sha256: 'a'.repeat(64), files: {} },
    result: { ...passingResult, sabotage: [seenSabotage] },
    assumptions: [],
    claims: [],
    properties: [],
    digest: 'd',
  });
  expect(page).toContain('\nWire sabotage\n- wire sabotage seen: 1 of 1\n- X04 deliver-twice: a call is repeated:');
});

test('the page of a certificate lists its claims, what was not observed, and its assumptions', () => {
  const text = renderCertificate({
    format: 'onesend.certificate/3',
    certified: { system: 'reference', sha256: 'a'.repeat(64), files: {} },
    result: passingResult,
    assumptions: [...ASSUMPTIONS],
    claims: [
      {
        code: 'no-counterexample-found',
        subject: '',
        numbers: { completed: 240, random: 180, seed: 42 },
        lane: 'live',
      },
      { code: 'injected', subject: '', numbers: { 'replica: lagging': 3 }, lane: 'sim' },
      { code: 'rate-bound', subject: '', numbers: { random: 180, percent: 1.7 }, lane: 'live' },
    ],
    properties: catalogueStates(passingResult.vantages, passingResult.lanes),
    digest: 'd'.repeat(64),
  });
  expect(text).toMatch(/^Onesend certificate: reference, PASS\n/);
  expect(text).toContain(
    '- live: no counterexample was found within the stated bounds: 240 runs, 180 of them drawn at random',
  );
  expect(text).toContain('- sim: injected, and how often it took effect: replica: lagging (3)\n');
  expect(text).toContain('not a probability in production');
  expect(text).not.toMatch(/guarantee|exactly once/);
  expect(text).toContain('- S1 AtMostOnce: judged\n');
  expect(text).toContain('- S21 LogEvidence: not observed; it needs wire, database, log\n');
  expect(text).toContain('- V2 soundness of the observers: held\n');
  expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
});
