import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../platform/errors.ts';
import { type Questioner, questionerOn } from './questioner.ts';

/** An interactive terminal, and a questioner on it. */
function terminal() {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stdout = Object.assign(new PassThrough(), { isTTY: true });
  const questioner = questionerOn({ stdin, stdout, env: {} });
  if (questioner === undefined) throw new Error('expected a questioner');
  return { stdin, stdout, questioner };
}

describe('a question', () => {
  test('the answer to a question is a line, or its proposal if the line is empty', async () => {
    const { stdin, stdout, questioner } = terminal();
    stdin.write('mine\r\r');
    expect(await questioner.ask('name', 'proposed')).toBe('mine');
    expect(await questioner.ask('name', 'proposed')).toBe('proposed');
    expect(String(stdout.read())).toContain('name [proposed]: ');
    questioner.close();
  });

  test('a question without a proposal is repeated', async () => {
    const { stdin, questioner } = terminal();
    stdin.write('\r  \rat last\r');
    expect(await questioner.ask('folder')).toBe('at last');
    questioner.close();
  });

  test.each([
    ['Ctrl-C', ({ stdin }) => stdin.write('\u0003')],
    ['Ctrl-D', ({ stdin }) => stdin.write('\u0004')],
    ['the end of the terminal', ({ stdin }) => stdin.end()],
    ['a signal', ({ questioner }) => questioner.close()],
  ] satisfies [string, (from: { stdin: PassThrough; questioner: Questioner }) => unknown][])(
    'a question is interrupted by %s',
    async (_, interrupt) => {
      const { stdin, questioner } = terminal();
      const answer = questioner.ask('folder');
      interrupt({ stdin, questioner });
      await expect(answer).rejects.toThrow(InterruptedError);
    },
  );
});

test.each([
  ['no questions if stdin is not a terminal', { input: false, output: true, env: {} }, false],
  ['no questions if stdout is not a terminal', { input: true, output: false, env: {} }, false],
  ['no questions in CI', { input: true, output: true, env: { CI: 'true' } }, false],
  ['questions if CI is set to false', { input: true, output: true, env: { CI: 'false' } }, true],
])('a command asks %s', (_, { input, output, env }, isAsked) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: input });
  const stdout = Object.assign(new PassThrough(), { isTTY: output });
  expect(questionerOn({ stdin, stdout, env }) !== undefined).toBe(isAsked);
});
