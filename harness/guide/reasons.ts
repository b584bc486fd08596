// What each reason of a verdict means, by its code in results.json, and what to do about it.
import type { GuideEntry } from './entry.ts';

const MORE_RUNS = 'make more runs (--runs, --max-time), or take another seed';
const QUIET = 'let nothing else run on the machine, or use fewer slots (--slots)';
const REPORT = 'do not trust this run; report it with its seed';

/** The reasons by their codes. A test compares them with the sentences of the reports. */
export const REASON_GUIDES: Readonly<Record<string, readonly [meaning: string, then: string]>> = {
  'all-held': ['Every observed property held, and was exercised often enough.', 'nothing'],
  'nothing-ran': ['No scenario ran to its end.', 'look at the other reasons'],
  'property-violated': ['A property was violated.', 'read the counterexample, and `onesend explain` the property'],
  'violation-accepted': [
    'A property was violated, and the baseline accepts it.',
    'fix it before the day on which the acceptance ends',
  ],
  'acceptance-expired': [
    'The baseline accepted this violation until a day that is over.',
    'fix it, or accept it again',
  ],
  'gate-failed': [
    'A gate did not find what it expected, or its runs violated a property.',
    'do what the line `next` of the gate says',
  ],
  'gate-inconclusive': [
    'A gate could not decide its question in this run.',
    'do what the line `next` of the gate says',
  ],
  'gate-not-observed': [
    'The system shows too little for this gate. That is no violation.',
    'do what the line `next` of the gate says, or read the gate as not covered',
  ],
  'runs-missing': ['Fewer scenarios ran than were planned.', 'give the run more time (--max-time)'],
  'observers-disturbed': ['The machine was so busy that too many runs had to be discarded.', QUIET],
  'depth-not-reached': ['The search never reached this number of decisions.', MORE_RUNS],
  'depth-incomplete': ['Not all placements of this number of decisions were tried.', MORE_RUNS],
  'swarm-incomplete': ['Not all random runs were made.', MORE_RUNS],
  'goal-not-reached': ['A state that a search must reach was never reached.', MORE_RUNS],
  'property-exercised-too-rarely': ['A property had too few chances to be violated.', MORE_RUNS],
  'property-undecided': [
    'More than one in ten chances of a property could not be decided. The sentence says what was not known, for example.',
    `if that is an order or a time: ${QUIET}; if it is for which messages units had been taken (S9): change the account in the transaction that writes sms_logs or the ledger`,
  ],
  'required-not-observed': [
    'A property that --require names was not judged.',
    'describe what it must see, or remove it from --require',
  ],
  'no-property-observed': ['The system shows too little to judge anything.', 'run `onesend check`'],
  'fault-left-no-receipt': ['A fault had traffic, but nothing shows that it took effect.', QUIET],
  'fault-took-effect-too-rarely': ['A kind of fault took effect in too few runs.', MORE_RUNS],
  'sabotage-blind': [
    'The pair was made to look broken, and no property was violated.',
    'run `onesend check`: a table or a place in the description is wrong',
  ],
  'sabotage-not-reached': ['A wire mutant changed nothing.', 'see the note in its row'],
  'sabotage-broken-baseline': [
    'The pair violates a property also without the wire mutant.',
    'fix that violation first',
  ],
  interrupted: ['The run was interrupted.', 'run it again'],
  infrastructure: ['PostgreSQL, the proxy, a process or a port failed.', '`onesend doctor` tries the machine'],
  'self-check/checker-crashed': ['A checker failed on a history.', REPORT],
  'self-check/receipts-crashed': ['The receipts of a run could not be computed.', REPORT],
  'self-check/not-confirmed': ['A finding did not show again from its stored history.', REPORT],
  'self-check/not-repeatable': [
    'A simulated run differed when it ran a second time.',
    'look for state or real time in the system; else report it',
  ],
  'self-check/deviation-not-met': ['A simulated run did not reach a decision that its case changes.', REPORT],
  'self-check/forbidden-call': [
    'A simulated system used the real clock, randomness or network.',
    'use the Env that the parts are given',
  ],
  'self-check/engine': ['The simulator failed.', REPORT],
  'violation/deadlock': [
    'A simulated run waits for an event that never happens.',
    'replay it, and see what each process waits for',
  ],
  'violation/livelock': ['A simulated run goes on without an end.', 'replay it, and look at the last events'],
  'violation/unhandled-rejection': [
    'A promise of the system was rejected, and no code handled it.',
    'catch it where it is made',
  ],
  'violation/egress': [
    'A system tried to reach a host outside the machine.',
    'give the provider of that host a stub in the description',
  ],
  'inconclusive/keeps-state': ['The system keeps state from run to run.', 'reset it between scenarios (flush, reset)'],
  'inconclusive/corpus': [
    'A counterexample of the corpus could not be replayed, or is STALE.',
    'see its line, and `onesend corpus ls`',
  ],
  'inconclusive/observer-lost': ['An observer ended or was restarted during a run.', QUIET],
  'inconclusive/out-of-events': ['A simulated run exceeded its number of events.', 'replay it, and look for a loop'],
  'inconclusive/out-of-time': ['A simulated run exceeded its time.', 'replay it, and look for a wait without an end'],
  'inconclusive/failed-boot': ['A system did not start.', 'see its last lines in the message'],
  'inconclusive/time-ran-out': ['Time ran out before everything planned had run.', 'raise --max-time'],
  'inconclusive/runs-ran-out': ['The number of runs was reached before everything planned had run.', 'raise --runs'],
  'nothing-certified': ['The claim of a certificate whose verdict is not a pass.', 'read the reasons'],
  'no-counterexample-found': ['The claim of a pass: within the stated bounds nothing was found.', 'it is not a proof'],
  'properties-judged': ['A claim: which properties it covers.', 'the others are not covered'],
  injected: ['A claim: what was injected, and how often it took effect.', 'what is not named was not injected'],
  'placements-tried': ['A claim: which placements of decisions were tried.', 'nothing'],
  'random-runs-simulated': ['A claim: how many random runs were made.', 'nothing'],
  'rate-bound': [
    'A claim: a bound on the rate of violations under the distribution of the generator.',
    'it is not a probability in production',
  ],
  'no-rate-bound': ['A claim: no random run was made, so no rate is bounded.', 'nothing'],
  'lane-unavailable': ['A claim: a lane cannot run this system.', 'a described system runs on the live lane'],
  'lanes-speak-for': ['A claim: what the runs of each lane show.', 'nothing'],
};

/** The reasons as entries of the guide. */
export const REASON_ENTRIES: readonly GuideEntry[] = Object.entries(REASON_GUIDES).map(([id, [summary, then]]) => ({
  id,
  kind: 'reason',
  title: '',
  summary,
  facts: [['what to do', then]],
}));
