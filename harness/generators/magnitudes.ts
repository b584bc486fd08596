// The numbers that scenarios are made of, chosen around the 500 ms budget and so that a scenario is over after about 1.5 s.

/** The mode texts of tenants and flips: mostly the three modes, sometimes one that nobody knows, sometimes no flag at all. */
export const MODE_TEXTS = [
  'ON',
  'ON',
  'ON',
  'ON',
  'ON',
  'ON',
  'SHADOW',
  'SHADOW',
  'SHADOW',
  'OFF',
  'OFF',
  'on',
  null,
] as const;

/** Units in an account: often ample, sometimes just enough, sometimes too few. */
export const QUOTAS = [100, 100, 100, 100, 100, 100, 1_000, 3, 2, 1, 0] as const;

/** Messages of one campaign: often one, at most eight. */
export const BATCH_SIZES = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 8] as const;

/** Delays on the way between the two systems: below, around and far past the budget. */
export const LATENCIES_MS = [700, 1_200, 510, 490, 300] as const;

/** How long the provider takes when it is slow: around the budget, around its own timeout of a second, and past both. */
export const PROVIDER_DELAYS_MS = [600, 900, 1_200, 450, 1_500] as const;

/** Where connections are cut: inside the first line, the headers, or early enough in the body of the shortest message. */
export const CUT_BYTES = [100, 1, 40, 120] as const;

/** When a process is killed: before, during and after the send that an entry at about 100 ms causes. */
export const CRASH_TIMES_MS = [150, 120, 200, 300, 450, 600, 50] as const;

/** How soon a killed process is started again. */
export const RESTART_DELAYS_MS = [100, 200, 400] as const;

/** How long after the entry its campaign is triggered again: at once, while it runs, and when all is over. */
export const REDELIVERY_DELAYS_MS = [400, 0, 20, 150, 700, 900] as const;

/** When campaigns are triggered. */
export const ENTRY_TIMES_MS = [100, 50, 200, 0, 300, 400] as const;

/** When windows close: after the calls of the last entry ended, so that a fault is never healed under its own traffic. */
export const WINDOW_ENDS_MS = [1_500, 1_200, 1_000] as const;

/** What the provider may do to one system. */
export const PROVIDER_OUTCOMES = [
  'slow',
  'accept-lose-reply',
  'error-accepted',
  'error-not-accepted',
  'reject',
] as const;

/** Takes the element of a list that a counter points at, round and round. */
export function pick<T>(list: readonly [T, ...T[]], counter: number): T {
  return list[counter % list.length] ?? list[0];
}
