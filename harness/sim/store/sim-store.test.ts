// Transactions of the simulated store under disturbances: lost answers, refused COMMITs, clients that end, slow statements and a lagging
// replica. `scenarios/conformance/stores` compares the behaviour of concurrent transactions with that of PostgreSQL.
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type Outcome,
  type Store,
  type Transaction,
  databaseTime,
  increment,
  olderThan,
} from '../../../src/contract/store.ts';
import type { Procedure, System } from '../../../src/contract/system.ts';
import type { Deviation } from '../../formats/case.ts';
import { Decider } from '../decide.ts';
import { openDrain } from '../drain.ts';
import { Engine } from '../engine.ts';
import { Incarnation } from '../incarnation.ts';
import { RandomSource } from '../random.ts';
import { runAlone } from '../batch.ts';
import type { RowChange, SimStore } from '../store-port.ts';
import { makeSimStore } from './sim-store.ts';

let engine: Engine;
let reported: RowChange[];
let harm: string[];
let looks: string[];
let store: SimStore;
let legacy: Incarnation;
let client: Store;

const EPOCH_MICROS = Date.UTC(2026, 0, 1) * 1_000;

/** Opens a database whose run has these deviations, and a client of it. */
function open(deviations: readonly Deviation[] = [], procedures: Partial<System['procedures']> = {}): void {
  engine = new Engine({ events: 10_000, virtualMicros: 60_000_000 });
  const decider = new Decider({ deviations });
  [reported, harm, looks] = [[], [], []];
  store = makeSimStore(
    {
      engine,
      random: new RandomSource(1),
      databaseMicros: () => EPOCH_MICROS + engine.clock.nowMicros,
      asks: (site) => decider.isOpenAt(site),
      decide: (site, key) => decider.decide(site, key),
      holdUp: (process, what, lastsMs) => harm.push(`${process} ${what} ${lastsMs ?? ''}`.trim()),
      onLook: (table, atMicros) => looks.push(`${table} ${atMicros}`),
      log() {},
      recordRow: (change) => reported.push(change),
    },
    { grants: [{ role: 'service', procedure: 'sa_claim' }], procedures: procedures as System['procedures'] },
  );
  store.seed('quota_accounts', { tenant_id: 1, units: 5 });
  legacy = new Incarnation({ role: 'legacy', instance: 1, life: 1 });
  client = store.connect({ kind: 'process', role: 'legacy', roleName: 'app', incarnation: legacy });
}

beforeEach(() => open());

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    engine.schedule(ms * 1_000, resolve);
  });

/** Runs `work` as the main work of the engine, and returns its result. */
async function simulated<T>(work: () => Promise<T>): Promise<T> {
  const results: T[] = [];
  const ending = await runAlone(
    engine,
    async () => {
      results.push(await work());
    },
    await openDrain('bounce'),
  );
  if (ending.kind === 'failed') throw ending.error;
  expect(ending).toEqual({ kind: 'finished' });
  return results[0] as T;
}

const takeOne = (tx: Transaction): Promise<unknown> =>
  tx.update('quota_accounts', { tenant_id: 1 }, { units: increment(-1) });

const balance = (): number | undefined => store.committed('quota_accounts')[0]?.units;

