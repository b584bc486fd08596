// The dump: the state of the whole simulated world at one instant of a run, between two events.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

const row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const rowSchema = z.strictObject({
  /** The committed row, which every new snapshot sees; null if there is none. */
  committed: row.nullable(),
  /** The row as the transaction that holds its lock has changed it: null if it deleted the row, absent if it changed nothing. */
  draft: z.exactOptional(row.nullable()),
  /** The transaction that holds its lock. */
  lockedBy: z.exactOptional(z.string()),
  /** The transactions that wait for its lock, in order. */
  waiting: z.array(z.string()),
});

const tableSchema = z.strictObject({ table: z.string(), rows: z.array(rowSchema) });

const transactionSchema = z.strictObject({
  /** The client, and the number of the transaction among those of the client, for example `legacy-1 #3`. */
  name: z.string(),
  /**
   * `open`: between two statements, or a statement is in flight. `waiting`: it waits for a lock. `ending`: its COMMIT or ROLLBACK is in
   * flight. `orphaned`: its client has ended.
   */
  state: z.enum(['open', 'waiting', 'ending', 'orphaned']),
  /** The changes that it has made, each as a table and an operation, for example `sms_logs insert`. */
  changes: z.array(z.string()),
  /** The transaction whose lock it waits for. */
  waitsFor: z.exactOptional(z.string()),
});

const processSchema = z.strictObject({
  /** Its name, for example `service-1`. */
  process: z.string(),
  /** The name of the process and the number of this start, for example `service-1.2`; null while the process is down. */
  incarnation: z.string().nullable(),
  state: z.enum(['up', 'paused', 'leaving', 'down']),
  /** How many requests and tasks are in progress in the process. */
  underWay: z.int(),
  /** The events that were held back because the process is paused. */
  parked: z.array(z.string()),
  /** The events that will wake the process. */
  waitsFor: z.array(z.string()),
});

const connectionSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** The path of the request, and its items as far as they are known. */
  what: z.string(),
  sinceMs: z.number(),
  /** Where the request or the answer is at this instant. */
  state: z.string(),
});

const eventSchema = z.strictObject({
  /** In milliseconds since the start of the scenario. */
  atMs: z.number(),
  what: z.string(),
  /** The process that the event wakes; null for an event of the network, the database or another part outside the processes. */
  wakes: z.string().nullable(),
  /** Whether a run counts as quiescent although this event is still pending. */
  isIdle: z.boolean(),
});

const worldSchema = z.strictObject({
  /** When the latest event happened, in milliseconds since the start of the scenario. */
  lastMs: z.number(),
  /** Whether the run had ended by then. */
  isOver: z.boolean(),
  processes: z.array(processSchema),
  connections: z.array(connectionSchema),
  tables: z.array(tableSchema),
  transactions: z.array(transactionSchema),
  /** The advisory locks: keys that are locked although they belong to no row. */
  keys: z.array(z.strictObject({ key: z.string(), lockedBy: z.string(), waiting: z.array(z.string()) })),
  /** The pending events, in order. */
  queue: z.array(eventSchema),
});

/** The schema of a dump. */
export const dumpSchema = z.strictObject({
  format: z.literal('onesend.dump/1'),
  system: z.string(),
  /** The name of the scenario. */
  scenario: z.string(),
  /** The instant of the dump: all events up to it have happened. */
  atMs: z.number(),
  world: worldSchema,
});

/** The simulated world at one instant of a run, with the system and the scenario of that run. */
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
