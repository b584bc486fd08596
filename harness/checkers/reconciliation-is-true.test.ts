import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  committed,
  during,
  entry,
  type Happening,
  historyOf,
  logRow,
  quiescent,
  reconciliation,
  row,
  type RowOptions,
  type ScriptOptions,
} from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { reconciliationIsTrue } from './reconciliation-is-true.ts';

const entered = at(1, entry('c1#1', 'u1'));
const AT_MS = 1_000;
const ID = 'provider_message_id_mismatch';

/** A row of the service's log about u1. */
function serviceRow(status: string, { id = 'SM-1', dryRun = false, ...options }: ServiceRow = {}): Happening {
  const after = { message_uuid: 'u1', dry_run: dryRun, tenant_id: 1, status, provider_message_id: id };
  return row('go_sms_logs', { key: `u1,${dryRun}`, after, role: 'service_role', ...options });
}

interface ServiceRow extends RowOptions {
  readonly id?: string | null;
  readonly dryRun?: boolean;
}

function legacyRow(status: string, rowValues: { source?: string; id?: string | null } = {}): Happening {
  return logRow('u1', { id: 'SM-1', status, ...rowValues });
}

const held = (holder: string, ms = 3): Observation =>
  at(ms, row('send_authority', { key: 'u1', after: { message_uuid: 'u1', tenant_id: 1, holder, state: 'SENT' } }));

function reported(...kinds: readonly string[]): Happening {
  return reconciliation(kinds.map((kind) => ({ kind, messageUuid: 'u1' })));
}

function said(events: readonly Observation[], answer: Observation, options: ScriptOptions = {}) {
  return runChecker(reconciliationIsTrue, historyOf(options, [entered, ...events, answer]));
}

/** Two logs, and the true mismatches between them. */
interface Logs {
  readonly what: string;
  readonly events: readonly Observation[];
  readonly kinds?: readonly string[];
}

const TRUE: readonly Logs[] = [
  { what: 'equal logs', events: [at(5, serviceRow('accepted')), at(6, legacyRow('accepted'))] },
  { what: 'a duplicate of an acceptance', events: [at(5, serviceRow('accepted')), at(6, legacyRow('duplicate'))] },
  {
    what: 'a failure under its alias',
    events: [at(5, serviceRow('rejected', { id: null })), at(6, legacyRow('failed', { id: null }))],
  },
  {
    what: 'a rehearsal',
    events: [at(5, serviceRow('accepted', { dryRun: true })), at(6, legacyRow('accepted', { source: 'legacy' }))],
  },
  { what: 'a send of the legacy app alone', events: [at(6, legacyRow('accepted', { source: 'legacy' }))] },
  { what: 'a row that is not finished', events: [at(5, serviceRow('pending')), at(6, legacyRow('unknown'))] },
  { what: 'a row in progress', events: [at(5, serviceRow('in_progress')), at(6, legacyRow('unknown'))] },
  { what: 'the trace of a lost claim', events: [at(5, serviceRow('rejected')), held('legacy')] },
  { what: 'a row of the legacy app alone', events: [at(6, legacyRow('accepted'))], kinds: ['missing_in_go'] },
  {
    what: 'a row of the service alone',
    events: [at(5, serviceRow('accepted')), held('service')],
    kinds: ['missing_in_laravel'],
  },
  {
    what: 'an acceptance although the legacy app holds the authority',
    events: [at(5, serviceRow('accepted')), held('legacy')],
    kinds: ['missing_in_laravel'],
  },
  {
    what: 'another status',
    events: [at(5, serviceRow('rejected')), at(6, legacyRow('accepted'))],
    kinds: ['status_mismatch'],
  },
  {
    what: 'an id that the legacy app lacks',
    events: [at(5, serviceRow('accepted')), at(6, legacyRow('accepted', { id: null }))],
    kinds: [ID],
  },
  {
    what: 'an id that the service lacks',
    events: [at(5, serviceRow('accepted', { id: null })), at(6, legacyRow('accepted'))],
    kinds: [ID],
  },
  {
    what: 'two ids',
    events: [at(5, serviceRow('accepted', { id: 'SM-2' })), at(6, legacyRow('accepted'))],
    kinds: [ID],
  },
  {
    what: 'another status and no id',
    events: [at(5, serviceRow('rejected', { id: null })), at(6, legacyRow('accepted'))],
    kinds: [ID, 'status_mismatch'],
  },
];

/** Logs whose true mismatches change over time. */
const CHANGING: readonly Logs[] = [
  { what: 'a partner that comes late', events: [at(5, serviceRow('accepted')), at(400, legacyRow('accepted'))] },
  { what: 'a first row that comes late', events: [at(250, serviceRow('accepted')), at(600, legacyRow('accepted'))] },
  { what: 'a claim that is lost late', events: [at(5, serviceRow('rejected')), held('service'), held('legacy', 400)] },
  {
    what: 'a claim of which it is unknown whether it was lost',
    events: [at(5, serviceRow('rejected')), at(6, legacyRow('accepted', { source: 'legacy' }))],
  },
];

