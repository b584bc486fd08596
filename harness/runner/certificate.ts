// Builds and verifies certificates: what a result allows to claim, under which assumptions, sealed by a digest over the canonical JSON.
import { isDeepStrictEqual } from 'node:util';
import { applyBaseline } from '../evidence/acceptance.ts';
import { decide, decideResult, liveDemands, metaOf, simDemands } from '../evidence/decide.ts';
import { ASSUMPTIONS, type Certificate, type ClaimSentence } from '../formats/certificate.ts';
import { dayOf } from '../formats/baseline.ts';
import type { Demands } from '../formats/decision.ts';
import type { Evidence } from '../formats/evidence.ts';
import { PROPERTY_IDS } from '../formats/finding.ts';
import type { LaneResult } from '../formats/lane-result.ts';
import { catalogueStates } from '../formats/property-catalogue.ts';
import type { Result } from '../formats/result.ts';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';

/** What is certified: the name of the pair of systems, the hash of its description, and the hashes of the files of its code. */
export interface CertifiedSystem {
  readonly name: string;
  readonly sha256: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Makes the certificate of a result. It states any verdict; only a pass claims anything about the system. */
export function buildCertificate(result: Result, system: CertifiedSystem): Certificate {
  const body: Omit<Certificate, 'digest'> = {
    format: 'onesend.certificate/3',
    certified: { system: system.name, sha256: system.sha256, files: { ...system.files } },
    result,
    assumptions: [...ASSUMPTIONS],
    claims: claimsOf(result),
    properties: catalogueStates(result.vantages, result.lanes),
  };
  return { ...body, digest: digestOf(body) };
}

/** SHA-256 of the canonical JSON of everything in a certificate but its digest, in hexadecimal. */
export function digestOf(certificate: Omit<Certificate, 'digest'> & { readonly digest?: string }): string {
  const { digest: _, ...body } = certificate;
  return sha256(canonicalJson(body));
}

/** What is wrong with a certificate: a statement in it that does not follow from its evidence. */
export type CertificateFlaw =
  | 'digest-differs'
  | 'system-differs'
  | 'assumptions-differ'
  | 'claims-do-not-follow'
  | 'properties-do-not-follow'
  | 'demands-differ'
  | 'lane-decision-does-not-follow'
  | 'meta-does-not-follow'
  | 'baseline-does-not-follow'
  | 'verdict-does-not-follow'
  | 'no-counterexample-named';

/** Derives everything in a certificate again from its evidence, and lists what differs; empty if all of it follows. */
export function verifyCertificate(certificate: Certificate): CertificateFlaw[] {
  const { result, certified } = certificate;
  const { system, lanes, counterexamples, verdict, reasons } = result;
  const decision = decideResult(result);
  const isViolated = verdict === 'violation' || verdict === 'accepted';
  const flaws: readonly (readonly [CertificateFlaw, boolean])[] = [
    ['digest-differs', certificate.digest !== digestOf(certificate)],
    ['system-differs', certified.system !== system.name || certified.sha256 !== system.sha256],
    ['assumptions-differ', !isDeepStrictEqual(certificate.assumptions, ASSUMPTIONS)],
    ['claims-do-not-follow', !isDeepStrictEqual(certificate.claims, claimsOf(result))],
    ['properties-do-not-follow', !isDeepStrictEqual(certificate.properties, catalogueStates(result.vantages, lanes))],
    ['demands-differ', lanes.some((lane) => !isDeepStrictEqual(lane.demands, demandsOn(lane, result)))],
    [
      'lane-decision-does-not-follow',
      lanes.some((lane) => !isDeepStrictEqual(lane.decision, decide(lane.evidence, lane.demands, result.baseline))),
    ],
    ['meta-does-not-follow', lanes.some((lane) => !isDeepStrictEqual(lane.meta, metaOf(lane.evidence, lane.demands)))],
    ['baseline-does-not-follow', !doesBaselineFollow(result)],
    ['verdict-does-not-follow', !isDeepStrictEqual({ verdict, reasons }, decision)],
    ['no-counterexample-named', isViolated && counterexamples.length === 0 && !hasUnsavedAnomaly(lanes)],
  ];
  return flaws.flatMap(([flaw, isFound]) => (isFound ? [flaw] : []));
}

/** Whether the baseline was applied on the day of the run, to the evidence of the lanes. */
function doesBaselineFollow({ baseline, startedAt, lanes }: Result): boolean {
  if (baseline === undefined) return true;
  const evidence = lanes.map((lane) => lane.evidence);
  const applied = applyBaseline(baseline, { file: baseline.file, day: dayOf(startedAt), evidence });
  return isDeepStrictEqual(baseline, applied);
}

/** The demands of this lane on evidence of this size, given the readings of the result. */
function demandsOn(
  { lane, evidence, demands: { required } }: LaneResult,
  { readings }: Pick<Result, 'readings'>,
): Demands {
  return { ...(lane === 'sim' ? simDemands(readings) : liveDemands(evidence.runs.planned)), required };
}

/** A livelock before the first event leaves no history, so no counterexample could be saved. */
function hasUnsavedAnomaly(lanes: readonly LaneResult[]): boolean {
  return lanes.some(({ evidence }) => evidence.problems['violation/livelock'] !== undefined);
}

/** The upper bound, from 0 to 1 at 95 % confidence, of the share of violating scenarios if none of `trials` independent ones violated. */
export function violationRateBound(trials: number): number {
  return 1 - 0.05 ** (1 / trials);
}

/** What a result allows to claim. Every claim is limited to what was tried. */
export function claimsOf(result: Result): ClaimSentence[] {
  const { verdict, reasons, lanes, seed, unavailable } = result;
  if (verdict !== 'pass') return [claim('nothing-certified', { subject: verdict }), ...reasons];
  return [
    ...lanes.flatMap((lane) => laneClaims(lane, seed)),
    ...unavailable.map(({ lane, code }) => claim('lane-unavailable', { subject: code, lane })),
    claim('lanes-speak-for', { subject: lanes.map(({ lane }) => lane).join(' ') }),
  ];
}

function laneClaims({ lane, evidence }: LaneResult, seed: number): ClaimSentence[] {
  const { runs, depths, swarm } = evidence;
  const judged = PROPERTY_IDS.filter((property) => evidence.properties[property]?.observed === true);
  const exploration = depths.map(({ messages, deviations, planned, run }) =>
    claim('placements-tried', { lane, numbers: { messages, deviations, planned: planned ?? run, run } }),
  );
  const isSim = lane === 'sim';
  return [
    claim('no-counterexample-found', { lane, numbers: { completed: runs.completed, random: runs.random, seed } }),
    claim('properties-judged', { lane, subject: judged.join(' ') }),
    claim('injected', { lane, numbers: injectedIn(evidence) }),
    ...exploration,
    ...(isSim ? [claim('random-runs-simulated', { lane, numbers: { run: swarm.run, compared: runs.compared } })] : []),
    ...(isSim ? [] : [rateClaim(lane, runs.random)]),
  ];
}

/** How often each kind of fault took effect and, on the sim lane, how often each choice that differs from an undisturbed run was made. */
function injectedIn({ faults, choices }: Evidence): Record<string, number> {
  const bitten = Object.entries(faults).flatMap(([label, { bit }]) => (bit > 0 ? [[label, bit] as const] : []));
  return Object.fromEntries([...bitten, ...Object.entries(choices)].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The bound on the rate of violations, for random runs of the live lane: only these are independent trials from one fixed distribution. */
function rateClaim(lane: LaneResult['lane'], random: number): ClaimSentence {
  if (random === 0) return claim('no-rate-bound', { lane });
  return claim('rate-bound', {
    lane,
    numbers: { random, percent: Number((violationRateBound(random) * 100).toPrecision(2)) },
  });
}

interface ClaimParts {
  readonly subject?: string;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly lane?: LaneResult['lane'];
}

function claim(code: string, { subject = '', numbers = {}, lane }: ClaimParts): ClaimSentence {
  return { code, subject, numbers: { ...numbers }, ...(lane === undefined ? {} : { lane }) };
}
