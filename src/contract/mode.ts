// The three modes of a tenant. The mode says which system should send; the authority decides which one is allowed to.

/** OFF: legacy sends. SHADOW: legacy sends and the service rehearses with dry_run. ON: the service sends, legacy is the fallback. */
export const MODES = ['OFF', 'SHADOW', 'ON'] as const;

/** The mode of one tenant. */
export type Mode = (typeof MODES)[number];