const OF_ITEM = /for c1#1, and the logs show /;

describe('S17 ReconciliationIsTrue', () => {
  test.each(TRUE)('S17 holds for the true answer about $what, and for no other', ({ events, kinds = [] }) => {
    expect(said(events, at(AT_MS, reported(...kinds)))).toMatchObject({ found: [], undecided: [] });
    const other = kinds.length > 0 ? [] : ['missing_in_laravel'];
    expect(said(events, at(AT_MS, reported(...other))).found).toEqual([expect.stringMatching(OF_ITEM)]);
  });

  test('S17 says what was reported and what was true', () => {
    const events = [at(5, serviceRow('accepted')), held('service')];
    expect(said(events, at(AT_MS, reported())).found).toEqual([
      'the reconciliation reports no mismatch for c1#1, and the logs show missing_in_laravel',
    ]);
  });

  test('S17 shows the report and the rows of both logs', () => {
    const events = [
      at(5, serviceRow('accepted')),
      at(6, legacyRow('accepted')),
      at(AT_MS, reported('status_mismatch')),
    ];
    const shown = witnessesOf(reconciliationIsTrue, historyOf({}, [entered, ...events]));
    expect(shown).toEqual([['row', 'row', 'reconciliation']]);
  });

  test('S17 knows a row that existed before the run by its values before its first change', () => {
    const image = { message_uuid: 'u1', tenant_id: 1, status: 'accepted' };
    const changed = serviceRow('rejected', { operation: 'update', before: image });
    expect(said([at(1_100, changed)], at(AT_MS, reported('missing_in_laravel')))).toMatchObject({
      exercised: 1,
      found: [],
    });
    expect(said([at(1_100, changed), at(900, reported())], at(AT_MS, reported())).found).toHaveLength(2);
  });

  test('S17 takes the age of a row from its insertion, not from its last change or from what replaced it later', () => {
    const image = { message_uuid: 'u1', tenant_id: 1, status: 'accepted' };
    const events = [at(5, serviceRow('accepted')), held('service')];
    const changed = at(950, serviceRow('accepted', { operation: 'update', before: image }));
    const gone = at(1_100, serviceRow('accepted', { operation: 'delete', before: image, after: null }));
    const replaced = [gone, at(1_200, serviceRow('accepted'))];
    for (const more of [[changed], replaced]) {
      const { found } = said([...events, ...more], at(AT_MS, reported('missing_in_laravel')));
      expect(found).toEqual([]);
    }
  });

  test('S17 leaves out rows younger than the grace period, and is undecided about a row that may be older', () => {
    const young = (ms: number, noiseMs = 0) => {
      const changes = historyOf({}, []);
      return said([at(5, serviceRow('accepted'))], at(ms, reported('missing_in_laravel')), {
        changes: { tolerances: { ...changes.tolerances, noiseMs } },
      });
    };
    expect(young(200).found).toEqual([expect.stringMatching(OF_ITEM)]);
    expect(young(205).found).toEqual([expect.stringMatching(OF_ITEM)]);
    expect(young(206)).toMatchObject({ exercised: 1, found: [], undecided: [] });
    expect(young(200, 10)).toMatchObject({ exercised: 0, found: [], undecided: [expect.any(String)] });
  });

  test('S17 accepts either answer for a row whose commit overlaps the command, and no third one', () => {
    const events = [at(5, serviceRow('accepted')), committed(6, [900, 1_005], legacyRow('accepted'))];
    const [read, unread] = [
      said(events, at(AT_MS, reported())),
      said(events, at(AT_MS, reported('missing_in_laravel'))),
    ];
    for (const result of [read, unread]) {
      expect(result).toMatchObject({ exercised: 0, found: [], undecided: [expect.stringContaining('c1#1')] });
    }
    expect(said(events, at(AT_MS, reported('status_mismatch'))).found).toEqual([
      'the reconciliation reports status_mismatch for c1#1, and the logs show missing_in_laravel or no mismatch',
    ]);
    // The commit and the command meet in one moment.
    const atOnce = [at(5, serviceRow('accepted')), at(AT_MS, legacyRow('accepted'))];
    for (const kinds of [[], ['missing_in_laravel']]) {
      expect(said(atOnce, at(AT_MS, reported(...kinds))).undecided).toHaveLength(1);
    }
  });

  test('S17 accepts each answer between two changes that overlap the command', () => {
    const update = (status: string, id: string | null) => serviceRow(status, { id, operation: 'update' });
    const events = [
      at(5, serviceRow('accepted', { id: null })),
      at(6, legacyRow('accepted')),
      committed(900, [990, 1_005], update('accepted', 'SM-1')),
      committed(901, [995, 1_010], update('rejected', 'SM-1')),
    ];
    for (const kinds of [[ID], [], ['status_mismatch']]) {
      expect(said(events, at(AT_MS, reported(...kinds))).undecided).toHaveLength(1);
    }
  });

  test('S17 reads a row as the last change before the command left it', () => {
    const saying = (status: string) => ({ message_uuid: 'u1', tenant_id: 1, status });
    const [before, after] = [saying('rejected'), saying('accepted')];
    const changed = row('go_sms_logs', { key: 'u1', operation: 'update', before, after, role: 'service_role' });
    const events = [at(5, serviceRow('rejected', { id: null })), at(6, legacyRow('accepted', { id: null }))];
    expect(said([...events, at(900, changed)], at(AT_MS, reported())).found).toEqual([]);
    expect(said([...events, at(1_100, changed)], at(AT_MS, reported('status_mismatch'))).found).toEqual([]);
  });

  test('S17 counts what the rig changed before it asked, even shortly before', () => {
    const gone = {
      operation: 'delete',
      before: { message_uuid: 'u1', tenant_id: 1 },
      after: null,
      role: 'rig_role',
    } as const;
    const events = [at(5, serviceRow('accepted')), at(6, legacyRow('accepted'))];
    const tampered = during(990, 1_010, row('sms_logs', { key: 'u1', ...gone }));
    expect(said([...events, tampered], at(AT_MS, reported('missing_in_laravel')))).toMatchObject({
      exercised: 1,
      found: [],
    });
    expect(said([...events, tampered], at(AT_MS, reported())).found).toHaveLength(1);
  });

  test('S17 cannot recognise the trace of a lost claim where the system shows no authority', () => {
    const events = [at(5, serviceRow('rejected')), at(6, legacyRow('accepted', { source: 'legacy' }))];
    const blind: ScriptOptions = { changes: { vantages: ['wire', 'database'] } };
    expect(said(events, at(AT_MS, reported()), blind)).toMatchObject({ found: [], undecided: [expect.any(String)] });
    const alone = said([at(5, serviceRow('rejected'))], at(AT_MS, reported('missing_in_laravel')), blind);
    expect(alone).toMatchObject({ exercised: 1, found: [] });
  });

  test.each([...TRUE, ...CHANGING])(
    'S17 judges several answers as it judges each alone, with $what',
    ({ events, kinds = [] }) => {
      const answers = [2, 5, 5.5, 6, 205.5, 300, 399, 500, AT_MS].flatMap((ms) => [
        at(ms, reported()),
        at(ms, reported('missing_in_laravel')),
        during(ms - 3, ms + 3, reported(...kinds)),
      ]);
      const blind: ScriptOptions = { changes: { vantages: ['wire', 'database'] } };
      for (const options of [{}, blind]) {
        const apart = answers.map((answer) => said(events, answer, options));
        expect(runChecker(reconciliationIsTrue, historyOf(options, [entered, ...events, ...answers]))).toEqual({
          exercised: apart.reduce((sum, { exercised }) => sum + exercised, 0),
          found: apart.flatMap(({ found }) => found),
          undecided: apart.flatMap(({ undecided }) => undecided),
        });
      }
    },
  );

  test('S17 is violated by a command that does not answer after quiescence, and not before', () => {
    const silence = reconciliation(null);
    expect(said([], at(AT_MS, silence))).toEqual({ exercised: 0, found: [], undecided: [] });
    expect(said([at(900, quiescent)], at(AT_MS, silence)).found).toEqual(['the reconciliation did not answer']);
  });

  test('S17 ignores late rows of another run, and is violated by a reported message that is unknown', () => {
    const stranger = at(5, logRow('u9', { status: 'accepted' }));
    const foreign = { ...stranger, after: { message_uuid: 'u9', tenant_id: 77, source: 'go', status: 'accepted' } };
    const answer = reconciliation([{ kind: ID, messageUuid: 'u9' }]);
    expect(said([foreign as Observation], at(AT_MS, answer)).found).toEqual([]);
    const remains = serviceRow('accepted', { after: { message_uuid: 'u9', tenant_id: 77, status: 'accepted' } });
    expect(said([at(5, remains)], at(AT_MS, answer)).found).toEqual([]);
    const claimed = row('send_authority', { after: { message_uuid: 'u9', tenant_id: 1, holder: 'service' } });
    expect(said([at(5, claimed)], at(AT_MS, answer)).found).toHaveLength(1);
    expect(said([], at(AT_MS, answer))).toMatchObject({
      exercised: 1,
      found: [expect.stringContaining('for u9, and the logs show no mismatch')],
    });
  });
});
