// The values of random scenarios, chosen around the 500 ms budget and so that a scenario ends after about 1.5 s. A value that is listed
// several times is drawn more often.

/** The mode texts of tenants and flips: mostly the three modes, sometimes an unknown one, sometimes no flag at all. */
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

/** Units in an account: often ample, sometimes just what its campaigns need or one fewer, sometimes few. */
export const QUOTAS = [100, 100, 100, 100, 100, 100, 1_000, 'just enough', 'one short', 3, 2, 1, 0] as const;

/** Messages of one campaign: often one, never more than a process sends at once. */
export const BATCH_SIZES = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 8] as const;

/** Messages of a campaign that is larger than what a process sends at once: rare, because every message makes its run longer. */
export const LARGE_BATCH_SIZES = [9, 12] as const;

/** When campaigns are triggered. */
export const ENTRY_TIMES_MS = [100, 50, 200, 0, 300, 400] as const;