describe('a COMMIT', () => {
  const at = (choice: string): Deviation => ({ site: 'commit', key: 'legacy-1', attempt: 0, choice });

  test.each<[string, { outcome: Outcome<number>; left: number; words: string }]>([
    [
      'serialization-failure',
      { outcome: { kind: 'rolled-back', sqlState: '40001' }, left: 5, words: 'COMMIT refused: serialization failure' },
    ],
    ['deadlock', { outcome: { kind: 'rolled-back', sqlState: '40P01' }, left: 5, words: 'COMMIT refused: deadlock' }],
    ['lose-acknowledgement', { outcome: { kind: 'unknown' }, left: 4, words: 'COMMIT done, its answer lost' }],
    ['lose-commit', { outcome: { kind: 'unknown' }, left: 5, words: 'COMMIT lost' }],
  ])(
    'a COMMIT with the decision %s has the outcome of that choice, and its harm is noted',
    async (choice, { outcome, left, words }) => {
      open([at(choice)]);
      const seen = await simulated(() => client.transaction(async (tx) => (await takeOne(tx), 1)));
      expect(seen).toEqual(outcome);
      expect(balance()).toBe(left);
      expect(harm).toEqual([`legacy ${words}`]);
      expect(reported).toHaveLength(5 - left);
    },
  );

  test('a COMMIT that was sent is carried out even if its client ends', async () => {
    await simulated(async () => {
      void client.transaction(async (tx) => {
        await takeOne(tx);
        // Between the call of COMMIT and its arrival.
        engine.schedule(20, () => engine.end(legacy));
      });
      await pause(10);
    });
    expect(balance()).toBe(4);
  });

  test('a COMMIT reports each change to the audit with its values, its role and its transaction', async () => {
    await simulated(() =>
      client.transaction(async (tx) => {
        await takeOne(tx);
        await tx.insert('feature_flags', { tenant_id: 7, feature_name: 'f', mode: 'ON' });
        await tx.remove('feature_flags', { tenant_id: 7 });
      }),
    );
    const flag = { tenant_id: 7, feature_name: 'f', mode: 'ON', epoch: 1 };
    const common = { kind: 'row', role: 'app', transaction: '1' };
    expect(reported).toEqual([
      {
        ...common,
        statementEarliest: 50,
        table: 'quota_accounts',
        operation: 'update',
        key: '1',
        before: { tenant_id: 1, units: 5 },
        after: { tenant_id: 1, units: 4 },
      },
      {
        ...common,
        statementEarliest: 100,
        table: 'feature_flags',
        operation: 'insert',
        key: '7/f',
        before: null,
        after: flag,
      },
      {
        ...common,
        statementEarliest: 150,
        table: 'feature_flags',
        operation: 'delete',
        key: '7/f',
        before: flag,
        after: null,
      },
    ]);
  });
});

