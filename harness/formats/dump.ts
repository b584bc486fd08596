// The dump: the whole simulated world at one instant of a run, as it is between two events.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

const row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const rowSchema = z.strictObject({
  /** What every new snapshot sees; null before its insertion is committed and after its deletion is. */
  committed: row.nullable(),
  /** What the transaction that holds its lock has made of it: null for a deletion, absent where it has changed nothing. */
  draft: z.exactOptional(row.nullable()),
  /** The transaction that holds its lock. */
  lockedBy: z.exactOptional(z.string()),
  /** The transactions that wait for its lock, in order. */
  waiting: z.array(z.string()),
});

const tableSchema = z.strictObject({ table: z.string(), rows: z.array(rowSchema) });

const transactionSchema = z.strictObject({
  /** The client and the number of its transaction, for example `legacy-1 #3`. */
  name: z.string(),
  /** `open`: between two statements, or with one on its way. `ending`: its COMMIT or ROLLBACK is on its way. `orphaned`: its client is gone. */
  state: z.enum(['open', 'waiting', 'ending', 'orphaned']),
  /** The rows that it has changed, for example `sms_logs insert`. */
  changes: z.array(z.string()),
  /** The transaction that it waits for. */
  waitsFor: z.exactOptional(z.string()),
});

const processSchema = z.strictObject({
  /** For example `service-1`. */
  process: z.string(),
  /** Its life: the first has the number 1; null while it is down. */
  incarnation: z.string().nullable(),
  state: z.enum(['up', 'paused', 'leaving', 'down']),
  /** Requests that it answers and work that it spawned. */
  underWay: z.int(),
  /** What came up while it was paused. */
  parked: z.array(z.string()),
  /** What will wake it. */
  waitsFor: z.array(z.string()),
});

const connectionSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** The path, and the items that it is about where they are known. */
  what: z.string(),
  sinceMs: z.number(),
  /** Where what it carries is just now. */
  state: z.string(),
});

const eventSchema = z.strictObject({
  /** In milliseconds since the start of the scenario. */
  atMs: z.number(),
  what: z.string(),
  /** The process that it wakes; null for what belongs to the world. */
  wakes: z.string().nullable(),
  /** Whether a run can be quiescent while this is still to happen. */
  isIdle: z.boolean(),
});

const worldSchema = z.strictObject({
  /** When the last event happened, in milliseconds since the start of the scenario. */
  lastMs: z.number(),
  /** Whether the run was over by then. */
  isOver: z.boolean(),
  processes: z.array(processSchema),
  connections: z.array(connectionSchema),
  tables: z.array(tableSchema),
  transactions: z.array(transactionSchema),
  /** Keys that are locked beside rows. */
  keys: z.array(z.strictObject({ key: z.string(), lockedBy: z.string(), waiting: z.array(z.string()) })),
  /** What is still to happen, in order. */
  queue: z.array(eventSchema),
});

/** The schema of a dump. */
export const dumpSchema = z.strictObject({
  format: z.literal('onesend.dump/1'),
  system: z.string(),
  scenario: z.string(),
  /** The instant that was asked for; everything up to it has happened. */
  atMs: z.number(),
  world: worldSchema,
});

/** A dump. */
export type Dump = z.infer<typeof dumpSchema>;

/** The dump as a document. */
export const dumpDocument: DocumentKind<Dump> = { format: 'onesend.dump/1', schema: dumpSchema };

/** The simulated world at one instant. */
export type WorldState = z.infer<typeof worldSchema>;

/** A process at one instant. */
export type ProcessState = z.infer<typeof processSchema>;

/** A connection at one instant. */
export type ConnectionState = z.infer<typeof connectionSchema>;

/** The database at one instant. */
export type DatabaseState = Pick<WorldState, 'tables' | 'transactions' | 'keys'>;
