import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificateSchema, type Certificate, type Result } from '../formats/result.ts';
import { buildCertificate, claimOf, digestOf, verifyCertificate, violationRateBound } from './certificate.ts';
import { certify } from './certify.ts';
import { scriptedHistory, scriptedLane, scriptedOracle } from './executor.fixture.ts';

const system = { name: 'scripted', sha256: 'abc', files: { 'main.ts': 'def' } };
let certificate: Certificate;
let result: Result;

beforeAll(async () => {
  const certification = await certify({
    lane: scriptedLane((scenario) => ({ kind: 'history', history: scriptedHistory(scenario) })),
    oracle: scriptedOracle({ observes: (property) => property !== 'S22' }),
    system,
    seed: 7,
    runs: 200,
    readings: { offBilling: 'charged' },
    timings: { budgetMs: 500 },
    infrastructure: { postgres: '18' },
    versions: { onesend: '0.1.0' },
  });
  ({ result } = certification);
  certificate = buildCertificate(result, system);
});

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

/** What a reader gets who does not check the shape: any altered text must show by its digest alone. */
function parsed(value: unknown): Certificate {
  return JSON.parse(JSON.stringify(value));
}

/** The problems of a certificate that someone sealed anew after altering it. */
function seal(altered: Certificate): string[] {
  return verifyCertificate({ ...altered, digest: digestOf(altered) });
}

describe('a certificate', () => {
  it('is a valid document that verifies, also after a journey through a file', () => {
    const stored: unknown = JSON.parse(JSON.stringify(certificate));
    expect(certificate.verdict).toBe('pass');
    expect(verifyCertificate(certificateSchema.parse(stored))).toEqual([]);
  });

  it('shows by its digest any change of any value', () => {
    const paths = scalarPaths(certificate);
    fc.assert(
      fc.property(fc.constantFrom(...paths), (path) => {
        expect(verifyCertificate(parsed(changed(certificate, path)))).toContain(
          'the digest does not match the content',
        );
      }),
      { numRuns: 300 },
    );
  });

  it('shows by its digest any line that is added or taken away', () => {
    const fewer = { ...certificate, assumptions: certificate.assumptions.slice(1) };
    const more = { ...certificate, claim: [...certificate.claim, 'It never fails.'] };
    expect(verifyCertificate(fewer)).toEqual(['the digest does not match the content']);
    expect(verifyCertificate(more)).toContain('the digest does not match the content');
  });

  it('has a digest that does not depend on the order of keys', () => {
    const reversed = parsed(Object.fromEntries(Object.entries(certificate).toReversed()));
    expect(digestOf(reversed)).toBe(certificate.digest);
  });

  it('does not verify when it is sealed anew over what does not follow from its result', () => {
    const [first, ...rest] = result.properties;
    if (first === undefined) throw new Error('expected properties');
    expect(seal({ ...certificate, claim: ['It sends once.'] })).toEqual(['the claim does not follow from the result']);
    expect(seal({ ...certificate, notObserved: [] })).toHaveLength(1);
    expect(seal({ ...certificate, verdict: 'violation' })).toEqual(['the verdict is not that of the result']);
    const vacuous = { ...result, properties: [{ ...first, exercised: 0 }, ...rest] };
    expect(seal({ ...certificate, result: vacuous })[0]).toMatch(/^the verdict is pass, yet: S1 was exercised 0 times/);
    const cut = { ...result, scenarios: { ...result.scenarios, completed: result.scenarios.completed - 1 } };
    expect(seal(buildCertificate(cut, system))).toHaveLength(1);
  });

  it('bounds the rate of violations by its random scenarios alone', () => {
    expect(result.scenarios.random).toBeLessThan(result.scenarios.completed);
    const percent = (violationRateBound(result.scenarios.random) * 100).toPrecision(2);
    expect(certificate.claim.join(' ')).toContain(`fewer than ${percent} %`);
    expect(violationRateBound(100)).toBeCloseTo(0.0295, 4);
    expect(claimOf({ ...result, scenarios: { ...result.scenarios, random: 0 } }).join(' ')).toContain(
      'nothing is claimed about a rate',
    );
  });

  it('never promises exactly one send, and says what was not observed', () => {
    expect(certificate.claim[0]).toContain('No counterexample was found within the stated bounds');
    expect(certificate.claim.join(' ')).not.toMatch(/guarantee|exactly once/);
    expect(certificate.claim.join(' ')).toContain('not a probability in production');
    expect(certificate.notObserved).toEqual(['S22 TenantIsolation']);
  });

  it('claims nothing when the verdict is not pass', () => {
    const failed = buildCertificate({ ...result, verdict: 'inconclusive', reasons: ['no scenario ran'] }, system);
    expect(failed.claim).toEqual(['Nothing is certified: the verdict is inconclusive.', 'Because: no scenario ran.']);
    expect(verifyCertificate(failed)).toEqual([]);
  });
});
