// Questions to the person at the terminal.
import { createInterface, type Interface } from 'node:readline/promises';
import { InterruptedError } from '../platform/errors.ts';

/** Asks one question after another. */
export interface Questioner {
  /** The answer, or the proposal when it is empty; without a proposal the question is asked again. Throws InterruptedError. */
  ask(question: string, proposal?: string): Promise<string>;
  /** Gives the terminal back; a question that is open is interrupted. */
  close(): void;
}

/** What a questioner needs to know of a process. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: NodeJS.ProcessEnv;
}

/** A questioner, where a person can answer: both streams are a terminal, and this is no CI. */
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

/** One reader for all questions: lines that were typed or pasted ahead are kept for the next one. */
function openReader({ stdin, stdout }: Omit<Terminal, 'env'>): { reader: Interface; lines: AsyncIterator<string> } {
  const reader = createInterface({ input: stdin, output: stdout, terminal: true });
  return { reader, lines: reader[Symbol.asyncIterator]() };
}
