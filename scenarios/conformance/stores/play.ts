// Plays a script of commands over the sessions of one store and writes down, command by command, who was answered and who waits.
import type { RowOf, TableName } from '../../../src/contract/tables.ts';
import type { Step } from './command.ts';
import { type PlayedSession, refusalOf, withoutClocks } from './played-session.ts';

/** The rows that are there before a script begins. */
export type Contents = { readonly [T in TableName]?: readonly Partial<RowOf<T>>[] };

/** Sessions over one store, and the means to know when nothing more will happen by itself. */
export interface Arena {
  readonly sessions: readonly PlayedSession[];
  /** Resolves when each busy session waits for a lock that no session is about to release, and no deadlock is left to be found. */
  settle(): Promise<void>;
  /** Whether several sessions wait for the end of one transaction: who of them goes first then is for chance to say. */
  isOpenRace(): boolean;
}

/** What came of one command. */
export type Line =
  | { readonly kind: 'skipped' }
  /** One session in a cycle of waits was refused. Which one, and what the others did then, is a matter of chance. */
  | { readonly kind: 'deadlock' }
  | {
      readonly kind: 'played';
      readonly answers: readonly { readonly session: number; readonly answer: unknown }[];
      readonly waiting: readonly number[];
    };

/** What came of a script. */
export interface Trace {
  readonly lines: readonly Line[];
  /** The committed rows of the tables in the end, open transactions having been rolled back. */
  readonly rows: Readonly<Record<string, unknown>>;
}

/** The tables that are compared in the end. */
const COMPARED: readonly TableName[] = [
  'campaign_sms',
  'quota_accounts',
  'feature_flags',
  'go_sms_logs',
  'send_authority',
  'quota_ledger',
];

/** Plays a script to its end, to a deadlock, or to a race whose outcome no script controls. */
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
