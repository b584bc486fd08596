// The certificate: what may be claimed from a result, under which assumptions, sealed by a digest over its canonical JSON.
import { PROPERTIES } from '../formats/finding.ts';
import type { Certificate, Result } from '../formats/result.ts';
import { decideVerdict } from '../formats/verdict.ts';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import type { CertifiedSystem } from './certify.ts';

/** What every claim rests on and no run of the rig can show. */
const ASSUMPTIONS: readonly string[] = [
  'PostgreSQL is the one database of both systems; what it acknowledged as committed stays committed and is seen by every later transaction.',
  'The two systems log in under different database roles, so that a write can be attributed to the one that made it.',
  'Every send goes through the observed provider; nothing else sends to the recipients of these messages.',
  'The provider takes each call that it accepts as one message, and no other party repeats calls to it.',
  'The systems in production are the files hashed here, under the configuration of the description hashed here.',
  'Clock skew between machines, replica lag and the death of the database server were not injected.',
];

/** Makes the certificate of a result. It states any verdict; only a pass claims anything about the system. */
export function buildCertificate(result: Result, system: CertifiedSystem): Certificate {
  const body: Omit<Certificate, 'digest'> = {
    format: 'onesend.certificate/1',
    verdict: result.verdict,
    certified: { system: system.name, sha256: system.sha256, files: { ...system.files } },
    result,
    assumptions: [...ASSUMPTIONS],
    claim: claimOf(result),
    notObserved: notObservedOf(result),
  };
  return { ...body, digest: digestOf(body) };
}

/** SHA-256 of the canonical JSON of everything in a certificate but its digest, in hexadecimal. */
export function digestOf(certificate: Omit<Certificate, 'digest'> & { readonly digest?: string }): string {
  const { digest: _, ...body } = certificate;
  return sha256(canonicalJson(body));
}

/** What a certificate says that does not follow from what it holds, one sentence each; empty when all of it does. */
export function verifyCertificate(certificate: Certificate): string[] {
  const { result, certified } = certificate;
  const problems: string[] = [];
  if (certificate.digest !== digestOf(certificate)) problems.push('the digest does not match the content');
  if (certificate.verdict !== result.verdict) problems.push('the verdict is not that of the result');
  if (certified.system !== result.system.name || certified.sha256 !== result.system.sha256) {
    problems.push('the certified system is not that of the result');
  }
  if (!isSameList(certificate.claim, claimOf(result))) problems.push('the claim does not follow from the result');
  if (!isSameList(certificate.notObserved, notObservedOf(result))) {
    problems.push('the list of what was not observed does not follow from the result');
  }
  return [...problems, ...evidenceProblems(result)];
}

/** A pass must follow from the counts that are in the result, and a violation must name its counterexample. */
function evidenceProblems(result: Result): string[] {
  const broken = result.properties.filter((property) => property.violations > 0);
  if (result.verdict === 'violation') {
    return result.counterexamples.length === 0 ? ['the verdict is violation and no counterexample is named'] : [];
  }
  if (result.verdict !== 'pass') return [];
  const decision = decideVerdict({
    scenarios: result.scenarios.completed,
    properties: result.properties,
    faults: result.faults,
    confirmedViolations: broken.length + result.counterexamples.length,
    unconfirmedViolations: 0,
    infrastructure: [],
    observerTrouble: [],
    selfCheck: [],
    timedOut: result.scenarios.completed < result.scenarios.planned,
    interrupted: false,
    doubts: explorationDoubts(result),
    goals: result.exploration?.goals ?? [],
  });
  return decision.verdict === 'pass' ? [] : decision.reasons.map((reason) => `the verdict is pass, yet: ${reason}`);
}

/** A pass of the sim lane must follow from its counts too. */
function explorationDoubts({ exploration }: Result): string[] {
  if (exploration === undefined || exploration.notAvailable !== undefined) return [];
  const { rungs, swarm, properties, verdict } = exploration;
  const isWhole = rungs.every(({ planned, run }) => run === planned) && swarm.run === swarm.planned;
  const thin = properties.filter(({ observed, exercised, minimum }) => observed && exercised < minimum);
  const broken = properties.filter(({ violations }) => violations > 0);
  return [
    ...(verdict === 'pass' ? [] : [`the sim lane came to ${verdict}`]),
    ...(isWhole ? [] : ['the exploration of the sim lane was cut short']),
    ...[...thin, ...broken].map(({ property }) => `the sim lane does not show that ${property} held`),
  ];
}

/** The upper bound, at 95 % confidence, of the share of violating scenarios when `trials` independent ones showed none. */
export function violationRateBound(trials: number): number {
  return 1 - 0.05 ** (1 / trials);
}

/** The sentences that may be claimed from a result. They bound what was tried and never promise what was not. */
export function claimOf(result: Result): string[] {
  if (result.verdict !== 'pass') {
    return [
      `Nothing is certified: the verdict is ${result.verdict}.`,
      ...result.reasons.map((reason) => `Because: ${reason}.`),
    ];
  }
  const { completed, random } = result.scenarios;
  const observed = result.properties.filter((property) => property.observed).map((property) => property.property);
  return [
    `No counterexample was found within the stated bounds: ${completed} scenarios ran on the ${result.lane} lane, ${random} of them drawn at random with seed ${result.seed}.`,
    `The properties judged were ${observed.join(', ')}.`,
    statisticalSentence(random),
    ...explorationSentences(result),
    laneSentence(result.lane),
  ];
}

/** What the sim lane adds to the claim, or that it adds nothing. */
function explorationSentences({ exploration }: Result): string[] {
  if (exploration === undefined) return [];
  if (exploration.notAvailable !== undefined) {
    return [`Nothing is claimed from the sim lane, which is not available: ${exploration.notAvailable}.`];
  }
  const { rungs, swarm, compared } = exploration;
  return [
    ...rungs.map(
      ({ messages, deviations, planned, run }) =>
        `Simulated: ${run} of ${planned ?? 'unknown'} placements of ${deviations} deviations in runs of ${messages} messages, in each mode.`,
    ),
    `Simulated: ${swarm.run} random runs; ${compared} of all simulated runs were made twice and came out the same.`,
  ];
}

function statisticalSentence(random: number): string {
  if (random === 0) return 'No random scenario ran, so nothing is claimed about a rate of violations.';
  const percent = (violationRateBound(random) * 100).toPrecision(2);
  return (
    `With 95 % confidence fewer than ${percent} % of the scenarios that this generator draws violate a property, counting only the ` +
    `${random} random ones, as the others are no independent draws; this is a rate under the generator's distribution, not a probability in production.`
  );
}

function laneSentence(lane: Result['lane']): string {
  if (lane === 'both') {
    return 'Simulated runs speak for the protocol; live runs speak for the programs as they were built, under the timings of the machine they ran on.';
  }
  if (lane === 'sim') return 'Simulated runs speak for the protocol, not for the programs that implement it.';
  return 'Live runs speak for the programs as they were built, under the timings of the machine they ran on.';
}

function notObservedOf(result: Result): string[] {
  const hidden = result.properties.filter((property) => !property.observed);
  return hidden.map(({ property }) => `${property} ${PROPERTIES[property]}`);
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
