// The sentences for reasons and claims. Documents store codes and numbers, so a sentence can change without breaking a stored file.
import type { ASSUMPTIONS } from '../harness/formats/certificate.ts';
import type { Reason } from '../harness/formats/decision.ts';
import { PROPERTIES } from '../harness/formats/finding.ts';
import { countOf, grouped } from '../harness/history/counted-words.ts';

/** The parts of a reason or a claim that its sentence uses. */
type Statement = Pick<Reason, 'subject' | 'numbers' | 'example'>;

const number = ({ numbers }: Statement, name: string): number => numbers[name] ?? 0;
const counted = (statement: Statement, name: string): string => grouped(number(statement, name));
const runsOf = (statement: Statement, name: string): string => countOf(number(statement, name), 'run');
const depthOf = (statement: Statement): string =>
  `${countOf(number(statement, 'deviations'), 'deviation')} in runs of ${countOf(number(statement, 'messages'), 'message')}`;
/** A subject that is a property, with its name: `S1 AtMostOnce`. */
const propertyOf = ({ subject }: Statement): string => {
  const names: Readonly<Record<string, string>> = PROPERTIES;
  return [subject, names[subject] ?? ''].filter(Boolean).join(' ');
};
/** A subject that consists of several names. */
const listOf = (subject: string): string => subject.replaceAll(' ', ', ');
/** The sentence of a problem: `what`, then its first example, which is the subject, and the number of runs if there are more. */
const example =
  (what: string) =>
  (statement: Statement): string => {
    const count = number(statement, 'count');
    return `${what === '' ? '' : `${what}: `}${statement.subject}${count > 1 ? `; ${countOf(count, 'run')} in all` : ''}`;
  };

/** The end of a sentence on undecided chances: an example of what was not known; empty without one. */
export function doubtWords(doubt: string | undefined): string {
  return doubt === undefined ? '' : `; not known, for example: ${doubt}`;
}

