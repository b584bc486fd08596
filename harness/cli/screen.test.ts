import { expect, test } from 'vitest';
import { createScreen, type OutputStream, wantsColor } from './screen.ts';

function recorder(isTTY = false): OutputStream & { text: string } {
  const stream = { text: '', isTTY, write: (text: string) => void (stream.text += text) };
  return stream;
}

const flags = { json: false, quiet: false, color: true };

test('colours are printed on terminals only, unless a variable or a flag says otherwise', () => {
  const terminal = recorder(true);
  const cases: [NodeJS.ProcessEnv, OutputStream, boolean][] = [
    [{}, terminal, true],
    [{}, recorder(), false],
    [{ NO_COLOR: '1' }, terminal, false],
    [{ NO_COLOR: '' }, terminal, true],
    [{ TERM: 'dumb' }, terminal, false],
    [{ FORCE_COLOR: '1' }, recorder(), true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, terminal, false],
  ];
  for (const [environment, stdout, wanted] of cases) expect(wantsColor({ stdout, environment, flags })).toBe(wanted);
  expect(wantsColor({ stdout: terminal, environment: {}, flags: { ...flags, color: false } })).toBe(false);
});

test('with --json stdout holds one document and nothing else', () => {
  const [stdout, stderr] = [recorder(), recorder()];
  const screen = createScreen({ stdout, stderr, environment: {}, flags: { ...flags, json: true } });
  screen.status('working');
  screen.note('a remark');
  screen.result({ verdict: 'pass' }, () => 'for people');
  expect(JSON.parse(stdout.text)).toEqual({ verdict: 'pass' });
  expect(stderr.text).toBe('working\na remark\n');
});

test('without a terminal, status lines are printed at most every five seconds, and with --quiet none', () => {
  const [loud, quiet] = [recorder(), recorder()];
  for (const [stderr, isQuiet] of [
    [loud, false],
    [quiet, true],
  ] as const) {
    const screen = createScreen({ stdout: recorder(), stderr, environment: {}, flags: { ...flags, quiet: isQuiet } });
    for (let done = 1; done <= 100; done += 1) screen.status(`${done} of 100`);
  }
  expect(loud.text).toBe('1 of 100\n');
  expect(quiet.text).toBe('');
});
