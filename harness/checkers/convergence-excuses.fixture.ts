// The histories of the excuses of L5 in docs/excuses.md. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { at, decrement, entry, historyOf, logRow, quiescent, row, sent } from '../history/history.fixture.ts';

const atRest = at(5_000, quiescent);

/** A message that was sent and logged with this status, and more events. */
const settled = (status: string, more: readonly Observation[] = []): History =>
  historyOf({ secondTenant: true }, [
    at(1, entry('c1#1', 'u1')),
    ...sent(20, 'service'),
    at(30, logRow('u1', { status })),
    ...more,
    atRest,
  ]);
const taken = (tenantId: number): Observation => at(30, decrement({ from: 100, to: 99, tenantId }));

/** The logs differ about the first of two messages, and the rig tampers with one. */
const tampered = (item: string | undefined): History =>
  historyOf(
    {
      messages: 2,
      faults: item === undefined ? [] : [{ kind: 'tamper', mismatch: 'missing_in_laravel', item }],
    },
    [
      at(1, entry('c1#1', 'u1')),
      at(20, row('go_sms_logs', { key: 'u1', after: { message_uuid: 'u1', tenant_id: 1, status: 'accepted' } })),
      atRest,
    ],
  );

/** In the form of `EXCUSES` in excuses.fixture.ts. */
export const CONVERGENCE_EXCUSES = {
  'L5 unknown': { without: settled('accepted'), excused: settled('unknown'), inSpite: settled('rejected') },
  'L5 bare charge': {
    without: settled('accepted'),
    excused: settled('accepted', [taken(1)]),
    inSpite: settled('accepted', [taken(2)]),
  },
  'L5 tampering': { without: tampered(undefined), excused: tampered('c1#1'), inSpite: tampered('c1#2') },
};
