import { expect, test } from 'vitest';
import { type Dump, dumpSchema } from '../harness/formats/dump.ts';
import { renderDump } from './dump.ts';

const dump: Dump = {
  format: 'onesend.dump/1',
  system: 'reference',
  scenario: 'one late answer',
  atMs: 503,
  world: {
    lastMs: 502.6,
    isOver: false,
    processes: [
      {
        process: 'legacy-1',
        incarnation: 'legacy-1.2',
        state: 'paused',
        underWay: 1,
        parked: ['the end of a call'],
        waitsFor: ['the time limit of a call, at 601.2 ms'],
      },
      { process: 'service-1', incarnation: null, state: 'down', underWay: 0, parked: [], waitsFor: [] },
    ],
    connections: [
      {
        from: 'legacy-1.2',
        to: 'service',
        what: 'POST /messages of campaign-1#1',
        sinceMs: 101.2,
        state: 'the answer is on its way',
      },
    ],
    transactions: [
      { name: 'legacy-1 #3', state: 'open', changes: ['sms_logs update'] },
      { name: 'service-1 #1', state: 'waiting', changes: [], waitsFor: 'legacy-1 #3' },
    ],
    keys: [],
    tables: [
      { table: 'campaign_sms', rows: [] },
      {
        table: 'sms_logs',
        rows: [
          {
            committed: { id: 1, status: 'pending', text: 'a\u001b[2Jb' },
            draft: { id: 1, status: 'sent', text: 'a\u001b[2Jb' },
            lockedBy: 'legacy-1 #3',
            waiting: ['service-1 #1'],
          },
          { committed: null, draft: { id: 2, status: 'new', text: null }, lockedBy: 'legacy-1 #3', waiting: [] },
        ],
      },
    ],
    queue: [
      { atMs: 601.2, what: 'the time limit of a call', wakes: 'legacy-1.2', isIdle: false },
      { atMs: 15_100, what: "the end of the user's patience", wakes: null, isIdle: true },
    ],
  },
};

test('a dump shows all of the simulated world, and text of a system in it cannot move the cursor', () => {
  expect(dumpSchema.parse(dump)).toEqual(dump);
  expect(renderDump(dump, { color: false })).toMatchInlineSnapshot(`
    "the world of reference in 'one late answer' at 503 ms (last event at 502.6 ms)

    processes
      legacy-1: paused, legacy-1.2, 1 request or task under way
        waits for the time limit of a call, at 601.2 ms
        when it goes on: the end of a call
      service-1: down

    connections
      legacy-1.2 to service: POST /messages of campaign-1#1, since 101.2 ms: the answer is on its way

    transactions
      legacy-1 #3: open; sms_logs update
      service-1 #1: waiting for legacy-1 #3; no change yet

    locked keys: none

    tables
      campaign_sms: no row
      sms_logs
        id=1 status=pending text=a [2Jb
          locked by legacy-1 #3: status=sent; waiting: service-1 #1
        (not committed)
          locked by legacy-1 #3: id=2 status=new text=null

    future events
      601.2 ms: the time limit of a call (wakes legacy-1.2)
      15100 ms: the end of the user's patience (nothing waits for it)"
  `);
});
