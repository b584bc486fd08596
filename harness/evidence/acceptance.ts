// Which violations in evidence a baseline accepts. Something violated is accepted only if all fingerprints that it came up with are.
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

/** Whether all fingerprints of what was violated are accepted. Evidence that names none of them was not recorded with its violation. */
export function isAcceptedIn({ fingerprints = {} }: Evidence, broken: string, baseline?: Acceptances): boolean {
  const own = Object.keys(fingerprints).filter((each) => brokenBy(each) === broken);
  return own.length > 0 && own.every((each) => isAccepted(each, baseline));
}

/** Whether a gate failed by what is accepted alone: its own question, if that failed, and all that its runs violate. */
export function isGateAccepted(evidence: Evidence, id: string, baseline?: Acceptances): boolean {
  const { fingerprints = {} } = evidence;
  const own = gateFingerprint(id);
  if (fingerprints[own] !== undefined && !isAccepted(own, baseline)) return false;
  // Evidence does not tell which gate's runs showed which fingerprint.
  const others = Object.keys(fingerprints).filter((each) => !each.startsWith('gate '));
  const counts = fingerprints[own] === undefined ? others : [own, ...others];
  return counts.length > 0 && counts.every((each) => isAccepted(each, baseline));
}

/** The baseline as it applies to this evidence, on this day. */
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