describe('a transaction', () => {
  test('a transaction of a client that ends rolls back at once, and others get its locks', async () => {
    const other = new Incarnation({ role: 'legacy', instance: 2, life: 1 });
    const second = store.connect({ kind: 'process', role: 'legacy', roleName: 'app', incarnation: other });
    const outcome = await simulated(() => {
      void client.transaction(async (tx) => {
        await takeOne(tx);
        await pause(50);
      });
      engine.schedule(5_000, () => engine.end(legacy));
      return second.transaction((tx) => takeOne(tx));
    });
    expect(outcome).toMatchObject({ kind: 'committed', value: [{ units: 4 }] });
    expect(engine.clock.nowMicros).toBeLessThan(6_000);
  });

  test('a transaction of a client that ends while it waits for a lock keeps its own locks until that wait is over', async () => {
    const other = new Incarnation({ role: 'legacy', instance: 2, life: 1 });
    const second = store.connect({ kind: 'process', role: 'legacy', roleName: 'app', incarnation: other });
    const times: number[] = [];
    await simulated(async () => {
      const held = second.transaction(async (tx) => {
        await takeOne(tx);
        await pause(50);
      });
      void client.transaction(async (tx) => {
        await tx.lock('key');
        await takeOne(tx);
      });
      engine.schedule(5_000, () => engine.end(legacy));
      await pause(10);
      await second.transaction((tx) => tx.lock('key'));
      times.push(engine.clock.nowMicros);
      await held;
    });
    expect(times[0]).toBeGreaterThan(50_000);
    expect(balance()).toBe(4);
  });

  test('a transaction of a client that ends while its procedure waits for a second one of that client releases its locks', async () => {
    const twin: System['procedures']['sa_surface']['twin'] = async (tx) => {
      await tx.select('quota_accounts', { tenant_id: 1 }, { forUpdate: true });
      await tx.lock('key');
      return [];
    };
    open([], { sa_surface: { sql: '', twin } });
    const other = new Incarnation({ role: 'legacy', instance: 2, life: 1 });
    const second = store.connect({ kind: 'process', role: 'legacy', roleName: 'app', incarnation: other });
    const outcome = await simulated(async () => {
      void client.transaction(async (tx) => {
        await takeOne(tx);
        await pause(50);
      });
      void client.transaction((tx) => tx.call('sa_surface', { olderThanMs: 0 }));
      engine.schedule(5_000, () => engine.end(legacy));
      await pause(10);
      return second.transaction(async (tx) => {
        await tx.lock('key');
        return takeOne(tx);
      });
    });
    expect(outcome).toMatchObject({ kind: 'committed', value: [{ units: 4 }] });
  });

  test('a transaction whose connection breaks is rolled back with 08006, even if its work ignores the error', async () => {
    open([{ site: 'statement', key: 'legacy-1 select sms_logs', attempt: 0, choice: 'disconnect' }]);
    const outcome = await simulated(() =>
      client.transaction(async (tx) => {
        await takeOne(tx);
        await tx.select('sms_logs', {}).catch(() => undefined);
      }),
    );
    expect(outcome).toEqual({ kind: 'rolled-back', sqlState: '08006' });
    expect(balance()).toBe(5);
  });

  test('a transaction whose work throws rolls back and rethrows the error', async () => {
    const work = simulated(() =>
      client.transaction(async (tx) => {
        await takeOne(tx);
        throw new RangeError('not the database');
      }),
    );
    await expect(work).rejects.toThrow(new RangeError('not the database'));
    expect(balance()).toBe(5);
  });

  test('a transaction commits the statements that its work did not wait for, and refuses statements after its end', async () => {
    let late: Transaction | undefined;
    await simulated(() =>
      client.transaction(async (tx) => {
        late = tx;
        void takeOne(tx);
        void takeOne(tx);
        await Promise.resolve();
      }),
    );
    expect(balance()).toBe(3);
    expect(() => late?.select('sms_logs', {})).toThrow('ended');
  });
});

describe('a statement', () => {
  test('a slow statement takes effect at once and is answered late', async () => {
    open([{ site: 'statement', key: 'legacy-1 lock key', attempt: 0, choice: 'slow' }]);
    const order: string[] = [];
    await simulated(async () => {
      const slow = client.transaction(async (tx) => {
        await tx.lock('key');
        order.push('slow');
      });
      await pause(10);
      const rig = store.connect({ kind: 'rig', roleName: 'rig' });
      await Promise.all([slow, rig.transaction((tx) => tx.lock('key')).then(() => order.push('after'))]);
    });
    expect(order).toEqual(['slow', 'after']);
    expect(harm).toEqual(['legacy database slow 900 ms: lock key 900']);
    expect(engine.clock.nowMicros).toBeGreaterThan(900_000);
  });

  test('a statement reads and writes times of the database clock to the microsecond', async () => {
    const rows = await simulated(() =>
      client.transaction(async (tx) => {
        await tx.insert('sms_logs', { message_uuid: 'u', tenant_id: 1, source: 'go', status: 'accepted' });
        const young = await tx.select('sms_logs', { created_at: olderThan(60_000) });
        const aged = await tx.update('sms_logs', { message_uuid: 'u' }, { created_at: databaseTime(-60_001) });
        return [
          young.length,
          aged[0]?.created_at,
          (await tx.select('sms_logs', { created_at: olderThan(60_000) })).length,
        ];
      }),
    );
    expect(rows).toEqual({ kind: 'committed', value: [0, '2025-12-31T23:58:59.999150Z', 1] });
  });

  test('a statement returns copies of rows, so a change to them does not reach the table', async () => {
    await simulated(() =>
      client.transaction(async (tx) => {
        const [row] = await tx.select('quota_accounts', {});
        if (row !== undefined) row.units = 99;
      }),
    );
    expect(balance()).toBe(5);
  });
});

