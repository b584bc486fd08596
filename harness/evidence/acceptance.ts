// Which violations in evidence a baseline accepts. A violated property is accepted only if all its fingerprints are.
import {
  type Acceptances,
  acceptanceOf,
  type AppliedBaseline,
  type Baseline,
  isAccepted,
} from '../formats/baseline.ts';
import type { Evidence } from '../formats/evidence.ts';
import { brokenBy } from '../formats/finding.ts';
import { gateFingerprint } from '../formats/gate.ts';

/** Whether all fingerprints of a violated property, or of an anomaly, are accepted. False when the evidence has recorded none of them. */
export function isAcceptedIn({ fingerprints = {} }: Evidence, broken: string, baseline?: Acceptances): boolean {
  const own = Object.keys(fingerprints).filter((each) => brokenBy(each) === broken);
  return own.length > 0 && own.every((each) => isAccepted(each, baseline));
}

/** Whether everything that made a gate fail is accepted: its own question, if that failed, and every violation. */
export function isGateAccepted(evidence: Evidence, id: string, baseline?: Acceptances): boolean {
  const { fingerprints = {} } = evidence;
  const own = gateFingerprint(id);
  if (fingerprints[own] !== undefined && !isAccepted(own, baseline)) return false;
  // Evidence does not record which gate's runs showed which fingerprint, so the fingerprints of all runs count.
  const others = Object.keys(fingerprints).filter((each) => !each.startsWith('gate '));
  const counts = fingerprints[own] === undefined ? others : [own, ...others];
  return counts.length > 0 && counts.every((each) => isAccepted(each, baseline));
}

/** The baseline with the state of each acceptance on this day: met, expired, or unobserved because no evidence has its fingerprint. */
export function applyBaseline(
  { accepted }: Pick<Baseline, 'accepted'>,
  about: { readonly file: string; readonly day: string; readonly evidence: readonly Evidence[] },
): AppliedBaseline {
  const { file, day, evidence } = about;
  const stateOf = (fingerprint: string, until: string): AppliedBaseline['accepted'][number]['state'] => {
    if (evidence.every(({ fingerprints }) => fingerprints?.[fingerprint] === undefined)) return 'unobserved';
    return day <= until ? 'accepted' : 'expired';
  };
  return { file, day, accepted: accepted.map((each) => ({ ...each, state: stateOf(each.fingerprint, each.until) })) };
}

/** The fingerprints in evidence that a baseline accepts today, and those whose acceptance has expired. */
export function acceptancesMet(
  { fingerprints = {} }: Evidence,
  baseline: Acceptances | undefined,
): { readonly accepted: string[]; readonly expired: string[] } {
  const known = Object.keys(fingerprints)
    .filter((each) => acceptanceOf(each, baseline) !== undefined)
    .toSorted();
  return {
    accepted: known.filter((each) => isAccepted(each, baseline)),
    expired: known.filter((each) => !isAccepted(each, baseline)),
  };
}
