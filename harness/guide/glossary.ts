// The glossary: the words of the project, each with one meaning, and the words for what a run writes. ARCHITECTURE.md and docs/glossary.md
// are generated from it.
import type { GuideEntry } from './entry.ts';
import { WORD_ENTRIES } from './verdicts.ts';

/** The words of the project, which are names in the code too. */
const NAMES: Readonly<Record<string, string>> = {
  scenario: 'Tenants, campaigns, flips and faults as plain data.',
  deviation: 'A choice of the simulated world that is not the default.',
  case: 'A scenario with its deviations: the only input of a run.',
  lane: 'Where cases run: `sim` in virtual time, `live` in real processes.',
  slot: 'One place for a live scenario: its database, ports, proxies and processes.',
  action: 'What the rig does with a pair: it calls an endpoint of the legacy app, runs SQL, or runs a command.',
  tap: 'A relay that records all bytes and changes none.',
  receipt: 'The proof that a fault took effect.',
  history: 'The ordered, observed events of one run.',
  checker: 'A pure function over a history, which judges one property.',
  finding: 'One violation with its witnesses.',
  fingerprint: 'A finding without ids, times and counts: findings with equal fingerprints are one bug.',
  judgement: 'The results of all checkers for one run.',
  evidence: 'The sum of judgements: the only basis of a verdict.',
  demands: 'The conditions on the evidence for a pass.',
  decision: 'The verdict with its reasons.',
  story: 'A history as data for people; every drawing renders one.',
  counterexample: 'A violating case, after shrinking.',
  corpus: 'The counterexamples that every certification replays.',
  mutant: 'The reference with one part sabotaged.',
  'wire mutant': 'A sabotage of a pair from outside.',
  goal: 'A state that a search of the sim lane must reach at least once.',
  vantage: 'A place from which a property is observed; each system has some of them.',
  reading: 'One interpretation of an ambiguous sentence of the runbook.',
  entry: 'A message enters the legacy app, with its uuid and mode.',
  attempt: 'A request reaches the provider.',
  occasion: 'A possible cause of a call to the service: a trigger, a round of recovery, a repeated job.',
  definite: 'Of a failure: it is certain that nothing was sent.',
  room: 'A folder of the code, with what it may import.',
  part: 'A replaceable function of a system.',
  procedure: 'A part that the database runs, in SQL and in TypeScript.',
  suite: 'Properties that are searched together, with scenarios that exercise them.',
  life: 'The messages of one campaign in a composed history.',
  way: 'The outcome of a life, as `fallback` or `rejected`.',
  planted: 'Put there on purpose: a violation in a valid history, a fault by a gate.',
  quiescence: 'The moment when all faults are healed and no work is in flight: losses are judged only then.',
};

/** Words of reports that are also names in the code. */
const NAMES_OF_REPORTS: ReadonlySet<string> = new Set(['exercised', 'undecided', 'stratum']);

/** A word for what a run checks, writes or reads. */
interface OutputWord {
  /** The name of its file; empty if that is not fixed. */
  readonly title: string;
  readonly summary: string;
  readonly command: string;
  readonly page: string;
}

const OUTPUT_WORDS: Readonly<Record<string, OutputWord>> = {
  certificate: {
    title: 'certificate.json',
    summary:
      'What a certification claims, for which hashed files, under which assumptions. `certificate.txt` says the same as plain text.',
    command: 'onesend certify',
    page: 'docs/commands.md',
  },
  JUnit: {
    title: 'junit.xml',
    summary:
      'A form of test reports that CI systems read: XML. It has a test case for each property, fault and goal on each lane; `gates-junit.xml` has one for each gate.',
    command: 'onesend certify',
    page: 'docs/ci.md',
  },
  SARIF: {
    title: 'results.sarif',
    summary:
      'A form of findings that code scanning reads: JSON, version 2.1.0. It has a result for each counterexample, with its story as a thread flow.',
    command: 'onesend certify',
    page: 'docs/ci.md',
  },
  'last-failed': {
    title: 'last-failed.json',
    summary:
      '`.onesend/last-failed.json` lists the counterexamples of the last run that failed. The flag `--last-failed` replays these alone, without a search.',
    command: 'onesend replay --last-failed',
    page: 'docs/commands.md',
  },
  baseline: {
    title: '',
    summary:
      'A file of known violations, each of which a team accepts until a given day. With `--baseline FILE`, a run that meets only these ends with exit code 0.',
    command: 'onesend certify --baseline onesend.baseline.json',
    page: 'docs/baseline.md',
  },
  canary: {
    title: '',
    summary:
      'A message of the rig that is sent on each path before the first scenario of a slot. It must reach the provider stub, so no scenario can send a real message.',
    command: 'onesend check',
    page: 'docs/live-lane.md',
  },
};

/** The words of the project as entries of the guide, in the order of ARCHITECTURE.md. */
export const NAME_ENTRIES: readonly GuideEntry[] = Object.entries(NAMES).map(([id, summary]) => ({
  id,
  kind: 'term',
  title: '',
  summary,
  facts: [],
}));

/** The words of ARCHITECTURE.md: those of the project, and those of reports that are names too. */
export const ARCHITECTURE_ENTRIES: readonly GuideEntry[] = [
  ...NAME_ENTRIES,
  ...WORD_ENTRIES.filter(({ id }) => NAMES_OF_REPORTS.has(id)),
];

/** The words for what a run checks, writes or reads, as entries of the guide. */
export const OUTPUT_ENTRIES: readonly GuideEntry[] = Object.entries(OUTPUT_WORDS).map(
  ([id, { title, summary, command, page }]) => ({
    id,
    kind: 'term',
    title,
    summary,
    facts: [
      ['command', `\`${command}\``],
      ['more', page],
    ],
  }),
);
