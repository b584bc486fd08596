// The decisions of the simulated database, beside those of the world.
import type { DecisionSite } from '../decide.ts';

/** What happens to one statement. `slow`: it takes effect at once and answers late. `disconnect`: the connection breaks before it. */
export const STATEMENT_SITE = {
  name: 'statement',
  choices: ['run', 'slow', 'disconnect'],
} as const satisfies DecisionSite;

/**
 * What happens to a COMMIT. The first two refusals roll back and say so. After `lose-acknowledgement` and `lose-commit` the outcome is
 * unknown: the one was carried out, the other never arrived.
 */
export const COMMIT_SITE = {
  name: 'commit',
  choices: ['commit', 'serialization-failure', 'deadlock', 'lose-acknowledgement', 'lose-commit'],
} as const satisfies DecisionSite;

/** What a transaction that reads from a replica sees. */
export const REPLICA_SITE = { name: 'replica', choices: ['caught-up', 'lagging'] } as const satisfies DecisionSite;

/** All sites of the database. */
export const STORE_SITES: readonly DecisionSite[] = [STATEMENT_SITE, COMMIT_SITE, REPLICA_SITE];

/** One way to the database, or back with the answer to a COMMIT. */
export const STATEMENT_MICROS = 50;

/** How late a slow statement answers: past a lease and a budget of the default settings. */
export const SLOW_STATEMENT_MS = 900;

/** How far a lagging replica is behind. */
export const REPLICA_LAG_MS = 1_500;

/** The choices of the database that harm a process. */
export type HarmfulChoice = Exclude<
  (typeof STATEMENT_SITE | typeof COMMIT_SITE | typeof REPLICA_SITE)['choices'][number],
  'run' | 'commit' | 'caught-up'
>;

/** Each of them in the words of reports; the statement follows where there is one. */
export const HARM_WORDS: Readonly<Record<HarmfulChoice, string>> = {
  slow: `database slow ${SLOW_STATEMENT_MS} ms`,
  disconnect: 'database connection lost',
  'serialization-failure': 'COMMIT refused: serialization failure',
  deadlock: 'COMMIT refused: deadlock',
  'lose-acknowledgement': 'COMMIT done, its answer lost',
  'lose-commit': 'COMMIT lost',
  lagging: `replica lags ${REPLICA_LAG_MS} ms`,
};
