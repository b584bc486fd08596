// Headlines of accepted violations: what a fingerprint stands for, in words for people who read a baseline.
import { counterexampleHeadline } from '../../reports/counterexample-words.ts';
import { findingHeadline } from '../../reports/finding-headline.ts';
import { fingerprintOf } from '../evidence/fingerprint.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { brokenBy, PROPERTIES, PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import { gateFingerprint, type GateOutcome } from '../formats/gate.ts';
import { PROPERTY_GUIDES } from '../guide/properties.ts';
import { storyOf } from '../history/story/story-of.ts';

/** A violation, by its fingerprint, and its headline. */
export interface Violated {
  readonly fingerprint: string;
  readonly headline: string;
}

/** What explains fingerprints: counterexamples that show them, and gates that failed. */
export interface HeadlineSources {
  readonly counterexamples: readonly Counterexample[];
  readonly gates?: readonly Pick<GateOutcome, 'id' | 'title'>[];
}

/** Adds a headline to each fingerprint. One that no source shows has what its property demands. */
export function withHeadlines(
  fingerprints: readonly string[],
  { counterexamples, gates = [] }: HeadlineSources,
): Violated[] {
  const known = new Map(gates.map(({ id, title }) => [gateFingerprint(id), `gate ${id}: failed: ${title}`]));
  for (const each of counterexamples)
    for (const { fingerprint, headline } of shownBy(each))
      if (!known.has(fingerprint)) known.set(fingerprint, headline);
  return fingerprints.map((fingerprint) => ({
    fingerprint,
    headline: known.get(fingerprint) ?? demandOf(brokenBy(fingerprint)),
  }));
}

/** The violations that a counterexample shows: those of its findings, and its own, which can be an anomaly. */
function shownBy(counterexample: Counterexample): Violated[] {
  const { history, findings, fingerprint } = counterexample;
  const story = storyOf(history, counterexample);
  const own = {
    fingerprint,
    headline: `${nameOf(brokenBy(fingerprint))}: ${counterexampleHeadline(counterexample, story)}`,
  };
  return [
    ...findings.map((finding) => ({
      fingerprint: fingerprintOf(history, finding),
      headline: `${nameOf(finding.property)}: ${findingHeadline(finding, story)}`,
    })),
    own,
  ];
}

function demandOf(broken: string): string {
  const property = propertyOf(broken);
  const what = property === undefined ? 'violated' : `violated; it demands: ${PROPERTY_GUIDES[property].demand}`;
  return `${nameOf(broken)}: ${what}`;
}

/** A property with its name, such as `S1 AtMostOnce`; an anomaly or a gate as it is. */
function nameOf(broken: string): string {
  const property = propertyOf(broken);
  return property === undefined ? broken : `${property} ${PROPERTIES[property]}`;
}

function propertyOf(broken: string): PropertyId | undefined {
  return PROPERTY_IDS.find((id) => id === broken);
}
