// The histories of the excuses of S17 in docs/excuses.md. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import {
  at,
  committed,
  during,
  entry,
  historyOf,
  logRow,
  quiescent,
  reconciliation,
  row,
} from '../history/history.fixture.ts';

const entered = at(1, entry('c1#1', 'u1'));

/** The service's log has a row, with the times of its statement and its commit. */
const serviceRow = (status: string, [statementMs, committedMs]: readonly [number, number]): Observation =>
  committed(
    statementMs,
    [committedMs, committedMs],
    row('go_sms_logs', {
      key: 'u1,false',
      after: { message_uuid: 'u1', dry_run: false, tenant_id: 1, status },
      role: 'service_role',
    }),
  );
const legacyRow = { status: 'accepted', source: 'legacy' };

/** The reconciliation starts at 1,000 ms and has answered at 1,050 ms. */
const answered = (...kinds: readonly string[]): Observation =>
  during(1_000, 1_050, reconciliation(kinds.map((kind) => ({ kind, messageUuid: 'u1' }))));

/** The service's row is old, and nothing is reported, although the legacy app's row is committed only at `ms`. */
const written = (ms: number): History =>
  historyOf({}, [entered, serviceRow('accepted', [5, 5]), at(ms, logRow('u1', { status: 'accepted' })), answered()]);

/** The service's row is committed at `ms`, and reported as missing in the other log. */
const aged = (ms: number): History =>
  historyOf({}, [entered, serviceRow('accepted', [ms, ms]), answered('missing_in_laravel')]);

/** A send that did not succeed is not reported. */
function unowned(vantages: History['vantages'], more: readonly Observation[]): History {
  return historyOf({ changes: { vantages } }, [entered, serviceRow('rejected', [5, 5]), ...more, answered()]);
}

/** The reconciliation did not answer; the run is quiescent from `restMs` on. */
const silent = (restMs: number): History =>
  historyOf({}, [
    entered,
    at(restMs, quiescent),
    during(1_000, 1_050, { observer: 'command', kind: 'reconciliation', mismatches: null }),
  ]);

/** In the form of `EXCUSES` in excuses.fixture.ts. */
export const RECONCILIATION_EXCUSES = {
  'S17 being written': { without: written(2_000), excused: written(1_020), inSpite: written(1_051) },
  'S17 age in doubt': { without: aged(990), excused: aged(820), inSpite: aged(851) },
  'S17 unseen holder': {
    without: unowned(['wire', 'database', 'authority'], [at(6, logRow('u1', legacyRow))]),
    excused: unowned(['wire', 'database'], [at(6, logRow('u1', legacyRow))]),
    inSpite: unowned(['wire', 'database'], []),
  },
  'S17 beside traffic': { without: silent(500), excused: silent(1_100), inSpite: silent(999) },
};