const SENTENCES: Readonly<Record<string, (statement: Statement) => string>> = {
  'all-held': () => 'every observed property held and was exercised',
  'nothing-ran': () => 'no scenario ran',
  'property-violated': (of) => `${propertyOf(of)} was violated ${countOf(number(of, 'violations'), 'time')}`,
  'violation-accepted': (of) => `accepted by the baseline, and met in ${runsOf(of, 'runs')}: ${of.subject}`,
  'acceptance-expired': ({ subject }) => `the acceptance of this violation has expired: ${subject}`,
  'gate-failed': ({ subject }) => `gate ${subject} failed`,
  'gate-inconclusive': ({ subject }) => `gate ${subject} is inconclusive`,
  'gate-not-observed': ({ subject }) =>
    `gate ${subject} was NOT OBSERVED, which is no violation: its line says what it has to see`,
  'runs-missing': (of) => `${counted(of, 'completed')} of ${countOf(number(of, 'planned'), 'planned scenario')} ran`,
  'observers-disturbed': (of) =>
    `the observers were stalled in ${counted(of, 'discarded')} of ${countOf(number(of, 'planned'), 'scenario')}, at most ${counted(of, 'spared')} are allowed`,
  'depth-not-reached': (of) => `no placement of ${depthOf(of)} was tried`,
  'depth-incomplete': (of) =>
    `${counted(of, 'run')} of ${counted(of, 'planned')} placements of ${depthOf(of)} were tried`,
  'swarm-incomplete': (of) => `${counted(of, 'run')} of ${countOf(number(of, 'planned'), 'random run')} were made`,
  'goal-not-reached': ({ subject }) => `never reached: ${subject}`,
  'property-exercised-too-rarely': (of) =>
    `${propertyOf(of)} was exercised ${countOf(number(of, 'exercised'), 'time')}, at least ${counted(of, 'minimum')} are needed`,
  'property-undecided': (of) =>
    `${propertyOf(of)} was undecided in ${counted(of, 'undecided')} of its ${countOf(number(of, 'chances'), 'chance')}, more than one in ten${doubtWords(of.example)}`,
  'required-not-observed': (of) => `${propertyOf(of)} was required and could not be observed`,
  'no-property-observed': () => 'no property was observed',
  'fault-left-no-receipt': (of) =>
    `fault '${of.subject}' had traffic and left no receipt in ${countOf(number(of, 'missing'), 'scenario')}`,
  'fault-took-effect-too-rarely': (of) =>
    `fault '${of.subject}' was observed in ${runsOf(of, 'bit')}, at least ${counted(of, 'minimum')} are needed`,
  'sabotage-blind': ({ subject }) => `wire mutants took effect, and no property was violated: ${listOf(subject)}`,
  'sabotage-not-reached': ({ subject }) => `wire mutants took no effect: ${listOf(subject)}`,
  'sabotage-broken-baseline': ({ subject }) =>
    `the pair violates a property even without the wire mutants that should cause it: ${listOf(subject)}`,
  interrupted: () => 'the run was interrupted',
  infrastructure: example(''),
  'self-check/checker-crashed': example(''),
  'self-check/receipts-crashed': example(''),
  'self-check/not-confirmed': example('a finding did not re-check from its stored history'),
  'self-check/not-repeatable': example(''),
  'self-check/deviation-not-met': example('a run did not reach a deviation that was placed in it'),
  'self-check/forbidden-call': example(''),
  'self-check/engine': example(''),
  'violation/deadlock': example(''),
  'violation/livelock': example(''),
  'violation/unhandled-rejection': example(''),
  'violation/egress': example(''),
  'inconclusive/keeps-state': example(
    'the system keeps state from run to run, so no run shows what a fresh process does',
  ),
  'inconclusive/corpus': ({ subject }) => `replaying the corpus was inconclusive: ${subject}`,
  'inconclusive/observer-lost': example('an observer was lost'),
  'inconclusive/out-of-events': example(''),
  'inconclusive/out-of-time': example(''),
  'inconclusive/failed-boot': example(''),
  'inconclusive/time-ran-out': () => 'time ran out before everything planned had run',
  'inconclusive/runs-ran-out': () => 'the bound on the number of runs was reached before everything planned had run',
  // Claims.
  'nothing-certified': ({ subject }) => `nothing is certified: the verdict is ${subject}`,
  'no-counterexample-found': (of) =>
    `no counterexample was found within the stated bounds: ${countOf(number(of, 'completed'), 'run')}, ${counted(of, 'random')} of them drawn at random with seed ${number(of, 'seed')}`,
  'properties-judged': ({ subject }) => `the properties judged were ${subject.replaceAll(' ', ', ')}`,
  injected: ({ numbers }) => {
    const taken = Object.entries(numbers).map(([what, count]) => `${what} (${grouped(count)})`);
    return taken.length === 0 ? 'nothing was injected' : `injected, and how often it took effect: ${taken.join(', ')}`;
  },
  'placements-tried': (of) =>
    `${counted(of, 'run')} of ${counted(of, 'planned')} placements of ${depthOf(of)} were tried, in each mode`,
  'random-runs-simulated': (of) =>
    `${countOf(number(of, 'run'), 'random run')} were made; ${counted(of, 'compared')} of all runs were made twice, with the same result`,
  'rate-bound': (of) =>
    `with 95 % confidence, fewer than ${number(of, 'percent')} % of the scenarios that this generator draws violate a property; only the ` +
    `${counted(of, 'random')} random ones count, because the others are not independent draws; this is a rate under the generator's distribution, not a probability in production`,
  'no-rate-bound': () => 'no random scenario ran, so nothing is claimed about a rate of violations',
  'lane-unavailable': ({ subject }) =>
    subject === 'no-assembly'
      ? 'nothing is claimed about this lane: it cannot run a system that is only described'
      : `nothing is claimed about this lane: ${subject}`,
  'lanes-speak-for': ({ subject }) => {
    if (subject === 'sim') return 'simulated runs test the protocol, not the programs that implement it';
    const live = 'live runs test the programs as they were built, with the timings of the machine that they ran on';
    return subject === 'live' ? live : `simulated runs test the protocol; ${live}`;
  },
};

/** The sentence for a reason or a claim, without a full stop. An unknown code is printed with its subject. */
export function describeReason(reason: Reason): string {
  const sentence = SENTENCES[reason.code]?.(reason) ?? `${reason.code} ${reason.subject}`.trim();
  return reason.lane === undefined ? sentence : `${reason.lane}: ${sentence}`;
}

/** The codes that have a sentence. */
export const DESCRIBED_CODES: readonly string[] = Object.keys(SENTENCES);

const ASSUMPTION_SENTENCES: Readonly<Record<(typeof ASSUMPTIONS)[number], string>> = {
  'one-durable-database':
    'PostgreSQL is the only database of both systems; what it acknowledged as committed stays committed, and every later transaction sees it',
  'separate-database-roles':
    'the two systems log in under different database roles, so that each write can be attributed to one of them',
  'no-other-sender':
    'every send goes through the observed provider; nothing else sends to the recipients of these messages',
  'provider-does-not-repeat':
    'the provider sends one message for each call that it accepts, and no other party repeats calls to it',
  'production-is-what-was-hashed':
    'the systems in production are the files hashed here, under the configuration of the description hashed here',
  'not-injected':
    'faults that are not in the list of injected faults were not injected; no run had a crash of the database server, and no live run had clock skew or replica lag',
};

/** The sentence for an assumption, without a full stop. */
export function describeAssumption(assumption: (typeof ASSUMPTIONS)[number]): string {
  return ASSUMPTION_SENTENCES[assumption];
}
