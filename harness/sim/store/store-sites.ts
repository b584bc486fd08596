// The decision sites of the simulated database. Those of the rest of the world are in `../sites.ts`.
import type { DecisionSite } from '../decide.ts';

/** What happens to one statement. `slow`: it takes effect at once and is answered late. `disconnect`: the connection breaks first. */
export const STATEMENT_SITE = {
  name: 'statement',
  choices: ['run', 'slow', 'disconnect'],
} as const satisfies DecisionSite;

/**
 * What happens to a COMMIT. With `serialization-failure` and `deadlock` the transaction rolls back, and its client gets the SQL state. With
 * `lose-acknowledgement` the COMMIT is carried out, with `lose-commit` it never arrives; in both cases the client's outcome is `unknown`.
 */
export const COMMIT_SITE = {
  name: 'commit',
  choices: ['commit', 'serialization-failure', 'deadlock', 'lose-acknowledgement', 'lose-commit'],
} as const satisfies DecisionSite;

/** Whether the replica from which a transaction reads has all commits, or lags. */
export const REPLICA_SITE = { name: 'replica', choices: ['caught-up', 'lagging'] } as const satisfies DecisionSite;

/** All sites of the database. */
export const STORE_SITES: readonly DecisionSite[] = [STATEMENT_SITE, COMMIT_SITE, REPLICA_SITE];

/** The time that a statement or a COMMIT takes to reach the database. An answer that does not come at once takes as long. */
export const STATEMENT_MICROS = 50;

/** How late the answer to a slow statement is: later than a lease or a budget of the default settings. */
export const SLOW_STATEMENT_MS = 900;

/** How far a lagging replica is behind the primary. */
export const REPLICA_LAG_MS = 1_500;

/** The choices of the database that harm a process. */
export type HarmfulChoice = Exclude<
  (typeof STATEMENT_SITE | typeof COMMIT_SITE | typeof REPLICA_SITE)['choices'][number],
  'run' | 'commit' | 'caught-up'
>;

/** What reports print about each of these choices; the statement follows if there is one. */
export const HARM_WORDS: Readonly<Record<HarmfulChoice, string>> = {
  slow: `database slow ${SLOW_STATEMENT_MS} ms`,
  disconnect: 'database connection lost',
  'serialization-failure': 'COMMIT refused: serialization failure',
  deadlock: 'COMMIT refused: deadlock',
  'lose-acknowledgement': 'COMMIT done, its answer lost',
  'lose-commit': 'COMMIT lost',
  lagging: `replica lags ${REPLICA_LAG_MS} ms`,
};
