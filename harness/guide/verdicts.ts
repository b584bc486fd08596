// What verdicts, exit codes and the words of reports mean.
import { EXIT_CODES, type Verdict } from '../formats/decision.ts';
import type { GuideEntry } from './entry.ts';

const VERDICTS: Readonly<Record<Verdict, readonly [meaning: string, then: string]>> = {
  pass: [
    'Every property that could be judged held, and each was exercised often enough.',
    'Read the headline: it names the properties that were NOT OBSERVED.',
  ],
  accepted: [
    'Properties were violated, and a baseline accepts each of these violations until a day that is not over.',
    'The headline says who accepted them and until when: it is not a pass.',
  ],
  violation: [
    'A property was violated, and its stored history or its replay confirms it.',
    'Read the first counterexample, and replay it with the line below it.',
  ],
  usage: [
    'A flag, a name, a file or the description of a system is wrong. Nothing ran.',
    'The message says what was expected.',
  ],
  inconclusive: [
    'Too little was seen to pass: something was exercised, decided or observed too rarely, or time ran out.',
    'The reasons name what was missing: more runs, another seed, or a quieter machine often help.',
  ],
  infrastructure: [
    'PostgreSQL, the proxy, a process or a port failed. It says nothing about the systems.',
    '`npx onesend doctor` tries what this machine can run.',
  ],
  'self-check': [
    'The rig itself failed a check: a checker crashed, a finding was not confirmed, or a mutant survived.',
    'Do not trust this run, and report it with its seed.',
  ],
  interrupted: [
    'Ctrl-C, or the terminal was closed. `certify` and `gate` still write what they found.',
    'Run it again for a verdict.',
  ],
};

/** The exit codes as entries of the guide. */
export const EXIT_CODE_ENTRIES: readonly GuideEntry[] = (Object.keys(EXIT_CODES) as Verdict[]).map((verdict) => {
  const [meaning, then] = VERDICTS[verdict];
  return {
    id: String(EXIT_CODES[verdict]),
    kind: 'exit code',
    title: verdict,
    summary: meaning,
    facts: [['what to do', then]],
  };
});

/** Words that reports print in capitals or at the heads of columns. */
const WORDS: Readonly<Record<string, string>> = {
  VIOLATED: 'A property was violated in this mode, under this fault or in this cell.',
  HIT: 'A property was exercised in this mode, under this fault or in this cell, and held.',
  MISSED: 'A property could have been exercised in this mode, under this fault or in this cell, but was not.',
  IMPOSSIBLE: 'A property has nothing to judge in this mode, under this fault or in this cell.',
  flaky: 'A finding that only some of its confirming runs show, with its rate. It depends on timing.',
  needs: 'An ingredient of the case without which no try violated.',
  free: 'An ingredient of the case without which every try still violated.',
  boundary: 'Two neighbouring values of a time: with one the case violates, with the other it passes.',
  passes: 'How the nearest case that passes differs from this one.',
  'differs at':
    'The first event of the violating run that the nearest passing run does not have; `passing run has` shows the event that the passing run has there.',
  unobserved: 'An entry of a baseline whose violation this run did not meet. That does not show that it is fixed.',
  'NOT OBSERVED':
    'The system shows too little for this to be judged, so the claim does not cover it. With --require, the run is then inconclusive.',
  V1: 'Non-vacuity: each property, fault and goal was exercised in enough runs. Beside a violation it is information only.',
  V2: 'Soundness of the observers: none was lost, and few were disturbed.',
  exercised: 'How often a property had something to judge, and judged it.',
  undecided: 'How often a property had something to judge, but the order or the cause of events could not be known.',
  'in effect': 'Runs in which the receipt shows that the fault took effect.',
  idle: 'Runs in which the fault had nothing to act on.',
  'no receipt': 'Runs in which the fault had traffic but left no trace. Such a run shows nothing.',
  stratum:
    'A small scenario that every plan holds; its name says in which scenario a counterexample was found, before it was shrunk.',
  'flag says':
    'Of an entry: the flag of the tenant. It is shown if no column holds the mode of the message, or if the two differ.',
  FAILED: 'A replay: the case still fails with the same violation.',
  CHANGED: 'A replay: the case shows another violation.',
  FIXED: 'A replay: the case violates nothing, although every decision and fault that it needs took place.',
  STALE:
    'A replay: the case violates nothing, but a decision or a fault that it needs did not take place. The replay shows nothing.',
  ERROR: 'A replay: the case could not be run or judged.',
  killed: 'A mutant: a property that it is known to break was violated, and the reference passes the same case.',
  survived:
    'A mutant: its code ran, and none of the properties that it is known to break was violated. Do not trust the rig there.',
  surprise: 'A mutant: its code ran, and only properties that it is not known to break were violated.',
  'not reached': 'A mutant: its code did not run in this case.',
  'broken baseline': 'A mutant: the system without it violates a property in the same case.',
  equivalent: 'A mutant that breaks nothing, with the reason.',
  'other lane': 'A mutant that only the other lane can show.',
  BLIND: 'A wire mutant took effect, and no property was violated: the description hides something from the rig.',
};

/** The words as entries of the guide. */
export const WORD_ENTRIES: readonly GuideEntry[] = Object.entries(WORDS).map(([id, summary]) => ({
  id,
  kind: 'word',
  title: '',
  summary,
  facts: [],
}));
