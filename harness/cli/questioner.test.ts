import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../platform/errors.ts';
import { type Questioner, questionerOn } from './questioner.ts';

/** A terminal with a person at it. */
function terminal() {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stdout = Object.assign(new PassThrough(), { isTTY: true });
  const questioner = questionerOn({ stdin, stdout, env: {} });
  if (questioner === undefined) throw new Error('expected a questioner');
  return { stdin, stdout, questioner };
}

describe('a question', () => {
  test('a question is answered by a line, and by its proposal when the line is empty', async () => {
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
  ['stdin is none', { input: false, output: true, env: {} }, false],
  ['stdout is none', { input: true, output: false, env: {} }, false],
  ['this is CI', { input: true, output: true, env: { CI: 'true' } }, false],
  ['CI is said to be off', { input: true, output: true, env: { CI: 'false' } }, true],
])('questions where %s (%#)', (_, { input, output, env }, isAsked) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: input });
  const stdout = Object.assign(new PassThrough(), { isTTY: output });
  expect(questionerOn({ stdin, stdout, env }) !== undefined).toBe(isAsked);
});
