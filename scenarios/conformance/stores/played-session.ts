// One session over any store, whose transaction is driven by commands from outside, one after the other. It gives the answers, and whether
// the last command still waits for one.
import type { Store, Transaction } from '../../../src/contract/store.ts';
import { type ScriptCommand, perform, type ScriptStatement } from './command.ts';

/** Thrown to roll a transaction back, as a part of a system would. */
class RollbackWanted extends Error {}

/** Columns with times of the database's clock, which differ between databases. */
const CLOCK_COLUMNS: ReadonlySet<string> = new Set(['lease_until', 'changed_at', 'created_at']);

/** One session. The first command after the end of a transaction begins the next one. */
export class PlayedSession {
  readonly store: Store;
  isBusy = false;
  isOpen = false;
  /** Whether a statement of the open transaction was refused, so that the transaction can only end. */
  isRefused = false;
  readonly #answers: unknown[] = [];
  readonly #commands: ScriptCommand[] = [];
  #commanded: (() => void) | undefined;

  constructor(store: Store) {
    this.store = store;
  }

  /** Starts a command. The session must not be busy. */
  issue(command: ScriptCommand): void {
    this.isBusy = true;
    this.#commands.push(command);
    if (this.isOpen) this.#commanded?.();
    else this.#begin();
  }

  /** The answers since the last call, in order. */
  takeAnswers(): unknown[] {
    return this.#answers.splice(0);
  }

  #begin(): void {
    this.isOpen = true;
    this.isRefused = false;
    const ended = (answer: unknown): void => {
      this.isOpen = false;
      this.#answer(answer);
    };
    this.store
      .transaction((tx) => this.#obey(tx))
      .then(
        (outcome) => ended(outcome.kind === 'committed' ? outcome.kind : outcome),
        (error: unknown) => ended(error instanceof RollbackWanted ? 'rolled-back' : `threw ${String(error)}`),
      );
  }

  async #obey(tx: Transaction): Promise<void> {
    for (;;) {
      const command = await this.#nextCommand();
      if (command.do === 'commit') return;
      if (command.do === 'rollback') throw new RollbackWanted();
      const answer = await answerOf(tx, command);
      this.isRefused ||= refusalOf(answer) !== undefined;
      this.#answer(answer);
    }
  }

  async #nextCommand(): Promise<ScriptCommand> {
    for (;;) {
      const command = this.#commands.shift();
      if (command !== undefined) return command;
      await new Promise<void>((resolve) => {
        this.#commanded = resolve;
      });
    }
  }

  #answer(answer: unknown): void {
    this.isBusy = false;
    this.#answers.push(answer);
  }
}

async function answerOf(tx: Transaction, statement: ScriptStatement): Promise<unknown> {
  try {
    return withoutClocks(await perform(tx, statement));
  } catch (error) {
    const { sqlState } = error as { sqlState?: unknown };
    if (typeof sqlState !== 'string') throw error;
    return { refused: sqlState };
  }
}

/** The SQL state of a refusal; undefined for any other answer. */
export function refusalOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('refused' in answer)) return undefined;
  return String(answer.refused);
}

/** The same rows without the columns of times; null instead of `undefined`. */
export function withoutClocks(value: unknown): unknown {
  const dropped = (column: string, cell: unknown): unknown => (CLOCK_COLUMNS.has(column) ? undefined : cell);
  return value === undefined ? null : JSON.parse(JSON.stringify(value, dropped));
}
