// The guide: what every id, word and symbol of the output means. `onesend explain` prints it, and pages of docs/ are generated from it.

/** The kinds of entries, each with the page of docs/ that lists them. */
export const GUIDE_PAGES = {
  property: 'properties',
  fault: 'faults',
  decision: 'faults',
  goal: 'goals',
  symbol: 'drawing',
  'exit code': 'verdicts',
  'error code': 'verdicts',
  reason: 'verdicts',
  word: 'verdicts',
  term: 'glossary',
  reading: 'readings',
  vantage: 'readings',
  document: 'documents',
  field: 'documents',
  'description field': 'system-fields',
  value: 'documents',
  'step of check': 'systems',
  gate: 'runbook',
  mutant: 'mutants',
  'wire mutant': 'wire-mutants',
} as const;

/** A kind of entry. */
export type GuideKind = keyof typeof GUIDE_PAGES;

/** What the guide says about one id, word or symbol. */
export interface GuideEntry {
  /** As the output prints it, for example `S9` or `latency downstream`. */
  readonly id: string;
  readonly kind: GuideKind;
  /** A name in addition to the id; empty if there is none. */
  readonly title: string;
  /** One or two sentences. */
  readonly summary: string;
  /** Further facts, each with a label. */
  readonly facts: readonly (readonly [label: string, text: string])[];
}
