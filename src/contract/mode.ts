// The three modes of a tenant. The mode names the system that is meant to send; the authority decides which one may.

/** OFF: legacy sends. SHADOW: legacy sends and the service rehearses with dry_run. ON: the service sends, legacy is the fallback. */
export const MODES = ['OFF', 'SHADOW', 'ON'] as const;

/** The mode of one tenant. */
export type Mode = (typeof MODES)[number];
