// What the runbook as written violates when a call to the service fails: one list for suites that need a container engine and suites that
// need nothing.

/** The verdict when the answer is late or lost: it sends twice. */
export const SENDS_TWICE = 'violation of S1, S2, S9, S10, L5';

/** The verdict when it falls back without a second send: it charges wrongly. */
export const CHARGES_WRONGLY = 'violation of S9, S10, L5';
