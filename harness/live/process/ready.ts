// Waits until a process answers over HTTP, and says why when it does not.
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { InfrastructureError } from '../../platform/errors.ts';
import { answerWords } from '../answer-words.ts';
import type { Child } from './child.ts';
import type { LogFiles } from './log-files.ts';

const POLL_MS = 50;
const ATTEMPT_TIMEOUT_MS = 1_000;

/** The process that must answer, its log files, and how long it may take. */
interface ReadyOptions {
  readonly child: Child;
  readonly files?: LogFiles;
  readonly timeoutMs: number;
}

/** Polls `url` until the answer is a success. Throws an InfrastructureError after `timeoutMs`, and at once when the process ends. */
export async function waitUntilReady(url: string, options: ReadyOptions): Promise<void> {
  const { child, files, timeoutMs } = options;
  const startedMs = performance.now();
  const state: { exit?: string; last: string } = { last: 'no answer' };
  const ended = child.exited.then(({ code, signal }) => {
    state.exit = code === null ? `it was ended by ${String(signal)}` : `it exited with code ${code}`;
    return state.exit;
  });
  while (state.exit === undefined && performance.now() - startedMs < timeoutMs) {
    const answer = await ask(url);
    if (answer === 'ready') return;
    state.last = answer;
    await Promise.race([sleep(POLL_MS), ended]);
  }
  const received = state.exit ?? `the last attempt got ${state.last}`;
  throw new InfrastructureError(
    `expected ${child.name} to answer ${url} with a success within ${timeoutMs} ms, but ${received}`,
    {
      hint: hintFor(state, child.name),
      details: [...lastLines(child), ...(files?.lastLines() ?? [])],
    },
  );
}

/** The last lines that a process wrote, under a heading. */
export function lastLines(child: Child): string[] {
  const lines = child.recentLines();
  return lines.length === 0 ? ['it wrote nothing'] : ['its last lines:', ...lines.map((line) => `  ${line}`)];
}

/** What to change, by how the attempts ended. */
function hintFor({ exit, last }: { exit?: string; last: string }, name: string): string {
  if (exit === undefined && last === 'ECONNREFUSED')
    return 'see that it listens on 127.0.0.1, at the port that ${port} stands for';
  if (exit === undefined && last.startsWith('status'))
    return 'let `readyPath` name a path that answers 2xx without a login';
  return `start ${name} by hand with the same settings to see what is missing`;
}

async function ask(url: string): Promise<string> {
  try {
    // `reset` closes the connection after the answer, so that no idle connection stays among the observed ones.
    const answer = await request(url, {
      reset: true,
      headersTimeout: ATTEMPT_TIMEOUT_MS,
      bodyTimeout: ATTEMPT_TIMEOUT_MS,
    });
    const body = await answer.body.text();
    const status = answer.statusCode;
    if (status >= 200 && status < 300) return 'ready';
    const { location } = answer.headers;
    return location === undefined
      ? answerWords({ status, body })
      : `status ${status}, which leads to ${String(location)}`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
