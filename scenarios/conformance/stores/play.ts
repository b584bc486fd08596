// Plays a script of commands over the sessions of one store, and records after each command which sessions got an answer and which wait.
import type { RowOf, TableName } from '../../../src/contract/tables.ts';
import type { Step } from './command.ts';
import { type PlayedSession, refusalOf, withoutClocks } from './played-session.ts';

/** The rows of the tables before a script begins. */
export type Contents = { readonly [T in TableName]?: readonly Partial<RowOf<T>>[] };

/** Sessions over one store, and a way to wait until nothing more happens without a command. */
export interface Arena {
  readonly sessions: readonly PlayedSession[];
  /** Resolves when each busy session waits for a lock whose holder waits for a command, and every deadlock is resolved. */
  settle(): Promise<void>;
  /** Whether several sessions wait for the end of one transaction, so that chance decides which of them goes first. */
  isOpenRace(): boolean;
}

/** The result of one command. A command for a busy session is skipped. */
export type Line =
  | { readonly kind: 'skipped' }
  /** One session in a cycle of waits was refused. Chance decides which one, and how the others go on. */
  | { readonly kind: 'deadlock' }
  | {
      readonly kind: 'played';
      readonly answers: readonly { readonly session: number; readonly answer: unknown }[];
      readonly waiting: readonly number[];
    };

/** The result of a script. */
export interface Trace {
  readonly lines: readonly Line[];
  /** The committed rows of the tables at the end, after open transactions were rolled back. */
  readonly rows: Readonly<Record<string, unknown>>;
}

/** The tables that are compared at the end. */
const COMPARED: readonly TableName[] = [
  'campaign_sms',
  'quota_accounts',
  'feature_flags',
  'go_sms_logs',
  'send_authority',
  'quota_ledger',
];

/** Plays a script until its end, a deadlock, or a race that chance decides. */
export async function play(steps: readonly Step[], arena: Arena): Promise<Trace> {
  const lines: Line[] = [];
  for (const step of steps) {
    const line = await playOne(step, arena);
    lines.push(line);
    if (line.kind === 'deadlock' || arena.isOpenRace()) break;
  }
  await rollBackAll(arena);
  return { lines, rows: await rowsIn(arena) };
}

async function playOne({ session, command }: Step, arena: Arena): Promise<Line> {
  const actor = arena.sessions[session];
  if (actor === undefined || actor.isBusy) return { kind: 'skipped' };
  actor.issue(command);
  await arena.settle();
  const answers = arena.sessions.flatMap((each, index) =>
    each.takeAnswers().map((answer) => ({ session: index, answer })),
  );
  if (answers.some(({ answer }) => refusalOf(answer) === '40P01')) return { kind: 'deadlock' };
  const waiting = arena.sessions.flatMap((each, index) => (each.isBusy ? [index] : []));
  return { kind: 'played', answers, waiting };
}

async function rollBackAll(arena: Arena): Promise<void> {
  for (;;) {
    const open = arena.sessions.find((session) => session.isOpen && !session.isBusy);
    if (open === undefined) break;
    open.issue({ do: 'rollback' });
    await arena.settle();
    for (const session of arena.sessions) session.takeAnswers();
  }
}

async function rowsIn(arena: Arena): Promise<Record<string, unknown>> {
  const [reader] = arena.sessions;
  const outcome = await reader?.store.transaction(async (tx) => {
    const rows: Record<string, unknown> = {};
    for (const table of COMPARED) rows[table] = withoutClocks(await tx.select(table, {}));
    return rows;
  });
  return outcome?.kind === 'committed' ? outcome.value : { outcome };
}