describe('seeded rows', () => {
  test('seeded rows have the columns of their own table even if another table is seeded with the same values', () => {
    const values = { tenant_id: 7 };
    store.seed('feature_flags', values);
    store.seed('provider_credentials', values);
    expect(store.committed('feature_flags')[0]).not.toHaveProperty('account');
    expect(store.committed('provider_credentials')[0]).toMatchObject({ tenant_id: 7, account: null });
  });

  test('seeded rows are not changed by an earlier run that was seeded with the same values', async () => {
    const values = { tenant_id: 2, units: 5 };
    store.seed('quota_accounts', values);
    await simulated(() => client.transaction((tx) => tx.update('quota_accounts', { tenant_id: 2 }, { units: 4 })));
    const [, changed] = store.committed('quota_accounts');
    open();
    store.seed('quota_accounts', values);
    const [, fresh] = store.committed('quota_accounts');
    expect([changed?.units, fresh?.units]).toEqual([4, 5]);
  });
});

test('a lagging replica shows the rows that were committed before its lag, and the primary shows no lag', async () => {
  open([{ site: 'replica', key: 'legacy-1', attempt: 1, choice: 'lagging' }]);
  const read = async (readFrom: 'primary' | 'replica'): Promise<unknown> => {
    const outcome = await client.transaction((tx) => tx.select('quota_accounts', {}), { readFrom });
    return outcome.kind === 'committed' && outcome.value[0]?.units;
  };
  const seen = await simulated(async () => {
    await pause(3_000);
    await client.transaction((tx) => takeOne(tx));
    return [await read('replica'), await read('replica'), await read('primary')];
  });
  expect(seen).toEqual([4, 5, 4]);
  const table = 'quota_accounts';
  // A statement arrives 50 microseconds after it was sent; a COMMIT takes 50 microseconds, and so does its answer.
  const [taken, caughtUp, lagging, fromPrimary] = [3_000_050, 3_000_200, 3_000_350, 3_000_500];
  const all = [taken, caughtUp, lagging, lagging - 1_500_000, fromPrimary];
  expect(looks).toEqual(all.map((atMicros) => `${table} ${atMicros}`));
});

test('a procedure with several statements takes its caller as long as one statement', async () => {
  const twin: Procedure<'sa_claim'>['twin'] = async (tx) => {
    await takeOne(tx);
    const rows = await tx.update('quota_accounts', { tenant_id: 1 }, { units: increment(-1) });
    return { kind: 'granted', epoch: rows[0]?.units ?? 0 };
  };
  const elapsed = async (work: (tx: Transaction) => Promise<unknown>): Promise<number> => {
    open([], { sa_claim: { sql: '', twin } });
    await simulated(() => client.transaction(work));
    return engine.clock.nowMicros;
  };
  const args = { messageUuid: 'u', tenantId: 1, payloadDigest: 'p', holder: 'legacy', token: 't', leaseMs: 1 } as const;
  expect(await elapsed((tx) => tx.call('sa_claim', args))).toBe(await elapsed(takeOne));
  expect(await elapsed(async (tx) => [await takeOne(tx), await takeOne(tx)])).toBeGreaterThan(await elapsed(takeOne));
});

test('a procedure gets the time at which its transaction began (the now() of SQL) and the current time', async () => {
  const times: number[] = [];
  const twin: System['procedures']['sa_surface']['twin'] = (_tx, _args, { startedMicros, nowMicros }) => {
    times.push(startedMicros - EPOCH_MICROS, nowMicros - EPOCH_MICROS);
    return Promise.resolve([]);
  };
  open([], { sa_surface: { sql: '', twin } });
  await simulated(async () => {
    await pause(20);
    await client.transaction(async (tx) => {
      await pause(30);
      await tx.call('sa_surface', { olderThanMs: 0 });
    });
  });
  expect(times).toEqual([20_000, 50_050]);
});
