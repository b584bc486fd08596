// Asks the user questions on an interactive terminal.
import { createInterface, type Interface } from 'node:readline/promises';
import { InterruptedError } from '../platform/errors.ts';

/** Asks questions, one at a time. */
export interface Questioner {
  /**
   * The answer, or the proposal if the answer is empty; without a proposal the question is asked again. Throws InterruptedError after
   * Ctrl-C, at the end of the input, and when the questioner is closed.
   */
  ask(question: string, proposal?: string): Promise<string>;
  /** Releases the terminal; an open question is interrupted. */
  close(): void;
}

/** The streams and variables of a process. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: NodeJS.ProcessEnv;
}

/** A questioner if both streams are a terminal and this is not CI; else undefined. */
export function questionerOn({ stdin, stdout, env }: Terminal): Questioner | undefined {
  const isCi = !['', '0', 'false'].includes(env['CI'] ?? '');
  if (isCi || stdin.isTTY !== true || stdout.isTTY !== true) return undefined;
  let open: { reader: Interface; lines: AsyncIterator<string> } | undefined;
  return {
    async ask(question, proposal) {
      open ??= openReader({ stdin, stdout });
      const { reader, lines } = open;
      reader.setPrompt(`${question}${proposal === undefined ? '' : ` [${proposal}]`}: `);
      for (;;) {
        reader.prompt();
        const { value, done } = await lines.next();
        if (done === true) {
          stdout.write('\n');
          throw new InterruptedError('interrupted; nothing was written');
        }
        const answer = value.trim() || proposal;
        if (answer !== undefined) return answer;
      }
    },
    close: () => open?.reader.close(),
  };
}

/** One reader for all questions: lines that were typed or pasted ahead are kept for the next question. */
function openReader({ stdin, stdout }: Omit<Terminal, 'env'>): { reader: Interface; lines: AsyncIterator<string> } {
  const reader = createInterface({ input: stdin, output: stdout, terminal: true });
  return { reader, lines: reader[Symbol.asyncIterator]() };
}
