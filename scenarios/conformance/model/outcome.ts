// The outcome of one message, in terms that the model and a history of the engine share.
import type { History } from '../../../harness/formats/history.ts';
import { eventsOf } from '../../../harness/history/events-of.ts';
import { finalLogs, rowsOf } from '../../../harness/history/rows.ts';

/** The state of one message at quiescence. */
export interface Outcome {
  /** The status of the user's answer; null when there was none. */
  readonly user: number | null;
  /** How often the provider accepted the message from each system. */
  readonly accepts: { readonly legacy: number; readonly service: number };
  /** For example `SENT service`. */
  readonly authority: string;
  /** For example `accepted go`. */
  readonly log: string;
  readonly ledger: string;
  /** The units by which the tenant's balance fell. */
  readonly units: number;
}

/** The outcome of a run, with the labels of its deviations. */
export interface Placed {
  readonly labels: readonly string[];
  readonly outcome: Outcome;
}

/** The outcome as one line of text; equal outcomes give equal lines. */
export function lineOf({ user, accepts, authority, log, ledger, units }: Outcome): string {
  const sends = `legacy ${accepts.legacy}, service ${accepts.service}`;
  return `user ${user ?? 'unanswered'}; accepts: ${sends}; authority ${authority}; log ${log}; ledger ${ledger}, ${units} units`;
}

/** The outcome of the only message of a history. */
export function outcomeOf(history: History): Outcome {
  const accepts = eventsOf(history, 'accept');
  const balances = eventsOf(history, 'balance').map(({ units }) => units);
  const authority = rowsOf(history, 'send_authority').at(-1)?.after;
  const ledger = rowsOf(history, 'quota_ledger').at(-1)?.after;
  const [log] = finalLogs(history).values();
  return {
    user: eventsOf(history, 'user-response')[0]?.status ?? null,
    accepts: {
      legacy: accepts.filter(({ system }) => system === 'legacy').length,
      service: accepts.filter(({ system }) => system === 'service').length,
    },
    authority: authority ? `${String(authority['state'])} ${String(authority['holder'])}` : 'none',
    log: log === undefined ? 'none' : `${log.status} ${log.source}`,
    ledger: ledger ? String(ledger['state']) : 'none',
    units: (balances[0] ?? 0) - (balances.at(-1) ?? 0),
  };
}
