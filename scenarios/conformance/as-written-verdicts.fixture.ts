// What the runbook as written violates where a call of the service fails: one list for the suites that need an engine and those that need nothing.

/** It sends twice where the answer is late or lost. */
export const SENDS_TWICE = 'violation of S1, S2, S9, S10, L5';

/** It charges wrongly wherever it falls back. */
export const CHARGES_WRONGLY = 'violation of S9, S10, L5';
