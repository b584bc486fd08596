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

/** When campaigns are triggered. */
export const ENTRY_TIMES_MS = [100, 50, 200, 0, 300, 400] as const;
